extension Matcher {
  /// Whether the condition of a reply, by its number, holds in what was heard.
  ///
  /// - Parameter workspace: the one in which it was heard, not used since.
  public func holds(_ condition: Int, in hearing: Hearing, workspace: inout Workspace) -> Bool {
    let rule = firstCondition + condition
    return patterns.hears(rule, in: &workspace.patterns) ?? hearing.hits.contains { $0.rule == rule }
  }

  /// The words captured under `name`, as they were written: by the pattern of the condition if it holds, or by
  /// any pattern that fired; nil if none did.
  ///
  /// - Parameter workspace: any; what was heard in it stays there.
  public func capture(
    _ name: String, in hearing: Hearing, preferring condition: Int? = nil, workspace: inout Workspace
  ) -> String? {
    var hits = hearing.hits.filter { patterns.rule($0.rule).captures }.sorted { $0.rule < $1.rule }
    if let condition, patterns.rule(firstCondition + condition).captures {
      hits.insert(contentsOf: self.hits(of: firstCondition + condition, hearing), at: 0)
    }
    guard !hits.isEmpty else { return nil }
    var tracing = workspace.tracing.take() ?? PatternMatcher.Workspace(patterns)
    defer { workspace.tracing = tracing }
    for hit in hits {
      let trace = patterns.trace(
        hit, hearing.utterance.tokens, vocabulary: normaliser.vocabulary, workspace: &tracing)
      if let range = trace.captures.first(where: { $0.name == name })?.tokens, !range.isEmpty {
        return hearing.utterance.text(of: range)
      }
    }
    return nil
  }

  private func hits(of rule: Int, _ hearing: Hearing) -> [PatternMatcher.Hit] {
    let known = hearing.hits.filter { $0.rule == rule }
    if !known.isEmpty { return known }
    let slots = PatternMatcher.slots(of: hearing.utterance.tokens)
    return slots.count <= PatternMatcher.windowSize ? [PatternMatcher.Hit(rule: rule, slots: slots[...])] : []
  }
}

extension Utterance {
  /// The text from the first to the last of `tokens` as it was written.
  public func text(of range: Range<Int>) -> String {
    guard let first = range.first, let last = range.last else { return "" }
    let from = text.utf8.index(text.startIndex, offsetBy: Int(tokens[first].start))
    let to = text.utf8.index(text.startIndex, offsetBy: Int(tokens[last].end))
    return String(text[from..<to])
  }
}
