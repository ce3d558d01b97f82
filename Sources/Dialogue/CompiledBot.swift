import Matching

/// Everything a bot is compiled from.
public struct BotSource: Sendable {
  public var name = ""
  public var version = ""
  public var matcher: MatcherSource
  public var conditions: [PatternRule] = []
  public var intents: [Intent] = []
  public var machine: StateMachine
  public var script = Script()
  public var sources: [Source] = []
  public var lines: [CrisisLines] = []
  public var partCount = 0

  public init(matcher: MatcherSource, machine: StateMachine) {
    self.matcher = matcher
    self.machine = machine
  }
}

extension Bot {
  /// Marks compiled bytes and their layout.
  private static let mark = "drawbridge 8"

  /// Compiles a bot; the same source gives the same bytes on every machine.
  public static func compile(_ source: BotSource) -> [UInt8] {
    head(source) + MatcherCompiler(source.matcher, conditions: source.conditions).compile()
  }

  /// A bot whose matcher is known already.
  ///
  /// - Parameters:
  ///   - source: what the bot says, and how it goes on.
  ///   - matcher: one compiled from a source with the same digest.
  public convenience init?(_ source: BotSource, matcher: Matcher) {
    var reader = CompiledReader(CompiledBytes(Bot.head(source)))
    self.init(&reader) { _ in matcher }
  }

  /// Everything but the matcher.
  private static func head(_ source: BotSource) -> [UInt8] {
    var writer = CompiledWriter()
    writer.text(mark)
    writer.text(source.name)
    writer.text(source.version)
    DeferredList.write(source.intents, to: &writer) { $0.write($1) }
    writer.list(source.machine.states.map { ($0.id, $0.parent) }) { w, head in
      w.text(head.0)
      w.optional(head.1)
    }
    DeferredList.write(source.machine.states, to: &writer) { $0.write($1) }
    DeferredList.write(source.machine.interrupts, to: &writer) { $0.write($1) }
    writer.text(source.machine.start)
    writer.list(source.machine.sets.sorted { $0.key < $1.key }) { w, set in
      w.text(set.key)
      w.texts(set.value)
    }
    Routes.write(source.machine, intents: source.intents.map(\.id), to: &writer)
    writer.write(source.script)
    writer.list(source.sources) { $0.write($1) }
    writer.list(source.lines) { $0.write($1) }
    writer.number(source.partCount)
    return writer.bytes
  }

  /// Reads a compiled bot.
  ///
  /// - Returns: nil if the bytes are no compiled bot of this layout.
  public convenience init?(_ bytes: CompiledBytes) {
    var reader = CompiledReader(bytes)
    self.init(&reader) { Matcher(&$0) }
  }

  private convenience init?(_ reader: inout CompiledReader, matcher: (inout CompiledReader) -> Matcher) {
    guard reader.source.count > 64, reader.text() == Bot.mark else { return nil }
    let name = reader.text()
    let version = reader.text()
    let intents = DeferredList(&reader) { $0.intent() }
    let heads = reader.list { r in (id: r.text(), parent: r.optional()) }
    let states = DeferredList(&reader) { $0.state() }
    let interrupts = DeferredList(&reader) { $0.transition() }
    let start = reader.text()
    let sets = Dictionary(
      reader.list { r in (r.text(), r.texts()) }, uniquingKeysWith: { first, _ in first })
    let routes = Routes(&reader)
    let script = reader.script()
    let sources = reader.list { $0.source() }
    let lines = reader.list { $0.lines() }
    let partCount = reader.number()
    self.init(
      name: name, version: version, matcher: matcher(&reader), intents: intents,
      machine: StateMachine(states, heads, interrupts: interrupts, start: start, sets: sets, routes: routes),
      script: script,
      sources: sources, lines: lines, partCount: partCount)
  }
}

// MARK: Writing

extension CompiledWriter {
  fileprivate mutating func list<T>(_ items: [T], _ write: (inout CompiledWriter, T) -> Void) {
    number(items.count)
    for item in items { write(&self, item) }
  }

  fileprivate mutating func optional(_ value: String?) {
    flag(value != nil)
    if let value { text(value) }
  }

  fileprivate mutating func write(_ part: Part) {
    number(PartKind.allCases.firstIndex(of: part.kind) ?? 0)
    text(part.text)
    texts(part.ideas)
    number(part.condition.map { $0 + 1 } ?? 0)
    list(part.guards) { $0.write($1) }
    switch part.leadsTo {
    case nil: number(0)
    case .state(let id):
      number(1)
      text(id)
    case .intent(let id):
      number(2)
      text(id)
    }
    number(part.id)
    text(part.place)
  }

  fileprivate mutating func write(_ parts: [Part]) { list(parts) { $0.write($1) } }

  fileprivate mutating func write(_ g: Guard) {
    text(g.counter)
    flag(g.comparison == .atLeast)
    number(g.number)
  }

  fileprivate mutating func write(_ intent: Intent) {
    text(intent.id)
    text(intent.group)
    text(intent.about)
    text(intent.named)
    list(intent.sections) { w, section in
      w.text(section.name)
      w.write(section.parts)
    }
    text(intent.place)
  }

  fileprivate mutating func write(_ state: State) {
    text(state.id)
    optional(state.parent)
    write(state.entry)
    optional(state.keeps)
    optional(state.finishes)
    texts(state.forgets)
    list(state.interrupts) { $0.write($1) }
    list(state.transitions) { $0.write($1) }
    flag(state.isFinal)
    text(state.place)
  }

  fileprivate mutating func write(_ transition: Transition) {
    list(transition.triggers) { $0.write($1) }
    list(transition.guards) { $0.write($1) }
    texts(transition.plan.map(\.rawValue))
    optional(transition.target)
    list(transition.effects) { w, effect in
      w.text(effect.change.rawValue)
      w.text(effect.counter)
    }
    write(transition.says)
    text(transition.place)
  }

  fileprivate mutating func write(_ trigger: Trigger) {
    switch trigger {
    case .intent(let id):
      number(0)
      text(id)
    case .set(let name):
      number(1)
      text(name)
    case .risk(let level, let kind):
      number(2)
      text(level)
      optional(kind)
    case .silence: number(3)
    case .nothing: number(4)
    case .anything: number(5)
    case .doubt: number(6)
    case .askedBack: number(7)
    }
  }

  /// The entries of a dictionary, in the order of their keys.
  fileprivate mutating func pairs(_ entries: [(String, String)]) {
    list(entries.sorted { $0.0 < $1.0 }) { w, entry in
      w.text(entry.0)
      w.text(entry.1)
    }
  }

  fileprivate mutating func write(_ script: Script) {
    texts(script.layers)
    for rhythm in [script.rhythm, script.listeningRhythm] { list(rhythm) { $0.texts($1.map(\.rawValue)) } }
    pairs(script.after.map { ($0.key.rawValue, $0.value) })
    list(script.fallbacks) { $0.write($1) }
    for path in Script.partLists { write(script[keyPath: path]) }
    pairs(script.person.map { ($0.key, $0.value) })
    for path in Script.phraseLists { texts(script[keyPath: path].texts) }
    pairs(script.questions.map { ($0.key.joined(separator: " "), $0.value) })
    number(script.longest)
    number(script.restAfterQuestion)
    list(script.overrules.sorted { $0.key < $1.key }) { w, entry in
      w.text(entry.key)
      w.texts(entry.value)
    }
    number(script.someoneElse.map { $0.condition + 1 } ?? 0)
    text(script.someoneElse?.section ?? "")
    for condition in [script.people, script.notSaidBack] { number(condition.map { $0 + 1 } ?? 0) }
  }

  fileprivate mutating func write(_ source: Source) {
    for value in [source.id, source.title, source.author, source.publisher, source.date] { text(value) }
    list(source.ideas) { w, idea in
      w.text(idea.id)
      w.text(idea.text)
    }
  }

  fileprivate mutating func write(_ lines: CrisisLines) {
    for value in [lines.country, lines.name, lines.emergency] { text(value) }
    texts(lines.also)
    list(lines.services) { w, s in
      for value in [s.name, s.reach, s.hours, s.languages, s.source, s.verified] { w.text(value) }
      w.texts(s.kinds)
    }
  }
}

extension Script {
  /// Every wording that belongs to no intent and no state.
  public var allParts: [Part] { fallbacks.flatMap { $0 } + Script.partLists.flatMap { self[keyPath: $0] } }

  /// The lists of wordings, in the order of the compiled form.
  nonisolated(unsafe) fileprivate static let partLists: [WritableKeyPath<Script, [Part]>] = [
    \.greeting, \.stay, \.summary, \.summaryOfSteps, \.summaryOfNothing, \.sourceLines, \.sourceUnknown,
    \.whichOfTwo, \.tooLong, \.unanswered,
  ]

  /// The lists of words, in the order of the compiled form.
  nonisolated(unsafe) fileprivate static let phraseLists: [WritableKeyPath<Script, PhraseTable>] = [
    \.openers, \.closers, \.joins, \.dependent, \.subjects, \.verbs, \.unfinished, \.unsaid,
  ]
}

// MARK: Reading

extension CompiledReader {
  fileprivate mutating func list<T>(_ read: (inout CompiledReader) -> T) -> [T] {
    let n = number()
    return (0..<n).map { _ in read(&self) }
  }

  fileprivate mutating func optional() -> String? { flag() ? text() : nil }

  fileprivate mutating func part() -> Part {
    let kind = PartKind.allCases[number()]
    let text = text()
    let ideas = texts()
    let condition = number()
    let guards = list { $0.condition() }
    let leadsTo: Target?
    switch number() {
    case 1: leadsTo = .state(self.text())
    case 2: leadsTo = .intent(self.text())
    default: leadsTo = nil
    }
    let id = number()
    return Part(
      kind: kind, text: text, ideas: ideas, condition: condition == 0 ? nil : condition - 1, guards: guards,
      leadsTo: leadsTo, id: id, place: self.text())
  }

  fileprivate mutating func parts() -> [Part] { list { $0.part() } }

  fileprivate mutating func condition() -> Guard {
    let counter = text()
    let atLeast = flag()
    return Guard(counter, atLeast ? .atLeast : .below, number())
  }

  fileprivate mutating func intent() -> Intent {
    let id = text()
    let group = text()
    let about = text()
    let named = text()
    let sections = list { r in
      let name = r.text()
      return Section(name: name, parts: r.parts())
    }
    return Intent(id: id, group: group, about: about, named: named, sections: sections, place: text())
  }

  fileprivate mutating func state() -> State {
    let id = text()
    let parent = optional()
    let entry = parts()
    let keeps = optional()
    let finishes = optional()
    let forgets = texts()
    let interrupts = list { $0.transition() }
    let transitions = list { $0.transition() }
    let isFinal = flag()
    return State(
      id: id, parent: parent, entry: entry, keeps: keeps, finishes: finishes, forgets: forgets,
      interrupts: interrupts, transitions: transitions, isFinal: isFinal, place: text())
  }

  fileprivate mutating func transition() -> Transition {
    let triggers = list { $0.trigger() }
    let guards = list { $0.condition() }
    let plan = texts().compactMap(Plan.init)
    let target = optional()
    let effects = list { r in
      let change = Effect.Change(rawValue: r.text()) ?? .set
      return Effect(change, r.text())
    }
    let says = parts()
    return Transition(
      triggers: triggers, guards: guards, plan: plan, target: target, effects: effects, says: says, place: text())
  }

  fileprivate mutating func trigger() -> Trigger {
    switch number() {
    case 0: return .intent(text())
    case 1: return .set(text())
    case 2:
      let level = text()
      return .risk(level, kind: optional())
    case 3: return .silence
    case 4: return .nothing
    case 6: return .doubt
    case 7: return .askedBack
    default: return .anything
    }
  }

  private mutating func pairs<Key: Hashable>(_ key: (String) -> Key) -> [Key: String] {
    Dictionary(
      list { r in
        let name = r.text()
        return (key(name), r.text())
      }, uniquingKeysWith: { first, _ in first })
  }

  fileprivate mutating func script() -> Script {
    var script = Script()
    script.layers = texts()
    script.rhythm = list { r in r.texts().compactMap(PartKind.init) }
    script.listeningRhythm = list { r in r.texts().compactMap(PartKind.init) }
    script.after = pairs { PartKind(rawValue: $0) ?? .talk }
    script.fallbacks = list { $0.parts() }
    for path in Script.partLists { script[keyPath: path] = parts() }
    script.person = pairs { $0 }
    for path in Script.phraseLists { script[keyPath: path].formUnion(texts()) }
    script.questions = pairs(PhraseTable.words)
    script.longest = number()
    script.restAfterQuestion = number()
    script.overrules = Dictionary(
      list { ($0.text(), $0.texts()) }, uniquingKeysWith: { first, _ in first })
    let condition = number()
    let section = text()
    script.someoneElse = condition > 0 ? (condition - 1, section) : nil
    for path in [\Script.people, \Script.notSaidBack] {
      let condition = number()
      script[keyPath: path] = condition > 0 ? condition - 1 : nil
    }
    return script
  }

  fileprivate mutating func source() -> Source {
    let values = (0..<5).map { _ in text() }
    let ideas = list { r in
      let id = r.text()
      return (id: id, text: r.text())
    }
    return Source(
      id: values[0], title: values[1], author: values[2], publisher: values[3], date: values[4], ideas: ideas)
  }

  fileprivate mutating func lines() -> CrisisLines {
    let country = text()
    let name = text()
    let emergency = text()
    let also = texts()
    let services = list { r in
      let values = (0..<6).map { _ in r.text() }
      return CrisisLines.Service(
        name: values[0], reach: values[1], hours: values[2], languages: values[3], kinds: r.texts(), source: values[4],
        verified: values[5])
    }
    return CrisisLines(country: country, name: name, also: also, emergency: emergency, services: services)
  }
}
