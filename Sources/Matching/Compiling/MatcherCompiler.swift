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
    let bare = write(
      Learned(
        topics: topicTrainer.untrained, moves: moveTrainer.untrained, asks: askTrainer.untrained,
        choice: choiceTrainer.untrained))
    guard source.intents.contains(where: { !$0.examples.isEmpty }) else { return bare }
    var reader = CompiledReader(CompiledBytes(bare))
    let ear = Matcher(&reader)
    let topics = examples(of: rivals, heardBy: ear)
    let moves = examples(of: moves, heardBy: ear)
    return write(
      Learned(
        topics: topicTrainer.train(topics + MatcherCompiler.harmless(moves)), moves: moveTrainer.train(moves),
        asks: askTrainer.train(examples(of: asks, heardBy: ear)), choice: choiceTrainer.train(pieces(heardBy: ear))))
  }

  /// Fewer examples of danger have too many words in common with anything.
  private static let fewestDangers = 40

  private struct Learned {
    var topics: LikenessTrainer.Model
    var moves: LikenessTrainer.Model
    var asks: LikenessTrainer.Model
    var choice: LikenessTrainer.Model
  }

  /// The place of the first condition among the rules.
  public static func firstCondition(of matcher: Matcher) -> Int { matcher.firstCondition }

  private var rivals: [IntentRules] { source.intents.filter { $0.standing == .rival } }
  private var moves: [IntentRules] { source.intents.filter { $0.standing == .move } }
  private var asks: [IntentRules] { source.intents.filter { $0.standing == .ask } }
  private var topicTrainer: LikenessTrainer { LikenessTrainer(dangers: rivals.map { $0.risk.level != .none }) }
  private var moveTrainer: LikenessTrainer { LikenessTrainer(dangers: moves.map { _ in false }) }
  private var askTrainer: LikenessTrainer { LikenessTrainer(dangers: asks.map { _ in false }) }
  /// Whether a part of a line is not the one to choose, or is.
  private var choiceTrainer: LikenessTrainer { LikenessTrainer(dangers: [false, false]) }

  /// One line of so many teaches what danger is not. All of them halved the false alarms on rows of other writers, and
  /// took an eighth of the danger that is heard.
  private static let harmlessShare: UInt64 = 3

  private static func harmless(_ examples: [LikenessTrainer.Example]) -> [LikenessTrainer.Example] {
    examples.filter { $0.mark % harmlessShare == 0 }.map { example in
      var harmless = example
      harmless.label = nil
      return harmless
    }
  }

  /// The examples of rivals of one standing; the place of an intent is the label.
  private func examples(of intents: [IntentRules], heardBy ear: Matcher) -> [LikenessTrainer.Example] {
    var workspace = ear.makeWorkspace()
    return intents.enumerated().flatMap { label, intent in
      intent.examples.map { text in
        LikenessTrainer.Example(
          features: ear.keys(of: text, workspace: &workspace), label: label, atRisk: intent.risk.level != .none,
          mark: Hash.word("\(intent.id)\n\(text)".utf8))
      }
    }
  }

  private func pieces(heardBy ear: Matcher) -> [LikenessTrainer.Example] {
    let choices = source.choices
    return SideBySide.flatMap(choices.lines.count) { range in
      range.flatMap { i in
        choices.divide(choices.lines[i].text, choices.lines[i].chosen).map { piece in
          LikenessTrainer.Example(
            features: ear.keys(of: piece), label: piece.isChosen ? 1 : 0, atRisk: false,
            mark: Hash.word("\(piece.traits)\n\(piece.text)".utf8))
        }
      }
    }
  }

  private func write(_ learned: Learned) -> [UInt8] {
    let rules = rules()
    var words = Vocabulary.Builder(source.language)
    let classes = ClassTable(source.language) { words.lemma(of: $0) }
    let silent = source.language.negators.union(source.language.absences).union(source.language.clauseStarters)
    for word in silent.sorted() + source.language.emoji.values.sorted() { _ = words.lemma(of: word) }
    var lemmas: [String: Int] = [:]
    var exacts: [String: Int] = [:]
    let written = rules.flatMap { $0.rule.required + $0.rule.forbidden }.map(\.writtenWords)
    for word in written.flatMap(\.lemmas) { lemmas[word] = words.lemma(of: word) }
    for form in written.flatMap(\.exacts) { exacts[form] = words.exact(form) }
    enterExampleWords(into: &words)
    let keys = PatternKeys(lemmas: words.lemmaCount, classes: classes.names.count, exacts: words.exactCount)
    var uses = [Int](repeating: 0, count: keys.count)
    for word in written.flatMap(\.lemmas) { if let lemma = lemmas[word] { uses[lemma] += 1 } }
    for form in written.flatMap(\.exacts) { if let exact = exacts[form] { uses[keys.exact(exact)] += 1 } }
    var assembler = PatternAssembler(
      PatternAssembler.Names(
        keys: keys, lemma: lemmas, exact: exacts, wordClass: classes.numbers, phraseClasses: classes.withPhrases,
        longestPhrase: classes.longestPhrase,
        denies: source.language.negators.union(source.language.absences),
        frequency: frequencies(words, classes, keys, exacts), uses: uses))
    for (rule, _) in rules { assembler.add(rule) }
    var writer = CompiledWriter()
    writer.texts(source.intents.map(\.id))
    words.write(to: &writer)
    PatternMatcher.write(assembler, classes: classes, keys: keys, to: &writer)
    FeatureRows.write(
      [
        (learned.topics, rivals.count), (learned.moves, moves.count), (learned.asks, asks.count), (learned.choice, 2),
      ], to: &writer)
    for intent in source.intents { intent.risk.write(to: &writer) }
    for intent in source.intents { writer.number(intent.standing.rawValue) }
    Matcher.RuleRoles.write(rules.map(\.role), inContext: source.intents.map(\.isContextual), to: &writer)
    let dangers = source.intents.filter { $0.risk.level != .none }.reduce(0) { $0 + $1.examples.count }
    writer.flag(dangers >= MatcherCompiler.fewestDangers)
    return writer.bytes
  }

  /// All rules with what they mean; conditions come last.
  private func rules() -> [(rule: PatternRule, role: Matcher.RuleRole)] {
    source.ruleNames.map(source.rule) + conditions.map { ($0, .condition) }
  }

  /// The share of the examples in which each key stands, so that rules are filed under rare words.
  private func frequencies(
    _ words: Vocabulary.Builder, _ classes: ClassTable, _ keys: PatternKeys, _ exacts: [String: Int]
  ) -> [Double] {
    var counts = [Double](repeating: 1, count: keys.count)
    var total = 1.0
    for text in source.intents.flatMap(\.examples) {
      total += 1
      let written = Set(MatcherCompiler.plainWords(text))
      for lemma in Set(written.flatMap(words.known)) { counts[lemma] += 1 }
      for word in written { if let exact = exacts[word] { counts[keys.exact(exact)] += 1 } }
    }
    for word in source.language.negators { for lemma in words.known(word) { counts[keys.denial] += counts[lemma] } }
    for (lemma, wordClass) in classes.lemmas { counts[keys.wordClass(wordClass)] += counts[lemma] }
    return counts.map { min(1, $0 / total) }
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
  func keys(of text: String, workspace: inout Workspace) -> [UInt64] {
    let utterance = normaliser.read(text)
    let (owners, classes) = evidence(in: utterance, workspace: &workspace)
    return Feature.keys(of: utterance, classes: classes, owners: owners)
  }

  /// The features by which a part of a line is compared with the parts that were chosen.
  func keys(of piece: MatcherSource.Piece) -> [UInt64] {
    let utterance = normaliser.read(piece.text)
    return Feature.keys(of: utterance, classes: [], owners: [])
      + piece.traits.map { Hash.pair(Feature.trait, $0, 0) }
  }
}
