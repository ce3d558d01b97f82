import Testing

@testable import Matching

/// Patterns made by a seed, every construct among them.
@Suite struct PatternPropertyTests {
  private struct Writer {
    var dice: SplitMix

    private mutating func one(of items: [String]) -> String { items.randomElement(using: &dice) ?? "" }

    mutating func rule() -> String {
      let parts = (0..<Int.random(in: 1...3, using: &dice)).map { i in
        (i > 0 && Int.random(in: 0..<3, using: &dice) == 0 ? "!" : "") + choices(depth: 0)
      }
      return parts.joined(separator: one(of: ["&", " & ", " &"]))
    }

    private mutating func choices(depth: Int) -> String {
      let count = Int.random(in: 0..<3, using: &dice) == 0 ? Int.random(in: 2...3, using: &dice) : 1
      return (0..<count).map { _ in sequence(depth: depth) }.joined(separator: one(of: ["|", " | "]))
    }

    private mutating func sequence(depth: Int) -> String {
      (0..<Int.random(in: 1...4, using: &dice)).map { _ in item(depth: depth) }.joined(separator: one(of: [" ", "  "]))
    }

    private mutating func item(depth: Int) -> String {
      switch Int.random(in: 0..<(depth < 5 ? 15 : 10), using: &dice) {
      case 0...4: one(of: ["ask", "help", "i'm", "don't", "boss", "self-made", "went", "zoë", "w/o", "7", "idk"])
      case 5: "=" + one(of: ["asked", "going", "can't"])
      case 6: "~" + one(of: ["help", "family", "sister"])
      case 7: one(of: ["...", "...2", "…", "...30", "…5"])
      case 8: one(of: ["not", "never", "😭"])
      case 9: "<alone>"
      case 10, 11: "(" + choices(depth: depth + 1) + ")"
      case 12, 13: "[" + choices(depth: depth + 1) + "]"
      default: "{" + one(of: ["who", "a_b", "x-1"]) + one(of: ["", ":" + choices(depth: depth + 1)]) + "}"
      }
    }
  }

  private static func rules() -> [(text: String, rule: PatternRule)] {
    (0..<2000 as Range<UInt64>).compactMap { seed in
      var writer = Writer(dice: SplitMix(seed: seed))
      let text = writer.rule()
      return (try? PatternParser.parse(text, language: Small.language)).map { (text, $0) }
    }.filter { $0.rule.description.count <= PatternParser.longest }
  }

  /// Brackets that mean nothing are not written again, so that it is the writing that stays the same.
  @Test func whatIsWrittenIsReadAsTheSame() throws {
    let rules = Self.rules()
    #expect(rules.count > 1000)
    for (text, rule) in rules {
      let again = try PatternParser.parse(rule.description, language: Small.language)
      #expect(again.description == rule.description, "\(text)")
    }
  }

  @Test func whatIsWrittenHearsTheSame() throws {
    let lines = [
      "i asked my sister for help", "don't ask my boss for a hand", "idk, i went to my brother 😭", "not going, never",
      "self made boss 7 zoë", "",
    ]
    for (text, rule) in Self.rules().prefix(300) {
      let written = rule.description
      let (one, other) = (Small.matcher([text]), Small.matcher([written]))
      for line in lines {
        let (heard, again) = (Small.intents(of: one, in: line), Small.intents(of: other, in: line))
        #expect(heard == again, "\(text) and \(written) in '\(line)'")
      }
    }
  }
}
