import Matching

/// A conversation with a bot. A value: the same bot, seed and lines give the same turns.
public struct Conversation: Sendable {
  public private(set) var bot: Bot
  public let seed: UInt64
  /// The ISO 3166 code of the country whose crisis lines are given, or nil; a country that the person names comes
  /// before it.
  public var country: String? { didSet { memory.country = nil } }
  public private(set) var state: String
  public private(set) var memory = Memory()
  public private(set) var turns: [Turn] = []
  private var generator: SplitMix

  public init(bot: Bot, seed: UInt64 = 1, country: String? = nil) {
    self.bot = bot
    self.seed = seed
    self.country = country
    state = bot.machine.start
    generator = SplitMix(seed: seed)
  }

  /// The opening, turn 0.
  public mutating func open() -> Turn {
    var composer = Composer(bot: bot, memory: memory, generator: generator, hearing: nil, country: localCountry)
    composer.say(eachKindOf: bot.script.greeting)
    return finish(composer, you: "", intent: nil, heard: [], risk: .none)
  }

  /// What the person said, and the answer to it.
  public mutating func hear(_ line: String) -> Turn {
    var workspace: Matcher.Workspace? = bot.matcher.makeWorkspace()
    return hear(line, workspace: &workspace)
  }

  /// The same with a workspace of the bot's matcher that is used again and again; nil stands for a new one.
  public mutating func hear(_ line: String, workspace: inout Matcher.Workspace?) -> Turn {
    memory.turn += 1
    var ear: Matcher.Workspace? = workspace.take() ?? bot.matcher.makeWorkspace()
    let hearing = bot.matcher.hear(line, workspace: &ear!)
    let risk = memory.weigh(hearing)
    if risk.level > memory.risk.level { memory.risk = risk }
    memory.counters["turns-here", default: 0] += 1
    memory.counters["words"] = hearing.utterance.tokens.count
    memory.counters["danger"] = risk.level > .none ? 1 : nil
    memory.counters["strong-doubt"] = hearing.isStrongDoubt ? 1 : nil
    memory.counters["far-from-danger"] = hearing.isFarFromDanger ? 1 : nil
    memory.counters["asks"] = Conversation.endsAsking(hearing.utterance) ? 1 : nil
    remember(hearing, &ear!)
    let heard = Heard(hearing, risk, bot: bot, memory: memory, answering: isAfter(state), last: turns.last)
    memory.pending = []
    let (id, transition) = choose(heard)
    if let kept = bot.machine.state(state)?.keeps, !heard.isSilence {
      memory.kept[kept] = bot.saidBack.turner.turn(line)
    }
    let from = state
    if let target = transition.target { forget(leavingFor: target) }
    memory.apply(transition.effects)
    if let target = transition.target { enter(target) }
    var composer = Composer(bot: bot, memory: memory, generator: generator, hearing: hearing, country: localCountry)
    // What is looked up in it is noted there, so it has one owner at a time.
    composer.workspace = ear.take()
    defer { workspace = composer.workspace.take() }
    // From here on the composer has the memory, alone: two that share one would copy it at the first change.
    memory = Memory()
    composer.say(eachKindOf: transition.says)
    var taken: [String] = []
    for plan in transition.plan { carryOut(plan, heard, transition, from: from, &composer, &taken) }
    if let answer = heard.answer(to: transition, in: bot), !taken.contains(answer) { taken.append(answer) }
    if state != from, transition.target != nil, let entered = bot.machine.state(state) {
      composer.say(eachKindOf: entered.entry)
    }
    if composer.spoken.isEmpty { composer.say(oneOf: bot.script.stay, evenIfUsed: true) }
    if hearing.risk.level > .none {
      composer.memory.lines = []
    } else if composer.mayBeSaidBack {
      composer.memory.keep(Memory.Line(hearing.utterance))
    }
    return finish(composer, you: line, intent: heard.intent, heard: taken, risk: hearing.risk, transition: id)
  }

  /// Whether the line ends in a question; a word or two may follow it ("..., right? idk").
  private static func endsAsking(_ utterance: Utterance) -> Bool {
    guard utterance.asks, let mark = utterance.text.lastIndex(of: "?") else { return utterance.asks }
    return PersonTurner.words(of: utterance.text[mark...].dropFirst()).count <= 2
  }

  /// Takes leave without a word of the person: the farewell, and what was spoken of.
  ///
  /// - Parameter intent: the intent whose wordings say goodbye.
  public mutating func leave(saying intent: String = "goodbye") -> Turn {
    memory.turn += 1
    var composer = Composer(bot: bot, memory: memory, generator: generator, hearing: nil, country: localCountry)
    talk(intent, from: state, &composer)
    if memory.topics.contains(where: \.isSure) { summarise(&composer) }
    return finish(composer, you: "", intent: nil, heard: [], risk: .none)
  }

  // MARK: Commands

  /// Takes back the last line and its answer, by holding the conversation again without it.
  ///
  /// - Returns: false if nothing was said.
  public mutating func undo() -> Bool {
    let said = turns.dropFirst().map(\.you)
    guard !said.isEmpty else { return false }
    forget()
    _ = open()
    for line in said.dropLast() { _ = hear(line) }
    return true
  }

  /// Begins anew, as if nothing had been said.
  public mutating func forget() { self = Conversation(bot: bot, seed: seed, country: country) }

  /// Goes on with another version of the bot where the conversation is: what was said and remembered stays.
  /// A state that is gone is left for the start; topics and offers that are gone are forgotten.
  public mutating func goOn(with other: Bot) {
    var texts: [Int: String] = [:]
    for part in bot.allParts { texts[part.id] = part.text }
    let numbers = Dictionary(other.allParts.map { ($0.text, $0.id) }, uniquingKeysWith: { first, _ in first })
    memory.renumber { texts[$0].flatMap { numbers[$0] } }
    memory.keep(
      topics: { other.intent($0) != nil }, offers: { other.machine.state($0) != nil || other.intent($0) != nil })
    if other.machine.state(state) == nil { state = other.machine.start }
    bot = other
  }

  /// What was spoken of and chosen, in a sentence or two.
  public func summary() -> String {
    var composer = Composer(bot: bot, memory: memory, generator: generator, hearing: nil, country: localCountry)
    summarise(&composer)
    return composer.spoken.map(\.text).joined(separator: " ")
  }

  /// Keeps in mind who and which country was named. Whoever was named before danger was heard is not come back to: it
  /// may be them.
  private mutating func remember(_ hearing: Hearing, _ ear: inout Matcher.Workspace) {
    if hearing.risk.level > .none {
      memory.people = []
    } else if let people = bot.script.people, bot.matcher.holds(people, in: hearing, workspace: &ear),
      let named = bot.matcher.capture("person", in: hearing, preferring: people, workspace: &ear)
    {
      memory.name(bot.saidBack.turner.turn(named, ofSomeone: true))
    }
    memory.counters[Memory.countryNamed] = nil
    if !hearing.contextual.isEmpty, let named = bot.matcher.capture("country", in: hearing, workspace: &ear),
      let lines = bot.lines(in: named)
    {
      memory.country = lines.country
      memory.counters[Memory.countryNamed] = 1
    }
    let local = bot.lines(of: localCountry)
    memory.counters[Memory.countryKnown] = local.map { _ in 1 }
    let line = local?.service(
      for: hearing.risk.kind ?? memory.dangerForLines, written: true, group: memory.group)
    memory.counters[Memory.writable] = line.flatMap { $0.isWritten ? 1 : nil }
    memory.counters[Memory.namedEarlier] = memory.personToReturnTo == nil ? nil : 1
  }

  /// Where the person is, as they said or as was set.
  public var localCountry: String? { memory.country ?? country }

  // MARK: Choosing

  private func choose(_ heard: Heard) -> (TransitionID?, Transition) {
    let machine = bot.machine
    func first(
      _ list: Routes.List, _ id: (State) -> TransitionID.List, of state: Int, _ transitions: (State) -> [Transition]
    ) -> (TransitionID?, Transition)? {
      // Most states have nothing that waits for this, and are not looked at.
      let places = machine.places(in: list, for: heard)
      guard !places.isEmpty else { return nil }
      let state = machine.states[state]
      let all = transitions(state)
      return places.first { fires(all[$0], heard) }.map { (TransitionID(id(state), $0), all[$0]) }
    }
    for place in machine.places(in: .interrupts, for: heard) {
      let transition = machine.interrupts[place]
      if fires(transition, heard) { return (TransitionID(.interrupts, place), transition) }
    }
    let line = machine.places(around: state)
    for i in line.reversed() {
      if let found = first(.interruptsOf(i), { .interruptsOf($0.id) }, of: i, \.interrupts) { return found }
    }
    for i in line {
      if let found = first(.transitions(i), { .state($0.id) }, of: i, \.transitions) { return found }
    }
    return (nil, Transition(triggers: [.anything], plan: [.fallback]))
  }

  private func fires(_ transition: Transition, _ heard: Heard) -> Bool {
    transition.triggers.contains { meets($0, heard) } && memory.holds(transition.guards)
  }

  private func meets(_ trigger: Trigger, _ heard: Heard) -> Bool {
    switch trigger {
    case .intent(let id): heard.intent == id || heard.answers.contains(id)
    case .set(let name): heard.sets.contains { bot.machine.setNames[$0] == name }
    case .risk(let level, let kind):
      heard.risk.level >= (Risk.Level(rawValue: level) ?? .imminent)
        && (kind == nil || heard.risk.kind?.rawValue == kind)
    case .silence: heard.isSilence
    case .nothing: heard.intent == nil && heard.hearing.contextual.isEmpty && !heard.isSilence
    case .doubt: !heard.between.isEmpty
    case .askedBack: heard.asksBack
    case .anything: true
    }
  }

  /// Forgets what belongs to the states that are left on the way to another one.
  private mutating func forget(leavingFor target: String) {
    let around = bot.machine.places(around: target)
    for place in bot.machine.places(around: state) where !around.contains(place) {
      for name in bot.machine.states[place].forgets { memory.forget(name) }
    }
  }

  private mutating func enter(_ target: String) {
    guard target != state else { return }
    let staysHome = isHome(state) && isHome(target)
    state = target
    if !staysHome { memory.counters["turns-here"] = 0 }
    if let done = bot.machine.state(target)?.finishes, !memory.stepsDone.contains(done) {
      memory.stepsDone.append(done)
    }
  }

  // MARK: Carrying out

  private mutating func carryOut(
    _ plan: Plan, _ heard: Heard, _ transition: Transition, from: String, _ composer: inout Composer,
    _ taken: inout [String]
  ) {
    switch plan {
    case .topic:
      let topics = heard.topics(bot)
      if heard.hearing.utterance.asks, let asked = topics.first, asked.section("answer") != nil {
        return answer(asked.id, &composer, &taken)
      }
      for topic in topics { composer.memory.speakOf(topic.id, isSure: heard.isSure) }
      taken = topics.map(\.id)
      composer.speak(of: topics, rhythm: rhythm(composer.memory))
    case .deepen:
      guard let last = composer.memory.topics.last, memory.turn - last.lastTurn <= 1,
        let intent = bot.intent(last.intent)
      else { return heard.intent == nil ? fallBack(&composer) : talk(heard.intent, from: from, &composer) }
      composer.memory.speakOf(intent.id, isSure: last.isSure)
      taken = [intent.id]
      composer.speak(of: [intent], rhythm: rhythm(composer.memory))
    case .drop: composer.memory.dropTopic()
    case .talk: talk(heard.answer(to: transition, in: bot) ?? heard.intent, from: from, &composer)
    case .sayBack:
      sayBack(&composer)
      if composer.spoken.isEmpty { talk(heard.answer(to: transition, in: bot) ?? heard.intent, from: from, &composer) }
    case .answer: answer(heard.intent, &composer, &taken)
    case .accept: accept(&composer)
    case .decline:
      composer.memory.closeOffer(.refused)
      talk(heard.intent, from: from, &composer)
    case .which: ask(between: heard.between, &composer)
    case .fallback: fallBack(&composer)
    case .repeating: composer.add(turns.last { !$0.parts.isEmpty }?.parts ?? [])
    case .sources: tellSources(&composer)
    case .summary: summarise(&composer)
    }
  }

  private func rhythm(_ memory: Memory) -> [[PartKind]] {
    memory.holds([Guard("only-listening", .atLeast, 1)]) ? bot.script.listeningRhythm : bot.script.rhythm
  }

  private func talk(_ id: String?, from: String, _ composer: inout Composer) {
    guard let id, let intent = bot.intent(id) else { return }
    for state in bot.machine.line(of: from).map(\.id) + ["listening"] {
      guard let section = intent.section(state) else { continue }
      let before = composer.spoken.count
      let kinds = section.parts.map(\.kind)
      let primary = section.parts.filter { !$0.kind.isQuestion }
      if !composer.say(oneOf: primary) { composer.say(oneOf: primary, evenIfUsed: true) }
      if kinds.contains(where: \.isQuestion), !composer.has(\.isQuestion) {
        composer.say(oneOf: section.parts.filter { $0.kind.isQuestion })
      }
      if composer.spoken.count > before { return }
    }
  }

  private func answer(_ id: String?, _ composer: inout Composer, _ taken: inout [String]) {
    guard let id, let intent = bot.intent(id) else { return }
    let again = composer.memory.topics.contains { $0.intent == id }
    composer.memory.speakOf(id)
    taken = [id]
    for name in again ? ["more", "answer", "happens"] : ["answer", "more", "happens"] {
      guard let section = intent.section(name) else { continue }
      if composer.say(oneOf: section.parts.filter { $0.kind == .information }) {
        if again { composer.say(oneOf: section.parts.filter { $0.kind == .offer }) }
        return
      }
    }
    composer.speak(of: [intent], rhythm: rhythm(composer.memory))
  }

  private mutating func accept(_ composer: inout Composer) {
    guard let target = composer.memory.openOffer else { return }
    composer.memory.closeOffer(.accepted)
    if let entered = bot.machine.state(target) {
      swap(&memory, &composer.memory)
      forget(leavingFor: target)
      enter(target)
      memory.counters["turns-here"] = 0
      swap(&memory, &composer.memory)
      composer.say(eachKindOf: entered.entry)
    } else if let intent = bot.intent(target) {
      composer.memory.speakOf(intent.id)
      composer.speak(of: [intent], rhythm: bot.script.rhythm)
    }
  }

  private func ask(between topics: [Intent], _ composer: inout Composer) {
    guard let one = topics.first, let other = topics.last else { return }
    composer.values["one"] = one.named
    composer.values["other"] = other.named
    composer.memory.pending = topics.map(\.id)
    composer.say(eachKindOf: bot.script.whichOfTwo)
  }

  private func fallBack(_ composer: inout Composer) {
    if composer.asked != nil {
      composer.say(eachKindOf: bot.script.unanswered)
      if !composer.spoken.isEmpty { return }
    }
    let steps = bot.script.fallbacks
    guard !steps.isEmpty else { return }
    let count = composer.memory.counters["unheard", default: 0]
    composer.memory.counters["unheard"] = count + 1
    for step in [count % steps.count] + Array(steps.indices) where composer.spoken.isEmpty {
      composer.say(upTo: 1, kindsOf: steps[step])
    }
    if composer.spoken.allSatisfy(\.kind.isReflection) { ask(&composer) }
  }

  /// The person's own words, and what is asked after such a line.
  private func sayBack(_ composer: inout Composer) {
    for parts in bot.script.fallbacks where composer.spoken.isEmpty {
      composer.say(oneOf: parts.filter(\.isEcho))
    }
    if !composer.spoken.isEmpty { ask(&composer) }
  }

  /// Asks, unless the person has just answered a question.
  private func ask(_ composer: inout Composer) {
    if turns.last?.parts.contains(where: \.kind.isQuestion) != true { composer.ask() }
  }

  private func tellSources(_ composer: inout Composer) {
    let ideas = turns.last?.ideas ?? []
    let sources = bot.sources.filter { source in ideas.contains { $0.hasPrefix(source.id + ".") } }
    guard let source = sources.first else {
      composer.say(oneOf: bot.script.sourceUnknown, evenIfUsed: true)
      return
    }
    composer.values["source"] = source.title + ", " + source.author
    composer.say(oneOf: bot.script.sourceLines, evenIfUsed: true)
  }

  private func summarise(_ composer: inout Composer) {
    let topics = composer.memory.topics.filter(\.isSure).compactMap { bot.intent($0.intent)?.named }
      .filter { !$0.isEmpty }
    guard !topics.isEmpty else {
      composer.say(oneOf: bot.script.summaryOfNothing, evenIfUsed: true)
      return
    }
    composer.values["topics"] = Conversation.list(Array(topics.suffix(3)))
    composer.say(oneOf: bot.script.summary, evenIfUsed: true)
    if !composer.memory.stepsDone.isEmpty {
      composer.values["steps"] = Conversation.list(composer.memory.stepsDone)
      composer.say(oneOf: bot.script.summaryOfSteps, evenIfUsed: true)
    }
  }

  static func list(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }

  // MARK: Finishing

  private mutating func finish(
    _ finished: Composer, you: String, intent: String?, heard: [String], risk: Risk,
    transition: TransitionID? = nil
  ) -> Turn {
    var composer = finished
    composer.trim(resting: isHome(state))
    memory = composer.memory
    generator = composer.generator
    memory.closeOffer(.passed)
    if let target = composer.offered, composer.has({ $0 == .offer }) {
      switch target {
      case .state(let id), .intent(let id): memory.offer(id)
      }
    }
    settle(composer)
    let turn = Turn(
      number: turns.count, you: you, parts: composer.spoken, intent: intent, heard: heard, state: state, risk: risk,
      transition: transition)
    turns.append(turn)
    return turn
  }

  /// At home, what was said last decides what an answer answers.
  private mutating func settle(_ composer: Composer) {
    guard isHome(state), bot.machine.line(of: state).contains(where: { $0.id == bot.machine.start }) else { return }
    state = bot.machine.start
    for part in composer.spoken.reversed() {
      if let next = bot.script.after[part.kind] {
        state = next
        return
      }
    }
  }

  /// The start and the states that follow a reply there are one place.
  private func isHome(_ id: String) -> Bool { id == bot.machine.start || isAfter(id) }
  private func isAfter(_ id: String) -> Bool { bot.script.after.values.contains(id) }
}

/// What was heard, as transitions look at it.
struct Heard {
  let hearing: Hearing
  let intent: String?
  let isSilence: Bool
  /// Contextual intents that were heard.
  let answers: [String]
  /// The numbers of the intent and of those.
  let intents: [Int]
  /// The numbers of the sets that any of them is in.
  let sets: [Int]
  /// Two topics that are about equally likely, or none.
  let between: [Intent]
  private let best: Candidate?
  /// What was heard can be named without a doubt.
  var isSure: Bool { best.map { $0.patterns > 0 || $0.score >= Heard.nameable } ?? false }
  let risk: Risk

  /// Likeness alone has to be this probable to be answered. Below it about half of the answers did not fit, by the
  /// judgement of readers, and the person's own words, said back, fit better. The first line of all is more often
  /// about one thing, and is believed sooner.
  private static let answerable: (first: Float, later: Float) = (0.7, 0.8)
  /// A line of more words tells what happened, and has to be as sure as this.
  private static let story: (words: Int, score: Float) = (24, 0.95)
  /// What a pattern heard, too.
  private static let withPattern: Float = 0.5
  /// Below the second of these the topic of the last turns may be meant instead, where it has at least half the
  /// probability of the likeliest one, and this.
  private static let leaning: Float = 0.2
  private static let nameable: Float = 0.9
  /// From the first of these to the second, and with another at least this near, it is asked which was meant.
  private static let doubtful: (least: Float, best: Float, nearness: Float) = (0.25, 0.35, 0.7)

  /// A few words after a question are an answer to it, unless they are heard better than this as something
  /// else.
  private static let answer: (words: Int, score: Float) = (5, 0.5)

  /// A short question in words of the last reply: it asks what was meant.
  let asksBack: Bool

  /// A question of at most so many words asks back, if this share of them is the reply's.
  private static let askingBack: (words: Int, share: Double) = (8, 0.5)

  init(_ hearing: Hearing, _ risk: Risk, bot: Bot, memory: Memory, answering: Bool, last: Turn?) {
    self.hearing = hearing
    self.risk = risk
    isSilence = hearing.utterance.tokens.isEmpty
    asksBack = Heard.asksBack(hearing, last)
    let inContext = Heard.notOverruled(hearing.heardInContext, bot)
    answers = inContext.map { bot.matcher.intentIDs[$0] }
    let likeliest =
      risk.level < hearing.risk.level
      ? hearing.candidates.first { bot.matcher.risk(of: $0.intent).level == .none } : hearing.best
    let isDanger = risk.level > .unclear
    let share: Float = memory.pending.isEmpty ? 0.5 : 0.1
    let leaning =
      isDanger
      ? nil
      : hearing.candidates.first { candidate in
        memory.leanings.contains(bot.matcher.intentIDs[candidate.intent])
          && candidate.score >= max(share * (likeliest?.score ?? 1), memory.pending.isEmpty ? Heard.leaning : 0)
      }
    let isAnswer =
      answering && !isDanger && hearing.utterance.tokens.count <= Heard.answer.words && !hearing.utterance.asks
      && likeliest.map { $0.patterns == 0 && $0.score < Heard.answer.score } ?? true
    let isStory = hearing.utterance.tokens.count > Heard.story.words
    let enough =
      isStory ? Heard.story.score : memory.topics.isEmpty ? Heard.answerable.first : Heard.answerable.later
    let isHeard = isDanger || likeliest.map { $0.score >= ($0.patterns > 0 ? Heard.withPattern : enough) } ?? false
    best =
      isAnswer
      ? nil
      : likeliest.flatMap { $0.score < max(enough, Heard.answerable.later) ? leaning ?? (isHeard ? $0 : nil) : $0 }
    intent = best.map { bot.matcher.intentIDs[$0.intent] }
    between = leaning == nil && !isAnswer && hearing.heardMove == nil ? Heard.between(hearing, bot) : []
    intents = inContext + (best.map { [$0.intent] } ?? [])
    sets = intents.flatMap { bot.machine.sets(of: bot.matcher.intentIDs[$0]) } + Heard.families(hearing, bot)
  }

  /// Those beside which nothing else was heard that says they are not meant.
  private static func notOverruled(_ heard: [Int], _ bot: Bot) -> [Int] {
    let ids = bot.matcher.intentIDs
    let overruled = heard.flatMap { bot.script.overrules[ids[$0]] ?? [] }
    guard !overruled.isEmpty else { return heard }
    return heard.filter { intent in
      !overruled.contains { $0 == ids[intent] || bot.machine.sets[$0]?.contains(ids[intent]) ?? false }
    }
  }

  /// The sets of moves whose members together are likely enough, though none may be by itself.
  private static func families(_ hearing: Hearing, _ bot: Bot) -> [Int] {
    var sums: [Int: Float] = [:]
    for move in hearing.moves {
      for set in bot.machine.sets(of: bot.matcher.intentIDs[move.intent]) { sums[set, default: 0] += move.score }
    }
    return sums.filter { $0.value >= Matcher.moveFloor }.keys.sorted()
  }

  private static func asksBack(_ hearing: Hearing, _ last: Turn?) -> Bool {
    guard hearing.utterance.asks, let last else { return false }
    func words(_ text: some StringProtocol) -> [String] {
      PersonTurner.words(of: text).map { $0.trimmingMarks.lowercased() }.filter { !$0.isEmpty }
    }
    let asked = words(hearing.utterance.text.prefix { $0 != "?" })
    guard (2...askingBack.words).contains(asked.count) else { return false }
    let said = Set(words(last.reply))
    return Double(asked.count { said.contains($0) }) >= askingBack.share * Double(asked.count)
  }

  /// The contextual intent that a transition waited for.
  func answer(to transition: Transition, in bot: Bot) -> String? {
    for trigger in transition.triggers {
      switch trigger {
      case .intent(let id) where answers.contains(id): return id
      case .set(let name):
        if let id = bot.machine.sets[name]?.first(where: answers.contains) { return id }
      default: break
      }
    }
    return nil
  }

  private static func between(_ hearing: Hearing, _ bot: Bot) -> [Intent] {
    let two = hearing.candidates.prefix(2)
    guard let first = two.first, let second = two.dropFirst().first, first.score < doubtful.best,
      first.score >= doubtful.least, second.score >= doubtful.nearness * first.score
    else { return [] }
    let topics = two.filter { bot.matcher.risk(of: $0.intent).level == .none }.map { bot.intents[$0.intent] }
    return topics.count == 2 && topics.allSatisfy { !$0.named.isEmpty } ? topics : []
  }

  /// The one or two topics that a reply takes up.
  func topics(_ bot: Bot) -> [Intent] {
    guard let best else { return [] }
    var found = [best]
    if let second = hearing.candidates.first(where: {
      $0.intent != best.intent && $0.patterns > 0 && $0.score >= 0.2
    }), best.score < 0.75 {
      found.append(second)
    }
    return found.map { bot.intents[$0.intent] }
  }
}
