/// A rule of an intent by its place in the source, for those who ask which rules hear what.
public struct RuleName: Sendable, Hashable {
  public enum List: Sendable, Hashable { case patterns, keywords, riskPatterns, riskHints, harmless }

  /// The intent's number.
  public var intent: Int
  public var list: List
  /// The rule's place in the list.
  public var index: Int

  public init(intent: Int, list: List, index: Int) {
    self.intent = intent
    self.list = list
    self.index = index
  }
}

extension MatcherSource {
  /// The rules in the order in which they are compiled: those that only a dialogue asks about come last.
  public var ruleNames: [RuleName] {
    var names: [RuleName] = []
    var inContext: [RuleName] = []
    for (i, intent) in intents.enumerated() {
      func name(_ list: RuleName.List, _ index: Int) -> RuleName { RuleName(intent: i, list: list, index: index) }
      for (k, pattern) in intent.patterns.enumerated() {
        if intent.isContextual && !pattern.whole {
          inContext.append(name(.patterns, k))
        } else {
          names.append(name(.patterns, k))
        }
      }
      names += intent.keywords.indices.map { name(.keywords, $0) }
      names += intent.riskPatterns.indices.map { name(.riskPatterns, $0) }
      names += intent.riskHints.indices.map { name(.riskHints, $0) }
      names += intent.harmless.indices.map { name(.harmless, $0) }
    }
    return names + inContext
  }

  /// A rule with what it means.
  func rule(_ name: RuleName) -> (rule: PatternRule, role: Matcher.RuleRole) {
    let intent = intents[name.intent]
    switch name.list {
    case .patterns:
      let pattern = intent.patterns[name.index]
      return (pattern, pattern.whole ? .whole(intent: name.intent) : .pattern(intent: name.intent))
    case .keywords:
      let (word, weight) = intent.keywords[name.index]
      return (PatternRule(required: [word]), .keyword(intent: name.intent, weight: weight))
    case .riskPatterns: return (intent.riskPatterns[name.index].0, .risk(intent.riskPatterns[name.index].1))
    case .riskHints: return (intent.riskHints[name.index].0, .riskHint(intent.riskHints[name.index].1))
    case .harmless: return (intent.harmless[name.index], .harmless)
    }
  }

  /// The same without examples: what compiles at once, because nothing is learned.
  public var withoutExamples: MatcherSource {
    var bare = self
    for i in bare.intents.indices { bare.intents[i].examples = [] }
    bare.choices = Choices()
    return bare
  }
}

extension Matcher {
  /// The rules that hear `text`, as places in `MatcherSource.ruleNames`; conditions of replies are left out.
  public func rulesHeard(in text: String, workspace: inout Workspace) -> [Int] {
    var rules: [Int] = []
    patterns.search(
      normaliser.read(text).tokens, vocabulary: normaliser.vocabulary, before: firstCondition,
      workspace: &workspace.patterns, report: { rule, _ in rules.append(rule) })
    return rules
  }
}
