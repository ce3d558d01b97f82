import Matching

/// A part as it was said.
public struct SpokenPart: Sendable, Equatable {
  public var kind: PartKind
  public var text: String
  public var ideas: [String]
  /// Where it is written.
  public var place: String
  /// The number of the wording in the bot, `Part.id`; nil for a sentence that is none of its wordings.
  public var wording: Int?

  public init(kind: PartKind, text: String, ideas: [String], place: String, wording: Int? = nil) {
    self.kind = kind
    self.text = text
    self.ideas = ideas
    self.place = place
    self.wording = wording
  }
}

/// One exchange: what the person said, what was heard, what was answered.
public struct Turn: Sendable, Equatable {
  public var number: Int
  public var you: String
  public var parts: [SpokenPart]
  /// The intent that was heard best, or nil.
  public var intent: String?
  /// All intents that the reply takes up.
  public var heard: [String]
  /// The state after the turn.
  public var state: String
  public var risk: Risk
  /// The declared transition that was taken; nil where none was: the opening, taking leave, a line that no
  /// transition waits for.
  public var transition: TransitionID?

  /// The whole reply.
  public var reply: String { parts.map(\.text).joined(separator: " ") }

  /// The ideas that the reply draws on, each once.
  public var ideas: [String] {
    var seen: Set<String> = []
    return parts.flatMap(\.ideas).filter { seen.insert($0).inserted }
  }
}
