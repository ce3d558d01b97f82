import Dialogue
import Testing

@testable import Graphs

@Suite struct GraphTests {
  private func heard(_ intents: [String], to target: String?, if guards: [Guard] = [], _ plan: [Plan] = [])
    -> Transition
  {
    Transition(triggers: intents.map { .intent($0) }, guards: guards, plan: plan, target: target)
  }

  private func otherwise(to target: String?) -> Transition { Transition(triggers: [.anything], target: target) }

  /// home (open, closing), and a guided step of three states inside `step`.
  private var dialogue: DialogueGraph {
    let states = [
      State(
        id: "home",
        transitions: [heard(["bye"], to: "closing"), Transition(triggers: [.set("topics")], plan: [.topic])]),
      State(id: "open", parent: "home", transitions: [heard(["yes"], to: nil, [.accept])]),
      State(id: "closing", isFinal: true),
      State(id: "step", parent: "home", transitions: [heard(["no"], to: "left")]),
      State(id: "left", parent: "home"),
      State(id: "one", parent: "step", transitions: [heard(["a", "b"], to: "two"), otherwise(to: "three")]),
      State(id: "two", parent: "step", transitions: [otherwise(to: "three")]),
      State(id: "three", parent: "home"),
    ]
    let risk = Transition(
      triggers: [.risk("active", kind: "abuse")], guards: [Guard("seen", .below, 1)], target: "left")
    let machine = StateMachine(
      states: states, interrupts: [risk], start: "home", sets: ["topics": ["t1", "t2", "t3", "t4"]])
    var script = Script()
    script.after = [.offer: "open"]
    let offer = Part(kind: .offer, text: "Shall we?", leadsTo: .state("one"))
    let intent = Intent(
      id: "t1", group: "g", about: "", named: "", sections: [Section(name: "happens", parts: [offer])])
    return DialogueGraph(machine: machine, script: script, intents: [intent])
  }

  private func labels(_ graph: Graph, _ from: String, _ to: String) -> [String]? {
    graph.edges.first { $0.from == from && $0.to == to }?.labels
  }

  @Test func arrowsSayWhatHasToBeHeard() {
    let graph = dialogue.whole()
    #expect(labels(graph, "one", "two") == ["a, b"])
    #expect(labels(graph, "one", "three") == ["otherwise"])
    #expect(labels(graph, "two", "three") == [])
    #expect(labels(graph, "*", "left") == ["risk active abuse if not seen"])
    #expect(labels(graph, "home", "open") == ["after offer"])
  }

  @Test func aYesLeadsToWhatIsOffered() {
    let graph = dialogue.whole()
    #expect(labels(graph, "open", "one") == ["yes"])
    #expect(graph.nodes.first { $0.id == "offered:one" }?.lines == ["t1"])
  }

  @Test func aMapHasABoxForEachFile() {
    let states = ["home", "a1", "a2", "b1"].map { id in
      State(
        id: id, transitions: id == "home" ? [heard(["x"], to: "a1"), heard(["y"], to: "a2")] : [otherwise(to: "home")],
        place: (id == "home" ? "dialogue" : "safety/\(id.first ?? " ")") + ".yaml:1")
    }
    let machine = StateMachine(
      states: states, interrupts: [heard(["z"], to: "b1")], start: "home", sets: [:])
    let dialogue = DialogueGraph(machine: machine, script: Script(), intents: [])
    #expect(!dialogue.isLarge)
    #expect(dialogue.areas == ["dialogue", "safety/a", "safety/b"])
    let map = dialogue.map()
    #expect(labels(map, "dialogue", "safety/a") == ["2 ways"])
    #expect(labels(map, "safety/a", "dialogue") == nil)
    #expect(map.nodes.first { $0.id == "safety/a" }?.lines == ["2 states"])
    #expect(map.nodes.first { $0.id == "safety/b" }?.lines == ["1 state", "1 way from any state"])
    let area = dialogue.drawing(ofArea: "safety/a")
    #expect(area.map { labels($0, "a1", "dialogue") } == [])
    #expect(area.map { labels($0, "from:dialogue", "a1") } == ["1 way"])
    #expect(dialogue.drawing(ofArea: "safety/c") == nil)
  }

  @Test func statesOfOnePathAreAGroup() {
    #expect(dialogue.whole().groups == [Graph.Group(title: "one", nodes: ["one", "two", "three", "offered:one"])])
  }

  @Test func theOverviewHoldsAGroupAsOneBox() {
    let overview = dialogue.whole().panels()[0]
    #expect(
      overview.nodes.map(\.title).sorted() == ["closing", "home", "in any state", "left", "one", "open", "step"])
    #expect(labels(overview, "open", "group:0") == ["yes"])
  }

  @Test func aFocusShowsEverythingThatCanBeHeardInOrder() throws {
    let graph = try #require(dialogue.focus(on: "two"))
    #expect(labels(graph, "two", "to:left") == ["1  risk active abuse if not seen"])
    #expect(labels(graph, "two", "to:three") == ["2  otherwise"])
    #expect(labels(graph, "from:one", "two") == ["a, b"])
    #expect(graph.edges.count == 3, "nothing after `otherwise` can be heard")
  }

  @Test func aFocusNamesWhatStaysAndExplainsSets() throws {
    let graph = try #require(dialogue.focus(on: "home"))
    #expect(graph.nodes[0].lines.contains("3  topics: topic"))
    #expect(graph.legend == [Graph.Term(name: "topics", members: ["t1", "t2", "t3", "t4"])])
    #expect(dialogue.focus(on: "nowhere") == nil)
  }

  // MARK: Text

  @Test func mermaidNamesEveryBoxAndArrow() throws {
    let text = GraphText.mermaid(try #require(dialogue.focus(on: "one")))
    #expect(
      text == """
        flowchart LR
          n0[["one<br/>in step"]]
          n1("left")
          n2("two")
          n3("three")
          n4>"offered by 1 intent<br/>t1"]
          n0 -.->|"1  risk active abuse if not seen"| n1
          n0 -->|"2  a, b"| n2
          n0 -->|"3  otherwise"| n3
          n4 -.->|"a yes"| n0

        """)
  }

  @Test func namesCannotBreakOut() {
    var graph = Graph(title: "a\"b")
    graph.nodes = [Graph.Node(id: "x\"]\\", title: "<script>\"]\u{1b};\n")]
    let dot = GraphText.dot(graph)
    #expect(dot.contains(#""x\"]\\" [label="<script>\"]�;\n"]"#))
    #expect(GraphText.mermaid(graph).contains("n0(\"#60;script#62;#34;#93;�#59;"))
    let svg = SVGPicture { _ in "javascript:\"" }.file(graph).text
    #expect(!svg.contains("<script"))
    #expect(!svg.contains("\u{1b}"))
    #expect(svg.contains("&lt;script&gt;&quot;]"))
    #expect(svg.contains("aria-label=\"a&quot;b\""))
  }
}

@Suite struct LayeredLayoutTests {
  private typealias Size = LayeredLayout.Size

  private func boxes(_ count: Int) -> [Size] { (0..<count).map { Size(width: 60 + Double($0 % 4) * 25, height: 30) } }

  private func links(_ pairs: [(Int, Int)]) -> [LayeredLayout.Link] {
    pairs.map { LayeredLayout.Link(from: $0.0, to: $0.1, label: Size(width: 40, height: 14)) }
  }

  private func overlap(_ a: LayeredLayout.Point, _ b: LayeredLayout.Point, _ s: Size, _ t: Size) -> Bool {
    abs(a.x - b.x) < (s.width + t.width) / 2 && abs(a.y - b.y) < (s.height + t.height) / 2
  }

  /// Many graphs with cycles, double arrows and parts without connection: nothing lies on anything.
  @Test(arguments: 1...40) func boxesAndLabelsNeverOverlap(_ seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let count = 2 + random(24)
    let pairs = (0..<random(50)).map { _ in (random(count), random(count)) }.filter { $0.0 != $0.1 }
    for direction in [LayeredLayout.Direction.down, .right] {
      let result = LayeredLayout.place(boxes(count), links(pairs), direction)
      var placed = zip(result.boxes, boxes(count)).map { ($0, $1) }
      placed += result.routes.compactMap { $0.label.map { ($0, Size(width: 40, height: 14)) } }
      #expect(placed.count == count + pairs.count)
      for (i, a) in placed.enumerated() {
        for b in placed[..<i] where overlap(a.0, b.0, a.1, b.1) { Issue.record("\(a) lies on \(b)") }
        let inside =
          a.0.x - a.1.width / 2 > -0.01 && a.0.x + a.1.width / 2 < result.size.width + 0.01
          && a.0.y - a.1.height / 2 > -0.01 && a.0.y + a.1.height / 2 < result.size.height + 0.01
        #expect(inside, "\(a) is outside of \(result.size)")
      }
    }
  }

  @Test func anArrowLeadsFromBoxToBox() {
    let result = LayeredLayout.place(boxes(2), links([(0, 1), (1, 0)]), .down)
    #expect(result.boxes[0].y < result.boxes[1].y)
    #expect(result.routes[0].points.first?.y == result.boxes[0].y + 15)
    #expect(result.routes[0].points.last?.y == result.boxes[1].y - 15)
    #expect(result.routes[1].points.first?.y == result.boxes[1].y - 15)
    #expect(result.routes[1].points.last?.y == result.boxes[0].y + 15)
  }

  @Test func aChainIsStraight() {
    let result = LayeredLayout.place(boxes(5), links([(0, 1), (1, 2), (2, 3), (3, 4)]), .down)
    let xs = result.boxes.map(\.x)
    #expect((xs.max() ?? 0) - (xs.min() ?? 0) < 0.5)
  }

  @Test func aTreeHasNoCrossings() {
    // Entered in an order that crosses unless the boxes are put in order.
    let result = LayeredLayout.place(boxes(7), links([(0, 1), (0, 2), (2, 5), (1, 6), (2, 3), (1, 4)]), .down)
    let x = result.boxes.map(\.x)
    let ofOne = [x[4], x[6]]
    let ofTwo = [x[3], x[5]]
    #expect((ofOne.max()! < ofTwo.min()!) == (x[1] < x[2]))
    #expect((ofOne.min()! > ofTwo.max()!) == (x[1] > x[2]))
  }

  @Test func nothingTakesNoRoom() {
    #expect(LayeredLayout.place([], [], .down).size == Size(width: 0, height: 0))
  }
}
