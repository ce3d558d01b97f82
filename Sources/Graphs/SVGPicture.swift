/// A graph drawn as SVG, readable without scripts, in light and in dark.
public struct SVGPicture {
  /// Where a box links to, by its `file:line`; nil for no link.
  public typealias Link = (String) -> String?

  private let link: Link
  private static let title = 13.0
  private static let small = 11.0
  private static let lineHeight = 14.0
  /// Panels side by side are together no wider than this, or than the widest.
  private static let page = 1500.0

  public init(link: @escaping Link = { _ in nil }) { self.link = link }

  /// A whole file: every panel with its title, and the names that labels use.
  public func file(_ graph: Graph) -> Markup {
    let (body, size) = drawing(graph)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="graph" width="\(size.width)" height="\(size.height)" \
      viewBox="0 0 \(size.width) \(size.height)" role="img" aria-label="\(graph.title)">
      <title>\(graph.title)</title>
      <style>\(Self.style)</style>
      <rect class="paper" width="100%" height="100%"/>
      \(body)</svg>

      """
  }

  /// One panel of a graph for the inside of a page, whose style sheet holds `style`.
  public struct Element: Sendable {
    public var title: String
    public var svg: Markup
    /// Wider than a sheet of paper held upright.
    public var isWide: Bool
  }

  /// Every panel of a graph by itself.
  public func elements(_ graph: Graph) -> [Element] {
    allPanels(graph).map { panel in
      let (width, height) = (panel.size.width.rounded(.up) + 8, panel.size.height.rounded(.up) + 8)
      let svg: Markup = """
        <svg class="graph" width="\(width)" height="\(height)" viewBox="-2 -2 \(width) \(height)" role="img" \
        aria-label="\(panel.title)">
        \(panel.body)</svg>

        """
      return Element(title: panel.title, svg: svg, isWide: width > 900)
    }
  }

  /// The style sheet of the pictures.
  public static let style: Markup = """

    .graph text { font: 11px system-ui, "Segoe UI", Helvetica, Arial, sans-serif }
    .graph .panel { font-size: 17px; font-weight: 600 }
    .graph .name { font-size: 13px; font-weight: 600 }
    .graph .start, .graph .focus { stroke-width: 1.6 }
    .graph .arrow { fill: none; stroke-width: 1.2 }
    .graph .inherited { stroke-dasharray: 6 4 }
    .graph .spoken { stroke-dasharray: 1.5 3 }
    \(colours(.light))
    @media screen and (prefers-color-scheme: dark) {
    \(colours(.dark))
    }

    """

  /// Written out for each class: not every viewer of SVG knows variables.
  private static func colours(_ p: Palette) -> Markup {
    """
      .graph text { fill: \(p.ink) }
      .graph .soft { fill: \(p.soft) }
      .graph .paper { fill: \(p.paper) }
      .graph .box { fill: \(p.box); stroke: \(p.border) }
      .graph .composite { fill: \(p.outerBox); stroke: \(p.outer) }
      .graph .start, .graph .focus { fill: \(p.accentBox); stroke: \(p.accent) }
      .graph .anywhere { fill: \(p.badBox); stroke: \(p.bad) }
      .graph .elsewhere { fill: \(p.paper); stroke-dasharray: 3 3 }
      .graph .inner { fill: none }
      .graph .list { fill: \(p.paper) }
      .graph .arrow { fill: none; stroke: \(p.soft) }
      .graph .head { fill: \(p.soft) }
    """
  }

  // MARK: Panels

  private struct Panel {
    var title: String
    var body: Markup
    var size: LayeredLayout.Size
  }

  private func drawing(_ graph: Graph) -> (Markup, LayeredLayout.Size) { pack(allPanels(graph)) }

  private func allPanels(_ graph: Graph) -> [Panel] {
    var panels = graph.panels().map(panel)
    if !graph.legend.isEmpty { panels.insert(legend(graph.legend), at: 1) }
    return panels
  }

  /// Panels in rows, by height, so that rows are even.
  private func pack(_ panels: [Panel]) -> (Markup, LayeredLayout.Size) {
    let margin = 24.0
    let titleHeight = 34.0
    var body: Markup = ""
    var y = margin
    var width = 0.0
    var row: [Panel] = []
    func flush() {
      var x = margin
      let height = row.map(\.size.height).max() ?? 0
      for panel in row {
        let titleWidth = TextWidth.of(panel.title, size: 17) * TextWidth.bold
        body += """
          <g transform="translate(\(x) \(y))"><text class="panel" x="0" y="14">\(panel.title)</text>
          <g transform="translate(0 \(titleHeight))">\(panel.body)</g></g>

          """
        x += max(panel.size.width, titleWidth) + margin * 2
      }
      width = max(width, x - margin)
      if !row.isEmpty { y += height + titleHeight + margin * 1.5 }
      row = []
    }
    // The overview and the legend come first.
    let rest = panels.dropFirst(2).enumerated()
      .sorted { (-$0.element.size.height, $0.offset) < (-$1.element.size.height, $1.offset) }.map(\.element)
    let page = max(Self.page, panels.map(\.size.width).max() ?? 0)
    for panel in panels.prefix(2) + rest {
      let used = row.reduce(0) { $0 + $1.size.width + margin * 2 }
      if !row.isEmpty, used + panel.size.width > page { flush() }
      row.append(panel)
    }
    flush()
    return (body, LayeredLayout.Size(width: width.rounded(.up), height: y.rounded(.up)))
  }

  private func legend(_ terms: [Graph.Term]) -> Panel {
    var body: Markup = ""
    var y = 12.0
    var width = 0.0
    for term in terms {
      let lines = TextWidth.wrapped(term.members.joined(separator: ", "), limit: 96)
      body += "<text class=\"name\" x=\"0\" y=\"\(y)\">\(term.name)</text>"
      for line in lines {
        body += "<text x=\"110\" y=\"\(y)\">\(line)</text>"
        width = max(width, 110 + TextWidth.of(line, size: Self.small))
        y += Self.lineHeight
      }
      y += 6
    }
    return Panel(title: "Sets of intents", body: body, size: LayeredLayout.Size(width: width, height: y))
  }

  // MARK: One panel

  private func panel(_ graph: Graph) -> Panel {
    let texts = graph.nodes.map(lines)
    let sizes = zip(graph.nodes, texts).map(size)
    let labels = graph.edges.map { $0.labels.flatMap { TextWidth.wrapped($0, limit: 30) } }
    let numbers = Dictionary(graph.nodes.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var links: [LayeredLayout.Link] = []
    var edges: [(Graph.Edge, [String])] = []
    for (edge, label) in zip(graph.edges, labels) {
      guard let from = numbers[edge.from], let to = numbers[edge.to] else { continue }
      links.append(LayeredLayout.Link(from: from, to: to, label: label.isEmpty ? nil : labelSize(label)))
      edges.append((edge, label))
    }
    let (layout, direction) = chosen(sizes, links)
    var body: Markup = ""
    for (route, (edge, _)) in zip(layout.routes, edges) { body += arrow(route, edge.kind, direction) }
    for (route, (_, label)) in zip(layout.routes, edges) {
      if let middle = route.label { body += self.label(label, at: middle) }
    }
    for (i, node) in graph.nodes.enumerated() { body += box(node, texts[i], sizes[i], at: layout.boxes[i]) }
    return Panel(title: graph.title, body: body, size: layout.size)
  }

  /// Downwards where that fits the page, else whichever way fills it better.
  private func chosen(
    _ sizes: [LayeredLayout.Size], _ links: [LayeredLayout.Link]
  ) -> (LayeredLayout.Result, LayeredLayout.Direction) {
    let down = LayeredLayout.place(sizes, links, .down)
    let right = LayeredLayout.place(sizes, links, .right)
    if down.size.width <= Self.page, down.size.height <= 900 { return (down, .down) }
    func cost(_ size: LayeredLayout.Size) -> Double { max(size.width / Self.page, size.height / 1000) }
    return cost(down.size) < cost(right.size) ? (down, .down) : (right, .right)
  }

  // MARK: Boxes

  private func lines(_ node: Graph.Node) -> [String] {
    switch node.kind {
    case .list: TextWidth.wrapped(node.lines.joined(separator: ", "), limit: 44)
    case .stack: TextWidth.wrapped(node.lines.joined(separator: ", "), limit: 40)
    default: node.lines.flatMap { TextWidth.wrapped($0, limit: 48) }
    }
  }

  private func size(_ node: Graph.Node, _ lines: [String]) -> LayeredLayout.Size {
    let width = max(
      TextWidth.of(node.title, size: Self.title) * TextWidth.bold,
      lines.map { TextWidth.of($0, size: Self.small) }.max() ?? 0)
    return LayeredLayout.Size(
      width: (width + 22).rounded(.up), height: 28 + Double(lines.count) * Self.lineHeight + (lines.isEmpty ? 0 : 2))
  }

  private func box(
    _ node: Graph.Node, _ lines: [String], _ size: LayeredLayout.Size, at middle: LayeredLayout.Point
  ) -> Markup {
    let (x, y) = (middle.x - size.width / 2, middle.y - size.height / 2)
    func rect(_ dx: Double, _ dy: Double, _ kind: String, inset: Double = 0) -> Markup {
      """
      <rect class="box \(kind)" x="\(x + dx + inset)" y="\(y + dy + inset)" width="\(size.width - 2 * inset)" \
      height="\(size.height - 2 * inset)" rx="\(node.kind == .anywhere ? 14 : 6)"/>
      """
    }
    var body: Markup = ""
    if node.kind == .stack { body += rect(4, 4, "stack") }
    body += rect(0, 0, node.kind.rawValue)
    if node.kind == .final { body += rect(0, 0, "inner", inset: 3) }
    let title: Markup =
      "<text class=\"name\" text-anchor=\"middle\" x=\"\(middle.x)\" y=\"\(y + 18.5)\">\(node.title)</text>"
    body += title
    for (i, line) in lines.enumerated() {
      body += """
        <text class="soft" x="\(x + 11)" y="\(y + 34 + Double(i) * Self.lineHeight)">\(line)</text>
        """
    }
    guard let target = link(node.place) else { return "<g>\(body)</g>\n" }
    return "<a href=\"\(target)\"><title>\(node.place)</title>\(body)</a>\n"
  }

  // MARK: Arrows

  private func labelSize(_ lines: [String]) -> LayeredLayout.Size {
    let width = lines.map { TextWidth.of($0, size: Self.small) }.max() ?? 0
    return LayeredLayout.Size(width: (width + 6).rounded(.up), height: Double(lines.count) * 13 + 3)
  }

  private func label(_ lines: [String], at middle: LayeredLayout.Point) -> Markup {
    let size = labelSize(lines)
    let top = middle.y - size.height / 2
    var body: Markup = """
      <rect class="paper" x="\(middle.x - size.width / 2)" y="\(top)" width="\(size.width)" height="\(size.height)"/>
      """
    for (i, line) in lines.enumerated() {
      body += "<text text-anchor=\"middle\" x=\"\(middle.x)\" y=\"\(top + 11 + Double(i) * 13)\">\(line)</text>"
    }
    return body + "\n"
  }

  private func arrow(
    _ route: LayeredLayout.Route, _ kind: Graph.Edge.Kind, _ direction: LayeredLayout.Direction
  ) -> Markup {
    guard let start = route.points.first, let end = route.points.last else { return "" }
    var from = start
    var path: Markup = "M\(start.x) \(start.y)"
    for to in route.points.dropFirst() where to != from {
      let half = LayeredLayout.Point(x: (from.x + to.x) / 2, y: (from.y + to.y) / 2)
      if from.x == to.x || from.y == to.y {
        path += "L\(to.x) \(to.y)"
      } else if direction == .down {
        path += "C\(from.x) \(half.y) \(to.x) \(half.y) \(to.x) \(to.y)"
      } else {
        path += "C\(half.x) \(from.y) \(half.x) \(to.y) \(to.x) \(to.y)"
      }
      from = to
    }
    let back = (direction == .down ? end.y > start.y : end.x > start.x) ? -7.0 : 7.0
    let head: Markup =
      direction == .down
      ? "M\(end.x) \(end.y)l-3.5 \(back)h7z" : "M\(end.x) \(end.y)l\(back) -3.5v7z"
    return "<path class=\"arrow \(kind.rawValue)\" d=\"\(path)\"/><path class=\"head\" d=\"\(head)\"/>\n"
  }
}
