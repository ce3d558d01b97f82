import Dialogue
import Foundation
import Transcripts

/// A conversation with its commands, whatever it is held on.
struct Session {
  struct Reply {
    var text: String
    /// Said by the program about itself, not by the bot.
    var isHint = false
    /// Terms with explanations, in two columns.
    var isList = false
    /// The screen is to be wiped first.
    var clears = false
    /// What was kept of the lines is to be forgotten.
    var forgets = false
    var ends = false
  }

  var conversation: Conversation
  var plan = Plan()

  /// Whether a sign of risk was heard in this conversation.
  var isAtRisk: Bool { conversation.memory.risk.level != .none }

  mutating func open() -> String { conversation.open().reply }

  /// Answers a line: a command, or something said.
  mutating func take(_ line: String) -> Reply {
    if let given = GivenCommand(line) {
      guard let command = given.command else { return Reply(text: given.correction, isHint: true) }
      return obey(command, argument: given.argument)
    }
    if GivenCommand.meansToLeave(line) { return Reply(text: "To leave, type /quit or press Ctrl-D.", isHint: true) }
    let turn = conversation.hear(line)
    let ends = conversation.bot.machine.state(turn.state)?.isFinal ?? false
    return Reply(text: turn.reply, ends: ends)
  }

  /// A line that is too long to read.
  mutating func tooLong() -> Reply {
    Reply(
      text: conversation.bot.script.tooLong.first?.text
        ?? "That was a great deal at once. Could you tell me the part that matters most now?")
  }

  /// Taking leave without a word.
  mutating func leave() -> String { conversation.leave().reply }

  // MARK: Commands

  private mutating func obey(_ command: SlashCommand, argument: String) -> Reply {
    switch command {
    case .help: return help(argument)
    case .why: return Reply(text: why(), isHint: true)
    case .sources: return Reply(text: sources(), isHint: true)
    case .summary: return Reply(text: conversation.summary(), isHint: true)
    case .undo:
      return Reply(
        text: conversation.undo() ? "Taken back. We are where we were before it." : "There is nothing to take back.",
        isHint: true)
    case .save: return Reply(text: save(argument), isHint: true)
    case .plan: return change(plan: argument)
    case .lines: return lines(argument)
    case .forget:
      forget()
      return Reply(text: "Forgotten. " + conversation.open().reply, forgets: true)
    case .clear:
      forget()
      return Reply(text: conversation.open().reply, clears: true, forgets: true)
    case .quit: return Reply(text: leave(), ends: true)
    }
  }

  private mutating func forget() {
    conversation.forget()
    plan = Plan()
  }

  private func help(_ argument: String) -> Reply {
    guard !argument.isEmpty else { return Reply(text: SlashCommand.list, isHint: true, isList: true) }
    let name = argument.hasPrefix("/") ? argument : "/" + argument
    guard let given = GivenCommand(name), let command = given.command else {
      return Reply(text: GivenCommand(name)?.correction ?? SlashCommand.list, isHint: true)
    }
    return Reply(text: command.details, isHint: true, isList: true)
  }

  private func why() -> String {
    guard let turn = conversation.turns.last else { return "Nothing was said yet." }
    var text =
      turn.intent.map { id in
        "I heard: \(conversation.bot.intent(id)?.about ?? id) (\(id))."
      } ?? "I did not take your line for anything I know."
    for idea in turn.ideas {
      guard let source = conversation.bot.sources.first(where: { idea.hasPrefix($0.id + ".") }) else { continue }
      let words = source.ideas.first { $0.id == idea }?.text ?? ""
      text += "\n\(idea): \(words) From: \(source.title), \(source.author), \(source.publisher)."
    }
    for part in turn.parts { text += "\n\(part.kind.rawValue), written in \(part.place)" }
    return text
  }

  private func sources() -> String {
    conversation.bot.sources.map { source in
      [source.title, source.author, source.publisher, source.date].filter { !$0.isEmpty }.joined(separator: ", ")
    }.joined(separator: "\n")
  }

  private func save(_ argument: String) -> String {
    let name = argument.isEmpty ? "drawbridge-conversation.txt" : argument
    let header = Transcript.Header(
      title: "", seed: conversation.seed, country: conversation.country, bot: conversation.bot.name)
    let text = TranscriptText.header(header) + conversation.turns.map(TranscriptText.turn).joined()
    do {
      let path = try PrivateFile.create(name, text)
      return "Saved to \(path), readable by you only."
    } catch {
      return "Not saved: \(error)"
    }
  }
}
