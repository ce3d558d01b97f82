/// Why an utterance was heard as it was.
public struct Explanation: Sendable {
  public struct Evidence: Sendable {
    public var points: Float
    public var what: String
  }

  /// The words as they were read.
  public var words: [String]
  /// Words that were read as something else than they were written.
  public var changes: [String]
  /// What was heard as a sign of danger, or as talk that only sounds like it.
  public var risk: [String]
  /// What spoke for and against each of the leading intents.
  public var evidence: [Int: [Evidence]]
}

extension Matcher {
  /// Tells what in the utterance spoke for the leading intents, strongest first.
  public func explain(_ hearing: Hearing) -> Explanation {
    let utterance = hearing.utterance
    let vocabulary = normaliser.vocabulary
    let words = utterance.tokens.map { token in
      (token.negated ? "¬" : "") + (token.lemma >= 0 ? vocabulary.name(Int(token.lemma)) : "?")
    }
    var changes: [String] = []
    for (i, token) in utterance.tokens.enumerated()
    where token.origin.rawValue > Token.Origin.expanded.rawValue && token.origin != .unknown {
      changes.append("\(utterance.text(of: i..<(i + 1))) -> \(vocabulary.name(Int(token.lemma))) (\(token.origin))")
    }
    var workspace = PatternMatcher.Workspace(patterns)
    let risk = hearing.hits.compactMap { hit in
      riskMeaning(of: hit.rule).map { "\($0): \(quoted(heardBy: hit, hearing, &workspace))" }
    }
    var evidence: [Int: [Explanation.Evidence]] = [:]
    for candidate in hearing.candidates.prefix(5) {
      evidence[candidate.intent] = grounds(for: candidate.intent, hearing)
    }
    return Explanation(words: words, changes: changes, risk: risk, evidence: evidence)
  }

  /// The words that a rule heard, in quotes.
  private func quoted(heardBy hit: PatternMatcher.Hit, _ hearing: Hearing, _ workspace: inout PatternMatcher.Workspace)
    -> String
  {
    let trace = patterns.trace(
      hit, hearing.utterance.tokens, vocabulary: normaliser.vocabulary, workspace: &workspace)
    return trace.parts.map { "\"" + hearing.utterance.text(of: $0) + "\"" }.joined(separator: " and ")
  }

  private func grounds(for intent: Int, _ hearing: Hearing) -> [Explanation.Evidence] {
    var workspace = PatternMatcher.Workspace(patterns)
    var grounds: [Explanation.Evidence] = []
    for hit in hearing.hits where owns(hit.rule, intent) {
      let heard = quoted(heardBy: hit, hearing, &workspace)
      grounds.append(Explanation.Evidence(points: points(of: hit.rule), what: "pattern heard \(heard)"))
    }
    var likeness: [Explanation.Evidence] = []
    let tokens = hearing.utterance.tokens
    let length = self.likeness.length(hearing.rows)
    let label = rivals.firstIndex(of: intent)
    for (key, name) in Feature.named(tokens, hearing, self) {
      guard let label, length > 0, let weight = self.likeness.weight(features.find([key]), label: label) else {
        continue
      }
      likeness.append(Explanation.Evidence(points: weight / length, what: name))
    }
    likeness.sort { (abs($1.points), $0.what) < (abs($0.points), $1.what) }
    return grounds + likeness.prefix(6)
  }
}

extension Feature {
  /// The features that a person can read, with their names.
  fileprivate static func named(_ tokens: [Token], _ hearing: Hearing, _ matcher: Matcher) -> [(UInt64, String)] {
    let vocabulary = matcher.normaliser.vocabulary
    var named: [(UInt64, String)] = []
    var seen: Set<UInt64> = []
    func add(_ key: UInt64, _ name: String) { if seen.insert(key).inserted { named.append((key, name)) } }
    for i in tokens.indices {
      let lemma = Int(tokens[i].lemma)
      guard lemma >= 0 else { continue }
      add(Hash.pair(word, lemma, 0), "the word \(vocabulary.name(lemma))")
      if tokens[i].negated { add(Hash.pair(denied, lemma, 0), "\(vocabulary.name(lemma)), denied") }
      if i > 0, tokens[i - 1].lemma >= 0, !tokens[i].opensSentence {
        let before = Int(tokens[i - 1].lemma)
        add(Hash.pair(pair, before, lemma), "the words \(vocabulary.name(before)) \(vocabulary.name(lemma))")
      }
    }
    for c in hearing.classes { add(Hash.pair(wordClass, c, 0), "a word of ~\(matcher.patterns.classNames[c])") }
    if hearing.utterance.asks { add(Hash.pair(form, Form.asks, 0), "it is a question") }
    return named
  }
}
