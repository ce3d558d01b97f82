import Testing

@testable import Terminal

@Suite struct ScreenTests {
  private func screen(
    _ environment: [String: String], terminal: Bool = true, known: Bool = true, _ settings: Settings = .init()
  )
    -> Screen
  {
    Screen(environment: { environment[$0] }, settings: settings, isTerminal: terminal, knowsTerminal: known)
  }

  @Test func usesColourOnATerminalThatHasIt() {
    #expect(screen(["TERM": "xterm"]).usesColour)
    #expect(!screen(["TERM": "xterm"], terminal: false).usesColour)
    #expect(!screen([:]).usesColour)
    #expect(!screen(["TERM": ""]).usesColour)
    #expect(!screen(["TERM": "dumb"]).usesColour)
    #expect(!screen(["TERM": "no-such-terminal"], known: false).usesColour)
  }

  @Test func followsTheCustomsForColour() {
    #expect(!screen(["TERM": "xterm", "NO_COLOR": "1"]).usesColour)
    #expect(screen(["TERM": "xterm", "NO_COLOR": ""]).usesColour)
    #expect(!screen(["TERM": "xterm", "CLICOLOR": "0"]).usesColour)
    #expect(screen(["CLICOLOR_FORCE": "1"], terminal: false).usesColour)
    #expect(!screen(["CLICOLOR_FORCE": "0"], terminal: false).usesColour)
    #expect(!screen(["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], terminal: false).usesColour)
  }

  @Test func aWishWinsOverTheEnvironmentAndPlainOverAll() {
    var settings = Settings()
    settings.colour = .always
    #expect(screen(["NO_COLOR": "1"], terminal: false, settings).usesColour)
    settings.plain = true
    #expect(!screen(["TERM": "xterm"], settings).usesColour)
  }

  @Test func setsTextInAtMost76Columns() {
    #expect(screen([:]).measure(200) == 76)
    #expect(screen([:]).measure(40) == 40)
    #expect(screen([:]).measure(0) == 1)
  }

  private static let reply = Paragraph("Asking does not come easily to you.", speaker: "Drawbridge")

  @Test func indentsARoomyTerminalAndNotANarrowOne() {
    #expect(screen([:]).lines(of: Self.reply, width: 20) == ["  Asking does not", "  come easily to", "  you."])
    #expect(screen([:]).lines(of: Self.reply, width: 11) == ["Asking does", "not come", "easily to", "you."])
    #expect(screen([:]).lines(of: Self.reply, width: 1).joined() == "Askingdoesnotcomeeasilytoyou.")
  }

  @Test func spellsTheSpeakerOutWherePlain() {
    var settings = Settings()
    settings.plain = true
    #expect(
      screen([:], settings).lines(of: Self.reply, width: 60)
        == ["Drawbridge: Asking does not come easily to you."])
  }

  @Test func aNewWidthSetsThePageAnew() {
    var page = Page()
    page.add(Paragraph("gone from the screen long ago", speaker: "D"))
    page.add(Paragraph("I never ask", .you, speaker: "You"))
    page.add(Self.reply)
    let screen = screen(["TERM": "xterm", "NO_COLOR": "1"])
    #expect(
      page.redrawn(on: screen, rows: 5, from: 80, to: 20)
        == "\u{1b}[H"
        + ["> I never ask", "", "  Asking does not", "  come easily to", "  you.", ""].map { $0 + "\u{1b}[K\n" }
        .joined()
        + "\u{1b}[J")
    page.clear()
    #expect(page.redrawn(on: screen, rows: 5, from: 80, to: 20) == "\u{1b}[H\u{1b}[J")
  }

  @Test func aGentlePaceRestsAtTheEndOfASentence() {
    let pieces = Pace.pieces(of: "  So, yes. It is.")
    #expect(pieces.map(\.text) == ["  So,", " yes.", " It", " is."])
    #expect(pieces.map(\.milliseconds) == [160, 320, 45, 320])
    #expect(Pace.pieces(of: "").isEmpty)
  }
}
