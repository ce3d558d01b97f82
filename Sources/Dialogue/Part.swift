import Matching

/// What a sentence of a reply is.
public enum PartKind: String, Sendable, CaseIterable {
  case simpleReflection = "simple-reflection"
  case complexReflection = "complex-reflection"
  case idea
  case information
  case offer
  case step
  case openQuestion = "open-question"
  case closedQuestion = "closed-question"
  case affirmation
  case crisisLine = "crisis-line"
  case talk

  public var isReflection: Bool { self == .simpleReflection || self == .complexReflection }
  public var isQuestion: Bool { self == .openQuestion || self == .closedQuestion }
}

/// One wording that a reply can be made of.
public struct Part: Sendable, Equatable {
  public var kind: PartKind
  /// The sentence, with `{name}` where captured or remembered words go.
  public var text: String
  /// The ideas of the sources that it draws on.
  public var ideas: [String]
  /// The number of the pattern the utterance has to hold for this wording to fit, or nil.
  public var condition: Int?
  /// What memory has to hold for this wording to fit.
  public var guards: [Guard]
  /// Where an offer leads: a state or an intent.
  public var leadsTo: Target?
  /// Its number in the bot, which memory keeps.
  public var id: Int
  /// Where it is written: `signs/exhausted.yaml:12`.
  public var place: String

  public init(
    kind: PartKind, text: String, ideas: [String] = [], condition: Int? = nil, guards: [Guard] = [],
    leadsTo: Target? = nil, id: Int = 0, place: String = ""
  ) {
    self.kind = kind
    self.text = text
    self.ideas = ideas
    self.condition = condition
    self.guards = guards
    self.leadsTo = leadsTo
    self.id = id
    self.place = place
  }

  /// Fits some lines or some moments only.
  public var isConditional: Bool { condition != nil || !guards.isEmpty }

  /// The names in braces.
  public var slots: [String] { Template.slots(text) }

  /// Says nothing but the person's own words: it is another sentence each time.
  var isEcho: Bool { text.hasPrefix("{said}") && text.count <= "{said}.".count }
}

/// Where an offer leads.
public enum Target: Sendable, Equatable {
  case state(String)
  case intent(String)
}

/// A condition on what memory holds: a counter compared with a number.
public struct Guard: Sendable, Equatable {
  public enum Comparison: String, Sendable {
    case atLeast = ">="
    case below = "<"
  }
  public var counter: String
  public var comparison: Comparison
  public var number: Int

  public init(_ counter: String, _ comparison: Comparison, _ number: Int) {
    self.counter = counter
    self.comparison = comparison
    self.number = number
  }
}

/// Sentences with `{name}` in them.
public enum Template {
  public static func slots(_ text: String) -> [String] {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return [] }
    var names: [String] = []
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      names.append(String(rest[rest.index(after: open)..<close]))
      rest = rest[rest.index(after: close)...]
    }
    return names
  }

  /// The sentence with its slots filled, or nil if one has nothing to be filled with. What is filled in
  /// is never read as a template again.
  static func fill(_ text: String, _ value: (String) -> String?) -> String? {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      guard let filled = value(String(rest[rest.index(after: open)..<close])) else { return nil }
      result += String(rest[..<open])
      result += beginsSentence(result) ? capitalised(filled) : filled
      rest = rest[rest.index(after: close)...]
    }
    return result + String(rest)
  }

  private static func beginsSentence(_ before: String) -> Bool {
    let before = before.last == "\"" ? before.dropLast() : before[...]
    guard before.last == " " else { return before.isEmpty }
    let sentence = before.dropLast()
    return [".", "!", "?"].contains((sentence.last == "\"" ? sentence.dropLast() : sentence).last)
  }

  static func capitalised(_ text: String) -> String {
    guard let first = text.first else { return text }
    return first.uppercased() + String(text.dropFirst())
  }
}
