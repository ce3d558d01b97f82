/// Compiles the rules and examples of a bot into the form that `Matcher` reads.
public struct MatcherCompiler {
  private let source: MatcherSource
  private let conditions: [PatternRule]

  /// `conditions` are patterns that replies depend on; they are numbered from 0 in `conditionRule`.
  public init(_ source: MatcherSource, conditions: [PatternRule] = []) {
    self.source = source
    self.conditions = conditions
  }

  /// The compiled form. The same source gives the same bytes on every machine.
  public func compile() -> [UInt8] {
    let bare = write(model: LikenessTrainer.Model(keys: [], rarity: [], weights: [], lanes: lanes))
    guard source.intents.contains(where: { !$0.examples.isEmpty }) else { return bare }
    var reader = CompiledReader(CompiledBytes(bare))
    let ear = Matcher(&reader)
    return write(model: trainer.train(examples(heardBy: ear)))
  }

  /// The place of the first condition among the rules.
  public static func firstCondition(of matcher: Matcher) -> Int { matcher.firstCondition }

  private var trainer: LikenessTrainer { LikenessTrainer(labels: source.intents.count) }
  private var lanes: Int { trainer.lanes }

  private func examples(heardBy ear: Matcher) -> [LikenessTrainer.Example] {
    var workspace = ear.makeWorkspace()
    var examples: [LikenessTrainer.Example] = []
    for (label, intent) in source.intents.enumerated() {
      for text in intent.examples {
        examples.append(
          LikenessTrainer.Example(
            features: ear.features(of: text, workspace: &workspace), label: label, atRisk: intent.risk.level != .none))
      }
    }
    return examples
  }

  private func write(model: LikenessTrainer.Model) -> [UInt8] {
    var words = Vocabulary.Builder(source.language)
    var assembler = PatternAssembler()
    var roles: [Matcher.RuleRole] = []
    let classes = ClassTable(source.language) { words.lemma(of: $0) }
    for word in source.language.negators.union(source.language.absences).union(source.language.clauseStarters).sorted()
    {
      _ = words.lemma(of: word)
    }
    for word in source.language.emoji.values.sorted() { _ = words.lemma(of: word) }
    func add(_ rule: PatternRule, _ role: Matcher.RuleRole) {
      let names = PatternAssembler.Names(
        lemma: { words.lemma(of: $0) }, exact: { words.exact($0) }, wordClass: classes.numbers,
        denies: source.language.negators.union(source.language.absences))
      assembler.add(rule, owner: 0, names: names)
      roles.append(role)
    }
    for (i, intent) in source.intents.enumerated() {
      for rule in intent.patterns { add(rule, rule.whole ? .whole(intent: i) : .pattern(intent: i)) }
      for (pattern, weight) in intent.keywords {
        add(PatternRule(required: [pattern]), .keyword(intent: i, weight: weight))
      }
      for (rule, risk) in intent.riskPatterns { add(rule, .risk(risk)) }
      for rule in intent.harmless { add(rule, .harmless) }
    }
    for condition in conditions { add(condition, .condition) }
    enterExampleWords(into: &words)
    assembler.chooseKeys(
      lemmaCount: words.lemmaCount, classCount: classes.names.count, exactCount: words.exactCount,
      classSizes: classes.sizes)
    var writer = CompiledWriter()
    writer.texts(source.intents.map(\.id))
    words.write(to: &writer)
    PatternMatcher.write(
      assembler, classes: classes, lemmaCount: words.lemmaCount, exactCount: words.exactCount, to: &writer)
    Likeness.write(model, labels: source.intents.count, to: &writer)
    for intent in source.intents { intent.risk.write(to: &writer) }
    Matcher.RuleRoles.write(roles, to: &writer)
    return writer.bytes
  }

  /// Words that at least two examples use become known words, the commonest first.
  private func enterExampleWords(into words: inout Vocabulary.Builder) {
    var counts: [String: Int] = [:]
    for intent in source.intents {
      for text in intent.examples {
        for word in MatcherCompiler.plainWords(text) { counts[word, default: 0] += 1 }
      }
    }
    for (word, count) in counts.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) })
    where count >= 2 && source.language.expansions[word] == nil {
      _ = words.lemma(of: word)
    }
  }

  private static func plainWords(_ text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0 == "'" || $0 == "’") }
      .map { String($0).replacing("’", with: "'") }
      .filter { $0.utf8.allSatisfy { c in c >= 0x61 && c <= 0x7a || c == UInt8(ascii: "'") } && $0 != "'" }
  }
}

extension Matcher {
  /// The features by which `text` is compared with the examples.
  func features(of text: String, workspace: inout Workspace) -> [UInt64] {
    let utterance = normaliser.read(text)
    let (owners, classes) = evidence(in: utterance, workspace: &workspace)
    return Feature.keys(of: utterance, tokens: utterance.tokens.indices, classes: classes, owners: owners)
  }
}
