import Dialogue
import Matching

/// An intent as its file declares it, with the places of what refers to something else.
struct LoadedIntent: Sendable {
  var intent: Intent
  var rules: IntentRules
  var file: String
  var place: Position
  var parts: [PlacedPart] = []
  var examples: [(text: String, file: String, place: Position)] = []
  var counterExamples: [(text: String, file: String, place: Position)] = []
  /// Of the examples of what is asked: the part that is marked as worth saying back.
  var marked: [String: String] = [:]
  /// Names that its patterns capture.
  var captures: Set<String> = []
  /// Where the patterns of `rules` stand, and how they are written.
  var patternPlaces: [(text: String, place: Position)] = []
  var sectionPlaces: [Position] = []
}

extension LoadedIntent {
  /// Takes an example in; in one of what is asked, the part worth saying back stands in brackets.
  mutating func add(example: String, _ place: Position, _ reader: FileReader) {
    var text = example
    if rules.standing == .ask {
      let pieces = example.split(separator: "[", omittingEmptySubsequences: false)
      let ends = pieces.dropFirst().map { $0.split(separator: "]", omittingEmptySubsequences: false) }
      guard pieces.count <= 2, ends.allSatisfy({ $0.count == 2 && !$0[0].isEmpty }), !pieces[0].contains("]") else {
        reader.error(
          place, "the part that is worth saying back is not marked by one pair of brackets",
          "write [ before it and ] behind it, once in the line")
        return
      }
      text.removeAll { $0 == "[" || $0 == "]" }
      marked[text] = ends.first.map { String($0[0]) }
    }
    examples.append((text, reader.file, place))
  }
}

/// Reads the table of one intent.
struct IntentLoader {
  let reader: FileReader
  let partReader: PartReader

  static let keys = ["about", "named", "hears", "says", "risk", "in-context"]
  private static let hearsKeys = [
    "patterns", "whole", "keywords", "examples", "not", "risk-patterns", "risk-hints", "harmless",
  ]

  func read(_ id: String, group: String, at place: Position, _ tree: YAMLTree) -> LoadedIntent {
    let fields = reader.fields(tree, "the intent '\(id)'", IntentLoader.keys)
    var about = ""
    if let tree = fields["about"] {
      about = reader.text(tree, "about") ?? ""
      if case .scalar = tree, PartReader.trim(about).isEmpty {
        reader.error(tree.place, "`about` of '\(id)' is empty", "say in one line what a person means")
      }
    } else {
      reader.error(place, "the intent '\(id)' does not say what it is about", "add `about: ...` in one line")
    }
    let named = fields["named"].flatMap { reader.text($0, "named") } ?? ""
    var loaded = LoadedIntent(
      intent: Intent(
        id: id, group: group, about: about, named: named, sections: [], place: "\(reader.file):\(place.line)"),
      rules: IntentRules(id: id),
      file: reader.file, place: place)
    if let tree = fields["risk"] { loaded.rules.risk = risk(tree) ?? .none }
    if let tree = fields["in-context"], let kind = reader.text(tree, "in-context") {
      switch kind {
      case "true": loaded.rules.standing = .contextual
      case "move": loaded.rules.standing = .move
      case "ask": loaded.rules.standing = .ask
      default: reader.unknown(kind, "kind of `in-context`", ["true", "move", "ask"], at: tree.place)
      }
    }
    if let tree = fields["hears"] { readHears(tree, into: &loaded) }
    if let tree = fields["says"] { readSays(tree, into: &loaded) }
    return loaded
  }

  // MARK: Hearing

  private func readHears(_ tree: YAMLTree, into loaded: inout LoadedIntent) {
    let id = loaded.intent.id
    let fields = reader.fields(tree, "what '\(id)' hears", IntentLoader.hearsKeys)
    for (key, whole) in [("patterns", false), ("whole", true)] {
      guard let tree = fields[key] else { continue }
      for item in reader.list(tree, key) {
        guard let text = reader.text(item, "a pattern"), let rule = partReader.pattern(text, item.place, whole: whole)
        else { continue }
        loaded.rules.patterns.append(rule)
        loaded.patternPlaces.append((text, item.place))
      }
    }
    for rule in loaded.rules.patterns { loaded.captures.formUnion(rule.captureNames) }
    if let tree = fields["keywords"] {
      for entry in reader.map(tree, "keywords") {
        guard let weight = reader.number(entry.value, "the weight of '\(entry.key)'", 1...3),
          let rule = partReader.pattern(entry.key, entry.place), let pattern = rule.required.first
        else { continue }
        loaded.rules.keywords.append((pattern, weight))
      }
    }
    if let tree = fields["examples"] {
      for (text, _, place) in utterances(tree, "an example") { loaded.add(example: text, place, reader) }
    }
    if let tree = fields["not"] { loaded.counterExamples += utterances(tree, "a counter-example") }
    if let tree = fields["harmless"] { loaded.rules.harmless = patterns(tree, whole: false) }
    loaded.rules.riskPatterns = fields["risk-patterns"].map { riskPatterns($0, "risk-patterns") } ?? []
    loaded.rules.riskHints = fields["risk-hints"].map { riskPatterns($0, "risk-hints") } ?? []
  }

  private func riskPatterns(_ tree: YAMLTree, _ what: String) -> [(PatternRule, Risk)] {
    reader.map(tree, what).flatMap { entry in
      guard let risk = parseRisk(entry.key, entry.place) else { return [(PatternRule, Risk)]() }
      return patterns(entry.value, whole: false).map { ($0, risk) }
    }
  }

  private func patterns(_ tree: YAMLTree, whole: Bool) -> [PatternRule] {
    reader.list(tree, "patterns").compactMap { item in
      reader.text(item, "a pattern").flatMap { partReader.pattern($0, item.place, whole: whole) }
    }
  }

  private func utterances(_ tree: YAMLTree, _ what: String) -> [(String, String, Position)] {
    reader.list(tree, what).compactMap { item in
      reader.text(item, what).map { ($0, reader.file, item.place) }
    }
  }

  // MARK: Saying

  private func readSays(_ tree: YAMLTree, into loaded: inout LoadedIntent) {
    for entry in reader.map(tree, "what '\(loaded.intent.id)' says") {
      var parts = partReader.parts(entry.value, "'\(entry.key)'")
      for i in parts.indices { parts[i].section = entry.key }
      loaded.sectionPlaces.append(entry.place)
      loaded.intent.sections.append(Section(name: entry.key, parts: parts.map(\.part)))
      loaded.parts += parts
    }
  }

  // MARK: Risk

  /// `passive suicide`, `active self-harm`, `unclear`.
  private func risk(_ tree: YAMLTree) -> Risk? {
    reader.text(tree, "risk").flatMap { parseRisk($0, tree.place) }
  }

  private func parseRisk(_ text: String, _ place: Position) -> Risk? {
    let words = text.split(separator: " ").map(String.init)
    guard let level = words.first.flatMap(Risk.Level.init) else {
      reader.unknown(words.first ?? "", "level of risk", Risk.Level.allCases.map(\.rawValue), at: place)
      return nil
    }
    guard words.count > 1 else { return Risk(level) }
    guard words.count == 2 else {
      reader.error(place, "'\(text)' has too many words", "write a level and a kind, such as `active self-harm`")
      return nil
    }
    guard let kind = Risk.Kind(rawValue: words[1]) else {
      reader.unknown(words[1], "kind of risk", Risk.Kind.allCases.map(\.rawValue), at: place)
      return nil
    }
    return Risk(level, kind)
  }
}
