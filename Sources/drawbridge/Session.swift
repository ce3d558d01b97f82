import Dialogue
import Foundation
import Transcripts

/// The commands that can be given inside a conversation.
enum SlashCommand: String, CaseIterable {
  case help, why, sources, summary, undo, save, lines, forget, clear, quit

  var explanation: String {
    switch self {
    case .help: "this list"
    case .why: "where the last reply came from"
    case .sources: "the articles behind the replies"
    case .summary: "what we have spoken of"
    case .undo: "take back your last line"
    case .save: "/save NAME writes the conversation to NAME, readable by you only"
    case .lines: "/lines COUNTRY shows crisis lines, for example /lines GB"
    case .forget: "forget everything said so far"
    case .clear: "forget everything and wipe the screen"
    case .quit: "leave"
    }
  }
}

/// A conversation with its commands, whatever it is held on.
struct Session {
  struct Reply {
    var text: String
    var isHint = false
    var clears = false
    var ends = false
  }

  var conversation: Conversation
  /// Where files are watched that may change between two turns.
  var watching: Watching?

  init(conversation: Conversation, watching: Watching? = nil) {
    self.conversation = conversation
    self.watching = watching
  }

  /// What there is to say of files that have changed since the last turn, or nil.
  mutating func refresh() -> String? { watching?.refresh(&conversation) }

  mutating func open() -> String { conversation.open().reply }

  /// Answers a line: a command, or something said.
  mutating func take(_ line: String) -> Reply {
    let trimmed = line.trimmingCharacters(in: .whitespaces)
    if trimmed.hasPrefix("/"), let word = trimmed.dropFirst().split(separator: " ").first, word.allSatisfy(\.isLetter) {
      return obey(String(word), argument: trimmed.dropFirst(word.count + 1).trimmingCharacters(in: .whitespaces))
    }
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

  private mutating func obey(_ word: String, argument: String) -> Reply {
    guard let command = SlashCommand(rawValue: word) else {
      let close = SlashCommand.allCases.map(\.rawValue).filter { $0.hasPrefix(word.prefix(1)) }.map { "/" + $0 }
      let hint = close.isEmpty ? "" : " Did you mean \(close.joined(separator: " or "))?"
      return Reply(text: "There is no command /\(word).\(hint) /help lists them all.", isHint: true)
    }
    switch command {
    case .help:
      let list = SlashCommand.allCases.map { "/\($0.rawValue): \($0.explanation)" }.joined(separator: "\n")
      return Reply(text: list, isHint: true)
    case .why: return Reply(text: why(), isHint: true)
    case .sources: return Reply(text: sources(), isHint: true)
    case .summary: return Reply(text: conversation.summary(), isHint: true)
    case .undo:
      return Reply(
        text: conversation.undo() ? "Taken back. We are where we were before it." : "There is nothing to take back.",
        isHint: true)
    case .save: return Reply(text: save(argument), isHint: true)
    case .lines: return Reply(text: lines(argument), isHint: true)
    case .forget:
      conversation.forget()
      return Reply(text: "Forgotten. " + conversation.open().reply)
    case .clear:
      conversation.forget()
      return Reply(text: conversation.open().reply, clears: true)
    case .quit: return Reply(text: leave(), ends: true)
    }
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

  private func lines(_ argument: String) -> String {
    let bot = conversation.bot
    let code = argument.isEmpty ? conversation.country : argument.uppercased()
    guard let country = bot.lines.first(where: { $0.country == code }) ?? bot.lines.first(where: { $0.country == "*" })
    else {
      return "No lines are known."
    }
    var text =
      country.country == "*" && !argument.isEmpty ? "I know no lines for \(argument). Anywhere:\n" : "\(country.name)\n"
    if !country.emergency.isEmpty { text += "In danger now: \(country.emergency)\n" }
    text += country.services.map { "\($0.name): \($0.reach) (\($0.hours))" }.joined(separator: "\n")
    return text
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
