import Matching
import Testing

@testable import Transcripts

/// Transcripts made by a seed: written and read again they are the same.
@Suite struct RoundTripTests {
  private static let pieces = [
    "word", "I never ask", "you>", "bot>", "#", "=", ":", "\\u{1B}", "\\", "\u{1b}[31m", "\u{301}", "é", "😭",
    "\u{202e}",
    "\u{61c}", "\u{7f}", "\u{2028}", "\u{feff}", "\r", "\t", " ", "  ", "drawbridge transcript 1", "{", "}", "\u{a0}",
  ]

  private struct Writer {
    var dice: SplitMix

    mutating func text(_ most: Int = 6) -> String {
      (0..<Int.random(in: 0...most, using: &dice)).map { _ in RoundTripTests.pieces.randomElement(using: &dice) ?? "" }
        .joined(separator: Bool.random(using: &dice) ? " " : "")
    }

    /// As a reader leaves it: with single spaces, and none around.
    mutating func line() -> String { Transcript.singleLine(text()) }

    mutating func maybe<T>(_ make: (inout Writer) -> T) -> T? { Bool.random(using: &dice) ? make(&self) : nil }

    mutating func comments() -> [String] {
      maybe { writer in
        [writer.text().filter { !$0.isNewline && $0.asciiValue.map { $0 >= 32 } ?? true && $0 != "\u{7f}" }]
      } ?? []
    }

    mutating func transcript() -> Transcript {
      var transcript = Transcript()
      transcript.header = Transcript.Header(
        title: Transcript.trim(text()), seed: dice.next(), country: maybe { _ in "GB" },
        bot: maybe { Transcript.trim($0.text()) }, botVersion: maybe { Transcript.trim($0.text()) })
      for i in 0..<Int.random(in: 1...5, using: &dice) {
        let said = maybe { $0.text() + "\n" + $0.text() } ?? text()
        var exchange = Transcript.Exchange(you: i == 0 ? nil : said, bot: maybe { $0.line() })
        if i == 0, exchange.bot == nil { exchange.bot = "Hello." }
        exchange.expectations =
          maybe { _ in [Transcript.Expectation(.intent, "exhausted"), .init(.risk, "none")] } ?? []
        exchange.comments = comments()
        transcript.turns.append(exchange)
      }
      return transcript
    }
  }

  @Test func writtenAndReadAgainItIsTheSame() throws {
    for seed in 0..<2000 as Range<UInt64> {
      var writer = Writer(dice: SplitMix(seed: seed))
      let transcript = writer.transcript()
      let text = TranscriptText.whole(transcript)
      let again = try TranscriptParser.parse(text)
      #expect(again.withoutPlaces == transcript, "seed \(seed): \(text.debugDescription)")
      #expect(TranscriptText.whole(again) == text)
    }
  }

  /// A mark above the first letter does not swallow the space before it.
  @Test(arguments: ["\u{301}x", "\u{fe0f}a", "\u{200d}", " \u{301}"]) func aLineMayBeginWithAMark(_ text: String) throws
  {
    var transcript = Transcript()
    transcript.turns = [Transcript.Exchange(you: text, bot: "Hm.")]
    let read = try TranscriptParser.parse(TranscriptText.whole(transcript))
    #expect(read.turns[0].you.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
  }

  @Test func aCommentBelowAnEmptyLineDoesNotJoinTwoTurns() throws {
    let text = "drawbridge transcript 1\n\nyou> one\n\n# of another turn\nyou> two\n"
    #expect(try TranscriptParser.parse(text).turns.map(\.you) == ["one", "two"])
  }

  @Test func aCommentBetweenTheLinesOfAnOpeningStandsAboveIt() throws {
    let read = try TranscriptParser.parse("drawbridge transcript 1\n\nbot> Hello.\n# c\nbot> Who are you?\n")
    #expect(read.turns[0].comments == [" c"])
    #expect(try TranscriptParser.parse(TranscriptText.whole(read)).withoutPlaces == read.withoutPlaces)
  }

  @Test func whateverIsReadIsReadOrRefusedWithAPlace() {
    let sample = Small.transcript
    let pieces = Self.pieces + ["\n", "\u{0}", "\n# c\n", "\nbot> x\n"]
    for seed in 0..<3000 as Range<UInt64> {
      var dice = SplitMix(seed: seed)
      var bytes = Array(sample.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &dice) {
        let place = Int.random(in: 0..<bytes.count, using: &dice)
        let piece = Array(pieces.randomElement(using: &dice)?.utf8 ?? "".utf8)
        switch Int.random(in: 0..<3, using: &dice) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &dice)
        case 1: bytes.insert(contentsOf: piece, at: place)
        default: bytes.removeSubrange(place..<min(bytes.count - 1, place + Int.random(in: 1...30, using: &dice)))
        }
      }
      do throws(TranscriptError) {
        let read = try TranscriptParser.parse(bytes)
        let again = try TranscriptParser.parse(TranscriptText.whole(read))
        #expect(again.withoutPlaces == read.withoutPlaces, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
      } catch {
        #expect(error.line > 0 && error.column > 0 && !error.message.isEmpty && !error.mend.isEmpty)
      }
    }
  }
}
