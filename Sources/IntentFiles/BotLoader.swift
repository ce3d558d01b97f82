import Dialogue
import Matching

/// Turns the files of a folder into what a bot is compiled from, and finds what is wrong with them.
public struct BotLoader {
  /// What loading gave: the source where nothing is at fault, and every problem found.
  public struct Result: Sendable {
    public var source: BotSource?
    public var diagnostics: [Diagnostic]
    /// What was declared, with its places.
    var folder: LoadedFolder
    /// Lines beside the rules that must be heard as an intent, and lines that must not, with their places.
    public var expectations: [Expectation]

    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

    /// Where an intent stands: `signs/exhausted.yaml:2`.
    public func place(ofIntent id: String) -> String? {
      folder.intents.first { $0.intent.id == id }.map { "\($0.file):\($0.place.line)" }
    }

    public var firstLayer: String? { folder.dialogue.script.layers.first }

    /// The folders all of whose intents are answered as topics.
    public var answeredGroups: [String] {
      let groups = Set(folder.intents.map(\.intent.group))
      let topics = folder.dialogue.states.flatMap(\.transitions).filter { $0.plan.contains(.topic) }
      let names = topics.flatMap(\.triggers).flatMap { trigger -> [String] in
        if case .intent(let name) = trigger { return folder.dialogue.sets[name] ?? [name] }
        return []
      }
      return names.filter { groups.contains($0) }
    }
  }

  /// A line of a file that says how an utterance is to be heard.
  public struct Expectation: Sendable {
    public var text: String
    public var intent: String
    /// False for a counter-example.
    public var expected: Bool
    public var file: String
    public var line: Int
    public var column: Int
  }

  private var diagnostics: [Diagnostic] = []
  private var language = LanguageLoader()
  private var guards = NamedGuards()
  private var dialogue = DialogueLoader()
  private var intents: [LoadedIntent] = []
  private var sources: [Source] = []
  /// The first file that declares sources.
  private var sourcesFile: String?
  private var lines: [CrisisLines] = []
  private var name = ""
  private var version = ""
  private let sink = Sink()

  private final class Sink {
    var diagnostics: [Diagnostic] = []
    var conditions: [PatternRule] = []
    var parts = 0

    private var numbers: [String: Int] = [:]

    func condition(_ rule: PatternRule) -> Int {
      let key = rule.digest
      if let known = numbers[key] { return known }
      numbers[key] = conditions.count
      conditions.append(rule)
      return conditions.count - 1
    }
  }

  private init() {}

  /// Loads `files`; their order does not matter.
  public static func load(_ files: [SourceFile]) -> Result {
    var loader = BotLoader()
    return loader.run(files.sorted { $0.path < $1.path })
  }

  private mutating func run(_ files: [SourceFile]) -> Result {
    let sink = sink
    let yaml = files.filter(\.isYAML)
    let trees = zip(yaml, YAMLTree.readAll(yaml) { sink.diagnostics.append($0) }).compactMap { file, tree in
      tree.map { (file, $0) }
    }
    if files.isEmpty {
      sink.diagnostics.append(
        Diagnostic(
          file: ".", rule: .file, message: "there is no intent file here",
          mend: "name a folder with .yaml files, or start with `drawbridge new bot FOLDER`"))
    }
    readWhatOthersName(trees, files)
    for (file, tree) in trees { readWordings(file, tree) }
    let prepared = BotLoader.prepareIntents(trees, language.language, guards)
    for (k, (file, tree)) in trees.enumerated() { readRest(file, tree, prepared[k]) }
    readExamples(files)
    check()
    // What a file declares that cannot be read is missing everywhere else: only the cause is told.
    if sink.diagnostics.contains(where: { $0.rule == .yaml && $0.severity == .error }) {
      sink.diagnostics.removeAll { $0.rule == .name }
    }
    var expectations: [Expectation] = []
    for loaded in intents {
      for (list, expected) in [(loaded.examples, true), (loaded.counterExamples, false)] {
        expectations += list.lazy.filter { !$0.file.hasSuffix(".txt") }.map {
          Expectation(
            text: $0.text, intent: loaded.intent.id, expected: expected, file: $0.file, line: $0.place.line,
            column: $0.place.column)
        }
      }
    }
    let diagnostics = sink.diagnostics.sorted()
    let broken = diagnostics.contains { $0.severity == .error }
    let folder = LoadedFolder(
      intents: intents, language: language.language, dialogue: dialogue, lines: lines, sources: sources)
    return Result(
      source: broken ? nil : source(), diagnostics: diagnostics, folder: folder, expectations: expectations)
  }

  // MARK: Files

  private func reader(_ file: SourceFile) -> FileReader {
    let sink = sink
    return FileReader(file: file.path) { sink.diagnostics.append($0) }
  }

  private mutating func readWhatOthersName(_ trees: [(SourceFile, YAMLTree)], _ files: [SourceFile]) {
    for (file, tree) in trees {
      guard case .map(let entries, _) = tree else { continue }
      for entry in entries {
        if LanguageLoader.keys.contains(entry.key) { language.read(entry.key, entry.value, reader(file)) }
        if entry.key == NamedGuards.key { guards.read(entry.value, reader(file)) }
      }
    }
    for file in files where file.name == "lexicon.txt" { language.readLexicon(file) }
    let sink = sink
    language.check { sink.diagnostics.append($0) }
    language.readPhrases()
  }

  private mutating func readWordings(_ file: SourceFile, _ tree: YAMLTree) {
    guard case .map(let entries, _) = tree else { return }
    let reader = reader(file)
    let partReader = BotLoader.partReader(reader, language.language, guards, sink)
    for entry in entries where entry.key == "wordings" { dialogue.readWordings(entry.value, reader, partReader) }
  }

  private static func partReader(
    _ reader: FileReader, _ language: Language, _ guards: NamedGuards, _ sink: Sink
  ) -> PartReader {
    PartReader(
      reader: reader, language: language, named: guards, condition: { sink.condition($0) },
      nextID: {
        sink.parts += 1
        return sink.parts
      })
  }

  /// The keys that may stand at the top of any file; all others are names of intents.
  public static var topLevelKeys: [String] { tableKeys }

  private static let tableKeys =
    LanguageLoader.keys + DialogueLoader.keys + [NamedGuards.key, "name", "version", "sources", "lines"]

  private static func isIntent(_ tree: YAMLTree) -> Bool {
    guard case .map(let inner, _) = tree else { return false }
    return inner.contains { IntentLoader.keys.contains($0.key) }
  }

  /// An intent as one file gives it: conditions and sentences are numbered from the start of the intent.
  private struct PreparedIntent: Sendable {
    var loaded: LoadedIntent
    var conditions: [PatternRule]
    var parts: Int
    var diagnostics: [Diagnostic]
  }

  /// Reads the intents of all files side by side, on all cores; those of a file by their keys.
  private static func prepareIntents(
    _ trees: [(SourceFile, YAMLTree)], _ language: Language, _ guards: NamedGuards
  ) -> [[String: PreparedIntent]] {
    SideBySide.map(trees.count) { k in
      let (file, tree) = trees[k]
      guard case .map(let entries, _) = tree else { return [:] }
      var intents: [String: PreparedIntent] = [:]
      for entry in entries where !tableKeys.contains(entry.key) && isIntent(entry.value) {
        let sink = Sink()
        let reader = FileReader(file: file.path) { sink.diagnostics.append($0) }
        let loader = IntentLoader(reader: reader, partReader: partReader(reader, language, guards, sink))
        let loaded = loader.read(entry.key, group: file.folder, at: entry.place, entry.value)
        intents[entry.key] = PreparedIntent(
          loaded: loaded, conditions: sink.conditions, parts: sink.parts, diagnostics: sink.diagnostics)
      }
      return intents
    }
  }

  private mutating func readRest(_ file: SourceFile, _ tree: YAMLTree, _ prepared: [String: PreparedIntent]) {
    let reader = reader(file)
    let partReader = BotLoader.partReader(reader, language.language, guards, sink)
    for entry in reader.map(tree, "the file") {
      switch entry.key {
      case _ where LanguageLoader.keys.contains(entry.key) || entry.key == NamedGuards.key: break
      case _ where DialogueLoader.keys.contains(entry.key): dialogue.read(entry.key, entry.value, reader, partReader)
      case "name": name = reader.text(entry.value, "name") ?? name
      case "version": version = reader.text(entry.value, "version") ?? version
      case "sources":
        sourcesFile = sourcesFile ?? file.path
        readSources(entry.value, reader)
      case "lines": readLines(entry.value, reader)
      default: enter(entry, prepared[entry.key], reader)
      }
    }
  }

  /// Takes an intent over, with the numbers that its conditions and sentences have in the whole bot.
  private mutating func enter(
    _ entry: (key: String, place: Position, value: YAMLTree), _ prepared: PreparedIntent?, _ reader: FileReader
  ) {
    guard let prepared else {
      reader.unknown(
        entry.key, "key (and it is no intent: it has no `about`)", BotLoader.tableKeys, at: entry.place)
      return
    }
    if let first = intents.first(where: { $0.intent.id == entry.key }) {
      reader.error(
        entry.place, "the intent '\(entry.key)' is declared a second time",
        "rename it, or merge the two; the first stands in \(first.file):\(first.place.line)", rule: .name)
      return
    }
    sink.diagnostics += prepared.diagnostics
    let conditions = prepared.conditions.map(sink.condition)
    let before = sink.parts
    func renumber(_ part: inout Part) {
      part.id += before
      if let condition = part.condition { part.condition = conditions[condition] }
    }
    var loaded = prepared.loaded
    for s in loaded.intent.sections.indices {
      for p in loaded.intent.sections[s].parts.indices { renumber(&loaded.intent.sections[s].parts[p]) }
    }
    for p in loaded.parts.indices { renumber(&loaded.parts[p].part) }
    sink.parts += prepared.parts
    intents.append(loaded)
  }

  /// `NAME.txt` beside the rules: examples of the intent NAME, one a line.
  private mutating func readExamples(_ files: [SourceFile]) {
    let ids = intents.map(\.intent.id)
    for file in files where file.path.hasSuffix(".txt") && file.name != "lexicon.txt" {
      let reader = reader(file)
      guard let i = ids.firstIndex(of: file.stem) else {
        reader.error(
          Position(line: 1, column: 1), "no intent is called '\(file.stem)'", Spelling.mend(file.stem, ids), rule: .name
        )
        continue
      }
      guard file.bytes.count <= SourceFile.limit else {
        reader.error(
          Position(line: 0, column: 0), "the file is larger than 4 MB", "split it into several files", rule: .yaml)
        continue
      }
      file.forEachLine { number, line in
        guard let first = line.first, first != UInt8(ascii: "#") else { return }
        guard let text = String(validating: line, as: UTF8.self) else {
          reader.error(
            Position(line: number, column: 1), SourceFile.notUTF8.message, SourceFile.notUTF8.mend, rule: .yaml)
          return
        }
        intents[i].add(example: text, Position(line: number, column: 1), reader)
      }
    }
  }

  private mutating func readSources(_ tree: YAMLTree, _ reader: FileReader) {
    for entry in reader.map(tree, "sources") {
      let fields = reader.fields(entry.value, "a source", ["title", "author", "publisher", "date", "ideas"])
      func text(_ key: String) -> String { fields[key].flatMap { reader.text($0, key) } ?? "" }
      var ideas: [(id: String, text: String)] = []
      if let tree = fields["ideas"] {
        for idea in reader.map(tree, "ideas") {
          if let text = reader.text(idea.value, "an idea") { ideas.append(("\(entry.key).\(idea.key)", text)) }
        }
      }
      sources.append(
        Source(
          id: entry.key, title: text("title"), author: text("author"), publisher: text("publisher"), date: text("date"),
          ideas: ideas))
    }
  }

  private mutating func readLines(_ tree: YAMLTree, _ reader: FileReader) {
    for entry in reader.map(tree, "crisis lines") {
      let fields = reader.fields(entry.value, "a country", ["name", "also", "emergency", "services"])
      var services: [CrisisLines.Service] = []
      for item in fields["services"].map({ reader.list($0, "services") }) ?? [] {
        let s = reader.fields(
          item, "a service", ["name", "reach", "hours", "languages", "kinds", "source", "verified"])
        func text(_ key: String) -> String { s[key].flatMap { reader.text($0, key) } ?? "" }
        for needed in ["name", "reach", "hours"] where s[needed] == nil {
          reader.error(
            item.place, "a crisis line without `\(needed)`", "add `\(needed): ...`")
        }
        if !PartReader.isDate(text("verified")) {
          reader.warn(
            item.place, "the line '\(text("name"))' does not say when it was verified", "add `verified: YYYY-MM-DD`",
            rule: .crisisLine)
        }
        services.append(
          CrisisLines.Service(
            name: text("name"), reach: text("reach"), hours: text("hours"), languages: text("languages"),
            kinds: s["kinds"].map { reader.texts($0, "kinds") } ?? [], source: text("source"),
            verified: text("verified")))
      }
      let emergency = fields["emergency"].flatMap { reader.text($0, "emergency") } ?? ""
      if emergency.isEmpty {
        reader.error(
          entry.value.place, "the country '\(entry.key)' has no emergency number", "add `emergency: ...`")
      }
      lines.append(
        CrisisLines(
          country: entry.key, name: fields["name"].flatMap { reader.text($0, "name") } ?? entry.key,
          also: fields["also"].map { reader.texts($0, "also") } ?? [],
          emergency: emergency, services: services))
    }
  }

  // MARK: Checking references

  private func report(_ file: String, _ place: Position, _ message: String, _ mend: String) {
    sink.diagnostics.append(
      Diagnostic(file: file, line: place.line, column: place.column, rule: .name, message: message, mend: mend))
  }

  private mutating func check() {
    let ids = intents.map(\.intent.id)
    let idSet = Set(ids)
    let groups = Set(intents.map(\.intent.group))
    let states = Array(dialogue.statePlaces.keys)
    let ideas = Set(sources.flatMap { $0.ideas.map(\.id) })
    let sections = Set(dialogue.script.layers + states + ["answer", "more", "someone-else"])
    for reference in dialogue.references {
      switch reference.kind {
      case .state where dialogue.statePlaces[reference.name] == nil:
        report(
          reference.file, reference.place, "unknown state: '\(reference.name)'", Spelling.mend(reference.name, states))
      case .trigger where dialogue.sets[reference.name] == nil && !idSet.contains(reference.name),
        .setMember where !idSet.contains(reference.name) && !groups.contains(reference.name):
        report(
          reference.file, reference.place, "no intent or set is called '\(reference.name)'",
          Spelling.mend(reference.name, ids + dialogue.sets.keys))
      default: break
      }
    }
    for loaded in intents {
      for (section, place) in zip(loaded.intent.sections, loaded.sectionPlaces) where !sections.contains(section.name) {
        report(
          loaded.file, place, "'\(section.name)' is neither a layer nor a state",
          Spelling.mend(section.name, Array(sections)))
      }
    }
    for placed in intents.flatMap(\.parts) + dialogue.parts { check(placed, ids: idSet, states: states, ideas: ideas) }
    guard let start = dialogue.start else {
      report(".", Position(line: 0, column: 0), "no state is named as the start", "add `start: NAME` to dialogue.yaml")
      return
    }
    if dialogue.statePlaces[start.id] == nil {
      report(start.file, start.place, "unknown state: '\(start.id)'", Spelling.mend(start.id, states))
    }
  }

  private func check(_ placed: PlacedPart, ids: Set<String>, states: [String], ideas: Set<String>) {
    for idea in placed.part.ideas where !ideas.contains(idea) {
      report(placed.file, placed.place, "unknown idea: '\(idea)'", mend(idea: idea))
    }
    switch placed.part.leadsTo {
    case .state(let id) where !states.contains(id):
      report(placed.file, placed.place, "no step is called '\(id)'", Spelling.mend(id, states))
    case .intent(let id) where !ids.contains(id):
      report(placed.file, placed.place, "no intent is called '\(id)'", Spelling.mend(id, Array(ids)))
    default: break
    }
  }

  /// Numbers look alike: the nearest is no better a guess than the others, so it is said where to look them up.
  private func mend(idea: String) -> String {
    guard let file = sourcesFile else { return "no ideas are declared; declare them under `sources`" }
    let id = idea.lastIndex(of: ".").map { String(idea[..<$0]) } ?? idea
    let ideas = sources.first { $0.id == id }?.ideas ?? []
    guard let first = ideas.first?.id, let last = ideas.last?.id else {
      let known = sources.map(\.id).sorted().joined(separator: ", ")
      return "no source has the number '\(id)', known: \(known); look the idea up in \(file)"
    }
    return (first == last ? "the one idea of \(id) is \(first)" : "those of \(id) are \(first) to \(last)")
      + "; look it up in \(file)"
  }

  // MARK: The source

  private func source() -> BotSource {
    var rules = intents.map(\.rules)
    for i in rules.indices { rules[i].examples = intents[i].examples.map(\.text) }
    var sets = dialogue.sets
    for (name, members) in sets {
      sets[name] = members.flatMap { member in
        let group = intents.filter { $0.intent.group == member }.map(\.intent.id)
        return group.isEmpty ? [member] : group
      }
    }
    let machine = StateMachine(
      states: dialogue.states.map { resolve($0, sets) }, interrupts: dialogue.interrupts.map { resolve($0, sets) },
      start: dialogue.start?.id ?? "", sets: sets)
    var source = BotSource(
      matcher: MatcherSource(language: language.language, intents: rules), machine: machine)
    var script = dialogue.script
    script.person = language.person
    for loaded in intents where loaded.rules.standing == .ask {
      source.matcher.choices.lines += loaded.examples.map { ($0.text, loaded.marked[$0.text]) }
    }
    source.matcher.choices.rules = script.divisionRules
    source.matcher.choices.divide = { [script] in script.pieces(of: $0, chosen: $1) }
    source.name = name
    source.version = version
    source.conditions = sink.conditions
    source.intents = intents.map(\.intent)
    source.script = script
    source.sources = sources
    source.lines = lines
    source.partCount = sink.parts
    return source
  }

  private func resolve(_ state: State, _ sets: [String: [String]]) -> State {
    var state = state
    state.transitions = state.transitions.map { resolve($0, sets) }
    state.interrupts = state.interrupts.map { resolve($0, sets) }
    return state
  }

  private func resolve(_ transition: Transition, _ sets: [String: [String]]) -> Transition {
    let triggers = transition.triggers.map { trigger in
      if case .intent(let name) = trigger, sets[name] != nil { return Trigger.set(name) }
      return trigger
    }
    return Transition(
      triggers: triggers, guards: transition.guards, plan: transition.plan, target: transition.target,
      effects: transition.effects, says: transition.says, place: transition.place)
  }
}

/// All that the files of a folder declare, with its places: what checks look at.
struct LoadedFolder: Sendable {
  var intents: [LoadedIntent]
  var language: Language
  var dialogue: DialogueLoader
  var lines: [CrisisLines]
  var sources: [Source]
}

extension PartReader {
  /// `YYYY-MM-DD`
  static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    return text.count == 10 && parts.count == 3 && (1...12).contains(parts[1]) && (1...31).contains(parts[2])
  }
}
