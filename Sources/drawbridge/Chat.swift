import ArgumentParser
import Dialogue
import Foundation
import Terminal

struct Chat: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chat",
    abstract: "Talk. On a terminal with line editing; on a pipe plain lines in, plain replies out.",
    discussion: """
      Inside the conversation, /help lists the commands. A line that ends with a backslash goes on in the next \
      one. Settings can be kept in a file: see `drawbridge settings`.
      """)

  @OptionGroup var botOptions: BotOptions

  @Option(
    help: ArgumentHelp(
      "Choose wordings by this number; the same number and lines give the same replies.", valueName: "n"))
  var seed: UInt64?

  @OptionGroup(title: "Settings") var settings: ChatSettings

  @Flag(help: "One utterance a line in, one JSON object a turn out.")
  var jsonl = false

  @Flag(help: "Take changed files of the folder of intents over between two turns.")
  var watch = false

  @Option(
    help: ArgumentHelp(
      "Write the conversation to this file, turn by turn, readable by you only.", valueName: "file"),
    completion: .file())
  var record: String?

  @Flag(help: "With --record: leave out names, numbers, addresses and e-mail addresses as far as they can be seen.")
  var redact = false

  @Flag(help: "With --record: write over a file that exists.")
  var overwrite = false

  func validate() throws {
    if record == nil, redact || overwrite { throw ValidationError("Name the file with --record.") }
  }

  func run() throws {
    let settings = settings.load()
    let watched = watch ? botOptions.folder : nil
    if watch, watched == nil { throw Failure.use("--watch needs the folder to watch, as --intents Intents") }
    let bot = try watched.map(BotOptions.load) ?? botOptions.loadToTalk()
    var session = Session(
      conversation: Conversation(
        bot: bot, seed: seed ?? UInt64.random(in: 0...999_999), country: settings.country ?? Chat.localCountry()))
    session.watching = watched.map { Watching($0, store: BotOptions.store) }
    let recording = try beginRecording(session.conversation)
    session.recordings = recording.map { [$0] } ?? []
    try hold(session, settings)
    if recording?.hasFailed ?? false { throw ExitCode(3) }
  }

  private func hold(_ session: Session, _ settings: Settings) throws {
    if jsonl { return try JSONLines(session: session).run() }
    if Screen.isInteractive { return try TerminalChat(session: session, settings: settings).run() }
    try PipeChat(session: session).run()
  }

  /// The file to record to, with the opening in it.
  private func beginRecording(_ conversation: Conversation) throws -> Recording? {
    guard let record else { return nil }
    var conversation = conversation
    _ = conversation.open()
    do throws(PrivateFile.Failure) {
      let recording = try Recording(record, following: conversation, redacting: redact, overwriting: overwrite)
      StandardError.write(Text.printable("Recording to \(recording.path), readable by you only."))
      return recording
    } catch {
      throw Failure.system(Text.printable("not recorded: \(error)"))
    }
  }

  /// The country of the locale: `en_GB.UTF-8` -> `GB`.
  static func localCountry() -> String? {
    let environment = ProcessInfo.processInfo.environment
    guard let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap({ environment[$0] }).first(where: { !$0.isEmpty }),
      let underscore = locale.firstIndex(of: "_")
    else { return nil }
    let code = locale[locale.index(after: underscore)...].prefix { $0.isLetter }
    return code.count == 2 ? code.uppercased() : nil
  }
}

/// Lines in, replies out, no prompt.
struct PipeChat {
  var session: Session

  func run() throws {
    var session = session
    var input = LineReader(closedIsEmpty: true)
    var output = Output()
    do {
      try output.write(Text.printable(session.open()) + "\n")
      try output.flush()
      while let (line, cut) = try input.next() {
        if let news = session.refresh(learning: {}) { StandardError.write(Text.printable(news)) }
        let reply = cut ? session.tooLong() : session.take(String(decoding: line, as: UTF8.self))
        try output.write("\n" + Text.printable(reply.text) + "\n")
        try output.flush()
        if reply.ends { return }
      }
    } catch is ClosedPipe {
      return
    }
  }
}

/// An utterance a line in, an object a turn out.
struct JSONLines {
  var session: Session

  func run() throws {
    var session = session
    var input = LineReader(closedIsEmpty: true)
    var output = Output()
    do {
      _ = session.open()
      try write(session, &output)
      while let (line, _) = try input.next() {
        if let news = session.refresh(learning: {}) { StandardError.write(Text.printable(news)) }
        _ = session.hear(String(decoding: line, as: UTF8.self))
        try write(session, &output)
      }
    } catch is ClosedPipe {
      return
    }
  }

  private func write(_ session: Session, _ output: inout Output) throws {
    guard let turn = session.conversation.turns.last else { return }
    try output.write(JSONLines.object(turn) + "\n")
    try output.flush()
  }

  static func object(_ turn: Turn) -> String {
    let parts = turn.parts.map { part in
      "{\"kind\": " + JSONText.string(part.kind.rawValue) + ", \"text\": " + JSONText.string(part.text)
        + ", \"ideas\": "
        + JSONText.list(part.ideas) + "}"
    }
    return "{\"turn\": \(turn.number), \"you\": " + JSONText.string(turn.you) + ", \"reply\": "
      + JSONText.string(turn.reply) + ", \"intent\": " + JSONText.string(turn.intent) + ", \"state\": "
      + JSONText.string(turn.state) + ", \"risk\": " + JSONText.string(turn.risk.level.rawValue) + ", \"parts\": ["
      + parts.joined(separator: ", ") + "]}"
  }
}

/// A conversation with line editing.
struct TerminalChat {
  var session: Session
  var settings: Settings

  /// For how long, and how often, commands are hinted at.
  private static let hintSeconds = 180.0
  private static let mostHints = 3

  func run() throws {
    var session = session
    let console = Console(
      settings, name: session.conversation.bot.name, completion: SlashCommand.completion(countries: session.countries),
      waiting: session.rehearse)
    let start = Date()
    var hintsLeft = settings.hints ?? true ? TerminalChat.mostHints : 0
    do {
      try console.show(session.open(), isGentle: isGentle(session))
      while true {
        if hintsLeft > 0, !session.isAtRisk, Date().timeIntervalSince(start) < TerminalChat.hintSeconds {
          try console.note("/help lists commands, /clear wipes the screen, /quit leaves")
          hintsLeft -= 1
        }
        switch try console.read() {
        case .interrupted: try console.note("(the line is dropped; /quit or Ctrl-D leaves)")
        case .end:
          try console.show(session.leave(), isGentle: isGentle(session))
          return
        case .text(let line):
          let news = try session.refresh { try console.noteForNow("Learning the examples anew ...") }
          if let news { try console.note(news) }
          let reply = session.take(line)
          let isPrivate = GivenCommand(line)?.command?.isPrivate ?? false
          console.remember(line, isSafe: !session.isAtRisk && !isPrivate)
          if try answer(reply, session, console) { return }
        }
      }
    } catch is ClosedPipe {
      return
    }
  }

  /// Shows a reply; true once the conversation is over.
  private func answer(_ reply: Session.Reply, _ session: Session, _ console: Console) throws -> Bool {
    if reply.forgets { console.forget(everything: reply.clears) }
    if reply.clears, try !console.wipe() {
      try console.note("This terminal cannot be wiped from here; closing its window does it.")
    }
    try console.show(
      reply.text, reply.isHint ? .hint : .bot, isList: reply.isList,
      isGentle: isGentle(session) && !reply.isHint && !reply.isList)
    return reply.ends
  }

  /// Whoever may be at risk is not kept waiting.
  private func isGentle(_ session: Session) -> Bool { settings.pace == .gentle && !session.isAtRisk }
}
