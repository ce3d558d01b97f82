/// The declared dialogue: states in a hierarchy, with transitions on what was heard.
public struct StateMachine: Sendable {
  public let states: DeferredList<State>
  /// Transitions that are looked at before those of any state, in order.
  public let interrupts: DeferredList<Transition>
  public let start: String
  /// Named sets of intents that a transition can speak of.
  public let sets: [String: [String]]
  private let numbers: [String: Int]
  /// Each state and what it lies in, innermost first, as places in `states`.
  private let lines: [[Int]]
  /// The names of the sets; their places are their numbers.
  public let setNames: [String]
  private let setsOfIntent: [String: [Int]]
  /// Those of a compiled bot.
  private let routes: Routes?

  public init(states: [State], interrupts: [Transition], start: String, sets: [String: [String]]) {
    self.init(
      DeferredList(states), states.map { ($0.id, $0.parent) }, interrupts: DeferredList(interrupts), start: start,
      sets: sets, routes: nil)
  }

  /// - Parameter heads: the name of each state, and in which one it lies.
  init(
    _ states: DeferredList<State>, _ heads: [(id: String, parent: String?)], interrupts: DeferredList<Transition>,
    start: String, sets: [String: [String]], routes: Routes?
  ) {
    let numbers = Dictionary(heads.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    self.states = states
    self.interrupts = interrupts
    self.start = start
    self.sets = sets
    self.numbers = numbers
    lines = heads.indices.map { place in
      var line: [Int] = []
      var next: Int? = place
      while let inner = next, line.count < StateMachine.deepest {
        line.append(inner)
        next = heads[inner].parent.flatMap { numbers[$0] }
      }
      return line
    }
    self.routes = routes
    setNames = sets.keys.sorted()
    var setsOfIntent: [String: [Int]] = [:]
    for (number, name) in setNames.enumerated() {
      for member in Set(sets[name] ?? []) { setsOfIntent[member, default: []].append(number) }
    }
    self.setsOfIntent = setsOfIntent
  }

  /// How deep states lie in states, at most: a chain that is longer goes in a circle.
  private static let deepest = 16

  public func state(_ id: String) -> State? { numbers[id].map { states[$0] } }

  /// The state and what it lies in, innermost first.
  public func line(of id: String) -> [State] { places(around: id).map { states[$0] } }

  /// The same as places in `states`.
  func places(around id: String) -> [Int] { numbers[id].map { lines[$0] } ?? [] }

  /// The numbers of the sets that the intent is in.
  public func sets(of intent: String) -> [Int] { setsOfIntent[intent] ?? [] }

  /// The places of the transitions of a list that may fire where this is heard, in order.
  func places(in list: Routes.List, for heard: Heard) -> [Int] { routes?.places(in: list, for: heard) ?? [] }
}

/// A state of the dialogue.
public struct State: Sendable {
  public var id: String
  public var parent: String?
  /// What is said on entering it, one wording of each kind in this order.
  public var entry: [Part]
  /// The name under which the answer given here is remembered.
  public var keeps: String?
  /// What a summary says was done when this state is reached: "something small to ask for".
  public var finishes: String?
  /// Counters and flags that belong to this state: they are cleared when it, with all that lies in it, is left.
  public var forgets: [String]
  /// Transitions that are looked at before those of every state inside this one.
  public var interrupts: [Transition]
  public var transitions: [Transition]
  public var isFinal: Bool
  /// Where it is declared: `dialogue.yaml:40`.
  public var place: String

  public init(
    id: String, parent: String? = nil, entry: [Part] = [], keeps: String? = nil, finishes: String? = nil,
    forgets: [String] = [], interrupts: [Transition] = [], transitions: [Transition] = [], isFinal: Bool = false,
    place: String = ""
  ) {
    self.id = id
    self.parent = parent
    self.entry = entry
    self.keeps = keeps
    self.finishes = finishes
    self.forgets = forgets
    self.interrupts = interrupts
    self.transitions = transitions
    self.isFinal = isFinal
    self.place = place
  }
}

/// What happens when something is heard. Shared and not copied: of hundreds that are looked at in a turn one is taken.
public final class Transition: Sendable {
  public let triggers: [Trigger]
  public let guards: [Guard]
  public let plan: [Plan]
  /// The state to go to; nil to stay.
  public let target: String?
  public let effects: [Effect]
  /// Wordings of its own, said before what the target says.
  public let says: [Part]
  /// Where it is declared: `dialogue.yaml:42`.
  public let place: String

  public init(
    triggers: [Trigger], guards: [Guard] = [], plan: [Plan] = [], target: String? = nil, effects: [Effect] = [],
    says: [Part] = [], place: String = ""
  ) {
    self.triggers = triggers
    self.guards = guards
    self.plan = plan
    self.target = target
    self.effects = effects
    self.says = says
    self.place = place
  }
}

/// What a transition waits for.
public enum Trigger: Sendable, Hashable {
  case intent(String)
  /// Any intent of a declared set.
  case set(String)
  /// Risk of a level or higher, of any kind or of one.
  case risk(String, kind: String?)
  /// Nothing was said.
  case silence
  /// Nothing was understood.
  case nothing
  /// Two topics are about equally likely.
  case doubt
  /// A short question in words of the last reply.
  case askedBack
  case anything
}

/// How a reply is found.
public enum Plan: String, Sendable, CaseIterable {
  /// The topics that were heard, by the rhythm.
  case topic
  /// The topic that is being talked about, deeper.
  case deepen
  /// Forget the topic of the last reply: it was taken up by mistake.
  case drop
  /// The heard intent's own wordings for this state.
  case talk
  /// Say back what is worth it, and ask what fits; where nothing is, the heard intent's own wordings.
  case sayBack = "say-back"
  /// Take up the offer that is open.
  case accept
  /// Turn the open offer down, in the wordings of `no`.
  case decline
  /// The heard intent answered as a question for information.
  case answer
  /// Ask which of the two likeliest topics was meant.
  case which
  /// Admit that it was not understood.
  case fallback
  /// Say the last reply again.
  case repeating = "repeat"
  /// Where the last reply came from.
  case sources
  /// What was spoken of and chosen.
  case summary
}

/// What a transition changes in memory.
public struct Effect: Sendable, Equatable {
  public enum Change: String, Sendable, CaseIterable { case clear, set, count }
  public var change: Change
  /// One counter; for `clear`, `about-*` stands for all whose names begin like that.
  public var counter: String

  public init(_ change: Change, _ counter: String) {
    self.change = change
    self.counter = counter
  }
}
