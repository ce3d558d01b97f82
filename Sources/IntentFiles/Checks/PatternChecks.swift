import Matching

/// Patterns that cannot hear what they describe, that others make needless, and intents that hear the same.
///
/// Judged by sentences written from each pattern: the shortest one first, and, only where another pattern
/// hears that too, a spread of others.
struct PatternChecks {
  let folder: LoadedFolder
  let matcher: Matcher
  let rules: [RuleName]
  let report: (Diagnostic) -> Void

  func run() {
    let numbers = rules.indices.filter { rules[$0].list == .patterns }
    let examiner = PatternExaminer(folder: folder, matcher: matcher, rules: rules)
    let findings = SideBySide.flatMap(numbers.count) { range in
      let sampler = PatternSampler(examiner.folder.language)
      var workspace = examiner.matcher.makeWorkspace()
      return range.map { examiner.examine(numbers[$0], sampler, &workspace) }
    }
    var pairs: [[Int]: (rule: Int, other: Int, sentence: String, count: Int)] = [:]
    for (number, finding) in zip(numbers, findings) {
      if finding.isDead {
        warn(
          number, .deadPattern, "this pattern does not hear \"\(finding.sentence)\", which it describes",
          "look at the words with `drawbridge explain`; a ! part or a contraction may stand in its way")
      }
      for other in finding.coveredBy {
        if rules[other].intent == rules[number].intent {
          note(number, shadowedBy: other, finding, numbers, findings)
        } else if !isContextual(number), !isContextual(other) {
          let pair = [rules[number].intent, rules[other].intent].sorted()
          pairs[pair, default: (number, other, finding.sentence, 0)].count += 1
        }
      }
    }
    for (_, pair) in pairs.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let other = rules[pair.other]
      let more = pair.count > 1 ? " (\(pair.count) patterns of the two)" : ""
      warn(
        pair.rule, .overlap,
        "\"\(pair.sentence)\" is heard by the intent '\(folder.intents[other.intent].intent.id)' too, at "
          + "\(place(pair.other))\(more)", "narrow the wider pattern with `& !word`, or leave this one out")
    }
  }

  /// Whether the rule's intent is heard only where a state waits for it: it then goes before others, and what they
  /// hear as well does not matter.
  private func isContextual(_ rule: Int) -> Bool { folder.intents[rules[rule].intent].rules.isContextual }

  /// Of two patterns that hear the same, only the later one is named.
  private func note(
    _ number: Int, shadowedBy other: Int, _ finding: PatternExaminer.Finding, _ numbers: [Int],
    _ findings: [PatternExaminer.Finding]
  ) {
    let isMutual = numbers.firstIndex(of: other).map { findings[$0].coveredBy.contains(number) } ?? false
    guard !isMutual || other < number,
      finding.coveredBy.first(where: { rules[$0].intent == rules[number].intent }) == other
    else { return }
    warn(
      number, .shadowedPattern,
      "the pattern at \(place(other)) hears all that this one hears, such as "
        + "\"\(finding.sentence)\"", "leave this one out, or make it say something else")
  }

  private func place(_ number: Int) -> String {
    let loaded = folder.intents[rules[number].intent]
    return "\(loaded.file):\(loaded.patternPlaces[rules[number].index].place.line)"
  }

  private func warn(_ number: Int, _ rule: Diagnostic.Rule, _ message: String, _ mend: String) {
    let loaded = folder.intents[rules[number].intent]
    report(.warning(loaded.file, loaded.patternPlaces[rules[number].index].place, rule, message, mend))
  }
}

/// Tries the sentences of a pattern on all patterns.
struct PatternExaminer: Sendable {
  let folder: LoadedFolder
  let matcher: Matcher
  let rules: [RuleName]

  private static let samples = 24

  struct Finding: Sendable {
    /// Nothing written from the pattern is heard by it.
    var isDead = false
    var sentence = ""
    /// Rules that hear every sentence that was tried.
    var coveredBy: [Int] = []
  }

  func examine(_ number: Int, _ sampler: PatternSampler, _ workspace: inout Matcher.Workspace) -> Finding {
    let rule = self.rule(at: number)
    var finding = Finding()
    finding.sentence = sampler.shortest(rule)
    let heard = matcher.rulesHeard(in: finding.sentence, workspace: &workspace)
    let hearsItself = heard.contains(number)
    var others = heard.filter {
      // A pattern of whole lines does not hear lines of which these words are a part.
      $0 != number && rules[$0].list == .patterns && rule.whole == self.rule(at: $0).whole
    }
    guard !hearsItself || !others.isEmpty else { return finding }
    var tried = 0
    for sentence in sampler.sentences(rule, most: PatternExaminer.samples) {
      let heard = matcher.rulesHeard(in: sentence, workspace: &workspace)
      guard heard.contains(number) else { continue }
      if tried == 0, !hearsItself {
        finding.sentence = sentence
        others = heard.filter {
          $0 != number && rules[$0].list == .patterns && (!rule.whole || self.rule(at: $0).whole)
        }
      }
      others.removeAll { !heard.contains($0) }
      tried += 1
      if others.isEmpty { break }
    }
    finding.isDead = tried == 0
    finding.coveredBy = tried == 0 ? [] : others.sorted()
    return finding
  }

  private func rule(at number: Int) -> PatternRule {
    folder.intents[rules[number].intent].rules.patterns[rules[number].index]
  }
}
