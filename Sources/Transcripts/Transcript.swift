/// A saved conversation: what was said, and what has to be true of each answer.
public struct Transcript: Sendable, Equatable {
  public static let version = 1

  public var header = Header()
  public var turns: [Exchange] = []

  public init() {}

  public struct Header: Sendable, Equatable {
    public var title = ""
    public var seed: UInt64 = 1
    /// The ISO 3166 code of the country whose crisis lines are given.
    public var country: String?
    /// The name of the bot it was held with.
    public var bot: String?

    public init(title: String = "", seed: UInt64 = 1, country: String? = nil, bot: String? = nil) {
      self.title = title
      self.seed = seed
      self.country = country
      self.bot = bot
    }
  }

  /// One line of the person (empty for the opening) and what is expected of the answer.
  public struct Exchange: Sendable, Equatable {
    public var you: String?
    /// The exact words, where they are given.
    public var bot: String?
    public var expectations: [Expectation] = []
    /// The line of the file on which it begins, from 1.
    public var line: Int
    /// The lines of the file that hold the bot's words, for an update.
    public var botLines: Range<Int>
  }

  /// Something that has to be true of an answer.
  public struct Expectation: Sendable, Equatable {
    public enum Subject: String, Sendable, CaseIterable {
      case intent, state, risk, kind, part, idea, says
      case noPart = "no-part"
      case notSays = "not-says"
      case oneOf = "one-of"
    }
    public var subject: Subject
    public var value: String
    public var line: Int
  }
}

/// What is wrong with a transcript, and where.
public struct TranscriptError: Error, Equatable, Sendable, CustomStringConvertible {
  public var line: Int
  public var message: String
  public var mend: String

  public var description: String { "\(line):1: error: \(message); \(mend)" }
}
