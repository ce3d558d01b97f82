import Matching

/// What of a line is said back to the person: their own words, turned round.
struct SaidBack {
  let turner: PersonTurner
  private let script: Script
  let line: LineParts

  init(script: Script) {
    self.script = script
    turner = PersonTurner(table: script.person)
    line = LineParts(script: script)
  }

  private static let fewestToBeKnownAgain = 4
  /// A part less probable than this to be chosen is not said back.
  private static let leastWorth: Float = 0.2

  // MARK: Statements

  /// The part of the line that is most worth saying back, as far as it was learned from lines in which somebody marked
  /// it; where nothing was learned, one that speaks of the person rather than not, and a later one rather than an
  /// earlier one. A question said back as a statement would be mockery, so a line that ends in one is not.
  func statement(_ said: Memory.Line, by matcher: Matcher) -> String? {
    guard !(said.asks && line.sentences(said.text).last.map(line.asks) ?? false) else { return nil }
    var best: (part: LineParts.Part, worth: Float)?
    for part in line.parts(of: said.text) {
      let worth = matcher.worth(of: part.piece) ?? SaidBack.guess(part)
      if worth >= best?.worth ?? SaidBack.leastWorth { best = (part, worth) }
    }
    return best.flatMap { turned($0.part) }
  }

  /// The same where it is long enough to be known again some turns later.
  func longStatement(_ said: Memory.Line, by matcher: Matcher) -> String? {
    statement(said, by: matcher)
      .flatMap { $0.split(separator: " ").count >= SaidBack.fewestToBeKnownAgain ? $0 : nil }
  }

  private static func guess(_ part: LineParts.Part) -> Float {
    typealias Trait = LineParts.Trait
    let traits = Set(part.traits)
    let isWhole = traits.contains(Trait.place(first: true, last: true))
    guard isWhole || traits.contains(Trait.hasSubject) || !traits.contains(Trait.afterComma) else { return 0 }
    let isTurned = !traits.contains(Trait.turned(0))
    let isOne = traits.contains(Trait.run(1))
    return 0.4 + (isWhole ? 0.2 : 0) + (isTurned ? 0.2 : 0) + (traits.contains(Trait.last) ? 0.1 : 0)
      + (isOne ? 0.05 : 0)
  }

  /// A part as it is said to the person, or nil where that is too long.
  func turned(_ part: LineParts.Part) -> String? {
    let said = SaidBack.inSentenceCase(ended(turner.turn(part.text)))
    return said.isEmpty || said.utf8.count > PersonTurner.longest ? nil : said
  }

  /// Where two sentences are said back, the second one begins with a capital.
  private static func inSentenceCase(_ text: String) -> String {
    guard text.utf8.contains(where: { ".!".utf8.contains($0) }) else { return text }
    var cased = ""
    var opens = false
    for character in text {
      cased += opens && character.isLetter ? character.uppercased() : String(character)
      if character != " " { opens = ".!".contains(character) }
    }
    return cased
  }

  // MARK: Questions

  /// What the person wants to know, where the last sentence asks in one of the forms of `questions`: "how do I tell
  /// her?" is "how to tell her". Nil for all other questions, and for those about us.
  func question(_ said: Memory.Line) -> String? {
    guard said.text.utf8.count < LineParts.longestLine, let last = line.sentences(said.text).last else { return nil }
    let words = line.bare(last[...])
    for i in words.indices where i == words.startIndex || endsClause(words[i - 1]) {
      if let asked = asked(words[i...]) { return asked }
    }
    return nil
  }

  private func asked(_ words: ArraySlice<LineParts.Word>) -> String? {
    let plain = words.map(\.plain)
    let forms = script.questions.filter { $0.key.count < plain.count && plain.starts(with: $0.key) }
    guard let (form, turned) = forms.max(by: { $0.key.count < $1.key.count }) else { return nil }
    let rest = words.dropFirst(form.count)
    guard rest.count <= LineParts.length.upperBound, !script.unsaid.stand(in: rest) else { return nil }
    let text = ended(turner.turn(rest.map(\.text).joined(separator: " ")))
    return text.isEmpty || text.utf8.count > PersonTurner.longest ? nil : turned + " " + text
  }

  private func endsClause(_ word: LineParts.Word) -> Bool {
    word.text.last.map { ",;:-–—".contains($0) } ?? false || script.joins.contains(word)
  }

  /// Without the marks that end a sentence.
  private func ended(_ text: String) -> String {
    var text = text
    while let last = text.utf8.last, ".!?,;: ".utf8.contains(last) { text.unicodeScalars.removeLast() }
    return text
  }
}
