/// What one intent is about and what the bot says to it.
public struct Intent: Sendable {
  public var id: String
  public var group: String
  public var about: String
  /// How a summary names it: "asking for help".
  public var named: String
  /// Wordings by section: a layer of depth, a state, or a kind of answer.
  public var sections: [Section]
  /// Where it is declared: `signs/exhausted.yaml:1`.
  public var place: String

  public init(id: String, group: String, about: String, named: String, sections: [Section], place: String = "") {
    self.id = id
    self.group = group
    self.about = about
    self.named = named
    self.sections = sections
    self.place = place
  }

  public func section(_ name: String) -> Section? { sections.first { $0.name == name } }
}

/// Wordings that belong together.
public struct Section: Sendable {
  public var name: String
  public var parts: [Part]

  public init(name: String, parts: [Part]) {
    self.name = name
    self.parts = parts
  }
}
