/// Latin letters with accents, and look-alikes, as plain letters.
enum Folding {
  /// The plain letters for a scalar beyond ASCII, or nil if it is no Latin letter.
  static func ascii(_ scalar: UInt32) -> [UInt8]? {
    switch scalar {
    case 0xc0...0x17f:
      let letter = latin[Int(scalar) - 0xc0]
      return letter.isEmpty ? nil : letter
    case 0x1e00...0x1eff:
      return vietnamese(scalar)
    default:
      return nil
    }
  }

  /// The word with plain letters.
  static func plain(_ word: String) -> String {
    guard word.utf8.contains(where: { $0 >= 128 }) else { return word }
    var bytes: [UInt8] = []
    for scalar in word.precomposedLetters { bytes += ascii(scalar.value) ?? Array(String(scalar).utf8) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// U+00C0 to U+017F in order, `-` for what is no letter.
  private static let latin: [[UInt8]] = {
    let table = """
      a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th ss \
      a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th y \
      a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g g g h h h h \
      i i i i i i i i i i ij ij j j k k k l l l l l l l l l l n n n n n n n n n o o o o o o oe oe \
      r r r r r r s s s s s s s s t t t t t t u u u u u u u u u u u u w w y y y z z z z z z s
      """
    return table.split(separator: " ").map { $0 == "-" ? [] : Array($0.utf8) }
  }()

  private static func vietnamese(_ scalar: UInt32) -> [UInt8]? {
    let letter: Character? =
      switch scalar {
      case 0x1ea0...0x1eb7: "a"
      case 0x1eb8...0x1ec7: "e"
      case 0x1ec8...0x1ecb: "i"
      case 0x1ecc...0x1ee3: "o"
      case 0x1ee4...0x1ef1: "u"
      case 0x1ef2...0x1ef9: "y"
      default: nil
      }
    return letter?.asciiValue.map { [$0] }
  }
}

extension String {
  /// The scalars without combining marks.
  fileprivate var precomposedLetters: [Unicode.Scalar] {
    unicodeScalars.filter { !(0x300...0x36f).contains($0.value) }
  }
}
