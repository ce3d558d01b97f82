/// Text on its way to a terminal.
public enum Text {
  /// `text` without anything that a terminal would obey: C0 and C1 controls, escape sequences' first
  /// characters, and marks that turn the direction of writing. Line ends stay; a tab becomes a space, because
  /// how wide it is depends on where it stands.
  public static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\t" { result.append(" ") } else if !isUnsafe(scalar) { result.append(scalar) }
    }
    return String(result)
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0a: false
    case 0x00...0x1f, 0x7f...0x9f: true
    case 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069, 0x2028, 0x2029: true
    default: false
    }
  }

  /// `text` in ASCII, for a terminal that shows nothing else: typographic marks as they were typed on a
  /// typewriter, letters without their accents, a question mark for the rest.
  public static func ascii(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    return text.map { character in
      if character.isASCII { return String(character) }
      if let known = typewriter[character] { return known }
      let base = character.unicodeScalars.first.flatMap { $0.properties.canonicalBase }
      return base.map(String.init) ?? "?"
    }.joined()
  }

  private static let typewriter: [Character: String] = [
    "‘": "'", "’": "'", "“": "\"", "”": "\"", "–": "-", "—": "-", "…": "...", "\u{a0}": " ", "•": "-", "·": "-",
    "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe",
  ]
}

extension Unicode.Scalar.Properties {
  /// The ASCII letter under the accents, or nil. Its name tells: "LATIN SMALL LETTER E WITH ACUTE".
  fileprivate var canonicalBase: Character? {
    guard let words = name?.split(separator: " "), words.count > 4, words[0] == "LATIN", words[2] == "LETTER",
      words[4] == "WITH", words[3].count == 1, let letter = words[3].first
    else { return nil }
    return words[1] == "SMALL" ? Character(letter.lowercased()) : letter
  }
}
