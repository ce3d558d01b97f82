import Dialogue
import Foundation
import Matching
import Terminal
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
  /// The files that the conversation is written to.
  var recordings: [Recording] = []
  var plan = Plan()
  /// What lines are heard in: made for the first, and used again for all that follow.
  private let ear = Ear()
  private final class Ear { var workspace: Matcher.Workspace? }
  /// Where files are watched that may change between two turns.
  var watching: Watching?

  /// What there is to say of files that have changed since the last turn, or nil.
  ///
  /// - Parameter learning: called before the examples are learned anew.
  mutating func refresh(learning: () throws -> Void) rethrows -> String? {
    let bot = conversation.bot
    defer { if conversation.bot !== bot { ear.workspace = nil } }
    return try watching?.refresh(&conversation, learning: learning)
  }

  /// Whether a sign of risk was heard, even if the line was taken back since.
  private(set) var isAtRisk = false

  mutating func open() -> String {
    let reply = conversation.open().reply
    record()
    return reply
  }

  /// Writes what is new to the files.
  func record() {
    for failure in recordings.compactMap({ $0.follow(conversation) }) {
      StandardError.write(Text.printable("drawbridge: \(failure)"))
    }
  }

  /// Answers something said.
  mutating func hear(_ line: String) -> Turn {
    let turn = conversation.hear(line, workspace: &ear.workspace)
    isAtRisk = isAtRisk || conversation.memory.risk.level != .none
    record()
    return turn
  }

  /// Answers lines that nobody typed, and keeps nothing of them: what answers need of the rules and of memory is there
  /// then before the first one is asked for.
  func rehearse() {
    var conversation = conversation
    for line in ["I never ask for help.", "I never do."] {
      _ = ends(conversation.hear(line, workspace: &ear.workspace))
    }
  }

  /// Answers a line: a command, or something said.
  mutating func take(_ line: String) -> Reply {
    if let given = GivenCommand(line) {
      guard let command = given.command else { return Reply(text: given.correction, isHint: true) }
      return obey(command, argument: given.argument)
    }
    if GivenCommand.meansToLeave(line) { return Reply(text: "To leave, type /quit or press Ctrl-D.", isHint: true) }
    let turn = hear(line)
    return Reply(text: turn.reply, ends: ends(turn))
  }

  /// Whether the conversation ends with it.
  private func ends(_ turn: Turn) -> Bool { conversation.bot.machine.state(turn.state)?.isFinal ?? false }

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
    if command.takesNothing, !argument.isEmpty {
      return Reply(text: "/\(command.rawValue) stands alone on its line; nothing was done.", isHint: true)
    }
    switch command {
    case .help: return help(argument)
    case .why: return Reply(text: why(), isHint: true)
    case .sources: return Reply(text: sources(), isHint: true)
    case .summary:
      guard hasBegun else { return Reply(text: "Nothing was said yet.", isHint: true) }
      let summary = conversation.summary()
      return Reply(text: summary.isEmpty ? "There is nothing to sum up yet." : summary, isHint: true)
    case .undo:
      let isUndone = conversation.undo()
      record()
      return Reply(
        text: isUndone ? "Taken back. We are where we were before it." : "There is nothing to take back.", isHint: true)
    case .save: return Reply(text: save(argument), isHint: true)
    case .plan: return change(plan: argument)
    case .lines: return lines(argument)
    case .forget: return Reply(text: "Forgotten. " + forget(), forgets: true)
    case .clear: return Reply(text: forget(), clears: true, forgets: true)
    case .quit: return Reply(text: leave(), ends: true)
    }
  }

  /// Begins anew. A file that the conversation was saved to stays, and is left alone from here on.
  private mutating func forget() -> String {
    conversation.forget()
    plan = Plan()
    let saved = recordings.isEmpty ? "" : "What was saved stays in \(savedPaths) until you delete it.\n\n"
    recordings = []
    return saved + conversation.open().reply
  }

  /// Whether there is more than the opening.
  private var hasBegun: Bool { conversation.turns.count > 1 }

  private func help(_ argument: String) -> Reply {
    guard !argument.isEmpty else { return Reply(text: SlashCommand.list, isHint: true, isList: true) }
    let name = argument.hasPrefix("/") ? argument : "/" + argument
    guard let given = GivenCommand(name), let command = given.command else {
      return Reply(text: GivenCommand(name)?.correction ?? SlashCommand.list, isHint: true)
    }
    return Reply(text: command.details, isHint: true, isList: true)
  }

  private func why() -> String {
    guard hasBegun, let turn = conversation.turns.last else { return "Nothing was said yet." }
    var text = heard(turn)
    for idea in turn.ideas {
      guard let source = conversation.bot.sources.first(where: { idea.hasPrefix($0.id + ".") }) else { continue }
      let words = source.ideas.first { $0.id == idea }?.text ?? ""
      text += "\n\(idea): \(words) From: \(source.title), \(source.author), \(source.publisher)."
    }
    for part in turn.parts { text += "\n\(part.kind.rawValue), written in \(part.place)" }
    return text
  }

  /// What the line was taken for, in plain words.
  private func heard(_ turn: Turn) -> String {
    func named(_ id: String) -> String { "\(conversation.bot.intent(id)?.about ?? id) (\(id))" }
    guard let id = turn.heard.first ?? turn.intent else {
      return turn.risk.level == .none ? "I did not take your line for anything I know." : "I heard what may be danger."
    }
    guard let other = turn.intent, other != id, turn.risk.level == .none else { return "I heard: \(named(id))." }
    return "I heard: \(named(id)). Beside that: \(named(other))."
  }

  private func sources() -> String {
    guard !conversation.bot.sources.isEmpty else { return "No sources are named." }
    return conversation.bot.sources.map { source in
      [source.title, source.author, source.publisher, source.date].filter { !$0.isEmpty }.joined(separator: ", ")
    }.joined(separator: "\n")
  }

  private var savedPaths: String { recordings.map(\.path).joined(separator: " and ") }

  private mutating func save(_ argument: String) -> String {
    var words = argument.split(separator: " ").map(String.init)
    func has(_ option: String) -> Bool {
      let count = words.count
      words.removeAll { $0 == option }
      return words.count < count
    }
    let (overwrites, redacts) = (has("--overwrite"), has("--redact"))
    if let option = words.first(where: { $0.hasPrefix("-") }) {
      let near = Nearest.words(to: option, among: ["--overwrite", "--redact"])
      let hint = near.isEmpty ? "--overwrite and --redact are the options" : "did you mean \(near[0])?"
      return "Not saved: there is no option \(option.prefix(40)); \(hint)"
    }
    let name = words.joined(separator: " ")
    if name == "off" {
      defer { recordings = [] }
      return recordings.isEmpty ? "Nothing is being written." : "Nothing more is written to \(savedPaths)."
    }
    do {
      let saved = try Recording(
        name.isEmpty ? PrivateFile.freeName("drawbridge-conversation.txt") : name, following: conversation,
        redacting: redacts, overwriting: overwrites)
      recordings.append(saved)
      return "Saved to \(saved.path), readable by you only. What comes next is written there too; /save off stops that."
    } catch {
      return "Not saved: \(error)"
    }
  }
}
