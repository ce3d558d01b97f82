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
  /// The rules in the order in which they are compiled.
  public var ruleNames: [RuleName] {
    var names: [RuleName] = []
    for (i, intent) in intents.enumerated() {
      func add(_ list: RuleName.List, _ count: Int) {
        names += (0..<count).map { RuleName(intent: i, list: list, index: $0) }
      }
      add(.patterns, intent.patterns.count)
      add(.keywords, intent.keywords.count)
      add(.riskPatterns, intent.riskPatterns.count)
      add(.riskHints, intent.riskHints.count)
      add(.harmless, intent.harmless.count)
    }
    return names
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
    let limit = firstCondition
    patterns.search(
      normaliser.read(text).tokens, vocabulary: normaliser.vocabulary, before: limit, workspace: &workspace.patterns,
      report: { rule, _ in if rule < limit { rules.append(rule) } })
    return rules
  }
}
