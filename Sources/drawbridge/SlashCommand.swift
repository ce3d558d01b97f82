import Terminal

/// The commands that can be given inside a conversation.
enum SlashCommand: String, CaseIterable {
  case why, sources, summary, undo, save, forget, clear, plan, lines, help, quit

  /// What `/help` lists together.
  enum Theme: String, CaseIterable {
    case said = "What was said"
    case kept = "What is kept"
    case hard = "For hard moments"
    case here = "Here"
  }

  var theme: Theme {
    switch self {
    case .why, .sources, .summary, .undo: .said
    case .save, .forget, .clear: .kept
    case .plan, .lines: .hard
    case .help, .quit: .here
    }
  }

  /// Whether it does what cannot be taken back, and so is to be meant: with words behind it, it may be talk.
  var takesNothing: Bool {
    switch self {
    case .forget, .clear, .quit, .undo: true
    default: false
    }
  }

  /// Whether what follows it is for the screen alone.
  var isPrivate: Bool { self == .plan }

  /// The name with what may follow it.
  var usage: String {
    switch self {
    case .save: "/save NAME"
    case .lines: "/lines COUNTRY"
    case .plan: "/plan"
    case .help: "/help COMMAND"
    default: "/\(rawValue)"
    }
  }

  var explanation: String {
    switch self {
    case .help: "this list, or more about one command"
    case .why: "where the last reply came from"
    case .sources: "the articles behind the replies"
    case .summary: "what we have spoken of"
    case .undo: "take back your last line"
    case .save: "write the conversation to a file only you can read"
    case .lines: "people to call or text, such as /lines GB"
    case .plan: "a few lines that help you through the next hours"
    case .forget: "forget everything said so far"
    case .clear: "forget everything and wipe the screen"
    case .quit: "leave; Ctrl-D does too"
    }
  }

  /// What `/help COMMAND` says.
  var details: String {
    switch self {
    case .help: "/help lists the commands; /help lines says more about /lines. Tab completes them."
    case .why: "/why shows what your last line was heard as, and for each sentence of the reply where it is written."
    case .sources: "/sources lists the articles that the ideas in the replies are from."
    case .summary: "/summary says in a sentence or two what we have spoken of, and what you chose."
    case .undo: "/undo takes your last line and its answer back, as if they had not been said. It can be repeated."
    case .save:
      "/save NAME writes the conversation to the file NAME in this folder, and goes on with every turn; /save off "
        + "stops. Only you can read it. A file that exists is not written over, unless you add --overwrite; --redact "
        + "leaves out names, numbers and addresses as far as they can be seen."
    case .lines:
      "/lines shows crisis lines for your country, and /lines followed by a code or a name those of another, "
        + "such as /lines IE or /lines New Zealand. That country is then kept for this conversation."
    case .plan: Plan.help
    case .forget:
      "/forget begins anew: the conversation, its plan and the lines that the arrow keys bring back are gone. "
        + "What stands on the screen stays; /clear wipes that too."
    case .clear:
      "/clear forgets everything, as /forget does, and wipes the screen and what can be scrolled back to, where the "
        + "terminal lets it. If lines are kept for the next conversation, that file is removed as well."
    case .quit: "/quit leaves, as Ctrl-D and saying goodbye do. Nothing is kept unless you saved it."
    }
  }

  /// The list, by theme.
  static var list: String {
    let widest = allCases.map(\.usage.count).max() ?? 0
    return Theme.allCases.map { theme in
      let commands = allCases.filter { $0.theme == theme }.map { command in
        "  " + command.usage.padding(to: widest + 2) + command.explanation
      }
      return ([theme.rawValue] + commands).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// What Tab offers.
  static func completion(countries: [String]) -> Completion {
    Completion(
      Dictionary(
        uniqueKeysWithValues: allCases.map { command in
          let arguments: @Sendable () -> [String] =
            switch command {
            case .help: { allCases.map(\.rawValue) }
            case .lines: { countries }
            case .plan: { Plan.Line.allCases.map(\.rawValue) + ["drop", "save", "save my-plan.txt", "clear"] }
            case .save: { SavedNames.here() }
            default: { [] }
            }
          return (command.rawValue, arguments)
        }))
  }
}

/// A line that is meant as a command: it begins with `/`. Such a line is never taken for talk.
struct GivenCommand: Equatable {
  var word: String
  var argument: String

  init?(_ line: String) {
    let trimmed = line.trimmed
    guard trimmed.hasPrefix("/") else { return nil }
    let rest = String(trimmed.dropFirst()).trimmed
    word = String(rest.prefix { !$0.isWhitespace }).lowercased()
    argument = String(rest.dropFirst(word.count)).trimmed
  }

  var command: SlashCommand? { SlashCommand(rawValue: word) }

  /// What is said to a command that there is not.
  var correction: String {
    guard !word.isEmpty else { return "Commands begin with /; /help lists them." }
    let near = Nearest.words(to: word, among: SlashCommand.allCases.map(\.rawValue)).map { "/" + $0 }
    let hint = near.isEmpty ? "" : " Did you mean \(near.joined(separator: " or "))?"
    return "There is no command /\(word.prefix(40)).\(hint) /help lists them."
  }

  /// Words that leave other programs, alone on a line.
  static func meansToLeave(_ line: String) -> Bool {
    ["exit", "quit", ":q", "\\q", ".quit", ".exit", "exit()", "quit()"].contains(line.trimmed.lowercased())
  }
}

extension String {
  var trimmed: String {
    guard let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(self[...last].drop(while: \.isWhitespace))
  }

  func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
