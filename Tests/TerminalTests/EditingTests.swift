import Testing

@testable import Terminal

@Suite struct EditingTests {
  private let completion = Completion([
    "lines": { ["GB", "IE", "United Kingdom", "United States", "Ireland"] }, "quit": { [] }, "forget": { [] },
  ])

  @Test func tabOffersCommands() {
    #expect(completion.candidates(line: "/", start: 0) == ["/forget", "/lines", "/quit"])
    #expect(completion.candidates(line: "/L", start: 0) == ["/lines"])
    #expect(completion.candidates(line: "lines", start: 0) == [])
    #expect(completion.candidates(line: "I said /l", start: 7) == [])
  }

  @Test func tabOffersArgumentsWordByWord() {
    #expect(completion.candidates(line: "/lines g", start: 7) == ["GB"])
    #expect(completion.candidates(line: "/lines uni", start: 7) == ["United Kingdom", "United States"])
    #expect(completion.candidates(line: "/lines United K", start: 14) == ["Kingdom"])
    #expect(completion.candidates(line: "/quit x", start: 6) == [])
    #expect(completion.candidates(line: "/nothing x", start: 9) == [])
  }

  @Test func aBackslashAtTheEndGoesOn() {
    #expect(LineEditor.unfinished("I carry \\") == "I carry ")
    #expect(LineEditor.unfinished("I carry") == nil)
    #expect(LineEditor.unfinished("C:\\\\") == nil)
    #expect(LineEditor.unfinished("\\") == "")
  }

  @Test(arguments: [
    ("hepl", ["help"]), ("q", ["quit"]), ("sumary", ["summary"]), ("undoo", ["undo"]),
    ("s", ["save", "sources", "summary"]),
    ("sace", ["save"]), ("xyzzy", []), ("", []),
  ])
  func findsWhatASlipMeant(_ typed: String, _ meant: [String]) {
    #expect(Nearest.words(to: typed, among: ["help", "quit", "summary", "sources", "undo", "save"]) == meant)
  }
}
