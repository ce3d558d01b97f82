import Dialogue
import Matching

/// What a new pattern or example would change, before it is written down.
public struct Trial: Sendable {
  /// A line that someone said or may say.
  public struct Line: Sendable {
    public var text: String
    /// The intent it has to be heard as; nil where that is not known.
    public var intent: String?
    public var place: String

    public init(text: String, intent: String?, place: String) {
      self.text = text
      self.intent = intent
      self.place = place
    }
  }

  /// A line that is heard as something else.
  public struct Change: Sendable {
    public var line: Line
    public var before: String?
    public var after: String?

    /// It becomes right, wrong, or it is not known which.
    public var isBetter: Bool? {
      guard let intent = line.intent else { return nil }
      return after == intent ? true : before == intent ? false : nil
    }
  }

  public struct Effect: Sendable {
    /// The lines in which the new pattern hears something.
    public var heard: [Line] = []
    public var changes: [Change] = []
  }

  /// What a line is heard as.
  public struct Verdict: Sendable, Equatable {
    /// Nil where nothing is heard.
    public var intent: String?
    /// Its probability, from 0 to 1; 0 where nothing is heard.
    public var score: Float
    /// The probability of the intent that something is tried for.
    public var own: Float
    /// Whether that intent is heard where a state waits for it, whatever else is heard.
    public var isInContext: Bool
    /// Whether danger was heard, which comes first.
    public var isDanger: Bool
  }

  private let source: BotSource
  private let matcher: Matcher
  private let lines: [Line]

  /// - Parameters:
  ///   - loaded: the files of the bot.
  ///   - bot: compiled from `loaded`.
  ///   - others: lines beside the examples, such as those of transcripts.
  public init?(_ loaded: BotLoader.Result, bot: Bot, others: [Line] = []) {
    guard let source = loaded.source else { return nil }
    self.source = source
    matcher = bot.matcher
    lines = loaded.exampleLines + others
  }

  /// A pattern that is tried.
  public struct Rule: Sendable {
    public let pattern: PatternRule
    fileprivate let ear: Ear?
  }

  public func parse(_ pattern: String, whole: Bool) throws(PatternError) -> Rule {
    let rule = try PatternParser.parse(pattern, whole: whole, language: source.matcher.language)
    for name in rule.classNames where source.matcher.language.classes[name] == nil {
      throw PatternError(
        offset: 0, message: "unknown word class: '~\(name)'",
        mend: Spelling.mend(name, Array(source.matcher.language.classes.keys)))
    }
    return Rule(pattern: rule, ear: Ear(rule, source.matcher))
  }

  /// Whether the rule hears `text`.
  public func hears(_ rule: Rule, _ text: String) -> Bool {
    guard let ear = rule.ear else { return false }
    var workspace = ear.matcher.makeWorkspace()
    return ear.hears(text, &workspace)
  }

  // MARK: What the line becomes

  /// What `text` is heard as now, with the probability that the intent has.
  public func verdict(on text: String, for id: String) -> Verdict {
    verdict(matcher.hear(text), for: id, matcher)
  }

  /// What `text` would be heard as with the pattern. What is learned from the examples is taken as it is.
  public func verdict(on text: String, for id: String, with rule: Rule) -> Verdict {
    guard let intent = matcher.number(of: id), hears(rule, text) else {
      return verdict(on: text, for: id)
    }
    var workspace = matcher.makeWorkspace()
    return verdict(
      matcher.hear(text, asIfPatternOf: intent, whole: rule.pattern.whole, workspace: &workspace), for: id, matcher)
  }

  /// What `text` is heard as by a bot that has learned something else.
  public func verdict(on text: String, for id: String, by other: Bot) -> Verdict {
    verdict(other.matcher.hear(text), for: id, other.matcher)
  }

  private func verdict(_ hearing: Hearing, for id: String, _ matcher: Matcher) -> Verdict {
    let intent = matcher.number(of: id)
    return Verdict(
      intent: hearing.best.map { matcher.intentIDs[$0.intent] }, score: hearing.best?.score ?? 0,
      own: hearing.candidates.first { $0.intent == intent }?.score ?? 0,
      isInContext: intent.map(hearing.heardInContext.contains) ?? false, isDanger: hearing.risk.level > .unclear)
  }

  // MARK: What is won and lost

  /// What the pattern would hear, and which lines would be heard otherwise. The rest of what is learned from the
  /// examples is taken as it is; learning again shifts it a little.
  public func effect(of rule: Rule, on id: String) -> Effect {
    guard let intent = matcher.number(of: id) else { return Effect() }
    var effect = Effect()
    effect.heard = heard(by: rule)
    var workspace = matcher.makeWorkspace()
    for line in effect.heard {
      let before = matcher.hearRivals(in: line.text, workspace: &workspace).best.map { matcher.intentIDs[$0.intent] }
      let after = matcher.hear(line.text, asIfPatternOf: intent, whole: rule.pattern.whole, workspace: &workspace).best
        .map {
          matcher.intentIDs[$0.intent]
        }
      if before != after { effect.changes.append(Change(line: line, before: before, after: after)) }
    }
    return effect
  }

  /// The examples and other lines in which the rule hears something.
  public func heard(by rule: Rule) -> [Line] {
    guard let ear = rule.ear else { return [] }
    return SideBySide.flatMap(lines.count) { range in
      var workspace = ear.matcher.makeWorkspace()
      return range.filter { ear.hears(lines[$0].text, &workspace) }
    }.map { lines[$0] }
  }

  /// The bot with one more pattern, learned anew: exact, and slow. The store keeps it, so that nothing has to be learned
  /// once the pattern is written down.
  public func learned(with rule: Rule, for id: String, store: MatcherStore) -> Bot? {
    var changed = source
    guard let intent = changed.matcher.intents.firstIndex(where: { $0.id == id }) else { return nil }
    // Those that have to hear the whole line come last.
    let patterns = changed.matcher.intents[intent].patterns
    let place = rule.pattern.whole ? nil : patterns.firstIndex(where: \.whole)
    changed.matcher.intents[intent].patterns.insert(rule.pattern, at: place ?? patterns.endIndex)
    return store.compile(changed)
  }

  /// The same with one more example.
  public func learned(with example: String, for id: String, store: MatcherStore) -> Bot? {
    var changed = source
    guard let intent = changed.matcher.intents.firstIndex(where: { $0.id == id }) else { return nil }
    changed.matcher.intents[intent].examples.append(PartReader.trim(example))
    return store.compile(changed)
  }

  /// The lines that another bot hears otherwise.
  public func changes(with other: Bot) -> [Change] {
    let other = other.matcher
    return SideBySide.flatMap(lines.count) { range in
      var one = matcher.makeWorkspace()
      var two = other.makeWorkspace()
      return range.compactMap { i -> Change? in
        let before = matcher.hearRivals(in: lines[i].text, workspace: &one).best.map { matcher.intentIDs[$0.intent] }
        let after = other.hearRivals(in: lines[i].text, workspace: &two).best.map { other.intentIDs[$0.intent] }
        return before == after ? nil : Change(line: lines[i], before: before, after: after)
      }
    }
  }

  /// One rule with the language of the bot.
  fileprivate struct Ear: Sendable {
    let matcher: Matcher

    init?(_ rule: PatternRule, _ source: MatcherSource) {
      var bare = source.withoutExamples
      var intent = IntentRules(id: "tried")
      intent.patterns = [rule]
      bare.intents = [intent]
      var reader = CompiledReader(CompiledBytes(MatcherCompiler(bare).compile()))
      matcher = Matcher(&reader)
    }

    func hears(_ text: String, _ workspace: inout Matcher.Workspace) -> Bool {
      !matcher.rulesHeard(in: text, workspace: &workspace).isEmpty
    }
  }
}

extension BotLoader.Result {
  /// All examples with their intents.
  public var exampleLines: [Trial.Line] {
    folder.intents.flatMap { loaded in
      loaded.examples.map {
        Trial.Line(text: $0.text, intent: loaded.intent.id, place: "\($0.file):\($0.place.line)")
      }
    }
  }

  /// The examples in lists, `NAME.txt` beside the rules.
  public var listedExamples: [Trial.Line] {
    folder.intents.flatMap { loaded in
      loaded.examples.lazy.filter { $0.file.hasSuffix(".txt") }.map {
        Trial.Line(text: $0.text, intent: loaded.intent.id, place: "\($0.file):\($0.place.line)")
      }
    }
  }

  /// The file in which an intent stands, and the list of examples beside it if there is one.
  public func files(ofIntent id: String, in files: [SourceFile]) -> (rules: SourceFile, list: SourceFile?)? {
    guard let loaded = folder.intents.first(where: { $0.intent.id == id }),
      let rules = files.first(where: { $0.path == loaded.file })
    else { return nil }
    return (rules, files.first { $0.isExampleList && $0.stem == id })
  }

  public var intentIDs: [String] { folder.intents.map(\.intent.id) }

  /// The known intent that was probably meant.
  public func mend(_ id: String) -> String { Spelling.mend(id, intentIDs) }
}

extension SourceFile {
  var isExampleList: Bool { path.hasSuffix(".txt") && name != "lexicon.txt" }
}
