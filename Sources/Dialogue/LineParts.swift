import Matching

/// The parts of a line that could be said back: clauses, some of them side by side, whole sentences, and two short ones.
struct LineParts {
  let script: Script

  /// Lines with more bytes of UTF-8 hold too much to choose from.
  static let longestLine = 1_000
  /// Fewer words are a scrap of a sentence, more are a lecture.
  static let length = 2...14
  /// So many clauses side by side are said back at most.
  private static let longestRun = 3
  /// Sentences of so many words or fewer are said back two at a time.
  private static let shortSentence = 7
  /// These end no sentence.
  private static let titles: Set<String> = ["mr.", "mrs.", "ms.", "dr.", "st.", "prof.", "fr.", "sr."]

  /// A word as it was written, and without marks and capitals.
  struct Word {
    let text: String
    let plain: String

    init(_ text: String) {
      self.text = text
      plain = text.trimmingMarks.lowercased()
    }
  }

  /// A part of a line that could be said back.
  struct Part {
    var words: [Word]
    var traits: [Int]

    var text: String { words.map(\.text).joined(separator: " ") }
    /// How the choice between parts sees it.
    var piece: MatcherSource.Piece { MatcherSource.Piece(text: text, traits: traits) }
  }

  /// How a part stands in its line, as numbers for the choice.
  enum Trait {
    static let last = 0
    static func fromEnd(_ n: Int) -> Int { last + min(3, n) }
    static func fromStart(_ n: Int) -> Int { 10 + min(3, n) }
    static func place(first: Bool, last: Bool) -> Int { 20 + (first ? 1 : 0) + (last ? 2 : 0) }
    static func run(_ n: Int) -> Int { 30 + n }
    static func sentences(_ n: Int) -> Int { 40 + min(6, n) }
    static func turned(_ n: Int) -> Int { 50 + min(4, n) }
    static func length(_ n: Int) -> Int { 60 + n / 2 }
    static let hasSubject = 70
    static let afterComma = 71
    /// It is the whole line, with nothing turned round.
    static let parrots = 72
    /// The word at which the part begins, where the sentence is divided there.
    static func after(_ word: String) -> Int {
      0x1_0000 + word.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xffff }
    }
  }

  func parts(of text: String) -> [Part] {
    guard text.utf8.count < LineParts.longestLine else { return [] }
    let sentences = sentences(text)
    var parts: [Part] = []
    for (s, sentence) in sentences.enumerated() where !asks(sentence) {
      let place = [
        Trait.fromEnd(sentences.count - 1 - s), Trait.fromStart(s), Trait.sentences(sentences.count),
      ]
      parts += runs(in: sentence, isOnly: sentences.count == 1, place)
      if s > 0, let pair = pair(sentences[s - 1], sentence, place) { parts.append(pair) }
    }
    return parts
  }

  /// The sentence, and its clauses alone and side by side.
  private func runs(in sentence: [Word], isOnly: Bool, _ place: [Int]) -> [Part] {
    let whole = bare(sentence[...])
    let clauses = clauses(of: whole)
    var parts: [Part] = []
    for first in clauses.indices {
      for last in first..<min(clauses.count, first + LineParts.longestRun) {
        let isWhole = first == 0 && last == clauses.count - 1
        let run = isWhole ? whole : bare(whole[clauses[first].startIndex..<clauses[last].endIndex])
        // What opens a sentence is looked at too: "what a ..." is not said back without the "what".
        guard isWhole && isOnly ? !run.isEmpty : isLong(run), run.count <= LineParts.length.upperBound,
          !script.unsaid.stand(in: isWhole ? sentence[...] : run)
        else { continue }
        var traits = place
        traits.append(Trait.place(first: first == 0, last: last == clauses.count - 1))
        traits.append(Trait.run(last - first + 1))
        traits.append(Trait.after(first == 0 ? "" : clauses[first].first?.plain ?? ""))
        if first > 0, clauses[first - 1].last?.text.last == "," { traits.append(Trait.afterComma) }
        let subject = clauses[..<first].last { !isVerb($0) }?.first?.plain
        // "... and said to knock": whoever did it is named elsewhere.
        guard !isVerb(run) || (subject ?? "i") == "i" && !isDoneToMe(run) else { continue }
        let words = isVerb(run) ? withSubject(run) : Array(run)
        if let part = part(words, traits, isLine: isWhole && isOnly) { parts.append(part) }
      }
    }
    return parts
  }

  /// Whether the words begin with what somebody did, and not with who did it.
  private func isVerb(_ words: ArraySlice<Word>) -> Bool { words.first.map(script.verbs.contains) ?? false }

  /// "Made me smile": it was not the person who did it.
  private func isDoneToMe(_ words: ArraySlice<Word>) -> Bool { isVerb(words) && words.dropFirst().first?.plain == "me" }

  private func withSubject(_ words: ArraySlice<Word>) -> [Word] {
    guard let first = words.first else { return [] }
    return [Word("I"), Word(first.text.lowercased())] + words.dropFirst()
  }

  /// Two short sentences.
  private func pair(_ one: [Word], _ other: [Word], _ place: [Int]) -> Part? {
    guard !asks(one), max(one.count, other.count) <= LineParts.shortSentence else { return nil }
    let (first, second) = (bare(one[...]), bare(other[...]))
    let words = Array(first + second)
    guard isLong(first), isLong(second), words.count <= LineParts.length.upperBound, stands(second),
      !isDoneToMe(first), !isDoneToMe(second),
      !script.unsaid.stand(in: words[...])
    else { return nil }
    return part(words, place + [Trait.run(LineParts.longestRun + 1)], isLine: false)
  }

  /// The words as a part, if they are a sentence of their own.
  private func part(_ words: [Word], _ traits: [Int], isLine: Bool) -> Part? {
    guard stands(words[...]) else { return nil }
    let turned = words.count { script.person[$0.plain] != nil }
    var traits = traits + [Trait.turned(turned), Trait.length(words.count)]
    if script.subjects.stand(at: words[...]) { traits.append(Trait.hasSubject) }
    if isLine, turned == 0 { traits.append(Trait.parrots) }
    return Part(words: words, traits: traits)
  }

  /// The clauses of a sentence: it is divided at its joins and commas.
  private func clauses(of words: ArraySlice<Word>) -> [ArraySlice<Word>] {
    var clauses: [ArraySlice<Word>] = []
    var start = words.startIndex
    for i in words.indices.dropFirst()
    where ",;:".contains(words[i - 1].text.last ?? " ")
      || i < words.endIndex - 1 && script.joins.stand(at: words[i...])
    {
      clauses.append(words[start..<i])
      start = i
    }
    if start < words.endIndex { clauses.append(words[start...]) }
    return clauses
  }

  private func isLong(_ words: ArraySlice<Word>) -> Bool { words.count >= LineParts.length.lowerBound }

  /// Whether a clause is a sentence of its own, and no part of another ("when I broke my wrist") or of what
  /// somebody said.
  private func stands(_ words: ArraySlice<Word>) -> Bool {
    !script.dependent.stand(at: words) && !script.unfinished.stand(at: words)
      && words.first?.text.last != ","
      && !words.contains { $0.text.contains(where: "\"“”".contains) }
  }

  // MARK: Words

  func asks(_ sentence: [Word]) -> Bool { sentence.contains { $0.text.contains("?") } }

  /// The sentence without the words that only open or close it.
  func bare(_ sentence: ArraySlice<Word>) -> ArraySlice<Word> {
    var rest = sentence
    while let count = script.openers.longest(at: rest), opens(rest, count) { rest.removeFirst(count) }
    while let count = script.closers.longest(at: rest) { rest.removeLast(count) }
    return rest
  }

  /// "No weight" is no "no, ...": that one word opens a sentence where a mark or a person follows.
  private func opens(_ words: ArraySlice<Word>, _ count: Int) -> Bool {
    guard let first = words.first, count == 1, first.plain == "no", words.count > 1 else { return true }
    return first.text != first.text.trimmingMarks || script.person[words[words.startIndex + 1].plain] != nil
  }

  /// The words of each sentence, without what stands in brackets.
  func sentences(_ text: String) -> [[Word]] {
    var sentences: [[Word]] = [[]]
    var isAside = false
    for text in PersonTurner.words(of: text) {
      if text.hasPrefix("(") { isAside = true }
      if !isAside { sentences[sentences.count - 1].append(Word(text)) }
      if text.contains(")") { isAside = false }
      if let end = text.last, ".!?…".contains(end), !LineParts.titles.contains(text.lowercased()) {
        sentences.append([])
      }
    }
    return sentences.filter { !$0.isEmpty }
  }
}

extension Bot {
  /// The parts of a line that could be said back, turned round, and how probably somebody would choose each, from 0 to
  /// 1: the best first. The probability is nil if nothing was learned of that.
  public func partsToSayBack(of line: String) -> [(text: String, worth: Float?)] {
    saidBack.line.parts(of: line)
      .map { (saidBack.turned($0) ?? "", matcher.worth(of: $0.piece)) }
      .enumerated().sorted { ($1.element.1 ?? 0, $0.offset) < ($0.element.1 ?? 0, $1.offset) }.map(\.element)
  }
}

extension Script {
  /// All that decides how a line is divided, as a text.
  public var divisionRules: String {
    let lists = [openers, closers, joins, subjects, verbs, unfinished, dependent, unsaid].map(\.texts)
    return (lists + [person.map { "\($0) \($1)" }.sorted()]).map { $0.joined(separator: "\n") }.joined(
      separator: "\u{1}")
  }

  /// The parts of a line that could be said back, for learning which one to choose.
  ///
  /// - Parameter chosen: the part that somebody chose, or nil if none is worth saying back.
  /// - Returns: nothing if the part that was chosen is none of those; parts that overlap with it without being it
  ///   are left out.
  public func pieces(of line: String, chosen: String?) -> [MatcherSource.Piece] {
    let parts = LineParts(script: self).parts(of: line)
    guard let chosen else { return parts.map(\.piece) }
    let marked = PersonTurner.words(of: chosen).map { LineParts.Word($0).plain }
    let overlaps = parts.map { part in
      let words = part.words.map(\.plain)
      return Double(Set(words).intersection(marked).count) / Double(Set(words + marked).count)
    }
    guard let best = overlaps.max(), best >= 0.6, let right = overlaps.firstIndex(of: best) else { return [] }
    return parts.indices.filter { $0 == right || overlaps[$0] < 0.4 }.map { i in
      var piece = parts[i].piece
      piece.isChosen = i == right
      return piece
    }
  }
}
