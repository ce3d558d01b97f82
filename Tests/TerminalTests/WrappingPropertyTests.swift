import Testing

@testable import Terminal

/// Texts made by a seed, of everything that a person or a file may hold.
@Suite struct WrappingPropertyTests {
  private static let pieces = [
    "a", "word", "itself,", "unbelievablylongwordthatfitsnowhere", "日本語", "👩‍👩‍👧", "e\u{301}", "🇬🇧", "한글", " ", "  ",
    "      ", "\n", "\n\n", "\t", "-", "\u{301}", "\u{200d}", "\u{a0}", "क्षि", "\u{1b}[31m", "\u{202e}", "\u{61c}",
    "\r\n",
  ]

  private static func text(_ dice: inout some RandomNumberGenerator) -> String {
    (0..<Int.random(in: 0...40, using: &dice)).map { _ in
      (pieces.randomElement(using: &dice) ?? "") + (Bool.random(using: &dice) ? " " : "")
    }.joined()
  }

  /// The same numbers on every machine (Knuth's constants).
  private struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 33)
    }
  }

  private static func unspaced(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter { $0 != " " && $0 != "\n" }
  }

  @Test(arguments: [1, 2, 7, 20, 76, 200]) func losesAndAddsNothingButSpaces(_ width: Int) {
    var dice = Dice(state: UInt64(width))
    for _ in 0..<500 {
      let text = Text.printable(Self.text(&dice))
      for isList in [false, true] {
        let lines = Text.lines(text, width: width, isList: isList)
        #expect(Self.unspaced(lines.joined()) == Self.unspaced(text), "\(text.debugDescription)")
        let wide = lines.filter { Text.columns(of: $0) > width && $0.filter { $0 != " " }.count > 1 }
        #expect(wide.isEmpty, "\(wide) of \(text.debugDescription)")
      }
    }
  }

  @Test func putTogetherThePiecesOfAPaceAreTheLine() {
    var dice = Dice(state: 1)
    for _ in 0..<500 {
      for line in Text.lines(Text.printable(Self.text(&dice)), width: 40) {
        #expect(Pace.pieces(of: line).map(\.text).joined() == line)
      }
    }
  }

  @Test func whatIsPrintableStaysAsItIs() {
    var dice = Dice(state: 2)
    for _ in 0..<500 {
      let once = Text.printable(Self.text(&dice))
      #expect(Text.printable(once) == once)
      #expect(
        !once.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x61c || $0.value == 0x202e })
    }
  }
}
