import ArgumentParser
import Dialogue
import Foundation
import Terminal

struct Chat: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Talk. On a terminal with line editing; on a pipe plain lines in, plain replies out.",
    discussion: "Inside the conversation, /help lists the commands.")

  @OptionGroup var botOptions: BotOptions

  @Option(
    help: ArgumentHelp(
      "Choose wordings by this number; the same number and lines give the same replies.", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("The country whose crisis lines are given, as a two-letter code.", valueName: "code"))
  var country: String?

  @Flag(help: "One utterance a line in, one JSON object a turn out.")
  var jsonl = false

  @Flag(help: "Take changed files of --intents over between two turns.")
  var watch = false

  func run() throws {
    let bot = try botOptions.load()
    if watch, botOptions.folder == nil { throw Failure.use("--watch needs the folder to watch, as --intents Intents") }
    let session = Session(
      conversation: Conversation(
        bot: bot, seed: seed ?? UInt64.random(in: 0...999_999), country: country?.uppercased() ?? Chat.localCountry()),
      watching: watch ? botOptions.folder.map(Watching.init) : nil)
    if jsonl { return try JSONLines(session: session).run() }
    if Screen.isInteractive { return try TerminalChat(session: session).run() }
    try PipeChat(session: session).run()
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
    var input = LineReader()
    var output = Output()
    do {
      try output.write(Text.printable(session.open()) + "\n")
      try output.flush()
      while let (line, cut) = input.next() {
        if let news = session.refresh() { StandardError.write(Text.printable(news)) }
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
    var input = LineReader()
    var output = Output()
    do {
      _ = session.open()
      try write(session, &output)
      while let (line, _) = input.next() {
        if let news = session.refresh() { StandardError.write(Text.printable(news)) }
        _ = session.conversation.hear(String(decoding: line, as: UTF8.self))
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

  func run() throws {
    var session = session
    let screen = Screen { ProcessInfo.processInfo.environment[$0] }
    let editor = LineEditor(application: "drawbridge", completions: SlashCommand.allCases.map { "/" + $0.rawValue })
    var output = Output(bufferSize: 1)
    func show(_ text: String, _ style: Screen.Style = .bot) throws {
      let wrapped = Text.wrapped(Text.printable(text), width: screen.columns - 2, indent: "  ")
      try output.write("\n  " + screen.styled(wrapped, style) + "\n\n")
    }
    do {
      try show(session.open())
      while true {
        switch editor.read(prompt: screen.prompt("> ")) {
        case .interrupted:
          try output.write(screen.styled("  (the line is dropped; /quit or Ctrl-D leaves)", .hint) + "\n")
        case .end:
          try output.write("\n")
          try show(session.leave())
          return
        case .text(let line):
          editor.remember(line.replacingOccurrences(of: "\n", with: " "))
          if let news = session.refresh() { try show(news, .hint) }
          let reply = session.take(line)
          if reply.clears {
            editor.forget()
            if screen.usesColour { try output.write("\u{1b}[H\u{1b}[2J\u{1b}[3J") }
          }
          try show(reply.text, reply.isHint ? .hint : .bot)
          if reply.ends { return }
        }
      }
    } catch is ClosedPipe {
      return
    }
  }
}
