import Testing

@testable import Transcripts

@Suite struct TranscriptParserTests {
  private static let sample = """
    drawbridge transcript 1
    title: A tired nurse
    seed: 7
    country: gb

    # the opening
    bot> Hello.

    you> first line
    you> second line
    bot> One.
    bot> Two.
      = intent: exhausted
      = no-part: offer
    """

  @Test func readsEveryPart() throws {
    let transcript = try TranscriptParser.parse(Self.sample)
    #expect(transcript.header == Transcript.Header(title: "A tired nurse", seed: 7, country: "GB"))
    #expect(transcript.turns.count == 2)
    #expect(transcript.turns[0].you == nil)
    #expect(transcript.turns[0].bot == "Hello.")
    #expect(transcript.turns[1].you == "first line\nsecond line")
    #expect(transcript.turns[1].bot == "One. Two.")
    #expect(transcript.turns[1].expectations.map(\.subject) == [.intent, .noPart])
    #expect(transcript.turns[1].expectations.map(\.line) == [13, 14])
  }

  @Test func readsOtherLineEndings() throws {
    let windows = Self.sample.replacing("\n", with: "\r\n")
    #expect(try TranscriptParser.parse(windows).turns.count == 2)
  }

  @Test(arguments: [
    ("", 1), ("hello", 1), ("drawbridge transcript 9\n\nyou> a", 1), ("drawbridge transcript 1\ntitle: a\n", 3),
    ("drawbridge transcript 1\nseed: x\n\nyou> a", 2), ("drawbridge transcript 1\ncolour: red\n\nyou> a", 2),
    ("drawbridge transcript 1\n\nyou> a\nwhat is this", 4), ("drawbridge transcript 1\n\n  = intent: a", 3),
    ("drawbridge transcript 1\n\nyou> a\n  = moon: a", 4),
  ])
  func refusesWithTheLine(_ text: String, _ line: Int) {
    #expect {
      _ = try TranscriptParser.parse(text)
    } throws: { error in
      (error as? TranscriptError)?.line == line
    }
  }
}
