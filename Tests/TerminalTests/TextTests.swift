import Testing

@testable import Terminal

@Suite struct TextTests {
  @Test func wrapsAtSpaces() {
    #expect(Text.lines("one two three four", width: 9) == ["one two", "three", "four"])
  }

  @Test func laterLinesBeginWhereTheFirstDoes() {
    #expect(Text.lines("  one two three", width: 8) == ["  one", "  two", "  three"])
  }

  @Test func anExplanationStaysBesideItsTerm() {
    #expect(
      Text.lines("/why  where it came from", width: 18, isList: true) == ["/why  where it", "      came from"])
    #expect(
      Text.lines("/forgetful  where it came", width: 16, isList: true) == ["/forgetful", "  where it came"])
  }

  @Test func keepsEmptyLines() {
    #expect(Text.lines("one\n\ntwo", width: 9) == ["one", "", "two"])
  }

  @Test func cutsAWordThatIsLongerThanALine() {
    #expect(Text.lines("abcdefgh", width: 3) == ["abc", "def", "gh"])
  }

  @Test(arguments: [
    ("日本", 4), ("é", 1), ("e\u{301}", 1), ("👋", 2), ("👩‍👩‍👧", 2), ("🇬🇧", 2), ("👍🏽", 2), ("❤️", 2), ("❤", 1), ("한", 2),
    ("\u{1112}\u{1161}\u{11ab}", 2), ("ｱ", 1), ("Ａ", 2), ("…", 1), ("’", 1), ("שלום", 4), ("क्षि", 3),
  ])
  func countsColumnsAsTerminalsDo(_ text: String, _ columns: Int) {
    #expect(Text.columns(of: text) == columns)
  }

  @Test func wrapsWideCharactersByTheirColumns() {
    #expect(Text.lines("日本 日本", width: 5) == ["日本", "日本"])
    #expect(Text.lines("日本語です", width: 4) == ["日本", "語で", "す"])
  }

  @Test(arguments: [1, 2, 5, 20, 76])
  func losesAndAddsNothing(_ width: Int) {
    let text = "  Asking seems to cost you more than doing all of it  alone. 日本語 ok 👩‍👩‍👧"
    let lines = Text.lines(text, width: width, isList: true)
    #expect(lines.joined().filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
    #expect(lines.allSatisfy { Text.columns(of: $0) <= max(2, width) })
  }

  @Test func letsNothingThroughThatATerminalObeys() {
    #expect(Text.printable("a\u{1b}[31mb\u{7}\u{9b}c\u{202e}d\re\nf") == "a[31mbcde\nf")
    #expect(Text.printable("a\u{61c}b\u{200f}c\u{2066}d\u{2069}e\u{7f}f") == "abcdef")
    #expect(Text.printable("a\tb") == "a b")
    #expect(Text.printable("plain é 👋") == "plain é 👋")
  }

  @Test func writesWithATypewriterWhereThereIsNothingElse() {
    #expect(Text.ascii("“It’s fine” — Zoë… 日") == "\"It's fine\" - Zoe... ?")
  }
}
