import Dialogue

/// The state machine of a bot as a graph: what is heard leads from state to state, and offers lead into
/// guided steps.
public struct DialogueGraph: Sendable {
  let machine: StateMachine
  let script: Script
  /// The intents whose wordings offer a state, by state.
  private let offers: [String: [String]]
  private let composites: Set<String>

  public init(machine: StateMachine, script: Script, intents: some Sequence<Intent>) {
    self.machine = machine
    self.script = script
    composites = Set(machine.states.compactMap(\.parent))
    var offers: [String: [String]] = [:]
    for intent in intents {
      for case .state(let id)? in intent.sections.flatMap(\.parts).map(\.leadsTo)
      where !offers[id, default: []].contains(intent.id) {
        offers[id, default: []].append(intent.id)
      }
    }
    self.offers = offers
  }

  public init(_ bot: Bot) { self.init(machine: bot.machine, script: bot.script, intents: bot.intents) }

  /// Every state with its own transitions, in groups that hang together.
  public func whole() -> Graph {
    var graph = Graph(title: "The dialogue")
    graph.nodes = machine.states.map { state in
      var node = node(state)
      node.lines = asides(state)
      return node
    }
    if machine.interrupts.contains(where: { $0.target != nil }) {
      graph.nodes.insert(Self.anyState, at: 0)
    }
    for state in machine.states {
      for transition in state.interrupts + state.transitions {
        for target in targets(of: transition, from: state) where target != state.id {
          graph.connect(edge(transition, of: state, from: state.id, to: target))
        }
      }
    }
    for transition in machine.interrupts {
      guard let target = transition.target else { continue }
      graph.connect(Graph.Edge(from: Self.anywhere, to: target, labels: [label(transition)]))
    }
    for edge in afterEdges() { graph.connect(edge) }
    for state in machine.states {
      guard let intents = offers[state.id] else { continue }
      graph.nodes.append(Self.offerList(state.id, intents))
      graph.connect(Graph.Edge(from: Self.offerID(state.id), to: state.id, kind: .spoken))
    }
    graph.groups = groups(graph)
    graph.legend = legend(machine.interrupts + machine.states.flatMap { $0.interrupts + $0.transitions })
    return graph
  }

  /// The ids of the states, for an error message.
  public var states: [String] { machine.states.map(\.id) }

  /// One state: what leads to it, what is said in it, and everything that can be heard there, in the order in
  /// which it is looked at.
  ///
  /// - Returns: nil if there is no such state.
  public func focus(on id: String) -> Graph? {
    guard let state = machine.state(id) else { return nil }
    var graph = Graph(title: "The state \(id)")
    var centre = node(state)
    centre.kind = .focus
    var shown: [Transition] = []
    var number = 0
    var staying: [String] = []
    for (transition, owner) in looked(at: state) {
      number += 1
      shown.append(transition)
      let targets = targets(of: transition, from: state)
      if targets.isEmpty || targets == [id] {
        staying.append("\(number)  \(label(transition)): \(reply(transition))")
      }
      for target in targets where target != id {
        let to = "to:" + target
        if graph.node(to) == nil { graph.nodes.append(node(machine.state(target), target, as: to)) }
        graph.connect(
          Graph.Edge(
            from: id, to: to, labels: ["\(number)  \(label(transition))"], kind: owner == id ? .own : .inherited))
      }
    }
    for edge in afterEdges() where edge.from == id {
      let to = "to:" + edge.to
      if graph.node(to) == nil { graph.nodes.append(node(machine.state(edge.to), edge.to, as: to)) }
      graph.connect(Graph.Edge(from: id, to: to, labels: edge.labels, kind: .spoken))
    }
    centre.lines = facts(state) + staying
    graph.nodes.insert(centre, at: 0)
    addSources(of: state, to: &graph)
    graph.legend = legend(shown)
    return graph
  }

  // MARK: Focus

  /// The transitions that are looked at in a state, in order, with their owners; what comes after one that
  /// always fires is left out.
  private func looked(at state: State) -> [(Transition, owner: String)] {
    let line = machine.line(of: state.id)
    var all = machine.interrupts.map { ($0, owner: Self.anywhere) }
    for state in line.reversed() { all += state.interrupts.map { ($0, owner: state.id) } }
    for state in line { all += state.transitions.map { ($0, owner: state.id) } }
    let end = all.firstIndex { $0.0.guards.isEmpty && $0.0.triggers.contains(.anything) }
    return Array(all.prefix((end ?? all.count - 1) + 1))
  }

  private func addSources(of state: State, to graph: inout Graph) {
    func source(_ node: Graph.Node, _ edge: Graph.Edge) {
      if graph.node(node.id) == nil { graph.nodes.append(node) }
      graph.connect(edge)
    }
    for other in machine.states where other.id != state.id {
      for transition in other.interrupts + other.transitions where transition.target == state.id {
        let from = "from:" + other.id
        source(node(other, as: from), edge(transition, of: other, from: from, to: state.id))
      }
    }
    for transition in machine.interrupts where transition.target == state.id {
      source(
        Self.anyState,
        Graph.Edge(from: Self.anywhere, to: state.id, labels: [label(transition)]))
    }
    for edge in afterEdges() where edge.to == state.id {
      source(
        node(machine.state(edge.from), edge.from, as: "from:" + edge.from),
        Graph.Edge(from: "from:" + edge.from, to: state.id, labels: edge.labels, kind: .spoken))
    }
    if let intents = offers[state.id] {
      source(
        Self.offerList(state.id, intents),
        Graph.Edge(from: Self.offerID(state.id), to: state.id, labels: ["a yes"], kind: .spoken))
    }
  }

  private func facts(_ state: State) -> [String] {
    var facts: [String] = []
    if let parent = state.parent { facts.append("in \(parent)") }
    let inside = machine.states.count { $0.parent == state.id }
    if inside > 0 { facts.append("\(inside) states lie in it") }
    if let kept = state.keeps { facts.append("keeps the answer as {\(kept)}") }
    if let done = state.finishes { facts.append("finishes: \(done)") }
    if !state.entry.isEmpty {
      let kinds = state.entry.map(\.kind.rawValue)
      var seen: [String] = []
      for kind in kinds where !seen.contains(kind) { seen.append(kind) }
      facts.append("says " + seen.joined(separator: ", "))
    }
    return facts
  }

  /// What a box of the whole says beside its name: where a path ends, and where the rest is decided.
  func asides(_ state: State) -> [String] {
    guard let parent = state.parent else { return [] }
    if state.transitions.isEmpty, !composites.contains(state.id), parent == machine.start,
      !script.after.values.contains(state.id)
    {
      return ["back in \(parent)"]
    }
    let catchesAll = state.transitions.contains { $0.guards.isEmpty && $0.triggers.contains(.anything) }
    return !catchesAll && leadsInside(parent) ? ["otherwise as \(parent)"] : []
  }

  private func reply(_ transition: Transition) -> String {
    let words = (transition.says.isEmpty ? [] : ["own words"]) + transition.plan.map(\.rawValue)
    return words.isEmpty ? "stays" : words.joined(separator: " + ")
  }

  // MARK: Nodes and edges

  static let anywhere = "*"
  static let anyState = Graph.Node(id: anywhere, title: "in any state", kind: .anywhere)

  private static func offerID(_ state: String) -> String { "offered:" + state }

  private static func offerList(_ state: String, _ intents: [String]) -> Graph.Node {
    Graph.Node(
      id: offerID(state), title: "offered by \(intents.count) intent\(intents.count == 1 ? "" : "s")", lines: intents,
      kind: .list)
  }

  private func node(_ state: State?, _ id: String, as name: String) -> Graph.Node {
    state.map { node($0, as: name) } ?? Graph.Node(id: name, title: id)
  }

  func node(_ state: State, as name: String? = nil) -> Graph.Node {
    let kind: Graph.Node.Kind =
      state.isFinal ? .final : state.id == machine.start ? .start : composites.contains(state.id) ? .composite : .state
    return Graph.Node(id: name ?? state.id, title: state.id, kind: kind, place: state.place)
  }

  /// A transition of a state, with what it waits for; with nothing where it is all the state has.
  func edge(_ transition: Transition, of state: State, from: String, to: String) -> Graph.Edge {
    let label = label(transition, only: state.interrupts.count + state.transitions.count == 1)
    return Graph.Edge(from: from, to: to, labels: label.isEmpty ? [] : [label])
  }

  /// Where a transition can lead: its target, or every state that is offered somewhere.
  func targets(of transition: Transition, from state: State) -> [String] {
    if let target = transition.target { return [target] }
    guard transition.plan.contains(.accept) else { return [] }
    return machine.states.map(\.id).filter { offers[$0] != nil }
  }

  /// The states that follow what was said at home.
  private func afterEdges() -> [Graph.Edge] {
    Dictionary(grouping: script.after.keys) { script.after[$0] ?? "" }.sorted { $0.key < $1.key }
      .filter { $0.key != machine.start }
      .map { target, kinds in
        Graph.Edge(
          from: machine.start, to: target, labels: kinds.map { "after \($0.rawValue)" }.sorted(), kind: .spoken)
      }
  }

  // MARK: Labels

  /// What a transition waits for, in the words of the files; empty where it is all the state has.
  public func label(_ transition: Transition, only: Bool = false) -> String {
    let heard = transition.triggers.flatMap { words($0) }.joined(separator: ", ")
    let guards = transition.guards.map { g in
      switch (g.comparison, g.number) {
      case (.atLeast, 1): g.counter
      case (.below, 1): "not \(g.counter)"
      default: "\(g.counter) \(g.comparison.rawValue) \(g.number)"
      }
    }
    let condition = guards.isEmpty ? "" : "if " + guards.joined(separator: ", ")
    if transition.triggers.contains(.anything) {
      return condition.isEmpty ? (only ? "" : "otherwise") : condition
    }
    return condition.isEmpty ? heard : heard + " " + condition
  }

  private func words(_ trigger: Trigger) -> [String] {
    switch trigger {
    case .intent(let id): return [id]
    case .set(let name):
      guard let members = machine.sets[name], members.count <= Self.smallSet else { return [name] }
      return members
    case .risk(let level, let kind): return ["risk \(level)" + (kind.map { " \($0)" } ?? "")]
    case .silence: return ["silence"]
    case .nothing: return ["nothing understood"]
    case .doubt: return ["doubt between two topics"]
    case .askedBack: return ["asked what was meant"]
    case .anything: return ["otherwise"]
    }
  }

  /// Sets up to this size are written out in a label; larger ones are named, and explained in the legend.
  private static let smallSet = 3

  private func legend(_ transitions: [Transition]) -> [Graph.Term] {
    var names: [String] = []
    for case .set(let name) in transitions.flatMap(\.triggers) where !names.contains(name) { names.append(name) }
    return names.sorted().compactMap { name in
      machine.sets[name].flatMap { $0.count > Self.smallSet ? Graph.Term(name: name, members: $0) : nil }
    }
  }

  // MARK: Groups

  /// States that lead to one another. A state that others lie in holds its states together if it leads from
  /// one to another; if it only leads out of itself, neither it nor what it leads to belongs to one path.
  private func groups(_ graph: Graph) -> [Graph.Group] {
    let holding = composites.filter { leadsInside($0) }
    var hubs = composites.subtracting(holding).union([Self.anywhere]).union(script.after.values)
    for state in machine.states where composites.contains(state.id) {
      for target in (state.interrupts + state.transitions).compactMap(\.target) where !lies(target, in: state.id) {
        hubs.insert(target)
      }
    }
    let ids = graph.nodes.map(\.id)
    var union = UnionFind(ids.count)
    let numbers = Dictionary(ids.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    func join(_ a: String, _ b: String) {
      if !hubs.contains(a), !hubs.contains(b), let a = numbers[a], let b = numbers[b] { union.join(a, b) }
    }
    for edge in graph.edges { join(edge.from, edge.to) }
    for state in machine.states { for owner in holding where lies(state.id, in: owner) { join(state.id, owner) } }
    let sets = union.sets().map { $0.map { ids[$0] } }.filter { $0.count { machine.state($0) != nil } > 2 }
    return sets.map { inside in
      let owner = inside.first { holding.contains($0) }
      return Graph.Group(title: owner ?? inside.first { machine.state($0) != nil } ?? "", nodes: inside)
    }
  }

  private func lies(_ id: String, in owner: String) -> Bool { machine.line(of: id).contains { $0.id == owner } }

  private func leadsInside(_ owner: String) -> Bool {
    machine.state(owner).map { state in
      (state.interrupts + state.transitions).compactMap(\.target).contains { $0 != owner && lies($0, in: owner) }
    } ?? false
  }
}

/// Disjoint sets of numbers.
struct UnionFind {
  private var parent: [Int]

  init(_ count: Int) { parent = Array(0..<count) }

  mutating func root(_ i: Int) -> Int {
    var i = i
    while parent[i] != i {
      parent[i] = parent[parent[i]]
      i = parent[i]
    }
    return i
  }

  mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (root(a), root(b))
    parent[max(a, b)] = min(a, b)
  }

  /// The sets in the order of their smallest members.
  mutating func sets() -> [[Int]] {
    var sets: [Int: [Int]] = [:]
    for i in parent.indices { sets[root(i), default: []].append(i) }
    return sets.values.sorted { $0[0] < $1[0] }
  }
}
