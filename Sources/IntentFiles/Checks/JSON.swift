/// A JSON value whose keys keep their order.
public indirect enum JSON: Sendable, Equatable {
  case text(String)
  case number(Int)
  case flag(Bool)
  case list([JSON])
  case object([Entry])

  public struct Entry: Sendable, Equatable {
    public var key: String
    public var value: JSON
  }

  public static func table(_ entries: KeyValuePairs<String, JSON?>) -> JSON {
    .object(entries.compactMap { key, value in value.map { Entry(key: key, value: $0) } })
  }

  public static func texts(_ texts: some Sequence<String>) -> JSON { .list(texts.map { .text($0) }) }

  /// Written out with two spaces a level; short lists of plain values stand on one line.
  public func written(indent: String = "") -> String {
    let deeper = indent + "  "
    switch self {
    case .text(let text): return JSON.quoted(text)
    case .number(let number): return String(number)
    case .flag(let flag): return flag ? "true" : "false"
    case .list(let items):
      let written = items.map { $0.written(indent: deeper) }
      let line = "[" + written.joined(separator: ", ") + "]"
      if line.utf8.count + indent.utf8.count <= 100, !line.contains("\n") { return line }
      return "[\n" + written.map { deeper + $0 }.joined(separator: ",\n") + "\n" + indent + "]"
    case .object(let entries):
      if entries.isEmpty { return "{}" }
      let written = entries.map { deeper + JSON.quoted($0.key) + ": " + $0.value.written(indent: deeper) }
      return "{\n" + written.joined(separator: ",\n") + "\n" + indent + "}"
    }
  }

  /// A text between quotation marks. Nothing in it reaches a terminal that would be obeyed there.
  public static func quoted(_ text: String) -> String {
    if text.utf8.allSatisfy(isPlain) { return "\"" + text + "\"" }
    var out = "\""
    out.reserveCapacity(text.utf8.count + 2)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case "\r": out += "\\r"
      case _ where isHidden(scalar):
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// Characters that a terminal would obey, or that turn the direction of writing.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1f, 0x7f...0x9f, 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: true
    default: false
    }
  }

  /// Bytes that stand for themselves: ASCII but for controls, the quotation mark and the backslash.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7f && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }
}
