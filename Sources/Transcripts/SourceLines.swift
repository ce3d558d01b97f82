/// The lines of a file and how each of them ends, so that it can be put together again as it was. Lines end
/// with LF, CRLF or CR, in any mixture.
struct SourceLines: Sequence, IteratorProtocol {
  struct Line: Equatable {
    /// From 1.
    var number: Int
    /// The bytes of the line, its end left out.
    var content: Range<Int>
    /// Where the next line begins.
    var next: Int

    var hasEnd: Bool { next > content.upperBound }
  }

  private let bytes: [UInt8]
  private var from: Int
  private var number = 0

  /// A mark of byte order is passed over.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    from = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
  }

  mutating func next() -> Line? {
    guard from < bytes.count else { return nil }
    var stop = from
    while stop < bytes.count, bytes[stop] != 0x0a, bytes[stop] != 0x0d { stop += 1 }
    var next = Swift.min(stop + 1, bytes.count)
    if next < bytes.count, bytes[stop] == 0x0d, bytes[next] == 0x0a { next += 1 }
    defer { from = next }
    number += 1
    return Line(number: number, content: from..<stop, next: next)
  }
}

/// Characters that a terminal or a reader of the file would take for something else are written as `\u{1B}`.
public enum Escapes {
  /// `text` on one line of a transcript, which `unescaped` reads.
  public static func escaped(_ text: some StringProtocol) -> String {
    guard text.unicodeScalars.contains(where: needsEscape) || text.contains("\\u{") else { return String(text) }
    return escaped(text, { needsEscape($0) || ($0 == "\\" && $1.starts(with: "u{".unicodeScalars)) })
  }

  /// `text` for the eyes: on one line, with nothing in it that a terminal would obey.
  public static func visible(_ text: some StringProtocol) -> String {
    guard text.unicodeScalars.contains(where: needsEscape) else { return String(text) }
    return escaped(text, { scalar, _ in needsEscape(scalar) })
  }

  private static func escaped(
    _ text: some StringProtocol, _ isEscaped: (Unicode.Scalar, Substring.UnicodeScalarView) -> Bool
  ) -> String {
    var result = String.UnicodeScalarView()
    var scalars = String(text).unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      if isEscaped(scalar, scalars) {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// Reads `\u{HEX}`; whatever is not of this form stands for itself.
  public static func unescaped(_ text: some StringProtocol) -> String {
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return String(text) }
    var result = String.UnicodeScalarView()
    var rest = String(text).unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if scalar == "\\", rest.starts(with: "u{".unicodeScalars), let close = rest.prefix(longest).firstIndex(of: "}"),
        let value = UInt32(String(rest[..<close].dropFirst(2)), radix: 16),
        let meant = Unicode.Scalar(value)
      {
        result.append(meant)
        rest = rest[rest.index(after: close)...]
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// `u{10FFFF}`.
  private static let longest = 9

  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7e: false
    case 0x00...0x1f, 0x7f...0x9f, 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff: true
    default: false
    }
  }
}
