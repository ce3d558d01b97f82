import Dialogue
import Transcripts

/// A transcript as it was held again, with the lines of its file.
public struct HeldConversation: Sendable {
  public var file: String
  public var title: String
  public var turns: [Turn]
  /// The line of the file on which each turn begins.
  public var lines: [Int]
  /// The transcript has the replies in words, and not only what they are made of: it is a conversation to be read.
  public var isInWords: Bool
  /// What is not as the transcript has it.
  public var differences: [Replay.Difference]

  /// Holds `transcript` with `bot`.
  public init(_ transcript: Transcript, file: String, with bot: Bot) {
    let replay = Replay.run(transcript, with: bot)
    self.file = file
    title = transcript.header.title
    isInWords = transcript.turns.contains { $0.bot != nil }
    turns = replay.turns
    let lines = transcript.turns.map(\.line)
    self.lines = lines.count < replay.turns.count ? [1] + lines : lines
    differences = replay.differences
  }

  func place(of turn: Int) -> String { "\(file):\(lines.indices.contains(turn) ? lines[turn] : 1)" }
}
