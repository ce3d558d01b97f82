import Matching

/// Where to look for the transition that fires: for each list of transitions, those that wait for an intent or a set.
///
/// Five hundred transitions stand before those of any state, and nearly all of them wait for what was not heard: asking
/// each took a quarter of a turn.
struct Routes: Sendable {
  /// A list of transitions: those that come before all states, or one of the two lists of a state.
  enum List: Equatable {
    case interrupts
    case interruptsOf(Int)
    case transitions(Int)

    fileprivate var number: Int {
      switch self {
      case .interrupts: 0
      case .interruptsOf(let state): 1 + 2 * state
      case .transitions(let state): 2 + 2 * state
      }
    }
  }

  /// Where the entries of each list begin.
  private let starts: CompiledNumbers
  /// What a transition waits for: 0 for danger, 1 for anything but that and intents and sets, then the intents, then the
  /// sets. Sorted within a list.
  private let keys: CompiledNumbers
  private let places: CompiledNumbers
  private let intentCount: Int

  init(_ reader: inout CompiledReader) {
    intentCount = reader.number()
    starts = CompiledNumbers(&reader)
    keys = CompiledNumbers(&reader)
    places = CompiledNumbers(&reader)
  }

  /// The transitions of a list that may fire where this is heard, in order.
  func places(in list: List, for heard: Heard) -> [Int] {
    let entries = starts[list.number]..<starts[list.number + 1]
    guard !entries.isEmpty else { return [] }
    var found: [Int] = []
    if heard.risk.level > .none { collect(Routes.danger, in: entries, into: &found) }
    collect(Routes.other, in: entries, into: &found)
    for intent in heard.intents { collect(Routes.firstIntent + intent, in: entries, into: &found) }
    for set in heard.sets { collect(Routes.firstIntent + intentCount + set, in: entries, into: &found) }
    found.sort()
    return found
  }

  private func collect(_ key: Int, in entries: Range<Int>, into found: inout [Int]) {
    var low = entries.lowerBound
    var high = entries.upperBound
    while low < high {
      let middle = (low + high) / 2
      if keys[middle] < key { low = middle + 1 } else { high = middle }
    }
    while low < entries.upperBound, keys[low] == key {
      if !found.contains(places[low]) { found.append(places[low]) }
      low += 1
    }
  }

  private static let danger = 0
  private static let other = 1
  private static let firstIntent = 2

  static func write(_ machine: StateMachine, intents: [String], to writer: inout CompiledWriter) {
    let intentNumbers = Dictionary(intents.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    var starts = [0]
    var entries: [(key: Int, place: Int)] = []
    func key(_ trigger: Trigger) -> Int? {
      switch trigger {
      case .intent(let id): intentNumbers[id].map { firstIntent + $0 }
      case .set(let name): machine.setNames.firstIndex(of: name).map { firstIntent + intents.count + $0 }
      case .risk(let level, _) where level != Risk.Level.none.rawValue: danger
      case .risk, .silence, .nothing, .doubt, .askedBack, .anything: other
      }
    }
    for list in [Array(machine.interrupts)] + machine.states.flatMap({ [$0.interrupts, $0.transitions] }) {
      let waiting = list.enumerated().flatMap { place, transition in
        Set(transition.triggers.compactMap(key)).map { (key: $0, place: place) }
      }
      entries += waiting.sorted { ($0.key, $0.place) < ($1.key, $1.place) }
      starts.append(entries.count)
    }
    writer.number(intents.count)
    writer.signed(starts)
    writer.signed(entries.map(\.key))
    writer.signed(entries.map(\.place))
  }
}
