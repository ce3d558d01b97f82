/// Text on its way to a terminal.
public enum Text {
  /// `text` without anything that a terminal would obey: C0 and C1 controls, escape sequences' first
  /// characters, and marks that turn the direction of writing. Line ends stay.
  public static func printable(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !isUnsafe(scalar) { result.append(scalar) }
    return String(result)
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0a: false
    case 0x00...0x1f, 0x7f...0x9f: true
    case 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069, 0x2028, 0x2029: true
    default: false
    }
  }

  /// Breaks `text` at spaces into lines of at most `width` columns; later lines begin with `indent`.
  /// Nothing is lost: a word longer than a line is cut between characters.
  public static func wrapped(_ text: String, width: Int, indent: String = "") -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { wrappedLine($0, width: max(1, width), indent: indent) }
      .joined(separator: "\n" + indent)
  }

  private static func wrappedLine(_ line: Substring, width: Int, indent: String) -> String {
    var result = ""
    var column = 0
    let indent = columns(of: indent[...]) < width ? indent : ""
    func breakLine() {
      result += "\n" + indent
      column = columns(of: indent[...])
    }
    for word in line.split(separator: " ") {
      let length = columns(of: word)
      if column > columns(of: indent[...]), column + 1 + length > width {
        breakLine()
      } else if !result.isEmpty, column > columns(of: indent[...]) || !result.hasSuffix("\n" + indent) {
        result += " "
        column += 1
      }
      for character in word {
        let w = columns(of: character)
        if column + w > width, column > columns(of: indent[...]) { breakLine() }
        result.append(character)
        column += w
      }
    }
    return result
  }

  /// The columns that `text` takes on a terminal.
  public static func columns(of text: Substring) -> Int { text.reduce(0) { $0 + columns(of: $1) } }

  private static func columns(of character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    if first.value < 0x300 { return first.value < 0x20 ? 0 : 1 }
    if character.unicodeScalars.contains(where: { $0.value == 0xfe0f || $0.properties.isEmojiPresentation }) {
      return 2
    }
    switch first.value {
    case 0x1100...0x115f, 0x2e80...0x303e, 0x3041...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
      0xff00...0xff60, 0xffe0...0xffe6, 0x20000...0x3fffd:
      return 2
    default:
      return first.properties.generalCategory == .nonspacingMark || first.properties.generalCategory == .format ? 0 : 1
    }
  }
}
