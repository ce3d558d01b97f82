import Matching

/// What of a line can be said back to the person: their own words, turned round.
struct SaidBack {
  let script: Script

  /// Lines with more bytes of UTF-8 hold too much to choose from.
  private static let longestLine = 1_000
  /// Fewer words are a scrap of a sentence, more are a lecture.
  private static let length = 3...14
  private static let fewestToBeKnownAgain = 4
  /// So many clauses side by side are said back at most.
  private static let longestRun = 3
  /// Sentences of so many words or fewer are said back two at a time.
  private static let shortSentence = 7
  /// These end no sentence.
  private static let titles: Set<String> = ["mr.", "mrs.", "ms.", "dr.", "st.", "prof.", "fr.", "sr."]
  /// A part less probable than this to be chosen is not said back.
  private static let leastWorth: Float = 0.2

  private var turner: PersonTurner { PersonTurner(table: script.person) }

  /// A part of a line that could be said back.
  struct Part {
    var words: [String]
    /// Turned round.
    var said: String
    /// How the choice between parts sees it.
    var piece: MatcherSource.Piece
  }

  // MARK: Statements

  /// The part of the line that is most worth saying back, as far as it was learned from lines in which somebody marked
  /// it; where nothing was learned, one that speaks of the person rather than not, and a later one rather than an
  /// earlier one. A question said back as a statement would be mockery, so a line that ends in one is not.
  func statement(_ line: Memory.Line, by matcher: Matcher) -> String? {
    guard !(line.asks && sentences(line.text).last.map(asks) ?? false) else { return nil }
    var best: (text: String, worth: Float)?
    for part in parts(of: line.text) {
      let worth = matcher.worth(of: part.piece) ?? SaidBack.guess(part)
      if worth >= best?.worth ?? SaidBack.leastWorth { best = (part.said, worth) }
    }
    return best?.text
  }

  /// The same where it is long enough to be known again some turns later.
  func longStatement(_ line: Memory.Line, by matcher: Matcher) -> String? {
    statement(line, by: matcher)
      .flatMap { $0.split(separator: " ").count >= SaidBack.fewestToBeKnownAgain ? $0 : nil }
  }

  private static func guess(_ part: Part) -> Float {
    let traits = Set(part.piece.traits)
    let isWhole = traits.contains(Trait.place(first: true, last: true))
    guard isWhole || traits.contains(Trait.hasSubject) || !traits.contains(Trait.afterComma) else { return 0 }
    let isTurned = !traits.contains(Trait.turned(0))
    let isOne = traits.contains(Trait.run(1))
    return 0.4 + (isWhole ? 0.2 : 0) + (isTurned ? 0.2 : 0) + (traits.contains(Trait.last) ? 0.1 : 0)
      + (isOne ? 0.05 : 0)
  }

  // MARK: Parts

  /// How a part stands in its line, as numbers for the choice.
  private enum Trait {
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
    static func after(_ word: String) -> Int { 0x1_0000 + number(word) }
    /// A word anywhere in the line.
    static func beside(_ word: String) -> Int { 0x2_0000 + number(word) }
    private static func number(_ word: String) -> Int { word.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xffff } }
  }

  /// All parts of a line that could be said back: clauses, up to three of them side by side, whole sentences, and two
  /// short ones.
  func parts(of text: String) -> [Part] {
    guard text.utf8.count < SaidBack.longestLine else { return [] }
    let sentences = sentences(text)
    let beside = Set(sentences.joined().map(plain)).sorted().map(Trait.beside)
    var parts: [Part] = []
    for (s, sentence) in sentences.enumerated() where !asks(sentence) {
      let place =
        beside + [Trait.fromEnd(sentences.count - 1 - s), Trait.fromStart(s), Trait.sentences(sentences.count)]
      parts += runs(in: sentence, isOnly: sentences.count == 1, place)
      if s > 0 { parts += pair(sentences[s - 1], sentence, place) }
    }
    return parts
  }

  /// The sentence, and its clauses alone and side by side.
  private func runs(in sentence: [String], isOnly: Bool, _ place: [Int]) -> [Part] {
    let clauses = clauses(of: bare(sentence))
    return clauses.indices.flatMap { first in
      (first..<min(clauses.count, first + SaidBack.longestRun)).flatMap { last -> [Part] in
        let isWhole = first == 0 && last == clauses.count - 1
        let words = isWhole ? bare(sentence) : bare(clauses[first...last].flatMap { $0 })
        // What opens a sentence is looked at too: "what a ..." is not said back without the "what".
        let subject = first > 0 ? clauses[..<first].last { !isVerb($0) }?.first : nil
        let whole =
          isVerb(words) && (subject.map(plain) ?? "i") == "i" ? ["I", words[0].lowercased()] + words[1...] : words
        guard isWhole && isOnly ? !words.isEmpty : isLong(words),
          !holds(script.unsaid, in: (isWhole ? sentence : words).map(plain))
        else { return [] }
        var traits = place
        traits.append(Trait.place(first: first == 0, last: last == clauses.count - 1))
        traits.append(Trait.run(last - first + 1))
        traits.append(Trait.after(first == 0 ? "" : clauses[first].first.map(plain) ?? ""))
        if isWhole, isOnly, turner.turn(whole.joined(separator: " ")) == whole.joined(separator: " ") {
          traits.append(Trait.parrots)
        }
        if first > 0, clauses[first - 1].last?.last == "," { traits.append(Trait.afterComma) }
        return part(whole, traits)
      }
    }
  }

  /// Whether the words begin with what somebody did, and not with who did it.
  private func isVerb(_ words: [String]) -> Bool {
    words.first.map { script.verbs.contains([plain($0)]) } ?? false
  }

  /// Two short sentences.
  private func pair(_ one: [String], _ other: [String], _ place: [Int]) -> [Part] {
    let (first, second) = (bare(one), bare(other))
    let words = first + second
    guard !asks(one), max(one.count, other.count) <= SaidBack.shortSentence, isLong(first), isLong(second),
      stands(second), !holds(script.unsaid, in: words.map(plain))
    else { return [] }
    return part(words, place + [Trait.run(SaidBack.longestRun + 1)])
  }

  /// The words as a part, if they can be said back.
  private func part(_ words: [String], _ traits: [Int]) -> [Part] {
    guard words.count <= SaidBack.length.upperBound, stands(words) else { return [] }
    let text = words.joined(separator: " ")
    let turned = turner.turn(text)
    let said = SaidBack.inSentenceCase(ended(turned))
    guard !said.isEmpty, said.utf8.count <= PersonTurner.longest else { return [] }
    let changes = zip(words, turned.split(separator: " ")).count { $0 != $1 }
    var traits = traits + [Trait.turned(changes), Trait.length(words.count)]
    if script.subjects.contains(where: words.map(plain).starts(with:)) { traits.append(Trait.hasSubject) }
    return [Part(words: words, said: said, piece: MatcherSource.Piece(text: text, traits: traits))]
  }

  /// The clauses of a sentence: it is divided at its joins and commas.
  private func clauses(of words: [String]) -> [[String]] {
    let lower = words.map(plain)
    return divided(words) { i in
      ",;:".contains(words[i - 1].last ?? " ")
        || i < words.count - 1 && script.joins.contains(where: lower[i...].starts(with:))
    }
  }

  /// Long enough to be said back.
  private func isLong(_ words: [String]) -> Bool { words.count >= SaidBack.length.lowerBound - 1 }

  private func divided(_ words: [String], before isStart: (Int) -> Bool) -> [[String]] {
    var pieces: [[String]] = [[]]
    for i in words.indices {
      if i > 0, isStart(i) { pieces.append([]) }
      pieces[pieces.count - 1].append(words[i])
    }
    return pieces.filter { !$0.isEmpty }
  }

  /// Where two sentences are said back, the second one begins with a capital.
  private static func inSentenceCase(_ text: String) -> String {
    var cased = ""
    var opens = false
    for character in text {
      cased += opens && character.isLetter ? character.uppercased() : String(character)
      if character != " " { opens = ".!".contains(character) }
    }
    return cased
  }

  /// Whether a clause is a sentence of its own, and no part of another ("when I broke my wrist") or of what
  /// somebody said.
  private func stands(_ clause: [String]) -> Bool {
    let words = clause.map(plain)
    return !script.dependent.contains(where: words.starts(with:))
      && !script.unfinished.contains { words.reversed().starts(with: $0.reversed()) }
      && !clause.contains { $0.contains(where: "\"“”".contains) }
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
      if let end = word.last, ".!?…".contains(end), !SaidBack.titles.contains(word.lowercased()) {
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
    SaidBack(script: script).parts(of: line).map { ($0.said, matcher.worth(of: $0.piece)) }
      .enumerated().sorted { ($1.element.1 ?? 0, $0.offset) < ($0.element.1 ?? 0, $1.offset) }.map(\.element)
  }
}

extension Script {
  /// The parts of a line that could be said back, for learning which one to choose.
  ///
  /// - Parameter chosen: the part that somebody chose, or nil if none is worth saying back.
  /// - Returns: nothing if the part that was chosen is none of those; parts that overlap with it without being it
  ///   are left out.
  public func pieces(of line: String, chosen: String?) -> [MatcherSource.Piece] {
    let parts = SaidBack(script: self).parts(of: line)
    guard let chosen else { return parts.map(\.piece) }
    func words(_ words: [String]) -> [String] { words.map { $0.trimmingMarks.lowercased() } }
    let marked = words(PersonTurner.words(of: chosen))
    let overlaps = parts.map { part in
      let shared = Double(Set(words(part.words)).intersection(marked).count)
      return shared / (Double(Set(words(part.words) + marked).count))
    }
    guard let best = overlaps.max(), best >= 0.6, let right = overlaps.firstIndex(of: best) else { return [] }
    return parts.indices.filter { $0 == right || overlaps[$0] < 0.4 }.map { i in
      var piece = parts[i].piece
      piece.isChosen = i == right
      return piece
    }
  }
}
