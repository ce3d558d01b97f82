/// How wide text is drawn, to make boxes that hold it whatever font a viewer has.
enum TextWidth {
  /// Advance widths of Helvetica for U+0020 to U+007E, in thousandths of the font size.
  private static let advances: [Int] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
  ]
  /// Common fonts are up to this much wider.
  private static let allowance = 1.14
  /// Bold text is wider by this.
  static let bold = 1.1

  static func of(_ text: String, size: Double) -> Double {
    let thousandths = text.unicodeScalars.reduce(0) { sum, scalar in
      let i = Int(scalar.value) - 32
      return sum + (advances.indices.contains(i) ? advances[i] : scalar.value > 0x2e7f ? 1000 : 600)
    }
    return Double(thousandths) / 1000 * size * allowance
  }

  /// Words in lines of at most `limit` characters.
  static func wrapped(_ text: String, limit: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if let last = lines.last, last.count + 1 + word.count <= limit {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
