/// Hears intents in utterances: the compiled rules and examples of a bot.
///
/// Immutable and safe to share. Hearing takes time linear in the length of the utterance and nearly
/// independent of the number of intents.
public final class Matcher: Sendable {
  /// Below this probability nothing counts as heard.
  public static let floor: Float = 0.10
  /// Below this probability no move counts as heard.
  public static let moveFloor: Float = 0.5
  /// What is learned of moves is surer than it is right: of lines that a held-out writer's likeness gave 0.9, four in
  /// five were right. Logits are divided by this.
  static let moveSpread: Float = 1.4

  /// How near to examples of danger an utterance has to be, on the scale of `nearness`: to be heard as danger by
  /// that alone, to raise a doubt, and not to silence a hint. At the second about one in a hundred first lines and
  /// stories of held-out writers raises a doubt, and one in twenty lines near danger in their words from the middle of
  /// a conversation; at the first none did. Few words tell little and have to be nearer.
  static let danger: (sure: Float, doubtful: Float, hinted: Float) = (2.5, -1.2, -2.2)
  static let fewWords: (most: Int, sure: Float, doubtful: Float) = (8, 3, 0)
  static let veryFewWords: (most: Int, doubtful: Float) = (5, 0.4)
  /// Below this, a doubt is faint: three quarters of the false ones in the midst of a conversation are, and a third of
  /// the true ones.
  static let faint: Float = 0.3
  /// From here on a doubt is asked about even after a no.
  static let strong: Float = 1
  /// A pattern of danger in a line of more words that is less near than this raises a faint doubt and no more: of such
  /// lines of held-out writers none that was danger was so far from the examples, and most that were none.
  static let leastForPattern: (words: Int, nearness: Float) = (9, -3)
  /// Below these, talk that sounds like danger and is none silences a doubt, and a pattern; and a line that says one
  /// known thing and no more silences a doubt.
  static let vetoes: (doubt: Float, pattern: Float, whole: Float) = (2.2, -1.4, 2.4)

  public let intentIDs: [String]
  private let intentNumbers: [String: Int]
  let normaliser: Normaliser
  let patterns: PatternMatcher
  /// What was learned from the examples.
  let features: FeatureRows
  /// How like it is to the examples of each rival.
  let likeness: Likeness
  private let moves: Family
  private let asks: Family
  /// How like a part of a line is to those that were not chosen, and to those that were.
  private let choice: Likeness
  private let roles: RuleRoles
  private let intentRisk: [Risk]
  /// Whether likeness to examples of danger says something; in a bot that has few of them, patterns alone are believed.
  private let knowsDanger: Bool
  private let isContextual: [Bool]
  /// The intents that compete with one another: all but the contextual ones. Likeness knows these alone, in this
  /// order.
  let rivals: [Int]
  private let gains: Gains

  /// What it means when a rule fires.
  enum RuleRole: Sendable, Equatable {
    case pattern(intent: Int)
    case whole(intent: Int)
    case keyword(intent: Int, weight: Int)
    case risk(Risk)
    /// Danger, if likeness does not speak against it.
    case riskHint(Risk)
    case harmless
    /// A condition of a reply; the matcher does not use it.
    case condition
  }

  /// Points for each kind of evidence beside likeness.
  struct Gains: Sendable {
    var pattern: Float = 1.2
    var whole: Float = 6
    var keyword: Float = 0.15
  }

  public init(_ reader: inout CompiledReader) {
    intentIDs = reader.texts()
    intentNumbers = Dictionary(intentIDs.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    normaliser = Normaliser(vocabulary: Vocabulary(&reader))
    patterns = PatternMatcher(&reader)
    features = FeatureRows(&reader)
    precondition(features.models.count == 4, "compiled matcher: models of topics, moves, questions and parts")
    likeness = features.models[0]
    choice = features.models[3]
    intentRisk = intentIDs.map { _ in Risk(&reader) }
    let standings = intentIDs.map { _ in IntentRules.Standing(rawValue: reader.number()) ?? .rival }
    isContextual = standings.map { $0 != .rival }
    func members(_ standing: IntentRules.Standing) -> [Int] {
      standings.indices.filter { standings[$0] == standing }
    }
    moves = Family(members: members(.move), likeness: features.models[1], spread: Matcher.moveSpread)
    asks = Family(members: members(.ask), likeness: features.models[2], spread: 1)
    rivals = intentIDs.indices.filter { [isContextual] in !isContextual[$0] }
    roles = RuleRoles(&reader)
    knowsDanger = reader.flag()
    gains = Gains()
  }

  public func number(of intent: String) -> Int? { intentNumbers[intent] }

  /// What an utterance of the intent says of danger.
  public func risk(of intent: Int) -> Risk { intentRisk[intent] }

  /// Whether the intent is heard only where a dialogue waits for it.
  public func isContextual(_ intent: Int) -> Bool { isContextual[intent] }

  /// Whether the intent is none that is heard, but what may be asked after a line.
  public func isAsk(_ intent: Int) -> Bool { asks.members.contains(intent) }

  public func makeWorkspace() -> Workspace { Workspace(self) }

  /// The memory of one hearing; make one and use it again for the next utterance.
  public struct Workspace {
    var patterns: PatternMatcher.Workspace
    /// Where captures are traced, once one was asked for: what was heard is looked at again after that.
    var tracing: PatternMatcher.Workspace?
    var sums: [Int32]
    var moveSums: [Int32]
    var askSums: [Int32]

    init(_ matcher: Matcher) {
      patterns = PatternMatcher.Workspace(matcher.patterns)
      sums = matcher.likeness.makeSums()
      moveSums = matcher.moves.likeness.makeSums()
      askSums = matcher.asks.likeness.makeSums()
    }
  }

  /// Hears `text`.
  public func hear(_ text: String) -> Hearing {
    var workspace = makeWorkspace()
    return hear(text, workspace: &workspace)
  }

  public func hear(_ text: String, workspace: inout Workspace) -> Hearing { hear(text, nil, .all, &workspace) }

  /// What `hear` hears but for what only a dialogue waits for, in half the time: which of the rivals it is, and whether
  /// it is danger.
  public func hearRivals(in text: String, workspace: inout Workspace) -> Hearing {
    hear(text, nil, .rivals, &workspace)
  }

  /// What would be heard if one more pattern of the intent fired. What was learned from the examples is taken as it is;
  /// learning again with the pattern shifts it a little.
  ///
  /// - Parameter whole: whether it is one that has to hear the whole line.
  public func hear(
    _ text: String, asIfPatternOf intent: Int, whole: Bool, workspace: inout Workspace
  ) -> Hearing {
    hear(text, whole ? .whole(intent: intent) : .pattern(intent: intent), .all, &workspace)
  }

  /// Which intents are listened for.
  private enum Scope { case all, rivals }

  private func hear(
    _ text: String, _ tried: RuleRole?, _ scope: Scope, _ workspace: inout Workspace
  ) -> Hearing {
    let utterance = normaliser.read(text)
    let (hits, classes) = search(utterance, scope, &workspace)
    var tally = tally(hits, tried)
    tally.words = utterance.tokens.count
    let found =
      utterance.tokens.isEmpty
      ? FeatureRows.Found() : features.find(Feature.keys(of: utterance, classes: classes, owners: tally.owners))
    let logits = likeness.scores(found, sums: &workspace.sums)
    let ranked = rank(logits, tally)
    let nearness = nearness(logits, ranked)
    let (risk, isFaint) = sense(nearness, ranked, tally)
    let candidates = first(danger: risk, in: ranked)
    let moves = utterance.tokens.isEmpty || scope == .rivals ? [] : moves.rank(found, sums: &workspace.moveSums)
    return Hearing(
      utterance: utterance, candidates: candidates, risk: risk, isFaint: isFaint, nearness: nearness,
      contextual: tally.contextual, moves: moves, classes: classes, rows: found, hits: hits)
  }

  /// What may be asked about a line that was heard, by probability, best first; those below one in a hundred are left
  /// out.
  public func asks(about hearing: Hearing, workspace: inout Workspace) -> [Hearing.Move] {
    hearing.utterance.tokens.isEmpty ? [] : asks.rank(hearing.rows, sums: &workspace.askSums)
  }

  /// How probably a part of a line is one that somebody would choose, from 0 to 1; nil if nothing was learned of that.
  public func worth(of piece: MatcherSource.Piece) -> Float? {
    guard choice.isTrained else { return nil }
    var sums = choice.makeSums()
    return Matcher.shares(of: choice.scores(features.find(keys(of: piece)), sums: &sums)[..<2])[1]
  }

  /// Intents of one standing that are heard against one another, by likeness to their examples alone.
  private struct Family: Sendable {
    let members: [Int]
    let likeness: Likeness
    /// Logits are divided by this.
    let spread: Float

    func rank(_ found: FeatureRows.Found, sums: inout [Int32]) -> [Hearing.Move] {
      let shares = Matcher.shares(of: likeness.scores(found, sums: &sums)[..<members.count], spread: spread)
      return members.indices.filter { shares[$0] >= 0.01 }
        .map { Hearing.Move(intent: members[$0], score: shares[$0]) }
        .sorted { ($1.score, $0.intent) < ($0.score, $1.intent) }
    }
  }

  /// The probabilities to which logits come; divided by `spread` first, they are the less sure the larger it is.
  private static func shares(of logits: some Collection<Float>, spread: Float = 1) -> [Float] {
    let top = logits.max() ?? 0
    let powers = logits.map { Exponential.natural(($0 - top) / spread) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// The intents of which a pattern fires, each once, without scores: for callers that need no likeness.
  public func intentsOfPatterns(in text: String, workspace: inout Workspace) -> [Int] {
    var heard: [Int] = []
    patterns.search(
      normaliser.read(text).tokens, vocabulary: normaliser.vocabulary, before: firstCondition,
      workspace: &workspace.patterns
    ) { rule, _ in
      switch roles[rule] {
      case .pattern(let intent), .whole(let intent): if !heard.contains(intent) { heard.append(intent) }
      case .keyword, .risk, .riskHint, .harmless, .condition: break
      }
    }
    return heard
  }

  /// How many words `text` is cut into.
  public func words(of text: String) -> Int { normaliser.read(text).tokens.count }

  private func search(
    _ utterance: Utterance, _ scope: Scope, _ workspace: inout Workspace
  ) -> ([PatternMatcher.Hit], [Int]) {
    var hits: [PatternMatcher.Hit] = []
    var classes: [Int] = []
    patterns.search(
      utterance.tokens, vocabulary: normaliser.vocabulary,
      before: scope == .all ? firstCondition : roles.firstInContext,
      orOfLong: scope == .all ? patterns.ruleCount : nil, workspace: &workspace.patterns,
      seenClass: { c in classes.append(c) },
      report: { rule, slots in hits.append(PatternMatcher.Hit(rule: rule, slots: slots)) })
    classes.sort()
    var last = -1
    classes.removeAll { c in
      defer { last = c }
      return c == last
    }
    return (hits, classes)
  }

  /// The intents whose patterns fire in an utterance, and the classes it has members of.
  func evidence(in utterance: Utterance, workspace: inout Workspace) -> (owners: [Int], classes: [Int]) {
    let (hits, classes) = search(utterance, .rivals, &workspace)
    return (tally(hits, nil).owners, classes)
  }

  /// Whether the rule speaks for the intent.
  func owns(_ rule: Int, _ intent: Int) -> Bool {
    switch roles[rule] {
    case .pattern(let owner), .whole(let owner), .keyword(let owner, _): owner == intent
    case .risk, .riskHint, .harmless, .condition: false
    }
  }

  /// What it says of danger when the rule fires.
  func riskMeaning(of rule: Int) -> String? {
    switch roles[rule] {
    case .risk(let risk): "\(risk.level.rawValue) \(risk.kind?.rawValue ?? "")"
    case .riskHint(let risk): "hint of \(risk.level.rawValue) \(risk.kind?.rawValue ?? "")"
    case .harmless: "harmless"
    case .pattern, .whole, .keyword, .condition: nil
    }
  }

  /// The points that a rule gives when it fires.
  func points(of rule: Int) -> Float {
    switch roles[rule] {
    case .pattern: gains.pattern
    case .whole: gains.whole
    case .keyword(_, let weight): gains.keyword * Float(weight)
    case .risk, .riskHint, .harmless, .condition: 0
    }
  }

  /// The number of the first rule that is a condition of a reply.
  var firstCondition: Int { roles.firstCondition }

  // MARK: Adding up

  private struct Tally {
    /// The points of each intent.
    var patterns: [Float]
    var keywords: [Float]
    var owners: [Int] = []
    var risks: [Risk] = []
    var hints: [Risk] = []
    var harmless = false
    var contextual: [Int] = []
    /// A pattern of something harmless heard the whole line.
    var isWhole = false
    var words = 0

    init(intents: Int) {
      patterns = [Float](repeating: 0, count: intents)
      keywords = patterns
    }
  }

  private func tally(_ hits: [PatternMatcher.Hit], _ tried: RuleRole?) -> Tally {
    var tally = Tally(intents: intentIDs.count)
    for hit in hits { count(roles[hit.rule], in: &tally) }
    if let tried { count(tried, in: &tally) }
    return tally
  }

  private func count(_ role: RuleRole, in tally: inout Tally) {
    switch role {
    case .pattern(let intent) where isContextual[intent], .whole(let intent) where isContextual[intent]:
      if case .whole = role { tally.isWhole = true }
      if !tally.contextual.contains(intent) { tally.contextual.append(intent) }
    case .pattern(let intent):
      tally.patterns[intent] = max(tally.patterns[intent], gains.pattern)
      if !tally.owners.contains(intent) { tally.owners.append(intent) }
    case .whole(let intent):
      tally.patterns[intent] = gains.whole
      if intentRisk[intent].level == .none { tally.isWhole = true }
    case .keyword(let intent, let weight):
      tally.keywords[intent] = min(1, tally.keywords[intent] + gains.keyword * Float(weight))
    case .risk(let risk): tally.risks.append(risk)
    case .riskHint(let risk): tally.hints.append(risk)
    case .harmless: tally.harmless = true
    case .condition: break
    }
  }

  private func rank(_ logits: [Float], _ tally: Tally) -> [Candidate] {
    let shares = Matcher.shares(
      of: rivals.indices.map { logits[$0] + tally.patterns[rivals[$0]] + tally.keywords[rivals[$0]] })
    return rivals.indices.filter { shares[$0] >= 0.001 }
      .map { i in
        Candidate(
          intent: rivals[i], score: shares[i], likeness: logits[i], patterns: tally.patterns[rivals[i]],
          keywords: tally.keywords[rivals[i]])
      }
      .sorted { ($1.score, $0.intent) < ($0.score, $1.intent) }
  }

  // MARK: Risk

  /// Where danger was heard, the intent that speaks of it comes first: no topic hides it. Where none was heard, no
  /// intent of danger does.
  private func first(danger risk: Risk, in ranked: [Candidate]) -> [Candidate] {
    switch risk.level {
    case .unclear: return ranked
    case .none: return Matcher.moved(ranked.firstIndex { intentRisk[$0.intent].level == .none }, in: ranked)
    case .passive, .active, .imminent: break
    }
    let inOrder = ranked.indices.filter { i in
      let meant = intentRisk[ranked[i].intent]
      return meant.level != .none && (risk.kind == nil || meant.kind == risk.kind)
    }
    // A pattern that says how near the danger is knows it better than likeness does.
    let nearest = inOrder.first { (intentRisk[ranked[$0].intent].level > .passive) == (risk.level > .passive) }
    if let place = (risk.kind == nil ? nil : nearest) ?? inOrder.first { return Matcher.moved(place, in: ranked) }
    guard let silent = intentRisk.firstIndex(where: { $0.level != .none && $0.kind == risk.kind }) else {
      return ranked
    }
    return [Candidate(intent: silent, score: 0, likeness: 0, patterns: 0, keywords: 0)] + ranked
  }

  private static func moved(_ place: Int?, in ranked: [Candidate]) -> [Candidate] {
    guard let place, place > 0 else { return ranked }
    return [ranked[place]] + ranked[..<place] + ranked[(place + 1)...]
  }

  /// The danger that is heard, and whether it is no more than a faint doubt.
  private func sense(_ nearness: Float, _ candidates: [Candidate], _ tally: Tally) -> (Risk, isFaint: Bool) {
    let dangers = candidates.lazy.filter { [intentRisk] in intentRisk[$0.intent].level != .none }
    let likeliest = dangers.first.map { intentRisk[$0.intent] }
    /// The nearest danger; of kinds that are equally near, the likelier one.
    func worst(_ risks: [Risk]) -> Risk? {
      func chance(_ risk: Risk) -> Float {
        risk.kind == nil ? 0 : dangers.reduce(0) { intentRisk[$1.intent].kind == risk.kind ? $0 + $1.score : $0 }
      }
      return risks.max { ($0.level, chance($0)) < ($1.level, chance($1)) }
    }
    let heard = worst(tally.risks)
    // What sounds like danger and is told as settled, or as a way of speaking, has to be far from all examples of
    // danger.
    if tally.harmless && nearness < (heard == nil ? Matcher.vetoes.doubt : Matcher.vetoes.pattern) {
      return (.none, false)
    }
    if let heard {
      let isStray =
        knowsDanger && tally.words > Matcher.leastForPattern.words && nearness < Matcher.leastForPattern.nearness
      return isStray ? (Risk(.unclear, heard.kind), true) : (heard, false)
    }
    if let hint = worst(tally.hints), nearness >= Matcher.danger.hinted || !knowsDanger { return (hint, false) }
    guard knowsDanger else { return (.none, false) }
    let needed = Matcher.needed(words: tally.words)
    if nearness >= needed.sure, let likeliest { return (likeliest, false) }
    // A line that says one known thing and no more.
    guard !tally.isWhole || nearness >= Matcher.vetoes.whole, nearness >= needed.doubtful else {
      return (.none, false)
    }
    return (Risk(.unclear, likeliest?.kind), nearness < Matcher.faint)
  }

  private static func needed(words: Int) -> (sure: Float, doubtful: Float) {
    guard words <= fewWords.most else { return (danger.sure, danger.doubtful) }
    return (fewWords.sure, words <= veryFewWords.most ? veryFewWords.doubtful : fewWords.doubtful)
  }

  /// How near an utterance is to the examples of danger: the mean of two log-odds, of being at risk and of being an
  /// intent of danger. One of the two alone errs too often.
  private func nearness(_ logits: [Float], _ candidates: [Candidate]) -> Float {
    let atRisk = logits.last ?? 0
    let byIntent = candidates.reduce(0) { intentRisk[$1.intent].level == .none ? $0 : $0 + $1.score }
    let share = min(max(byIntent, 0.000_1), 0.999_9)
    return (min(max(atRisk, -9.2), 9.2) + Logarithm.natural(share / (1 - share))) / 2
  }
}

extension Risk {
  init(_ reader: inout CompiledReader) {
    let level = reader.number()
    self.init(level: level, kind: reader.number())
  }

  init(level: Int, kind: Int) { self.init(Level.allCases[level], kind == 0 ? nil : Kind.allCases[kind - 1]) }

  /// The level and the kind as the compiled form has them.
  var numbers: [Int] {
    [
      Level.allCases.firstIndex(of: level) ?? 0,
      kind.flatMap { Kind.allCases.firstIndex(of: $0) }.map { $0 + 1 } ?? 0,
    ]
  }

  func write(to writer: inout CompiledWriter) { for number in numbers { writer.number(number) } }
}

extension Matcher {
  /// The roles of all rules: three numbers each, read in place; conditions come last.
  struct RuleRoles: Sendable {
    private let numbers: CompiledNumbers
    /// The first rule that only a dialogue waits for, and that says nothing of danger.
    let firstInContext: Int
    let firstCondition: Int

    init(_ reader: inout CompiledReader) {
      firstInContext = reader.number()
      firstCondition = reader.number()
      numbers = CompiledNumbers(&reader)
    }

    subscript(_ rule: Int) -> RuleRole {
      let first = numbers[rule * 3 + 1]
      let second = numbers[rule * 3 + 2]
      switch numbers[rule * 3] {
      case 0: return .pattern(intent: first)
      case 1: return .whole(intent: first)
      case 2: return .keyword(intent: first, weight: second)
      case 3: return .risk(Risk(level: first, kind: second))
      case 4: return .harmless
      case 6: return .riskHint(Risk(level: first, kind: second))
      default: return .condition
      }
    }

    static func write(_ roles: [RuleRole], inContext: [Bool], to writer: inout CompiledWriter) {
      writer.number(
        roles.firstIndex { role in
          switch role {
          case .pattern(let intent): inContext[intent]
          case .condition: true
          case .whole, .keyword, .risk, .harmless, .riskHint: false
          }
        } ?? roles.count)
      writer.number(roles.firstIndex(of: .condition) ?? roles.count)
      writer.signed(
        roles.flatMap { role in
          switch role {
          case .pattern(let intent): [0, intent, 0]
          case .whole(let intent): [1, intent, 0]
          case .keyword(let intent, let weight): [2, intent, weight]
          case .risk(let risk): [3] + risk.numbers
          case .harmless: [4, 0, 0]
          case .condition: [5, 0, 0]
          case .riskHint(let risk): [6] + risk.numbers
          }
        })
    }
  }
}
