import Dialogue
import Matching

/// Gathers states, transitions and the script from the files that declare them.
struct DialogueLoader: Sendable {
  static let keys = [
    "start", "sets", "overrules", "wordings", "interrupts", "states", "layers", "rhythm", "listening-rhythm", "after",
    "longest-reply", "rest-after-question", "greeting", "fallbacks", "stay", "summary", "summary-of-steps",
    "summary-of-nothing", "source-lines", "source-unknown", "which-of-two", "too-long", "someone-else", "people",
    "not-said-back", "openers", "closers", "joins", "subjects", "verbs", "unfinished", "dependent", "unsaid",
    "questions", "unanswered",
  ]

  private(set) var states: [State] = []
  private(set) var interrupts: [Transition] = []
  private(set) var sets: [String: [String]] = [:]
  private(set) var script = Script()
  private(set) var start: (id: String, file: String, place: Position)?
  private(set) var statePlaces: [String: (file: String, place: Position)] = [:]
  private(set) var parts: [PlacedPart] = []
  /// Wordings that stand under a name and are said in several places.
  private var wordings: [String: [Part]] = [:]
  /// Names of states, sets and intents that were spoken of, to be checked when all are known.
  private(set) var references: [Reference] = []

  struct Reference: Sendable {
    enum Kind: Sendable { case state, trigger, setMember }
    var kind: Kind
    var name: String
    var file: String
    var place: Position
  }

  /// Reads the wordings that have names: before all that may name them.
  mutating func readWordings(_ tree: YAMLTree, _ reader: FileReader, _ partReader: PartReader) {
    for entry in reader.map(tree, "wordings") {
      if !NamedGuards.isName(entry.key) {
        reader.error(entry.place, "the name of wordings stands in <>", "write `<\(entry.key)>: ...`")
      } else if wordings[entry.key] != nil {
        reader.error(
          entry.place, "the wordings \(entry.key) are declared a second time", "rename them, or merge the two")
      } else {
        wordings[entry.key] = keep(partReader.parts(entry.value, "the wordings \(entry.key)"))
      }
    }
  }

  /// What is said: wordings by kind, or the name of such.
  private mutating func says(
    _ tree: YAMLTree, _ what: String, _ reader: FileReader, _ partReader: PartReader
  ) -> [Part] {
    guard case .scalar(let name, let place) = tree, NamedGuards.isName(name) else {
      return keep(partReader.parts(tree, what))
    }
    if wordings[name] == nil { reader.unknown(name, "wordings", Array(wordings.keys), at: place) }
    return wordings[name] ?? []
  }

  mutating func read(_ key: String, _ tree: YAMLTree, _ reader: FileReader, _ partReader: PartReader) {
    func condition() -> Int? {
      reader.text(tree, key).flatMap { partReader.pattern($0, tree.place) }.map { partReader.condition($0) }
    }
    switch key {
    case "start":
      if let id = reader.text(tree, key) { start = (id, reader.file, tree.place) }
    case "sets":
      for entry in reader.map(tree, key) {
        sets[entry.key, default: []] += names(entry.value, entry.key, .setMember, reader)
      }
    case "overrules":
      for entry in reader.map(tree, key) {
        references.append(Reference(kind: .trigger, name: entry.key, file: reader.file, place: entry.place))
        script.overrules[entry.key, default: []] += names(entry.value, entry.key, .trigger, reader)
      }
    case "wordings": break
    case "interrupts": interrupts += transitions(tree, reader, partReader)
    case "states":
      for entry in reader.map(tree, key) { readState(entry.key, entry.place, entry.value, reader, partReader) }
    case "layers": script.layers = reader.texts(tree, key)
    case "rhythm": script.rhythm = rhythm(tree, reader)
    case "listening-rhythm": script.listeningRhythm = rhythm(tree, reader)
    case "after":
      for entry in reader.map(tree, key) {
        guard let kind = kind(entry.key, entry.place, reader), let id = reader.text(entry.value, "a state") else {
          continue
        }
        script.after[kind] = id
        references.append(Reference(kind: .state, name: id, file: reader.file, place: entry.value.place))
      }
    case "longest-reply": script.longest = reader.number(tree, key, 10...200) ?? script.longest
    case "rest-after-question":
      script.restAfterQuestion = reader.number(tree, key, 0...20) ?? script.restAfterQuestion
    case "questions":
      for entry in reader.map(tree, key) {
        if let text = reader.text(entry.value, entry.key) {
          script.questions[PhraseTable.words(entry.key.lowercased())] = text
        }
      }
    case "someone-else": script.someoneElse = condition().map { ($0, key) } ?? script.someoneElse
    case "people": script.people = condition() ?? script.people
    case "not-said-back": script.notSaidBack = condition() ?? script.notSaidBack
    case "fallbacks": script.fallbacks = reader.list(tree, key).map { keep(partReader.parts($0, key)) }
    default:
      if let path = DialogueLoader.scriptParts[key] { script[keyPath: path] += keep(partReader.parts(tree, key)) }
      if let path = DialogueLoader.phrases[key] {
        script[keyPath: path].formUnion(reader.texts(tree, key).map { $0.lowercased() })
      }
    }
  }

  nonisolated(unsafe) private static let scriptParts: [String: WritableKeyPath<Script, [Part]>] = [
    "greeting": \.greeting, "stay": \.stay, "summary": \.summary,
    "summary-of-steps": \.summaryOfSteps, "summary-of-nothing": \.summaryOfNothing, "source-lines": \.sourceLines,
    "source-unknown": \.sourceUnknown, "which-of-two": \.whichOfTwo, "too-long": \.tooLong,
    "unanswered": \.unanswered,
  ]

  nonisolated(unsafe) private static let phrases: [String: WritableKeyPath<Script, PhraseTable>] = [
    "openers": \.openers, "closers": \.closers, "joins": \.joins, "dependent": \.dependent, "subjects": \.subjects,
    "verbs": \.verbs, "unfinished": \.unfinished, "unsaid": \.unsaid,
  ]

  /// A list of intents and sets, to be checked when all are known.
  private mutating func names(
    _ tree: YAMLTree, _ what: String, _ kind: Reference.Kind, _ reader: FileReader
  ) -> [String] {
    reader.list(tree, what).compactMap { item in
      guard let name = reader.text(item, "an intent or a set") else { return nil }
      references.append(Reference(kind: kind, name: name, file: reader.file, place: item.place))
      return name
    }
  }

  private mutating func keep(_ placed: [PlacedPart]) -> [Part] {
    parts += placed
    return placed.map(\.part)
  }

  private func kind(_ name: String, _ place: Position, _ reader: FileReader) -> PartKind? {
    if let kind = PartKind(rawValue: name) { return kind }
    reader.unknown(name, "kind of sentence", PartKind.allCases.map(\.rawValue), at: place)
    return nil
  }

  private func rhythm(_ tree: YAMLTree, _ reader: FileReader) -> [[PartKind]] {
    reader.list(tree, "a rhythm").map { beat in
      reader.list(beat, "a beat").compactMap { item in
        reader.text(item, "a kind").flatMap { kind($0, item.place, reader) }
      }
    }
  }

  // MARK: States

  private mutating func readState(
    _ id: String, _ place: Position, _ tree: YAMLTree, _ reader: FileReader, _ partReader: PartReader
  ) {
    if let first = statePlaces[id] {
      reader.error(
        place, "the state '\(id)' is declared a second time", "the first stands in \(first.file):\(first.place.line)")
      return
    }
    statePlaces[id] = (reader.file, place)
    let fields = reader.fields(
      tree, "the state '\(id)'", ["in", "says", "keeps", "finishes", "forgets", "interrupts", "on", "final"])
    var state = State(id: id, place: "\(reader.file):\(place.line)")
    if let tree = fields["in"], let parent = reader.text(tree, "in") {
      state.parent = parent
      references.append(Reference(kind: .state, name: parent, file: reader.file, place: tree.place))
    }
    if let tree = fields["says"] { state.entry = says(tree, "what '\(id)' says", reader, partReader) }
    state.keeps = fields["keeps"].flatMap { reader.text($0, "keeps") }
    state.finishes = fields["finishes"].flatMap { reader.text($0, "finishes") }
    if let tree = fields["forgets"] { state.forgets = reader.texts(tree, "forgets") }
    if let tree = fields["interrupts"] { state.interrupts = transitions(tree, reader, partReader) }
    if let tree = fields["final"], let text = reader.text(tree, "final") {
      state.isFinal = text == "true"
      if text != "true", text != "false" {
        reader.error(tree.place, "final is '\(text)'", "write `final: true`, or leave it out")
      }
    }
    if let tree = fields["on"] { state.transitions = transitions(tree, reader, partReader) }
    states.append(state)
  }

  private mutating func transitions(_ tree: YAMLTree, _ reader: FileReader, _ partReader: PartReader) -> [Transition] {
    reader.list(tree, "transitions").compactMap { transition($0, reader, partReader) }
  }

  private mutating func transition(_ tree: YAMLTree, _ reader: FileReader, _ partReader: PartReader) -> Transition? {
    let fields = reader.fields(
      tree, "a transition", ["heard", "if", "reply", "to", "set", "clear", "count", "says"])
    guard let heard = fields["heard"] else {
      reader.error(tree.place, "a transition does not say what it waits for", "add `heard: ...`")
      return nil
    }
    let target = fields["to"].flatMap { reader.text($0, "to") }
    if let target, let tree = fields["to"] {
      references.append(Reference(kind: .state, name: target, file: reader.file, place: tree.place))
    }
    return Transition(
      triggers: reader.list(heard, "heard").compactMap { trigger($0, reader) },
      guards: fields["if"].map { partReader.named.guards($0, reader) } ?? [],
      plan: fields["reply"].map { plan($0, reader) } ?? [],
      target: target,
      effects: Effect.Change.allCases.flatMap { change in
        fields[change.rawValue].map { reader.texts($0, change.rawValue).map { Effect(change, $0) } } ?? []
      },
      says: fields["says"].map { says($0, "what a transition says", reader, partReader) } ?? [],
      place: "\(reader.file):\(tree.place.line)")
  }

  private func plan(_ tree: YAMLTree, _ reader: FileReader) -> [Plan] {
    reader.list(tree, "reply").compactMap { item in
      guard let name = reader.text(item, "a way to reply") else { return nil }
      if let plan = Plan(rawValue: name) { return plan }
      reader.unknown(name, "way to reply", Plan.allCases.map(\.rawValue), at: item.place)
      return nil
    }
  }

  private mutating func trigger(_ tree: YAMLTree, _ reader: FileReader) -> Trigger? {
    guard let text = reader.text(tree, "heard") else { return nil }
    let words = text.split(separator: " ").map(String.init)
    switch words.first {
    case "silence": return .silence
    case "nothing": return .nothing
    case "doubt": return .doubt
    case "asked-back": return .askedBack
    case "anything": return .anything
    case "risk":
      let level = words.count > 1 ? words[1] : "unclear"
      guard Risk.Level(rawValue: level) != nil else {
        reader.unknown(level, "level of risk", Risk.Level.allCases.map(\.rawValue), at: tree.place)
        return nil
      }
      if words.count > 2, Risk.Kind(rawValue: words[2]) == nil {
        reader.unknown(words[2], "kind of risk", Risk.Kind.allCases.map(\.rawValue), at: tree.place)
        return nil
      }
      return .risk(level, kind: words.count > 2 ? words[2] : nil)
    default:
      references.append(Reference(kind: .trigger, name: text, file: reader.file, place: tree.place))
      return .intent(text)
    }
  }
}
