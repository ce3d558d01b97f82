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

  /// The scalar beyond ASCII that begins at a byte, and its length in bytes.
  static func scalar(_ b: UnsafeBufferPointer<UInt8>, at i: Int) -> (UInt32, Int) {
    let c = b[i]
    let length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2
    guard c >= 0xc0, i + length <= b.count else { return (0xfffd, 1) }
    var value = UInt32(c) & (length == 2 ? 0x1f : length == 3 ? 0x0f : 0x07)
    for k in 1..<length { value = value << 6 | UInt32(b[i + k] & 0x3f) }
    return (value, length)
  }

  static func isApostrophe(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2018, 0x2019, 0x02bc, 0x00b4, 0x2032, 0xff07: true
    default: false
    }
  }

  /// Combining marks and invisible characters.
  static func isUnheard(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0300...0x036f, 0x00ad, 0x200b...0x200f, 0x2060, 0xfe00...0xfe0f, 0xfeff, 0x1f3fb...0x1f3ff: true
    default: false
    }
  }

  /// Adds the letters that a scalar beyond ASCII is read as, however it is written; of what is no letter its bytes.
  static func appendLetters(
    of scalar: UInt32, to word: inout [UInt8], orElse bytes: Slice<UnsafeBufferPointer<UInt8>>
  ) {
    if isApostrophe(scalar) || isUnheard(scalar) { return }
    if let plain = ascii(scalar) {
      word += plain
    } else if let unicode = Unicode.Scalar(scalar), unicode.properties.isAlphabetic {
      word += Array(unicode.properties.lowercaseMapping.utf8)
    } else {
      word += bytes
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
