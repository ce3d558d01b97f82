/// Turning the person round: what someone says of themselves becomes what is said to them.
struct PersonTurner: Sendable {
  /// First person to second, in lower case; pairs of words are looked up before single ones.
  let table: [String: String]
  static let longest = 80

  /// "my mum and me" -> "your mum and you". What is quoted stays as it was said. Control characters never survive.
  ///
  /// - Parameter ofSomeone: the text names a person or a thing, so that a final `'s` is left out.
  func turn(_ text: some StringProtocol, ofSomeone: Bool = false) -> String {
    let words = text.split { $0.isWhitespace || $0.isNewline }.map(clean).filter { !$0.isEmpty }
    var turned: [String] = []
    var i = 0
    var isQuoted = false
    while i < words.count {
      if Self.marks(in: words[i]) > 0 || isQuoted {
        if Self.marks(in: words[i]) % 2 == 1 { isQuoted.toggle() }
        turned.append(words[i])
        i += 1
      } else if i + 1 < words.count, let pair = table[key(words[i]) + " " + key(words[i + 1])] {
        turned.append(pair)
        i += 2
      } else {
        turned.append(table[key(words[i])] ?? words[i])
        i += 1
      }
    }
    var joined = turned.joined(separator: " ")
    if ofSomeone, joined.hasSuffix("'s") || joined.hasSuffix("’s") { joined.removeLast(2) }
    return joined.count <= PersonTurner.longest ? joined : String(joined.prefix(PersonTurner.longest)) + "…"
  }

  private static func marks(in word: String) -> Int { word.count { "\"“”".contains($0) } }

  private func key(_ word: String) -> String {
    word.lowercased().map { $0 == "’" ? "'" : $0 }.reduce(into: "") { $0.append($1) }
  }

  private func clean(_ word: Substring) -> String {
    String(word.unicodeScalars.filter { !Self.isControl($0) && $0 != "{" && $0 != "}" })
  }
  private func clean(_ word: some StringProtocol) -> String {
    String(String.UnicodeScalarView(word.unicodeScalars.filter { !Self.isControl($0) && $0 != "{" && $0 != "}" }))
  }

  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
