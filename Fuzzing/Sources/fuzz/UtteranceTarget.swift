import Dialogue
import Transcripts

@testable import Matching

/// A conversation: the first byte is the seed, each line an utterance.
final class UtteranceTarget {
  private let bot = Bots.large
  private var workspace: Matcher.Workspace?
  private static let mostLines = 6

  func run(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes.dropFirst(), as: UTF8.self).split(
      separator: "\n", maxSplits: UtteranceTarget.mostLines - 1, omittingEmptySubsequences: false
    ).map(String.init)
    for line in lines { hear(line) }
    let seed = UInt64(bytes.first ?? 0)
    let turns = talk(lines, seed: seed, reusing: true)
    hold(turns == talk(lines, seed: seed, reusing: false), "the same lines and seed get the same replies: \(lines)")
    for turn in turns { check(turn) }
    keep(turns, seed: seed)
  }

  private func hear(_ line: String) {
    var ear = workspace.take() ?? bot.matcher.makeWorkspace()
    let hearing = bot.matcher.hear(line, workspace: &ear)
    workspace = ear
    var last: Int32 = 0
    let utf8 = hearing.utterance.text.utf8
    for (i, token) in hearing.utterance.tokens.enumerated() {
      hold(0 <= token.start && token.start < token.end && Int(token.end) <= utf8.count, "a word lies in the line")
      hold(token.start >= last, "words come in order: \(line.debugDescription)")
      last = token.start
      hold(!hearing.utterance.text(of: i..<(i + 1)).isEmpty, "a word has letters: \(line.debugDescription)")
    }
    for candidate in hearing.candidates {
      hold(candidate.score.isFinite && (0...1.001).contains(candidate.score), "a score is a probability")
    }
    let explanation = bot.matcher.explain(hearing)
    hold(explanation.words.count == hearing.utterance.tokens.count, "every word is explained")
  }

  private func talk(_ lines: [String], seed: UInt64, reusing: Bool) -> [Turn] {
    var conversation = Conversation(bot: bot, seed: seed, country: "GB")
    var turns = [conversation.open()]
    var fresh: Matcher.Workspace?
    for line in lines {
      turns.append(
        reusing ? conversation.hear(line, workspace: &workspace) : conversation.hear(line, workspace: &fresh))
    }
    turns.append(conversation.leave())
    return turns
  }

  private func check(_ turn: Turn) {
    Promise.isPrintable(turn.reply, "a reply")
    hold(!turn.reply.contains("{") && !turn.reply.contains("}"), "every capture is filled: \(turn.reply)")
    hold(!turn.reply.isEmpty || turn.you.isEmpty, "there is an answer to \(turn.you.debugDescription)")
    hold(turn.parts.count { $0.kind.isQuestion || $0.kind == .offer } <= 1, "one question at most: \(turn.reply)")
  }

  /// Written down and read again it is the same conversation.
  private func keep(_ turns: [Turn], seed: UInt64) {
    let said = turns.dropLast()
    let text =
      TranscriptText.header(Transcript.Header(seed: seed, country: "GB"))
      + said.map { TranscriptText.turn($0) }.joined()
    do {
      let read = try TranscriptParser.parse(text)
      hold(
        read.turns.dropFirst().map(\.you) == said.dropFirst().map(\.you), "what was said is kept: \(text)")
      hold(read.turns.allSatisfy { $0.bot != nil }, "what was answered is kept: \(text)")
      hold(Replay.run(read, with: bot).turns.dropFirst().map(\.reply) == said.dropFirst().map(\.reply), "it replays")
    } catch {
      hold(false, "what was written can be read: \(error): \(text.debugDescription)")
    }
  }
}
