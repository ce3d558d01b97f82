import Matching

/// What of a line can be said back to the person: their own words, turned round.
struct SaidBack {
  let script: Script

  /// Lines with more bytes of UTF-8 hold too much to choose from.
  private static let longestLine = 1_000
  /// Fewer words are a scrap of a sentence, more are a lecture.
  private static let length = 3...14
  private static let fewestToBeKnownAgain = 4

  private var turner: PersonTurner { PersonTurner(table: script.person) }

  // MARK: Statements

  /// The clause that weighs the most: by the words of `weighty` in it, by speaking of the person, by coming last. What
  /// only opens or closes a sentence is left out ("no, ...", "..., I suppose"). A question said back as a statement would
  /// be mockery, so a line that ends in one is not.
  func statement(_ line: Memory.Line) -> String? {
    guard line.text.utf8.count < SaidBack.longestLine else { return nil }
    let sentences = sentences(line.text)
    guard let last = sentences.last, !(line.asks && asks(last)) else { return nil }
    var best: (text: String, weight: Int)?
    for sentence in sentences where !asks(sentence) {
      for clause in clauses(of: sentence, isOnly: sentences.count == 1) {
        let text = clause.joined(separator: " ")
        let turned = turner.turn(text)
        let said = ended(turned)
        guard !said.isEmpty, said.utf8.count <= PersonTurner.longest else { continue }
        let weight = weight(of: clause) * 2 + (turned == text ? 0 : 2) + (sentence == last ? 1 : 0)
        if best.map({ weight >= $0.weight }) ?? true { best = (said, weight) }
      }
    }
    return best?.text
  }

  /// The same where it is long enough to be known again some turns later.
  func longStatement(_ line: Memory.Line) -> String? {
    statement(line).flatMap { $0.split(separator: " ").count >= SaidBack.fewestToBeKnownAgain ? $0 : nil }
  }

  /// The sentence where it is short enough, or the clauses of a longer one.
  private func clauses(of sentence: [String], isOnly: Bool) -> [[String]] {
    let whole = bare(sentence)
    if whole.count <= SaidBack.length.upperBound {
      let fits = isOnly ? !whole.isEmpty : isLong(whole)
      return fits && stands(whole) && !holds(script.unsaid, in: sentence.map(plain)) ? [whole] : []
    }
    let clauses = divided(whole) { i in
      ";:".contains(whole[i - 1].last ?? " ") || script.joins.contains(where: whole[i...].map(plain).starts(with:))
    }
    // A clause that is still too long is divided at its commas.
    return clauses.flatMap { clause in
      clause.count <= SaidBack.length.upperBound
        ? [clause] : divided(clause) { clause[$0 - 1].last == "," }.filter(hasSubject)
    }
    .filter { !holds(script.unsaid, in: $0.map(plain)) }.map(bare)
    .filter { $0.count <= SaidBack.length.upperBound && isLong($0) && stands($0) }
  }

  /// Long enough to be said back; a word less will do where one of them weighs ("Calf's dead").
  private func isLong(_ words: [String]) -> Bool {
    words.count + min(weight(of: words), 1) >= SaidBack.length.lowerBound
  }

  private func divided(_ words: [String], before isStart: (Int) -> Bool) -> [[String]] {
    var pieces: [[String]] = [[]]
    for i in words.indices {
      if i > 0, isStart(i) { pieces.append([]) }
      pieces[pieces.count - 1].append(words[i])
    }
    return pieces
  }

  private func hasSubject(_ piece: [String]) -> Bool {
    script.subjects.contains(where: bare(piece).map(plain).starts(with:))
  }

  /// Whether a clause is a sentence of its own, and no part of another ("when I broke my wrist") or of what
  /// somebody said.
  private func stands(_ clause: [String]) -> Bool {
    let words = clause.map(plain)
    return !script.dependent.contains(where: words.starts(with:))
      && !script.unfinished.contains { words.reversed().starts(with: $0.reversed()) }
      && !clause.contains { $0.contains(where: "\"“”".contains) }
  }

  private func weight(of clause: [String]) -> Int {
    let words = clause.map(plain)
    return words.indices.count { i in script.weighty.contains { words[i...].starts(with: $0) } }
  }

  private func holds(_ phrases: Set<[String]>, in words: [String]) -> Bool {
    words.indices.contains { i in phrases.contains { words[i...].starts(with: $0) } }
  }

  // MARK: Questions

  /// What the person wants to know, where the last sentence asks in one of the forms of `questions`: "how do I tell
  /// her?" is "how to tell her". Nil for all other questions, and for those about us.
  func question(_ line: Memory.Line) -> String? {
    guard line.text.utf8.count < SaidBack.longestLine else { return nil }
    let words = bare(sentences(line.text).last ?? [])
    for i in words.indices where i == 0 || endsClause(words[i - 1]) {
      if let asked = asked(Array(words[i...])) { return asked }
    }
    return nil
  }

  private func asked(_ words: [String]) -> String? {
    let plain = words.map(plain)
    let forms = script.questions.filter { $0.key.count < plain.count && plain.starts(with: $0.key) }
    guard let (form, turned) = forms.max(by: { $0.key.count < $1.key.count }),
      plain.count - form.count <= SaidBack.length.upperBound, !holds(script.unsaid, in: Array(plain[form.count...]))
    else { return nil }
    let text = ended(turner.turn(words[form.count...].joined(separator: " ")))
    return text.isEmpty || text.utf8.count > PersonTurner.longest ? nil : turned + " " + text
  }

  private func endsClause(_ word: String) -> Bool {
    word.last.map { ",;:-–—".contains($0) } ?? false || script.joins.contains([plain(word)])
  }

  // MARK: Words

  private func asks(_ sentence: [String]) -> Bool { sentence.contains { $0.contains("?") } }

  private func plain(_ word: String) -> String { word.trimmingMarks.lowercased() }

  /// Without the marks that end a sentence.
  private func ended(_ text: String) -> String {
    var text = text
    while let last = text.last, ".!?,;: ".contains(last) { text.removeLast() }
    return text
  }

  /// The sentence without the words that only open or close it.
  private func bare(_ sentence: [String]) -> [String] {
    let plain = sentence.map(plain)
    var rest = sentence.indices
    // "No weight" is no "no, ...": one word opens a sentence where a mark or a person follows.
    func opens(_ words: [String]) -> Bool {
      guard plain[rest].starts(with: words) else { return false }
      guard words == ["no"], let first = rest.first, rest.count > 1 else { return true }
      return sentence[first] != sentence[first].trimmingMarks || script.person[plain[first + 1]] != nil
    }
    func closes(_ words: [String]) -> Bool { plain[rest].reversed().starts(with: words.reversed()) }
    while let count = script.openers.filter(opens).map(\.count).max() { rest.removeFirst(count) }
    while let count = script.closers.filter(closes).map(\.count).max() { rest.removeLast(count) }
    return Array(sentence[rest])
  }

  /// The words of each sentence, without what stands in brackets.
  private func sentences(_ text: String) -> [[String]] {
    var sentences: [[String]] = [[]]
    var isAside = false
    for word in PersonTurner.words(of: text) {
      if word.hasPrefix("(") { isAside = true }
      if !isAside { sentences[sentences.count - 1].append(word) }
      if word.contains(")") { isAside = false }
      if let end = word.last, ".!?…".contains(end) { sentences.append([]) }
    }
    return sentences.filter { !$0.isEmpty }
  }
}
