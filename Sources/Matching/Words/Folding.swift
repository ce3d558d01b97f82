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
    case 0x00ad, 0x200b...0x200f, 0x2060, 0xfe00...0xfe0f, 0xfeff, 0x1f3fb...0x1f3ff: true
    case 0..<0x300: false
    default: isMark(scalar)
    }
  }

  /// A mark that is left out in reading: accents, vowel points, the sign of a vowel that is missing. The vowels and
  /// tones of Thai, Lao and Tibetan have combining classes of their own and are letters here.
  private static func isMark(_ scalar: UInt32) -> Bool {
    guard let place = Unicode.Scalar(scalar)?.properties.canonicalCombiningClass.rawValue else { return false }
    return (1...102).contains(place) || place > 132
  }

  /// Adds the letters that a scalar beyond ASCII is read as, however it is written; of what is no letter its bytes.
  static func appendLetters(
    of scalar: UInt32, to word: inout [UInt8], orElse bytes: Slice<UnsafeBufferPointer<UInt8>>
  ) {
    if isApostrophe(scalar) || isUnheard(scalar) { return }
    if let letters = letters(of: scalar) {
      word += letters
    } else {
      word += bytes
    }
  }

  /// What a scalar beyond ASCII is read as, in small letters and without marks that can also be written apart; nil if
  /// it is no letter.
  static func letters(of scalar: UInt32) -> [UInt8]? {
    if let plain = ascii(scalar) { return plain }
    guard let unicode = Unicode.Scalar(scalar), unicode.properties.isAlphabetic else { return nil }
    var letters: [UInt8] = []
    for small in unicode.properties.lowercaseMapping.unicodeScalars where !isUnheard(small.value) {
      for part in parts(of: small.value) { letters += UTF8.encode(part).map(Array.init) ?? [] }
    }
    return letters
  }

  /// A letter without the mark that is written into it; a syllable of Hangul as its letters.
  private static func parts(of scalar: UInt32) -> [Unicode.Scalar] {
    switch scalar {
    case 0xac00...0xd7a3:
      let place = scalar - 0xac00
      let last = place % 28
      return [0x1100 + place / 588, 0x1161 + place % 588 / 28, last == 0 ? nil : 0x11a7 + last]
        .compactMap { $0.flatMap(Unicode.Scalar.init) }
    case 0x304c...0x3094, 0x30ac...0x30fe:
      return [unvoiced(scalar)].compactMap(Unicode.Scalar.init)
    default:
      return [withoutMark[scalar] ?? scalar].compactMap(Unicode.Scalar.init)
    }
  }

  /// Kana without the marks of a voiced sound.
  private static func unvoiced(_ scalar: UInt32) -> UInt32 {
    let isKatakana = scalar >= 0x30a0
    switch isKatakana ? scalar - 0x60 : scalar {
    case let kana where (0x304c...0x3062).contains(kana) && kana % 2 == 0: return scalar - 1
    case 0x3065, 0x3067, 0x3069: return scalar - 1
    case let kana where (0x306f...0x307d).contains(kana): return scalar - (kana - 0x306f) % 3
    case 0x3094: return scalar - 0x4e
    default: return scalar
    }
  }

  /// Letters of other scripts with a mark written into them: Cyrillic, Greek, Arabic.
  private static let withoutMark: [UInt32: UInt32] = {
    let marked = "йёїўѓќάέήίόύώϊϋΐΰآأؤإئ"
    let bare = "иеіугкαεηιουωιυιυااواي"
    let pairs = zip(marked.unicodeScalars.map(\.value), bare.unicodeScalars.map(\.value))
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }()

  /// The word with plain letters.
  static func plain(_ word: String) -> String {
    guard word.utf8.contains(where: { $0 >= 128 }) else { return word }
    var bytes: [UInt8] = []
    for scalar in word.precomposedLetters { bytes += letters(of: scalar.value) ?? Array(String(scalar).utf8) }
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
    unicodeScalars.filter { $0.isASCII || !Folding.isUnheard($0.value) }
  }
}
