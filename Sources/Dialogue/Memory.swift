import Matching

/// What a conversation remembers. A value: nothing outlives the conversation unless it is saved.
public struct Memory: Sendable, Equatable {
  /// A topic that was spoken of.
  public struct Topic: Sendable, Equatable {
    public var intent: String
    /// How many turns were given to it.
    public var depth: Int
    public var lastTurn: Int
    /// It was heard without a doubt, at least once: it can be named.
    public var isSure = true
  }

  /// Something that was offered, and what became of it.
  public struct Offer: Sendable, Equatable {
    public enum Outcome: String, Sendable { case open, accepted, refused, passed }
    public var target: String
    public var turn: Int
    public var outcome: Outcome
  }

  /// Somebody whom the person named, in their words turned round: "your sister".
  public struct Person: Sendable, Equatable {
    public var name: String
    public var lastTurn: Int
    public var wasReturnedTo = false
  }

  /// Something that the person said.
  struct Line: Sendable, Equatable {
    var text: String
    /// It is a question.
    var asks: Bool

    init(_ utterance: Utterance) {
      text = utterance.text
      asks = utterance.asks
    }
  }

  /// Counters and flags by name; a flag is a counter that is not 0.
  public internal(set) var counters: [String: Int] = [:]
  /// Words of the person, by the name under which a state keeps them.
  public internal(set) var kept: [String: String] = [:]
  public internal(set) var topics: [Topic] = []
  public internal(set) var people: [Person] = []
  /// The country that the person said they are in, as an ISO 3166 code.
  public internal(set) var country: String?
  public internal(set) var offers: [Offer] = []
  /// Guided steps that were gone through.
  public internal(set) var stepsDone: [String] = []
  /// The highest risk heard that has not been resolved.
  public internal(set) var risk: Risk = .none
  /// The turn in which a line last sounded like danger, however faintly.
  var lastDoubt: Int?
  /// The two topics of which one was meant, where that was asked last.
  public internal(set) var pending: [String] = []
  /// The last lines before the one that is answered, latest last; none from before danger was heard.
  var lines: [Line] = []
  /// What was last said back to the person.
  var saidBack = ""
  /// The turn in which each wording was last used.
  var lastUse: [Int: Int] = [:]
  var turn = 0

  /// Wordings come back after this many turns at the earliest.
  static let restBeforeReuse = 40
  static let mostOffersKept = 64
  private static let mostLinesKept = 3

  mutating func keep(_ line: Line) {
    lines.append(line)
    if lines.count > Memory.mostLinesKept { lines.removeFirst() }
  }

  func wasUsedLately(_ part: Part) -> Bool {
    guard let last = lastUse[part.id] else { return false }
    return turn - last < Memory.restBeforeReuse
  }

  public func holds(_ guards: [Guard]) -> Bool {
    guards.allSatisfy { g in
      let value = counters[g.counter] ?? 0
      return g.comparison == .atLeast ? value >= g.number : value < g.number
    }
  }

  mutating func apply(_ effects: [Effect]) {
    for effect in effects {
      switch effect.change {
      case .set: counters[effect.counter] = max(1, counters[effect.counter] ?? 0)
      case .clear: forget(effect.counter)
      case .count: counters[effect.counter, default: 0] += 1
      }
    }
  }

  /// Clears a counter, or with `name-*` all whose names begin with `name-`.
  mutating func forget(_ name: String) {
    guard name.hasSuffix("*") else {
      counters[name] = nil
      return
    }
    for key in counters.keys where key.hasPrefix(name.dropLast()) { counters[key] = nil }
  }

  /// What the next line is likely to be about: one of two that were asked about, or the topic of the last turns.
  var leanings: [String] {
    if !pending.isEmpty { return pending }
    guard let topic = topics.last, turn - topic.lastTurn <= 2 else { return [] }
    return [topic.intent]
  }

  /// A faint doubt counts where another line sounded like danger at most this many turns ago.
  private static let doubtsNear = 4

  /// The danger to answer: a faint doubt alone, in the middle of a conversation, is kept in mind and not asked about.
  mutating func weigh(_ hearing: Hearing) -> Risk {
    guard hearing.risk.level > .none else { return .none }
    defer { lastDoubt = turn }
    let isNear = lastDoubt.map { turn - $0 <= Memory.doubtsNear } ?? (turn == 1)
    return hearing.isFaint && !isNear ? .none : hearing.risk
  }

  /// The flag that is set in the turn in which a country was named whose lines are known.
  static let countryNamed = "country-named"

  /// The flag that is set while it is known where the person is.
  static let countryKnown = "country-known"

  /// The flag that is set while there is a line there that can be written to, for the danger that was heard.
  static let writable = "writable"

  /// The flag that files set once somebody would rather write than call: from then on such lines are given first.
  static let writes = "writes"

  /// The flags that files set once somebody is known to be a child or nearly one, or a man: lines for them are given
  /// first.
  static let young = "young"
  static let man = "man"

  /// The flag that files set once somebody in another danger speaks of dying: from then on lines for that are given.
  static let speaksOfDying = "speaks-of-dying"

  /// The danger for which lines are given.
  var dangerForLines: Risk.Kind? { counters[Memory.speaksOfDying] != nil ? .suicide : risk.kind }

  var group: CrisisLines.Group? {
    counters[Memory.young] != nil ? .young : counters[Memory.man] != nil ? .men : nil
  }

  /// How many replies there were since one that ended in a question.
  static let repliesSinceQuestion = "replies-since-question"

  /// The flag that files set once somebody minds hearing their own words again: from then on nothing is said back
  /// that is no more than that.
  static let echoBothers = "echo-bothers"

  /// The flag that is set while somebody was named some turns ago and has not been come back to.
  static let namedEarlier = "named-earlier"
  private static let mostPeopleKept = 16
  /// Somebody is come back to after so many turns without a word of them, at the earliest.
  private static let restBeforeReturning = 5

  /// The counters and flags that the engine sets, or asks for, by itself.
  public static let ownCounters = [
    "turns-here", "words", "asks", "danger", "strong-doubt", "far-from-danger", "beat", "unheard", "refusals",
    "only-listening", countryNamed, countryKnown, writable, writes, young, man, speaksOfDying, echoBothers,
    namedEarlier,
  ]

  mutating func name(_ person: String) {
    guard !person.isEmpty else { return }
    if let i = people.firstIndex(where: { $0.name == person }) {
      people[i].lastTurn = turn
    } else {
      people.append(Person(name: person, lastTurn: turn))
      if people.count > Memory.mostPeopleKept { people.removeFirst() }
    }
  }

  /// Who was named some turns ago and has not been come back to, the first of them.
  var personToReturnTo: Person? {
    people.first { !$0.wasReturnedTo && turn - $0.lastTurn >= Memory.restBeforeReturning }
  }

  mutating func returned(to person: String) {
    for i in people.indices where people[i].name == person { people[i].wasReturnedTo = true }
  }

  /// Gives wordings the numbers that they have in another version of the bot.
  mutating func renumber(_ number: (Int) -> Int?) {
    var uses: [Int: Int] = [:]
    for (id, turn) in lastUse { if let id = number(id) { uses[id] = turn } }
    lastUse = uses
  }

  mutating func keep(topics isTopic: (String) -> Bool, offers isTarget: (String) -> Bool) {
    topics.removeAll { !isTopic($0.intent) }
    offers.removeAll { !isTarget($0.target) }
  }

  mutating func speakOf(_ intent: String, isSure: Bool = true) {
    if let i = topics.firstIndex(where: { $0.intent == intent }) {
      var topic = topics.remove(at: i)
      topic.depth += 1
      topic.lastTurn = turn
      topic.isSure = topic.isSure || isSure
      topics.append(topic)
    } else {
      topics.append(Topic(intent: intent, depth: 0, lastTurn: turn, isSure: isSure))
    }
  }

  /// Forgets the topic of the last reply, as if it had not come up.
  mutating func dropTopic() {
    if let topic = topics.last, turn - topic.lastTurn <= 1 { topics.removeLast() }
  }

  mutating func offer(_ target: String) {
    offers.append(Offer(target: target, turn: turn, outcome: .open))
    if offers.count > Memory.mostOffersKept { offers.removeFirst() }
  }

  mutating func closeOffer(_ outcome: Offer.Outcome) {
    guard let last = offers.indices.last, offers[last].outcome == .open else { return }
    offers[last].outcome = outcome
    if outcome == .refused { counters["refusals", default: 0] += 1 }
  }

  /// What the open offer leads to.
  var openOffer: String? {
    guard let last = offers.last, last.outcome == .open else { return nil }
    return last.target
  }
}
