/// A directed graph to be drawn: boxes, arrows, and groups of boxes that belong together.
public struct Graph: Sendable, Equatable {
  public var title: String
  public var nodes: [Node] = []
  public var edges: [Edge] = []
  public var groups: [Group] = []
  /// Names used in labels, and what they stand for.
  public var legend: [Term] = []

  public init(title: String) { self.title = title }

  public struct Node: Sendable, Equatable {
    public enum Kind: String, Sendable {
      case state
      /// A state that others lie in.
      case composite
      case start
      case final
      /// The state a picture is about.
      case focus
      /// Any state at all.
      case anywhere
      /// A box that stands for one in another panel.
      case elsewhere
      /// Several boxes drawn as one.
      case stack
      /// Names without a box.
      case list
    }
    public var id: String
    public var title: String
    /// What is written below the title.
    public var lines: [String]
    public var kind: Kind
    /// Where it is declared, `file:line`.
    public var place: String

    public init(id: String, title: String, lines: [String] = [], kind: Kind = .state, place: String = "") {
      self.id = id
      self.title = title
      self.lines = lines
      self.kind = kind
      self.place = place
    }
  }

  public struct Edge: Sendable, Equatable {
    public enum Kind: String, Sendable {
      /// A declared transition.
      case own
      /// A transition of a state around this one.
      case inherited
      /// Follows from what the bot said, not from what it heard.
      case spoken
    }
    public var from: String
    public var to: String
    public var labels: [String]
    public var kind: Kind

    public init(from: String, to: String, labels: [String] = [], kind: Kind = .own) {
      self.from = from
      self.to = to
      self.labels = labels
      self.kind = kind
    }
  }

  /// Boxes that are drawn together.
  public struct Group: Sendable, Equatable {
    public var title: String
    public var nodes: [String]
  }

  public struct Term: Sendable, Equatable {
    public var name: String
    public var members: [String]
  }

  func node(_ id: String) -> Node? { nodes.first { $0.id == id } }

  /// Enters an edge; labels of edges between the same boxes are gathered.
  mutating func connect(_ edge: Edge) {
    guard let i = edges.firstIndex(where: { $0.from == edge.from && $0.to == edge.to && $0.kind == edge.kind }) else {
      edges.append(edge)
      return
    }
    for label in edge.labels where !edges[i].labels.contains(label) { edges[i].labels.append(label) }
  }
}
