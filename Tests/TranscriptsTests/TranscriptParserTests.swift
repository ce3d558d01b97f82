import Testing

@testable import Transcripts

@Suite struct TranscriptParserTests {
  private static let sample = """
    drawbridge transcript 1
    title: A tired nurse
    seed: 7
    country: gb
    bot: Drawbridge
    bot-version: 2
    # about this file

    # the opening
    bot> Hello.

    you> first line
    you> second line
    # what is said
    bot> One.
    bot> Two.
      = intent: exhausted
      # no offer yet
    # no offer at all
      = no-part: offer

    you> again
    # the end
    """.replacing("\n  # no offer yet", with: "")

  @Test func readsEveryPart() throws {
    let transcript = try TranscriptParser.parse(Self.sample)
    #expect(transcript.header.title == "A tired nurse")
    #expect(transcript.header.seed == 7)
    #expect(transcript.header.country == "GB")
    #expect(transcript.header.botVersion == "2")
    #expect(transcript.header.comments == [" about this file"])
    #expect(transcript.turns.count == 3)
    #expect(transcript.turns[0].you == nil)
    #expect(transcript.turns[0].bot == "Hello.")
    #expect(transcript.turns[0].comments == [" the opening"])
    #expect(transcript.turns[1].you == "first line\nsecond line")
    #expect(transcript.turns[1].bot == "One. Two.")
    #expect(transcript.turns[1].botLines == 15..<17)
    #expect(transcript.turns[1].botComments == [" what is said"])
    #expect(transcript.turns[1].expectations.map(\.subject) == [.intent, .noPart])
    #expect(transcript.turns[1].expectations.map(\.line) == [17, 19])
    #expect(transcript.turns[1].expectations[1].comments == [" no offer at all"])
    #expect(transcript.ending == [" the end"])
  }

  @Test func printingAndReadingGivesTheSame() throws {
    let once = try TranscriptParser.parse(Self.sample)
    let text = TranscriptText.whole(once)
    let twice = try TranscriptParser.parse(text)
    #expect(twice.withoutPlaces == once.withoutPlaces)
    #expect(TranscriptText.whole(twice) == text)
  }

  @Test(arguments: [
    "a\nb", "", " two  spaces ", "tab\there", "\u{1b}[31mred", "back\\slash", "\\u{1B}", "\\u{", "\r", "a\r\nb",
    "\u{2028}",
    "# no comment", "bot> no", "= intent: x", "👋🏽 é e\u{301}", "\u{202e}", "trailing\n", "\u{feff}x", "\0",
  ])
  func whateverAPersonSaysComesBack(_ said: String) throws {
    var transcript = Transcript()
    transcript.turns = [Transcript.Exchange(you: said, bot: "Yes."), Transcript.Exchange(you: "more")]
    let text = TranscriptText.whole(transcript)
    let read = try TranscriptParser.parse(text)
    #expect(read.turns.map { $0.you.map { Array($0.utf8) } } == [Array(said.utf8), Array("more".utf8)])
    #expect(text.utf8.allSatisfy { $0 == 0x0a || $0 >= 0x20 && $0 != 0x7f })
  }

  @Test(arguments: ["\r\n", "\r", "\n"])
  func readsOtherLineEndings(_ end: String) throws {
    let transcript = try TranscriptParser.parse("\u{feff}" + Self.sample.replacing("\n", with: end))
    #expect(transcript.turns.count == 3)
    #expect(transcript.turns[1].expectations[0].line == 17)
  }

  @Test func anEmptyLineParts() throws {
    let transcript = try TranscriptParser.parse("drawbridge transcript 1\n\nyou> a\nyou> b\n\nyou> c\n")
    #expect(transcript.turns.map(\.you) == ["a\nb", "c"])
  }

  @Test(arguments: [
    ("", 1, 1, "the file is empty"),
    ("hello", 1, 1, "this is no transcript"),
    ("drawbridge transcript 9\n\nyou> a", 1, 23, "version 9 of the format is not known here"),
    ("drawbridge transcript 1\ntitle: a\n", 2, 1, "there is no turn in it"),
    ("drawbridge transcript 1\nseed: x\n\nyou> a", 2, 7, "the seed is 'x'"),
    ("drawbridge transcript 1\ncountry: England\n\nyou> a", 2, 10, "the country is 'England'"),
    ("drawbridge transcript 1\ncolour: red\n\nyou> a", 2, 1, "unknown key in the header: 'colour'"),
    ("drawbridge transcript 1\nseed: 1\nseed: 2\n\nyou> a", 3, 1, "'seed' stands in the header twice"),
    ("drawbridge transcript 1\nrecorded: badly\n\nyou> a", 2, 11, "'badly' is no way of recording"),
    ("drawbridge transcript 1\n\nyou> a\nwhat is this", 4, 1, "this line is neither `you>`, `bot>`, `=` nor a comment"),
    ("drawbridge transcript 1\n  = intent: a\n\nyou> a", 2, 1, "nothing was said yet that this could be true of"),
    ("drawbridge transcript 1\n\nyou> a\n  = moon: a", 4, 1, "this expectation is not understood"),
    ("drawbridge transcript 1\n\nyou> a\n  = risk: high", 4, 1, "'high' is no level of risk"),
    ("drawbridge transcript 1\n\nyou> a\n  = no-part: joke", 4, 1, "'joke' is no kind of sentence"),
    ("drawbridge transcript 1\n\nyou> a\n  = parts: talk, joke", 4, 1, "'joke' is no kind of sentence"),
    ("drawbridge transcript 1\n\nyou> a\n  = says: ...", 4, 1, "there is no word in '...'"),
    ("drawbridge transcript 1\n\nyou> a\n  = pattern: (a", 4, 1, "a group is not closed"),
    ("drawbridge transcript 1\n\nyou> a\n  = intent:", 4, 1, "nothing stands after `intent:`"),
    (
      "drawbridge transcript 1\n\nyou> a\nbot> b\n  = state: c\nbot> d", 6, 1,
      "the bot's words come after what has to be true of them"
    ),
    ("drawbridge transcript 1\n\nyou> a\nbot> b\n\nbot> c", 6, 1, "two answers in a row"),
    ("drawbridge transcript 1\n\nyou> a\u{1b}b", 3, 7, "there is a control character, U+001B"),
  ])
  func refusesWithThePlace(_ text: String, _ line: Int, _ column: Int, _ message: String) {
    #expect(
      performing: { _ = try TranscriptParser.parse(text) },
      throws: { error in
        let error = error as? TranscriptError
        return error?.line == line && error?.column == column && error?.message == message && error?.mend != ""
      })
  }

  @Test func invalidUTF8IsNamedWithItsLine() {
    let bytes = Array("drawbridge transcript 1\n\nyou> a\nyou> ".utf8) + [0xff, 0x0a]
    #expect(performing: { _ = try TranscriptParser.parse(bytes) }, throws: { ($0 as? TranscriptError)?.line == 4 })
  }

  @Test func aHugeFileIsRefusedUnread() {
    let bytes = [UInt8](repeating: 0x61, count: TranscriptParser.largest + 1)
    #expect(
      performing: { _ = try TranscriptParser.parse(bytes) },
      throws: { ($0 as? TranscriptError)?.message.contains("may have") ?? false })
  }

  /// Wherever a recording breaks off, what is whole is read, and nothing that is not.
  @Test func aRecordingCutOffAnywhereHoldsItsCompleteTurns() throws {
    let head = "drawbridge transcript 1\nrecorded: turn by turn\n\nbot> Hello.\n\n"
    let turns = ["you> ä b\nyou> c\nbot> Öne.\n  = state: s\n\n", "you> d\nbot> Two.\n  = state: s\n\n"]
    let whole = Array((head + turns.joined()).utf8)
    let ends = [head.utf8.count, (head + turns[0]).utf8.count, whole.count]
    for length in head.utf8.count...whole.count {
      let transcript = try TranscriptParser.parse(Array(whole[..<length]))
      let complete = ends.lastIndex { $0 <= length } ?? 0
      #expect(transcript.turns.count == complete + 1, "cut after \(length) bytes")
      #expect((transcript.cutOff == nil) == ends.contains(length), "cut after \(length) bytes")
    }
  }
}
