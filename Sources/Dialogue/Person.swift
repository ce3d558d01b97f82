/// Turning the person round: what someone says of themselves becomes what is said to them.
struct PersonTurner: Sendable {
  /// First person to second, in lower case; pairs of words are looked up before single ones.
  let table: [String: String]
  static let longest = 80

  /// "my mum and me" -> "your mum and you". What is quoted stays as it was said. Control characters never survive.
  ///
  /// - Parameter ofSomeone: the text names a person or a thing, so that a final `'s` is left out.
  func turn(_ text: some StringProtocol, ofSomeone: Bool = false) -> String {
    let words = Self.words(of: text).map(clean).filter { !$0.isEmpty }
    var turned: [String] = []
    var i = 0
    var isQuoted = false
    while i < words.count {
      if Self.marks(in: words[i]) > 0 || isQuoted {
        if Self.marks(in: words[i]) % 2 == 1 { isQuoted.toggle() }
        turned.append(words[i])
        i += 1
      } else if i + 1 < words.count, let pair = table[key(words[i]) + " " + key(bare(words[i + 1]))] {
        turned.append(pair + end(of: words[i + 1]))
        i += 2
      } else {
        turned.append(table[key(bare(words[i]))].map { $0 + end(of: words[i]) } ?? words[i])
        i += 1
      }
    }
    var joined = turned.joined(separator: " ")
    if ofSomeone, joined.hasSuffix("'s") || joined.hasSuffix("’s") { joined.removeLast(2) }
    let isShort = joined.utf8.count <= PersonTurner.longest || joined.count <= PersonTurner.longest
    return isShort ? joined : String(joined.prefix(PersonTurner.longest)) + "…"
  }

  /// A word without the marks behind it, and these marks: "me," is "me" and ",".
  private func bare(_ word: String) -> String { String(word.dropLast(end(of: word).count)) }
  private func end(of word: String) -> String {
    guard let last = word.unicodeScalars.last, ".,!?;:)…".unicodeScalars.contains(last) else { return "" }
    return String(word.reversed().prefix { ".,!?;:)…".contains($0) }.reversed())
  }

  private static func marks(in word: String) -> Int {
    guard word.utf8.contains(where: { $0 == UInt8(ascii: "\"") || $0 >= 128 }) else { return 0 }
    return word.count { "\"“”".contains($0) }
  }

  /// The words of a text, as they stand between white space.
  static func words(of text: some StringProtocol) -> [String] {
    Substring(text).unicodeScalars.split(whereSeparator: isSpace).map { String(Substring($0)) }
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? scalar == " " || (9...13).contains(scalar.value) : scalar.properties.isWhitespace
  }

  private func key(_ word: String) -> String {
    let plain = word.lowercased()
    return plain.utf8.allSatisfy { $0 < 128 } ? plain : plain.replacing("’", with: "'")
  }

  private func clean(_ word: String) -> String {
    let braces = [UInt8(ascii: "{"), UInt8(ascii: "}")]
    if word.utf8.allSatisfy({ $0 > 32 && $0 < 127 && !braces.contains($0) }) { return word }
    return String(
      String.UnicodeScalarView(word.unicodeScalars.filter { !Self.isControl($0) && $0 != "{" && $0 != "}" }))
  }

  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}

extension String {
  /// Without the punctuation around it.
  var trimmingMarks: String {
    func isMark(_ byte: UInt8) -> Bool { ".,!?;:()\"'".utf8.contains(byte) }
    guard let first = utf8.first, let last = utf8.last, isMark(first) || isMark(last) else { return self }
    var rest = utf8[...]
    while let first = rest.first, isMark(first) { rest.removeFirst() }
    while let last = rest.last, isMark(last) { rest.removeLast() }
    return String(Substring(rest))
  }
}
