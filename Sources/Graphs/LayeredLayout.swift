/// Places for the boxes and arrows of a graph, layer by layer: arrows lead from one layer to a later one where
/// they can, cross one another seldom, and are as straight as may be.
///
/// After Sugiyama, Tagawa and Toda (1981): cycles are opened, layers assigned, boxes ordered by the median of
/// their neighbours with exchanges of neighbours (Gansner, Koutsofios, North and Vo 1993). Across a layer each
/// box goes to the mean of its neighbours as near as order and spacing let it, which is an isotonic regression
/// solved exactly by pooling adjacent violators. A label is a box of its own in the middle of its arrow, so that
/// none lies on anything. Deterministic; time grows with the number of layers times boxes in a layer.
struct LayeredLayout {
  struct Size: Equatable, Sendable {
    var width: Double
    var height: Double
  }

  struct Point: Equatable, Sendable {
    var x: Double
    var y: Double
  }

  struct Link: Sendable {
    var from: Int
    var to: Int
    /// Nil where nothing is written on it.
    var label: Size?
  }

  struct Route: Sendable {
    /// From the border of the first box to that of the last; the arrow runs along the layers' direction in
    /// each of them.
    var points: [Point]
    var label: Point?
  }

  struct Result: Sendable {
    var size: Size
    /// The middles of the boxes.
    var boxes: [Point]
    var routes: [Route]
  }

  enum Direction: Sendable { case down, right }

  /// Between boxes of one layer.
  static let gap = 22.0
  /// Between an arrow and what is beside it.
  static let edgeGap = 12.0
  private let layerGap: Double

  static func place(_ sizes: [Size], _ links: [Link], _ direction: Direction) -> Result {
    guard direction == .right else {
      var layout = LayeredLayout(sizes, links, layerGap: 17)
      return layout.run()
    }
    func turned(_ size: Size) -> Size { Size(width: size.height, height: size.width) }
    func turned(_ point: Point) -> Point { Point(x: point.y, y: point.x) }
    var layout = LayeredLayout(
      sizes.map(turned), links.map { Link(from: $0.from, to: $0.to, label: $0.label.map(turned)) },
      // Text is wide: from left to right, arrows need more room to bend.
      layerGap: 26)
    let result = layout.run()
    return Result(
      size: turned(result.size), boxes: result.boxes.map(turned),
      routes: result.routes.map { Route(points: $0.points.map(turned), label: $0.label.map(turned)) })
  }

  // MARK: State

  /// A box, or a place that an arrow passes on its way through a layer.
  private struct Item {
    var size: Size
    var layer = 0
    var x = 0.0
    var above: [Int] = []
    var below: [Int] = []
    var isPassage = false
  }

  private let links: [Link]
  private let count: Int
  private var items: [Item]
  private var layers: [[Int]] = []
  /// The items along each link, from the upper to the lower box.
  private var chains: [[Int]] = []
  /// Links that lead upwards in the picture.
  private var isReversed: [Bool]

  private init(_ sizes: [Size], _ links: [Link], layerGap: Double) {
    self.links = links
    self.layerGap = layerGap
    count = sizes.count
    items = sizes.map { Item(size: $0) }
    isReversed = links.map { _ in false }
  }

  private mutating func run() -> Result {
    guard count > 0 else { return Result(size: Size(width: 0, height: 0), boxes: [], routes: []) }
    openCycles()
    assignLayers()
    addPassages()
    order()
    spread()
    return measure()
  }

  private func ends(_ link: Int) -> (upper: Int, lower: Int) {
    isReversed[link] ? (links[link].to, links[link].from) : (links[link].from, links[link].to)
  }

  // MARK: Layers

  /// Turns the links round that lead back to a box from which they can be reached.
  private mutating func openCycles() {
    var state = [Int](repeating: 0, count: count)
    var out = [[Int]](repeating: [], count: count)
    for (i, link) in links.enumerated() { out[link.from].append(i) }
    let entered = Set(links.map(\.to))
    for start in (0..<count).filter({ !entered.contains($0) }) + Array(0..<count) where state[start] == 0 {
      var stack = [(start, 0)]
      state[start] = 1
      while let (node, next) = stack.last {
        guard next < out[node].count else {
          state[node] = 2
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].1 += 1
        let link = out[node][next]
        let to = links[link].to
        if state[to] == 1 {
          isReversed[link] = true
        } else if state[to] == 0 {
          state[to] = 1
          stack.append((to, 0))
        }
      }
    }
  }

  /// The longest way from a source, in steps of two layers: one in between for the label. Then boxes move down
  /// to what they lead to, where that shortens more arrows than it lengthens.
  private mutating func assignLayers() {
    for _ in 0..<count {
      var changed = false
      for i in links.indices {
        let (upper, lower) = ends(i)
        if items[lower].layer < items[upper].layer + 2 {
          items[lower].layer = items[upper].layer + 2
          changed = true
        }
      }
      if !changed { break }
    }
    for _ in 0..<4 {
      for node in (0..<count).reversed() {
        var into = 0
        var lowest = Int.max
        var out = 0
        for i in links.indices {
          let (upper, lower) = ends(i)
          if lower == node { into += 1 }
          if upper == node {
            out += 1
            lowest = min(lowest, items[lower].layer - 2)
          }
        }
        if out > into, lowest != Int.max, lowest > items[node].layer { items[node].layer = lowest }
      }
    }
  }

  private mutating func addPassages() {
    for (i, link) in links.enumerated() {
      let (upper, lower) = ends(i)
      let from = items[upper].layer
      let to = items[lower].layer
      // The label stands near the box the arrow leaves.
      let labelLayer = isReversed[i] ? to - 1 : from + 1
      var chain = [upper]
      for layer in stride(from: from + 1, to: to, by: 1) {
        var item = Item(size: Size(width: 1, height: 0), layer: layer, isPassage: true)
        if layer == labelLayer, let label = link.label { item.size = label }
        items.append(item)
        chain.append(items.count - 1)
      }
      chain.append(lower)
      for (a, b) in zip(chain, chain.dropFirst()) {
        items[a].below.append(b)
        items[b].above.append(a)
      }
      chains.append(chain)
    }
    layers = Array(repeating: [], count: (items.map(\.layer).max() ?? 0) + 1)
  }

  // MARK: Order

  /// Fills the layers from the sources on, and reorders them as long as fewer arrows cross.
  private mutating func order() {
    var seen = [Bool](repeating: false, count: items.count)
    for start in items.indices.sorted(by: { (items[$0].layer, $0) < (items[$1].layer, $1) }) where !seen[start] {
      var stack = [start]
      while let item = stack.popLast() {
        guard !seen[item] else { continue }
        seen[item] = true
        layers[items[item].layer].append(item)
        stack += (items[item].below + items[item].above).reversed().filter { !seen[$0] }
      }
    }
    var best = layers
    var fewest = crossings()
    for round in 0..<32 where fewest > 0 {
      sweep(down: round % 2 == 0)
      exchange()
      let now = crossings()
      if now < fewest {
        fewest = now
        best = layers
      }
    }
    layers = best
  }

  private mutating func sweep(down: Bool) {
    for layer in down ? Array(layers.indices) : layers.indices.reversed() {
      let neighbour = down ? layer - 1 : layer + 1
      guard layers.indices.contains(neighbour) else { continue }
      let place = places(neighbour)
      let keys = layers[layer].enumerated().map { i, item -> (Double, Int, Int) in
        let next = (down ? items[item].above : items[item].below).compactMap { place[$0] }.sorted()
        return (next.isEmpty ? Double(i) : LayeredLayout.median(next), i, item)
      }
      layers[layer] = keys.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.2)
    }
  }

  private static func median(_ values: [Int]) -> Double {
    let middle = values.count / 2
    return values.count % 2 == 1 ? Double(values[middle]) : Double(values[middle - 1] + values[middle]) / 2
  }

  /// Exchanges neighbours where fewer of their arrows cross then.
  private mutating func exchange() {
    for layer in layers.indices {
      let above = layer > 0 ? places(layer - 1) : [:]
      let below = layer + 1 < layers.count ? places(layer + 1) : [:]
      var improved = true
      var rounds = 0
      while improved, rounds < 8 {
        improved = false
        rounds += 1
        for i in layers[layer].indices.dropLast() {
          let (a, b) = (layers[layer][i], layers[layer][i + 1])
          let now = crossed(a, b, above, below)
          let then = crossed(b, a, above, below)
          if then < now {
            layers[layer].swapAt(i, i + 1)
            improved = true
          }
        }
      }
    }
  }

  private func crossed(_ a: Int, _ b: Int, _ above: [Int: Int], _ below: [Int: Int]) -> Int {
    func count(_ left: [Int], _ right: [Int], _ place: [Int: Int]) -> Int {
      left.reduce(0) { sum, l in sum + right.count { (place[l] ?? 0) > (place[$0] ?? 0) } }
    }
    return count(items[a].above, items[b].above, above) + count(items[a].below, items[b].below, below)
  }

  private func crossings() -> Int {
    layers.indices.dropLast().reduce(0) { sum, layer in
      let place = places(layer + 1)
      var ends: [Int] = []
      var crossed = 0
      for item in layers[layer] {
        let targets = items[item].below.compactMap { place[$0] }
        for target in targets { crossed += ends.count { $0 > target } }
        ends += targets
      }
      return sum + crossed
    }
  }

  private func places(_ layer: Int) -> [Int: Int] {
    Dictionary(uniqueKeysWithValues: layers[layer].enumerated().map { ($1, $0) })
  }

  // MARK: Across a layer

  private mutating func spread() {
    for layer in layers {
      var x = 0.0
      for (i, item) in layer.enumerated() {
        if i > 0 { x += separation(layer[i - 1], item) }
        items[item].x = x
      }
    }
    for round in 0..<40 {
      // Towards the end both sides count, so that arrows straighten without pulling boxes to one side.
      let both = round >= 24
      for layer in round % 2 == 0 ? Array(layers.indices) : layers.indices.reversed() {
        settle(layers[layer], up: both || round % 2 == 0, down: both || round % 2 == 1)
      }
    }
  }

  private func separation(_ a: Int, _ b: Int) -> Double {
    let gap = items[a].isPassage || items[b].isPassage ? LayeredLayout.edgeGap : LayeredLayout.gap
    return (items[a].size.width + items[b].size.width) / 2 + gap
  }

  /// Moves each item to the mean of its neighbours, as near as the order and the spacing let it.
  private mutating func settle(_ layer: [Int], up: Bool, down: Bool) {
    guard !layer.isEmpty else { return }
    var offsets = [0.0]
    for (a, b) in zip(layer, layer.dropFirst()) { offsets.append(offsets[offsets.count - 1] + separation(a, b)) }
    var pools: [(sum: Double, weight: Double, count: Int)] = []
    for (item, offset) in zip(layer, offsets) {
      let (wish, weight) = wish(of: item, up: up, down: down)
      pools.append(((wish - offset) * weight, weight, 1))
      while pools.count > 1 {
        let (last, before) = (pools[pools.count - 1], pools[pools.count - 2])
        guard before.sum / before.weight > last.sum / last.weight else { break }
        pools.removeLast()
        pools[pools.count - 1] = (before.sum + last.sum, before.weight + last.weight, before.count + last.count)
      }
    }
    var i = 0
    for pool in pools {
      for _ in 0..<pool.count {
        items[layer[i]].x = pool.sum / pool.weight + offsets[i]
        i += 1
      }
    }
  }

  private func wish(of item: Int, up: Bool, down: Bool) -> (Double, Double) {
    let neighbours = (up ? items[item].above : []) + (down ? items[item].below : [])
    guard !neighbours.isEmpty else { return (items[item].x, 0.1) }
    var sum = 0.0
    var weight = 0.0
    for other in neighbours {
      // A long arrow is to be straight first of all.
      let pull = items[item].isPassage && items[other].isPassage ? 8.0 : items[item].isPassage ? 2.0 : 1.0
      sum += items[other].x * pull
      weight += pull
    }
    return (sum / weight, weight)
  }

  // MARK: Measures

  private func measure() -> Result {
    var tops: [Double] = []
    var y = 0.0
    let heights = layers.map { $0.map { items[$0].size.height }.max() ?? 0 }
    for (i, height) in heights.enumerated() {
      tops.append(y)
      y += height + (i + 1 < heights.count ? layerGap : 0)
    }
    let left = items.map { $0.x - $0.size.width / 2 }.min() ?? 0
    let right = items.map { $0.x + $0.size.width / 2 }.max() ?? 0
    func middle(_ item: Int) -> Point {
      Point(x: items[item].x - left, y: tops[items[item].layer] + heights[items[item].layer] / 2)
    }
    var routes: [Route] = []
    for (i, chain) in chains.enumerated() {
      let (upper, lower) = (chain[0], chain[chain.count - 1])
      let start = middle(upper).x + port(i, of: upper, below: true)
      let end = middle(lower).x + port(i, of: lower, below: false)
      // Within the band of a layer arrows run straight, so that they pass beside its boxes.
      var points = [
        Point(x: start, y: middle(upper).y + items[upper].size.height / 2),
        Point(x: start, y: tops[items[upper].layer] + heights[items[upper].layer]),
      ]
      for item in chain.dropFirst().dropLast() {
        let top = tops[items[item].layer]
        let height = heights[items[item].layer]
        points.append(Point(x: middle(item).x, y: top))
        if height > 0 { points.append(Point(x: middle(item).x, y: top + height)) }
      }
      points.append(Point(x: end, y: tops[items[lower].layer]))
      points.append(Point(x: end, y: middle(lower).y - items[lower].size.height / 2))
      let label = chain.dropFirst().dropLast().first { links[i].label != nil && items[$0].size.height > 0 }
      routes.append(Route(points: isReversed[i] ? points.reversed() : points, label: label.map(middle)))
    }
    return Result(size: Size(width: right - left, height: y), boxes: (0..<count).map(middle), routes: routes)
  }

  /// Where on the side of a box a link ends, from its middle: in the order of what is next on each.
  private func port(_ link: Int, of box: Int, below: Bool) -> Double {
    let meeting = chains.indices.filter { below ? chains[$0].first == box : chains[$0].last == box }
    guard meeting.count > 1 else { return 0 }
    func next(_ link: Int) -> Double { items[below ? chains[link][1] : chains[link][chains[link].count - 2]].x }
    let sorted = meeting.sorted { (next($0), $0) < (next($1), $1) }
    guard let i = sorted.firstIndex(of: link) else { return 0 }
    let room = min(14, (items[box].size.width - 16) / Double(meeting.count))
    return (Double(i) - Double(meeting.count - 1) / 2) * room
  }
}
