/// A graph as text for other programs.
public enum GraphText {
  // MARK: Graphviz

  /// The DOT language of Graphviz: `dot -Tsvg`.
  public static func dot(_ graph: Graph) -> String {
    var text = "digraph \(quoted(graph.title)) {\n"
    text += "  rankdir=LR\n  node [shape=box, style=rounded, fontname=\"Helvetica\"]\n"
    text += "  edge [fontname=\"Helvetica\", fontsize=10]\n"
    let grouped = Set(graph.groups.flatMap(\.nodes))
    for (i, group) in graph.groups.enumerated() {
      let inside = Set(group.nodes)
      text += "  subgraph cluster_\(i) {\n    label=\(quoted(group.title))\n"
      for node in graph.nodes where inside.contains(node.id) { text += "    " + dot(node) }
      text += "  }\n"
    }
    for node in graph.nodes where !grouped.contains(node.id) { text += "  " + dot(node) }
    for edge in graph.edges {
      let style = [Graph.Edge.Kind.inherited: "dashed", .spoken: "dotted"][edge.kind]
      let attributes =
        (edge.labels.isEmpty ? [] : ["label=" + quoted(edge.labels.joined(separator: "\n"))])
        + (style.map { ["style=\($0)"] } ?? [])
      let list = attributes.isEmpty ? "" : " [\(attributes.joined(separator: ", "))]"
      text += "  \(quoted(edge.from)) -> \(quoted(edge.to))\(list)\n"
    }
    for term in graph.legend {
      let words =
        term.name + ": " + TextWidth.wrapped(term.members.joined(separator: ", "), limit: 60).joined(separator: "\n")
      text += "  \(quoted("set:" + term.name)) [shape=note, style=\"\", label=\(quoted(words))]\n"
    }
    return text + "}\n"
  }

  private static func dot(_ node: Graph.Node) -> String {
    let label = ([node.title] + node.lines).joined(separator: "\n")
    let look: String =
      switch node.kind {
      case .start, .focus: ", penwidth=2"
      case .final: ", peripheries=2"
      case .anywhere: ", shape=ellipse"
      case .composite: ", shape=box3d, style=\"\""
      case .list: ", shape=plaintext, style=\"\""
      case .state, .elsewhere, .stack: ""
      }
    return "\(quoted(node.id)) [label=\(quoted(label))\(look)]\n"
  }

  private static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      default: out.unicodeScalars.append(isControl(scalar) ? "\u{fffd}" : scalar)
      }
    }
    return out + "\""
  }

  // MARK: Mermaid

  /// A flowchart of Mermaid, which code hosts draw in place.
  public static func mermaid(_ graph: Graph) -> String {
    var text = "flowchart LR\n"
    let names = Dictionary(graph.nodes.enumerated().map { ($1.id, "n\($0)") }, uniquingKeysWith: { first, _ in first })
    func line(_ node: Graph.Node) -> String {
      let label = mermaidLabel([node.title] + node.lines)
      let name = names[node.id] ?? ""
      return switch node.kind {
      case .start, .anywhere: "\(name)([\(label)])\n"
      case .final: "\(name)(((\(label))))\n"
      case .focus, .composite, .stack: "\(name)[[\(label)]]\n"
      case .list: "\(name)>\(label)]\n"
      case .state, .elsewhere: "\(name)(\(label))\n"
      }
    }
    let grouped = Set(graph.groups.flatMap(\.nodes))
    for (i, group) in graph.groups.enumerated() {
      let inside = Set(group.nodes)
      text += "  subgraph g\(i)[\(mermaidLabel([group.title]))]\n"
      for node in graph.nodes where inside.contains(node.id) { text += "    " + line(node) }
      text += "  end\n"
    }
    for node in graph.nodes where !grouped.contains(node.id) { text += "  " + line(node) }
    for edge in graph.edges {
      guard let from = names[edge.from], let to = names[edge.to] else { continue }
      let arrow = edge.kind == .own ? "-->" : "-.->"
      let label = edge.labels.isEmpty ? "" : "|\(mermaidLabel(edge.labels))|"
      text += "  \(from) \(arrow)\(label) \(to)\n"
    }
    for (i, term) in graph.legend.enumerated() {
      let words = TextWidth.wrapped(term.members.joined(separator: ", "), limit: 60)
      text += "  s\(i)>\(mermaidLabel(["set \(term.name):"] + words))]\n"
    }
    return text
  }

  /// In quotes, with everything but plain text as numbered entities.
  private static func mermaidLabel(_ lines: [String]) -> String {
    "\"" + lines.map(mermaidWords).joined(separator: "<br/>") + "\""
  }

  private static func mermaidWords(_ line: String) -> String {
    var out = ""
    for scalar in line.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", " ", "-", "_", ",", ".", "'": out.unicodeScalars.append(scalar)
      default: out += isControl(scalar) ? "\u{fffd}" : "#\(scalar.value);"
      }
    }
    return out
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
