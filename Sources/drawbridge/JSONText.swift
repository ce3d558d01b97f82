import IntentFiles

/// JSON written by hand: flat objects at a high rate, in a fixed order of keys.
enum JSONText {
  static func string(_ text: String) -> String { JSON.quoted(text) }

  static func string(_ text: String?) -> String { text.map(string) ?? "null" }

  static func list(_ texts: [String]) -> String { "[" + texts.map(string).joined(separator: ", ") + "]" }

  /// A probability with three digits.
  static func number(_ value: Float) -> String {
    let thousandths = Int((value * 1000).rounded())
    let digits = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
