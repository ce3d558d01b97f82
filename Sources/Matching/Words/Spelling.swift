/// What someone probably meant.
public enum Spelling {
  /// "did you mean 'asked'?", or the names that are known.
  public static func mend(_ name: String, _ known: [String]) -> String {
    if let close = nearest(name, known) { return "did you mean '\(close)'?" }
    let shown = known.sorted().prefix(12).joined(separator: ", ")
    return known.isEmpty ? "none is declared" : "known: \(shown)\(known.count > 12 ? ", ..." : "")"
  }

  /// The known name at most a third of its letters away.
  public static func nearest(_ name: String, _ known: [String]) -> String? {
    let scored = known.map { ($0, distance(Array(name.utf8.prefix(64)), Array($0.utf8.prefix(64)))) }
    guard let best = scored.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }), best.1 <= max(1, best.0.count / 3) else {
      return nil
    }
    return best.0
  }

  /// Edits between two words, a swap of neighbours counting as one.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count { rows[i][0] = i }
    for j in 0...b.count { rows[0][j] = j }
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    for i in 1...a.count {
      for j in 1...b.count {
        let same = a[i - 1] == b[j - 1] ? 0 : 1
        rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
        }
      }
    }
    return rows[a.count][b.count]
  }
}
