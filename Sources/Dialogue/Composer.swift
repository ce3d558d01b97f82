import Matching

/// Puts a reply together from parts: what fits, what has not been said lately, not too much at once.
struct Composer {
  let bot: Bot
  var memory: Memory
  var generator: SplitMix
  let hearing: Hearing?
  /// Where `hearing` was heard; conditions of replies are looked up in it.
  var workspace: Matcher.Workspace?
  let country: String?
  /// Values for slots beside captures and kept words.
  var values: [String: String] = [:]
  private(set) var spoken: [SpokenPart] = []
  /// What of the line is said back, once that was looked for.
  private var statement: String??
  /// What is said back is in the person's own words.
  private var isOnlyEcho = false
  /// The target of the offer in this reply.
  private(set) var offered: Target?

  init(bot: Bot, memory: Memory, generator: SplitMix, hearing: Hearing?, country: String?) {
    self.bot = bot
    self.memory = memory
    self.generator = generator
    self.hearing = hearing
    self.country = country
  }

  var words: Int { spoken.reduce(0) { $0 + 1 + $1.text.utf8.count { $0 == UInt8(ascii: " ") } } }
  func has(_ test: (PartKind) -> Bool) -> Bool { spoken.contains { test($0.kind) } }

  // MARK: Saying

  /// Says one wording of `parts`, or of those of one kind, if one fits. Wordings that hold a condition come before
  /// those without.
  @discardableResult
  mutating func say(oneOf parts: [Part], of kind: PartKind? = nil, evenIfUsed: Bool = false) -> Bool {
    var special: [Int] = []
    var plain: [Int] = []
    for i in parts.indices where kind == nil || parts[i].kind == kind {
      guard evenIfUsed || parts[i].isEcho || !memory.wasUsedLately(parts[i]), fits(parts[i]) else { continue }
      if parts[i].isConditional { special.append(i) } else { plain.append(i) }
    }
    for var pool in [special, plain] {
      while !pool.isEmpty {
        if say(parts[pool.remove(at: Int(generator.next() % UInt64(pool.count)))]) { return true }
      }
    }
    return false
  }

  /// Says one wording of every kind that `parts` holds, in the order of the file.
  mutating func say(eachKindOf parts: [Part]) {
    for kind in Composer.kinds(of: parts) { say(kind, of: parts) }
  }

  /// The same until there are `most` parts, with one reflection among them.
  mutating func say(upTo most: Int, kindsOf parts: [Part]) {
    for kind in Composer.kinds(of: parts) where spoken.count < most && !(kind.isReflection && has(\.isReflection)) {
      say(kind, of: parts)
    }
  }

  private mutating func say(_ kind: PartKind, of parts: [Part]) {
    if !say(oneOf: parts, of: kind) { say(oneOf: parts, of: kind, evenIfUsed: true) }
  }

  private static func kinds(of parts: [Part]) -> [PartKind] {
    var kinds: [PartKind] = []
    for part in parts where !kinds.contains(part.kind) { kinds.append(part.kind) }
    return kinds
  }

  private mutating func say(_ part: Part) -> Bool {
    var filled: [String: String] = [:]
    let fill = Template.fill(part.text) { slot in
      filled[slot] = value(of: slot, for: part)
      return filled[slot]
    }
    guard let text = fill else { return false }
    spoken.append(SpokenPart(kind: part.kind, text: text, ideas: part.ideas, place: part.place, wording: part.id))
    memory.lastUse[part.id] = memory.turn
    if let person = memory.personToReturnTo?.name, part.slots.contains("earlier") {
      memory.returned(to: person)
    }
    if let target = part.leadsTo { offered = target }
    if let said = filled["told"] ?? filled["said"] { memory.saidBack = said }
    if part.isEcho { isOnlyEcho = true } else if part.kind.isReflection { isOnlyEcho = false }
    return true
  }

  private mutating func fits(_ part: Part) -> Bool {
    guard memory.holds(part.guards) else { return false }
    guard let condition = part.condition else { return true }
    return holds(condition)
  }

  private mutating func holds(_ condition: Int) -> Bool {
    lookUp { $0.holds(condition, in: $1, workspace: &$2) } ?? false
  }

  /// What `look` finds in what was heard; nil where nothing was.
  private mutating func lookUp<T>(_ look: (Matcher, Hearing, inout Matcher.Workspace) -> T?) -> T? {
    guard let hearing, workspace != nil else { return nil }
    return look(bot.matcher, hearing, &workspace!)
  }

  private mutating func value(of slot: String, for part: Part) -> String? {
    if let value = values[slot] { return value }
    switch slot {
    case "lines": return linesText()
    case "emergency": return lines.emergency
    case "country": return lines.name
    case "said":
      if part.isEcho, memory.counters[Memory.echoBothers] != nil { return nil }
      let said = statement ?? (mayBeSaidBack ? line.flatMap { bot.saidBack.statement($0, by: bot.matcher) } : nil)
      statement = said
      return said
    case "asked": return asked
    case "told": return told
    case "asked-before": return askedBefore
    case "earlier": return memory.personToReturnTo?.name
    default: break
    }
    if let raw = lookUp({ $0.capture(slot, in: $1, preferring: part.condition, workspace: &$2) }) {
      let turned = bot.saidBack.turner.turn(raw, ofSomeone: true)
      return turned.isEmpty ? nil : turned
    }
    return memory.kept[slot]
  }

  /// Whether the words of this line may be said back at all.
  lazy var mayBeSaidBack = bot.script.notSaidBack.map { !holds($0) } ?? true

  /// What the person wants to know.
  var asked: String? { line.flatMap { bot.saidBack.question($0) } }

  /// What they wanted to know some lines ago.
  private var askedBefore: String? { memory.lines.reversed().lazy.compactMap { bot.saidBack.question($0) }.first }

  /// What they told some lines ago; not what was said back to them already and may be what they did not follow.
  private var told: String? {
    memory.lines.reversed().lazy.compactMap { bot.saidBack.longStatement($0, by: bot.matcher) }
      .first { $0 != memory.saidBack }
  }

  private var line: Memory.Line? { hearing.map { Memory.Line($0.utterance) } }

  // MARK: Crisis lines

  private var lines: CrisisLines {
    bot.lines(of: country) ?? bot.lines(of: "*")
      ?? CrisisLines(country: "*", name: "", emergency: "", services: [])
  }

  private func linesText() -> String? {
    let service = lines.service(
      for: memory.dangerForLines, written: memory.counters[Memory.writes] != nil, group: memory.group)
    return service.map { "\($0.name): \($0.reach) (\($0.hours))" }
  }

  // MARK: Asking

  /// Asks what a listener would most probably ask after such a line, if they would ask anything.
  mutating func ask() {
    guard let asks = lookUp({ $0.asks(about: $1, workspace: &$2) }) else { return }
    let silent = asks.reduce(0) { bot.intents[$1.intent].sections.isEmpty ? $0 + $1.score : $0 }
    guard silent < Composer.mostSilence,
      let likeliest = asks.first(where: { !bot.intents[$0.intent].sections.isEmpty })
    else { return }
    say(oneOf: bot.intents[likeliest.intent].sections.flatMap(\.parts))
  }

  /// Where it is more probable than this that nothing would be asked, nothing is.
  private static let mostSilence: Float = 0.5

  // MARK: Topics

  /// A reply to one or two topics by the rhythm.
  mutating func speak(of topics: [Intent], rhythm: [[PartKind]]) {
    guard let first = topics.first, !rhythm.isEmpty else { return }
    let beat = memory.counters["beat"] ?? 0
    memory.counters["beat"] = beat + 1
    var kinds = rhythm[beat % rhythm.count]
    if topics.count > 1 { kinds = [.complexReflection] + kinds.filter { $0.isQuestion } }
    if topics.count == 1, asksForInformation(first) { kinds = [.complexReflection, .information] }
    for kind in kinds { speak(of: first, kind) }
    if topics.count > 1, let second = topics.dropFirst().first {
      let rest = spoken.filter { $0.kind.isQuestion }
      spoken.removeAll { $0.kind.isQuestion }
      _ = speak(of: second, .complexReflection) || speak(of: second, .simpleReflection)
      spoken += rest
    }
    if spoken.isEmpty { say(oneOf: bot.script.stay) }
  }

  /// A topic that holds information in its first layer is something people ask about: they are told when they ask, and
  /// when they stay with it.
  private func asksForInformation(_ intent: Intent) -> Bool {
    guard let surface = bot.script.layers.first, let section = intent.section(surface) else { return false }
    let depth = memory.topics.last { $0.intent == intent.id }?.depth ?? 0
    let informs = section.parts.contains { $0.kind == .information }
    return informs && (depth > 0 && depth % 3 == 0 || hearing?.utterance.asks == true)
  }

  @discardableResult
  private mutating func speak(of intent: Intent, _ kind: PartKind) -> Bool {
    let depth = memory.topics.last { $0.intent == intent.id }?.depth ?? 0
    if kind == .offer,
      depth == 0 || memory.counters["refusals", default: 0] >= 2 || memory.holds([Guard("only-listening", .atLeast, 1)])
    {
      return speak(of: intent, .idea)
    }
    for layer in layers(at: depth, of: intent) {
      guard let section = intent.section(layer) else { continue }
      if say(oneOf: section.parts, of: kind) { return true }
    }
    switch kind {
    case .complexReflection where !has(\.isReflection): return speak(of: intent, .simpleReflection)
    case .offer: return speak(of: intent, .openQuestion)
    default: return false
    }
  }

  /// The layers to look through: the one the conversation has reached, then those above, then below.
  private mutating func layers(at depth: Int, of intent: Intent) -> [String] {
    let all = bot.script.layers
    if let other = bot.script.someoneElse, holds(other.condition),
      intent.section(other.section) != nil
    {
      return [other.section]
    }
    guard !all.isEmpty else { return intent.sections.map(\.name) }
    let reached = min(depth, all.count - 1)
    return [all[reached]] + all[..<reached].reversed() + all[(reached + 1)...]
  }

  // MARK: Trimming

  /// Keeps the reply to at most one question and one offer, and to its length. After a question some replies hold none:
  /// to be asked and asked is to be questioned.
  ///
  /// - Parameter resting: whether a question may be left out; never where the person's own words alone would be left.
  mutating func trim(resting: Bool) {
    let since = memory.counters[Memory.repliesSinceQuestion] ?? bot.script.restAfterQuestion
    if resting, since < bot.script.restAfterQuestion, reflectsInOtherWords {
      spoken.removeAll { $0.kind.isQuestion }
    }
    memory.counters[Memory.repliesSinceQuestion] = spoken.contains { $0.text.hasSuffix("?") } ? 0 : since + 1
    var asked = false
    spoken = spoken.filter { part in
      guard part.kind.isQuestion || part.kind == .offer else { return true }
      defer { asked = true }
      return !asked
    }
    while words > bot.script.longest, spoken.count > 1,
      let i = spoken.lastIndex(where: { $0.kind == .idea || $0.kind.isReflection }), i > 0
    {
      spoken.remove(at: i)
    }
  }

  /// Whether it says back what was said, and not in the person's words alone.
  private var reflectsInOtherWords: Bool {
    spoken.contains { $0.kind.isReflection || $0.kind == .idea || $0.kind == .information } && !isOnlyEcho
  }

  mutating func add(_ parts: [SpokenPart]) { spoken += parts }
}
