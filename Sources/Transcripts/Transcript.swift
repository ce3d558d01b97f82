import Dialogue

/// A saved conversation: what was said, and what has to be true of each answer.
public struct Transcript: Sendable, Equatable {
  public static let version = 1

  public var header = Header()
  public var turns: [Exchange] = []
  /// Comments below the last turn.
  public var ending: [String] = []
  /// The line from which on a recording breaks off in the midst of a turn, which is left out.
  public var cutOff: Int?

  public init() {}

  public struct Header: Sendable, Equatable {
    public var title = ""
    public var seed: UInt64 = 1
    /// The ISO 3166 code of the country whose crisis lines are given.
    public var country: String?
    /// The name of the bot it was held with.
    public var bot: String?
    public var botVersion: String?
    /// Whether it was written turn by turn: then a turn is complete when an empty line follows.
    public var isRecording = false
    public var comments: [String] = []
    /// The line of the file that names the bot, from 1.
    public var botLine: Int?

    public init(
      title: String = "", seed: UInt64 = 1, country: String? = nil, bot: String? = nil, botVersion: String? = nil,
      isRecording: Bool = false
    ) {
      self.title = title
      self.seed = seed
      self.country = country
      self.bot = bot
      self.botVersion = botVersion
      self.isRecording = isRecording
    }
  }

  /// One utterance of the person (none for the opening) and what is expected of the answer.
  public struct Exchange: Sendable, Equatable {
    public var you: String?
    /// The exact words, where they are given, on one line.
    public var bot: String?
    public var expectations: [Expectation] = []
    /// Comments above the turn.
    public var comments: [String] = []
    /// Comments above the bot's words.
    public var botComments: [String] = []
    /// The line of the file on which it begins, from 1.
    public var line = 0
    /// The lines of the file that hold the bot's words, for an update.
    public var botLines = 0..<0

    public init(you: String?, bot: String? = nil, expectations: [Expectation] = []) {
      self.you = you
      self.bot = bot
      self.expectations = expectations
    }
  }

  /// Something that has to be true of an answer.
  public struct Expectation: Sendable, Equatable {
    public enum Subject: String, Sendable, CaseIterable {
      case intent, state, risk, kind
      case part, parts
      case noPart = "no-part"
      case idea, source
      case says, pattern
      case notSays = "not-says"
      case oneOf = "one-of"
    }

    public var subject: Subject
    public var value: String
    /// Comments above it.
    public var comments: [String] = []
    /// The line of the file, from 1.
    public var line = 0

    public init(_ subject: Subject, _ value: String) {
      self.subject = subject
      self.value = value
    }
  }
}

extension Transcript {
  /// The same without the places in a file, which depend on how it was laid out.
  public var withoutPlaces: Transcript {
    var copy = self
    copy.header.botLine = nil
    copy.cutOff = nil
    for i in copy.turns.indices {
      copy.turns[i].line = 0
      copy.turns[i].botLines = 0..<0
      for j in copy.turns[i].expectations.indices { copy.turns[i].expectations[j].line = 0 }
    }
    return copy
  }
}

/// A kind of sentence as an expectation names it: one kind, or several by what they have in common.
public enum PartName {
  static let groups: [String: Set<PartKind>] = [
    "question": [.openQuestion, .closedQuestion],
    "reflection": [.simpleReflection, .complexReflection],
  ]

  /// The kinds that `name` stands for; nil if it is no name of any.
  public static func kinds(_ name: String) -> Set<PartKind>? {
    PartKind(rawValue: name).map { [$0] } ?? groups[name]
  }

  static var all: [String] { PartKind.allCases.map(\.rawValue) + groups.keys.sorted() }
}

/// What is wrong with a transcript, and where.
public struct TranscriptError: Error, Equatable, Sendable, CustomStringConvertible {
  /// From 1.
  public var line: Int
  /// In characters, from 1.
  public var column: Int
  public var message: String
  public var mend: String

  public init(line: Int, column: Int = 1, message: String, mend: String) {
    self.line = line
    self.column = column
    self.message = message
    self.mend = mend
  }

  public var description: String { "\(line):\(column): error: \(message); \(mend)" }
}
