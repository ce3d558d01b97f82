import Dialogue

/// What of a bot a set of conversations reaches: its intents, states, transitions, wordings and ideas, each
/// with how often.
///
/// Conversations can be added one after another, and two coverages of the same bot can be added up, so that
/// any number of conversations is counted in the memory that the bot's own lists take.
public struct Coverage: Sendable, Equatable {
  /// Something that was declared, and how often it was reached.
  public struct Item<ID: Hashable & Sendable>: Sendable, Equatable {
    public var id: ID
    /// How often, over all conversations.
    public var count = 0
  }

  /// One kind of thing, in the order in which the bot declares it.
  public struct Tally<ID: Hashable & Sendable>: Sendable, Equatable {
    public private(set) var items: [Item<ID>]
    private let numbers: [ID: Int]

    init(_ ids: [ID]) {
      var seen: Set<ID> = []
      items = ids.filter { seen.insert($0).inserted }.map { Item(id: $0) }
      numbers = Dictionary(items.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    public var covered: Int { items.count { $0.count > 0 } }
    public var uncovered: [ID] { items.filter { $0.count == 0 }.map(\.id) }
    /// From 0 to 1; 1 where nothing is declared.
    public var share: Double { items.isEmpty ? 1 : Double(covered) / Double(items.count) }

    /// How often `id` was reached; 0 too where it is not declared.
    public func count(of id: ID) -> Int { numbers[id].map { items[$0].count } ?? 0 }

    mutating func add(_ id: ID, _ times: Int = 1) {
      if let number = numbers[id] { items[number].count += times }
    }

    mutating func add(_ other: Tally) {
      for item in other.items where item.count > 0 { add(item.id, item.count) }
    }
  }

  /// A step from one state to the next.
  public struct Edge: Sendable, Hashable {
    public var from: String
    public var to: String

    public init(from: String, to: String) {
      self.from = from
      self.to = to
    }
  }

  public private(set) var conversations = 0
  /// Turns, the openings among them.
  public private(set) var turns = 0
  /// Intents that were heard best, or taken up beside the best.
  public private(set) var intents: Tally<String>
  /// States that a turn led to.
  public private(set) var states: Tally<String>
  /// Declared transitions that were taken.
  public private(set) var transitions: Tally<TransitionID>
  /// Wordings that were said, by `Part.id`.
  public private(set) var wordings: Tally<Int>
  /// Ideas of the sources that a reply drew on.
  public private(set) var ideas: Tally<String>
  /// From which state to which the conversations went, and how often; staying counts too.
  public private(set) var edges: [Edge: Int] = [:]

  /// Counts conversations, each given as its turns from the opening on.
  public init(of bot: Bot, by conversations: some Sequence<[Turn]> = []) {
    intents = Tally(bot.intents.indices.filter { !bot.matcher.isAsk($0) }.map { bot.intents[$0].id })
    states = Tally(bot.machine.states.map(\.id))
    transitions = Tally(bot.machine.allTransitions.map(\.id))
    wordings = Tally(bot.allParts.map(\.id))
    ideas = Tally(bot.sources.flatMap { $0.ideas.map(\.id) })
    for turns in conversations { add(turns) }
  }

  /// Counts one more conversation.
  public mutating func add(_ turns: [Turn]) {
    conversations += 1
    var from: String?
    for turn in turns {
      self.turns += 1
      for intent in Set(turn.heard + (turn.intent.map { [$0] } ?? [])) { intents.add(intent) }
      states.add(turn.state)
      if let transition = turn.transition { transitions.add(transition) }
      for wording in turn.parts.compactMap(\.wording) { wordings.add(wording) }
      for idea in turn.ideas { ideas.add(idea) }
      if let from { edges[Edge(from: from, to: turn.state), default: 0] += 1 }
      from = turn.state
    }
  }

  /// Adds what another coverage of the same bot has counted.
  public mutating func add(_ other: Coverage) {
    conversations += other.conversations
    turns += other.turns
    intents.add(other.intents)
    states.add(other.states)
    transitions.add(other.transitions)
    wordings.add(other.wordings)
    ideas.add(other.ideas)
    edges.merge(other.edges, uniquingKeysWith: +)
  }
}
