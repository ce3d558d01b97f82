extension Graph {
  /// The graph as pictures that can be read one by one: an overview in which every group is one box, and
  /// each group by itself. Where an arrow leaves a picture, a box stands for what lies elsewhere.
  public func panels() -> [Graph] {
    guard !groups.isEmpty else { return [self] }
    var panels = [overview()]
    panels += groups.map(panel)
    return panels
  }

  private func panel(_ group: Group) -> Graph {
    var panel = Graph(title: group.title)
    let inside = Set(group.nodes)
    panel.nodes = nodes.filter { inside.contains($0.id) }
    for edge in edges where inside.contains(edge.from) || inside.contains(edge.to) {
      var edge = edge
      if !inside.contains(edge.to) {
        edge.to = panel.standIn(for: edge.to, in: self)
      } else if !inside.contains(edge.from) {
        // Arrows from boxes of the overview are drawn there; only what leads here from anywhere is shown.
        guard let from = node(edge.from), from.kind == .anywhere else { continue }
        if panel.node(from.id) == nil { panel.nodes.append(from) }
      }
      panel.connect(edge)
    }
    panel.writeOutBusyTargets()
    return panel
  }

  /// Arrows that meet in one box from everywhere hide what else there is: they are written into the boxes
  /// that they leave.
  private mutating func writeOutBusyTargets() {
    let busy = Dictionary(grouping: edges) { $0.to }.filter { $0.value.count > Graph.mostArrowsIntoABox }
    for (i, node) in nodes.enumerated() where node.kind == .state {
      for edge in edges where edge.from == node.id && busy[edge.to] != nil {
        let target = self.node(edge.to)?.title ?? edge.to
        nodes[i].lines += edge.labels.map { "\($0) \u{2192} \(target)" }
      }
    }
    let states = Set(nodes.filter { $0.kind == .state }.map(\.id))
    edges.removeAll { busy[$0.to] != nil && states.contains($0.from) }
    for id in busy.keys.sorted() {
      guard let i = nodes.firstIndex(where: { $0.id == id }) else { continue }
      nodes[i].lines.append("reached from \(busy[id]?.count ?? 0) boxes")
    }
    nodes.removeAll { node in
      node.kind == .elsewhere && !edges.contains { $0.from == node.id || $0.to == node.id }
    }
  }

  private static let mostArrowsIntoABox = 3

  private mutating func standIn(for id: String, in whole: Graph) -> String {
    let name = "elsewhere:" + id
    if node(name) == nil, let original = whole.node(id) {
      nodes.append(Node(id: name, title: original.title, kind: .elsewhere, place: original.place))
    }
    return name
  }

  /// Every group as one box; groups that the same arrows lead to and from are drawn as one stack.
  private func overview() -> Graph {
    var box: [String: String] = [:]
    for (i, group) in groups.enumerated() { for id in group.nodes { box[id] = "group:\(i)" } }
    var edges: [Edge] = []
    for edge in self.edges where box[edge.from] == nil || box[edge.from] != box[edge.to] {
      edges.append(
        Edge(from: box[edge.from] ?? edge.from, to: box[edge.to] ?? edge.to, labels: edge.labels, kind: edge.kind))
    }
    let stacks = stack(groups.indices.map { "group:\($0)" }, edges)
    var graph = Graph(title: title)
    graph.nodes = nodes.filter { box[$0.id] == nil }
    for (stack, members) in stacks.sorted(by: { $0.key < $1.key }) {
      let titles = members.compactMap { Int($0.dropFirst(6)) }.map { groups[$0].title }
      graph.nodes.append(
        titles.count == 1
          ? Node(id: stack, title: titles[0], lines: ["drawn below"], kind: .stack)
          : Node(id: stack, title: "\(titles.count) paths", lines: titles, kind: .stack))
    }
    let home = Dictionary(
      stacks.flatMap { stack, members in members.map { ($0, stack) } }, uniquingKeysWith: { a, _ in a })
    for var edge in edges {
      edge.from = home[edge.from] ?? edge.from
      edge.to = home[edge.to] ?? edge.to
      if edge.from != edge.to { graph.connect(edge) }
    }
    for i in graph.edges.indices { graph.edges[i].labels = Graph.shortened(graph.edges[i].labels) }
    return graph
  }

  /// The groups by the first of those that are entered from the same boxes.
  private func stack(_ ids: [String], _ edges: [Edge]) -> [String: [String]] {
    var stacks: [String: [String]] = [:]
    var first: [[String]: String] = [:]
    for id in ids {
      let sources = Set(edges.filter { $0.to == id }.map(\.from)).sorted()
      let name = first[sources, default: id]
      first[sources] = name
      stacks[name, default: []].append(id)
    }
    return stacks
  }

  /// Without conditions, and at most four; the rest is counted.
  static func shortened(_ labels: [String]) -> [String] {
    var short: [String] = []
    for label in labels {
      let heard = label.hasPrefix("if ") ? "otherwise" : label.split(separator: " if ").first.map(String.init) ?? label
      if !short.contains(heard) { short.append(heard) }
    }
    return short.count <= 4 ? short : short.prefix(3) + ["and \(short.count - 3) more"]
  }
}
