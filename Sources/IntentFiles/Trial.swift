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

  private let source: BotSource
  private let matcher: Matcher
  private let lines: [Line]

  /// - Parameters:
  ///   - bot: compiled from `loaded`.
  ///   - others: lines beside the examples, such as those of transcripts.
  public init?(_ loaded: BotLoader.Result, bot: Bot, others: [Line] = []) {
    guard let source = loaded.source else { return nil }
    self.source = source
    matcher = bot.matcher
    lines = loaded.exampleLines + others
  }

  public func parse(_ pattern: String, whole: Bool) throws(PatternError) -> PatternRule {
    let rule = try PatternParser.parse(pattern, whole: whole, language: source.matcher.language)
    for name in rule.classNames where source.matcher.language.classes[name] == nil {
      throw PatternError(
        offset: 0, message: "unknown word class: '~\(name)'",
        mend: Spelling.mend(name, Array(source.matcher.language.classes.keys)))
    }
    return rule
  }

  /// Whether the rule hears `text`.
  public func hears(_ rule: PatternRule, _ text: String) -> Bool {
    guard let ear = Ear(rule, source.matcher) else { return false }
    var workspace = ear.matcher.makeWorkspace()
    return ear.hears(text, &workspace)
  }

  /// What the pattern would hear, and which lines it would win for the intent. The rest of what is learned
  /// from the examples is taken as it is; learning again shifts it a little.
  public func effect(of rule: PatternRule, on id: String) -> Effect {
    guard let intent = matcher.intentIDs.firstIndex(of: id), let ear = Ear(rule, source.matcher) else {
      return Effect()
    }
    let gain = Matcher.points(ofPattern: rule)
    let found = BotChecker.sideBySide(lines.count) { range in
      var workspace = ear.matcher.makeWorkspace()
      return range.filter { ear.hears(lines[$0].text, &workspace) }
    }
    var effect = Effect()
    var workspace = matcher.makeWorkspace()
    for line in found.map({ lines[$0] }) {
      effect.heard.append(line)
      let hearing = matcher.hear(line.text, workspace: &workspace)
      let before = hearing.best.map { matcher.intentIDs[$0.intent] }
      guard let own = hearing.candidates.first(where: { $0.intent == intent }), own.patterns < gain else { continue }
      let raised = own.points - own.patterns + gain
      let others = hearing.candidates.filter { $0.intent != intent }.map(\.points).max() ?? -.infinity
      if raised > others, before != id { effect.changes.append(Change(line: line, before: before, after: id)) }
    }
    return effect
  }

  /// What learning with the example would change: exact, and slow.
  public func effect(ofExample text: String, on id: String) -> Effect {
    var changed = source.matcher
    guard let intent = changed.intents.firstIndex(where: { $0.id == id }) else { return Effect() }
    changed.intents[intent].examples.append(text)
    var reader = CompiledReader(
      CompiledBytes(MatcherCompiler(changed, conditions: source.conditions).compile()))
    let other = Matcher(&reader)
    let heard = BotChecker.sideBySide(lines.count) { range in
      var one = matcher.makeWorkspace()
      var two = other.makeWorkspace()
      return range.compactMap { i -> Change? in
        let before = matcher.hear(lines[i].text, workspace: &one).best.map { matcher.intentIDs[$0.intent] }
        let after = other.hear(lines[i].text, workspace: &two).best.map { other.intentIDs[$0.intent] }
        return before == after ? nil : Change(line: lines[i], before: before, after: after)
      }
    }
    return Effect(changes: heard)
  }

  /// One rule with the language of the bot.
  private struct Ear: Sendable {
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
