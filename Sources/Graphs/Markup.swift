/// Text of an SVG or HTML page. What is interpolated into it is escaped, unless it is markup itself, so that
/// nothing from a file can be taken for a tag.
///
///     let cell: Markup = "<td>\(words)</td>"
public struct Markup: Sendable, Equatable, ExpressibleByStringInterpolation {
  public private(set) var text: String

  public init(stringLiteral text: String) { self.text = text }
  public init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  public static func += (a: inout Markup, b: Markup) { a.text += b.text }
  public static func + (a: Markup, b: Markup) -> Markup {
    var sum = a
    sum += b
    return sum
  }

  public struct StringInterpolation: StringInterpolationProtocol {
    var text = ""

    public init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

    public mutating func appendLiteral(_ literal: String) { text += literal }
    public mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
    public mutating func appendInterpolation(_ parts: [Markup]) { for part in parts { text += part.text } }
    public mutating func appendInterpolation(_ number: Int) { text += String(number) }
    /// Escaped; control characters become U+FFFD.
    public mutating func appendInterpolation(_ words: some StringProtocol) { text += Markup.escaped(words) }
    /// With one digit after the point.
    public mutating func appendInterpolation(_ number: Double) { text += Markup.decimal(number) }
  }

  static func escaped(_ words: some StringProtocol) -> String {
    var out = ""
    out.reserveCapacity(words.utf8.count)
    for scalar in words.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      case "\n", "\t": out.unicodeScalars.append(scalar)
      default: out.unicodeScalars.append(isShown(scalar) ? scalar : "\u{fffd}")
      }
    }
    return out
  }

  /// False for what is unseen and could turn text round or end a document; joiners of emoji are kept.
  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200c, 0x200d: return true
    case 0xfffe, 0xffff: return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator, .unassigned: return false
    default: return true
    }
  }

  static func decimal(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    guard tenths % 10 != 0 else { return String(tenths / 10) }
    return (tenths < 0 ? "-" : "") + "\(abs(tenths) / 10).\(abs(tenths) % 10)"
  }
}

extension Sequence where Element == Markup {
  public func joined(_ separator: Markup = "") -> Markup {
    var sum: Markup = ""
    var first = true
    for part in self {
      if !first { sum += separator }
      sum += part
      first = false
    }
    return sum
  }
}
