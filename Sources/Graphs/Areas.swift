import Dialogue

/// A dialogue of many states is drawn as a map: a box for each file, an area; and each area by itself.
extension DialogueGraph {
  /// More states than these are no picture that can be read at a glance.
  private static let mostAtAGlance = 40

  /// Whether the dialogue is drawn as a map.
  public var isLarge: Bool { machine.states.count > Self.mostAtAGlance }

  /// The areas, in the order of the files.
  public var areas: [String] {
    var areas: [String] = []
    for state in machine.states where areas.last != area(of: state.id) && !areas.contains(area(of: state.id)) {
      areas.append(area(of: state.id))
    }
    return areas
  }

  /// The map: areas, and how many ways lead from one to the other. Drawn are the broadest way to each, and all broad
  /// ones; what leads there from any state is told in the boxes, and what leads back to the start nowhere.
  public func map() -> Graph {
    var graph = Graph(title: "The dialogue: a box for each file, and the broadest ways")
    var ways: [Way: Int] = [:]
    for (from, transition) in declared {
      for target in from.map({ targets(of: transition, from: $0) }) ?? transition.target.map({ [$0] }) ?? [] {
        let way = Way(from: from.map { area(of: $0.id) } ?? Self.anywhere, to: area(of: target))
        if way.from != way.to { ways[way, default: 0] += 1 }
      }
    }
    let home = area(of: machine.start)
    let drawn = ways.filter { $0.key.from != Self.anywhere && $0.key.to != home }
      .sorted { ($1.value, $0.key.from, $0.key.to) < ($0.value, $1.key.from, $1.key.to) }
    var reached: Set<String> = []
    for (way, count) in drawn where reached.insert(way.to).inserted || count >= Self.broad {
      graph.edges.append(Graph.Edge(from: way.from, to: way.to, labels: [Self.ways(count)]))
    }
    graph.nodes = areas.map { area in
      var box = box(area)
      if let count = ways[Way(from: Self.anywhere, to: area)] {
        box.lines.append("\(Self.ways(count)) from any state")
      }
      return box
    }
    // What hangs together is drawn together.
    let numbers = Dictionary(uniqueKeysWithValues: areas.enumerated().map { ($1, $0) })
    var union = UnionFind(areas.count)
    for edge in graph.edges { if let a = numbers[edge.from], let b = numbers[edge.to] { union.join(a, b) } }
    let ledTo = Set(graph.edges.map(\.to))
    graph.groups = union.sets().filter { $0.count > 2 }.map { places in
      let inside = places.map { areas[$0] }
      return Graph.Group(title: inside.first { !ledTo.contains($0) } ?? inside[0], nodes: inside)
    }
    return graph
  }

  /// So many ways are drawn, though a broader one leads there.
  private static let broad = 15

  /// From one area to another.
  private struct Way: Hashable {
    var from: String
    var to: String
  }

  /// The states of an area with all their transitions; what lies in other areas is a box for each of these.
  ///
  /// - Returns: nil if there is no such area.
  public func drawing(ofArea name: String) -> Graph? {
    guard areas.contains(name) else { return nil }
    var graph = Graph(title: name)
    graph.nodes = machine.states.filter { area(of: $0.id) == name }.map { state in
      var node = node(state)
      node.lines = asides(state)
      return node
    }
    func add(_ node: Graph.Node) { if graph.node(node.id) == nil { graph.nodes.append(node) } }
    var coming: [String: [String: Int]] = [:]
    for (from, transition) in declared {
      guard let from else {
        guard let target = transition.target, area(of: target) == name else { continue }
        add(Self.anyState)
        graph.connect(Graph.Edge(from: Self.anywhere, to: target, labels: [label(transition)]))
        continue
      }
      let isInside = area(of: from.id) == name
      for target in targets(of: transition, from: from) where target != from.id {
        let other = area(of: target)
        if isInside {
          if other != name { add(box(other)) }
          graph.connect(edge(transition, of: from, from: from.id, to: other == name ? target : other))
        } else if other == name {
          coming[area(of: from.id), default: [:]][target, default: 0] += 1
        }
      }
    }
    // A box that is led to is not led from as well: pictures would be all loops.
    for (area, targets) in coming.sorted(by: { $0.key < $1.key }) {
      let id = "from:" + area
      add(Graph.Node(id: id, title: area, kind: .elsewhere))
      for (target, count) in targets.sorted(by: { $0.key < $1.key }) {
        graph.connect(Graph.Edge(from: id, to: target, labels: [Self.ways(count)]))
      }
    }
    return graph
  }

  // MARK: Parts

  /// Every transition with the state it stands in, nil for those of any state.
  private var declared: [(from: State?, transition: Transition)] {
    machine.interrupts.map { (nil, $0) }
      + machine.states.flatMap { state in (state.interrupts + state.transitions).map { (state, $0) } }
  }

  private func area(of state: String) -> String { machine.state(state)?.area ?? "" }

  private func box(_ area: String) -> Graph.Node {
    let inside = machine.states.filter { $0.area == area }
    return Graph.Node(
      id: area, title: area, lines: ["\(inside.count) state\(inside.count == 1 ? "" : "s")"],
      kind: inside.contains { $0.id == machine.start } ? .start : inside.count > 1 ? .stack : .state,
      place: inside.first?.place ?? "")
  }

  private static func ways(_ count: Int) -> String { "\(count) way\(count == 1 ? "" : "s")" }
}

extension State {
  /// The file in which it is declared, without its ending: "safety/states-abuse".
  fileprivate var area: String {
    let file = place.prefix { $0 != ":" }
    return String(file.hasSuffix(".yaml") ? file.dropLast(5) : file)
  }
}
