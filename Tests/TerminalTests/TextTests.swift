import Testing

@testable import Terminal

@Suite struct TextTests {
  @Test func wrapsAtSpaces() {
    #expect(Text.wrapped("one two three four", width: 9) == "one two\nthree\nfour")
  }

  @Test func indentsLaterLines() {
    #expect(Text.wrapped("one two three", width: 8, indent: "  ") == "one two\n  three")
  }

  @Test func cutsAWordThatIsLongerThanALine() {
    #expect(Text.wrapped("abcdefgh", width: 3) == "abc\ndef\ngh")
  }

  @Test func countsWideCharactersAsTwo() {
    #expect(Text.columns(of: "日本") == 4)
    #expect(Text.columns(of: "é👋") == 3)
    #expect(Text.wrapped("日本 日本", width: 5) == "日本\n日本")
  }

  @Test(arguments: [1, 2, 5, 20, 76])
  func losesAndAddsNothing(_ width: Int) {
    let text = "Asking seems to cost you more than doing all of it alone. 日本語 ok"
    let wrapped = Text.wrapped(text, width: width, indent: "  ")
    #expect(wrapped.filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
  }

  @Test func letsNothingThroughThatATerminalObeys() {
    #expect(Text.printable("a\u{1b}[31mb\u{7}\u{9b}c\u{202e}d\re\nf") == "a[31mbcde\nf")
    #expect(Text.printable("plain é 👋") == "plain é 👋")
  }
}
