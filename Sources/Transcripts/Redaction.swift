/// Leaves out what could tell who somebody is: names, numbers, addresses, e-mail addresses, links. A name that
/// was seen once is left out ever after, in small letters too; so are common given names.
///
/// It goes by how a line is written: it cannot know that a rarer word in small letters is a name, and it cannot see
/// such a name at the beginning of a sentence before it has met it elsewhere. What it leaves in has to be read by a
/// person before a transcript is passed on.
public struct Redaction: Sendable {
  /// Names met so far, in lower case.
  private var names: Set<String> = []

  public init() {}

  /// The line with `[name]`, `[number]`, `[address]`, `[e-mail]`, `[link]` in place of such words.
  public mutating func redact(_ text: String) -> String {
    var words = Redaction.words(of: text)
    markNames(words)
    markAddresses(&words)
    for i in words.indices where words[i].replacement == nil { words[i].replacement = replacement(words[i]) }
    return Redaction.joined(words)
  }

  // MARK: Words

  private struct Word {
    /// What stands before it: white space.
    var space: Substring
    /// Signs before and behind the word itself.
    var opening: Substring
    var core: Substring
    var closing: Substring
    var beginsSentence: Bool
    var replacement: String?

    var lower: String { core.lowercased() }
    var isCapitalised: Bool { core.first?.isUppercase ?? false }
  }

  private static func words(of text: String) -> [Word] {
    var words: [Word] = []
    var rest = text[...]
    var begins = true
    while !rest.isEmpty {
      let space = rest.prefix { $0.isWhitespace }
      rest = rest[space.endIndex...]
      let token = rest.prefix { !$0.isWhitespace }
      rest = rest[token.endIndex...]
      let opening = token.prefix { !isCore($0) }
      let body = token[opening.endIndex...]
      let end = body.lastIndex(where: isCore).map { body.index(after: $0) } ?? body.startIndex
      let word = Word(
        space: space, opening: opening, core: body[..<end], closing: body[end...],
        beginsSentence: begins || space.contains(where: \.isNewline))
      words.append(word)
      if !word.core.isEmpty || !word.closing.isEmpty {
        begins = word.closing.contains { ".!?:".contains($0) }
      }
    }
    return words
  }

  private static func isCore(_ c: Character) -> Bool { c.isLetter || c.isNumber || c == "@" }

  private static func joined(_ words: [Word]) -> String {
    var text = ""
    var last: String?
    for word in words {
      // Several in a row are one: "Anna Maria" is one name, "020 7946 0000" one number.
      if let replacement = word.replacement, replacement == last, word.opening.isEmpty {
        text += word.closing
      } else {
        text += word.space + word.opening + (word.replacement ?? String(word.core)) + word.closing
      }
      last = word.closing.isEmpty ? word.replacement : nil
    }
    return text
  }

  // MARK: Names

  private static let introductions: [[String]] = [
    ["my", "name", "is"], ["my", "name's"], ["my", "names"], ["i'm", "called"], ["im", "called"],
    ["i", "am", "called"],
    ["call", "me"], ["called", "me"], ["name", "was"], ["named"],
  ]
  /// Words that end an introduction: "call me when", "my name is not".
  private static let noNames: Set<String> = [
    "a", "after", "again", "all", "and", "any", "as", "at", "back", "bad", "because", "but", "by", "every", "for",
    "if", "in", "is", "it", "just", "lazy", "maybe", "names", "never", "no", "not", "now", "on", "once", "or", "over",
    "selfish", "so", "that", "the", "this", "to", "today", "tomorrow", "too", "weak", "weird", "what", "when",
    "whenever", "with", "you",
  ]
  /// Capitalised words that name nobody.
  private static let common: Set<String> = [
    "i", "i'm", "i'd", "i'll", "i've", "mum", "mom", "mam", "dad", "mummy", "mommy", "daddy", "nan", "nana", "gran",
    "granny", "grandma", "grandad", "grandpa", "auntie", "aunt", "uncle", "god", "mr", "mrs", "ms", "miss", "dr",
    "monday",
    "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may",
    "june", "july", "august", "september", "october", "november", "december", "christmas", "easter", "ramadan", "eid",
    "diwali", "english", "american", "british", "tv", "ok", "okay", "drawbridge", "adhd", "ptsd", "ocd", "gp", "nhs",
    "a&e",
    "hr", "cbt", "emdr",
  ]

  private mutating func markNames(_ words: [Word]) {
    let lowers = words.map { Redaction.straight($0.lower) }
    for i in words.indices {
      for phrase in Redaction.introductions where lowers[i...].starts(with: phrase) {
        learn(words, lowers, from: i + phrase.count)
      }
    }
    // In a line of capitals they say nothing.
    let letters = words.flatMap { $0.core.filter(\.isLetter) }
    guard letters.count(where: \.isUppercase) * 2 <= letters.count else { return }
    for (i, word) in words.enumerated() where word.isCapitalised && !word.beginsSentence && isName(word, lowers[i]) {
      names.insert(Redaction.withoutOwner(lowers[i]))
    }
  }

  private func isName(_ word: Word, _ lower: String) -> Bool {
    !Redaction.common.contains(lower) && !Redaction.common.contains(Redaction.withoutOwner(lower))
      && !lower.hasPrefix("i'") && word.core.allSatisfy { $0.isLetter || "'’-".contains($0) }
      && !(word.core.count > 1 && word.core.count < 5 && word.core.allSatisfy(\.isUppercase))
  }

  /// One or two words after "my name is".
  private mutating func learn(_ words: [Word], _ lowers: [String], from start: Int) {
    for i in start..<min(start + 2, words.count) {
      let lower = lowers[i]
      let isFurther = i > start
      guard !lower.isEmpty, !Redaction.noNames.contains(lower), !lower.hasPrefix("i'"), lower != "i", lower != "im",
        words[i].core.allSatisfy({ $0.isLetter || "'’-".contains($0) }), !isFurther || words[i].isCapitalised
      else { return }
      names.insert(Redaction.withoutOwner(lower))
      if !words[i].closing.isEmpty { return }
    }
  }

  private static func straight(_ word: String) -> String { word.replacing("’", with: "'") }

  private static func withoutOwner(_ word: String) -> String {
    word.hasSuffix("'s") ? String(word.dropLast(2)) : word
  }

  // MARK: Addresses and numbers

  private static let ways: Set<String> = [
    "street", "st", "road", "rd", "avenue", "ave", "lane", "ln", "drive", "close", "court", "crescent", "terrace",
    "square", "boulevard", "blvd", "gardens", "grove", "place", "way", "row", "hill", "strasse", "straße", "rue",
  ]
  private static let longestStreetName = 4

  /// A house number, up to four words, and a kind of street.
  private func markAddresses(_ words: inout [Word]) {
    for i in words.indices where words[i].core.first?.isNumber ?? false {
      let reach = min(words.count, i + Redaction.longestStreetName + 2)
      guard let end = (i + 1..<reach).first(where: { Redaction.ways.contains(words[$0].lower) }),
        (i..<end).allSatisfy({ words[$0].closing.isEmpty || words[$0].closing == "," }),
        end > i + 1
      else { continue }
      for j in i...end {
        words[j].replacement = "[address]"
        if j < end { words[j].closing = "" }
      }
    }
  }

  private func replacement(_ word: Word) -> String? {
    let lower = Redaction.straight(word.lower)
    if let at = lower.firstIndex(of: "@") {
      return at == lower.startIndex ? "[name]" : "[e-mail]"
    }
    if lower.hasPrefix("http:") || lower.hasPrefix("https:") || lower.hasPrefix("www.") { return "[link]" }
    if lower.contains(where: \.isNumber) { return "[number]" }
    let owner = Redaction.withoutOwner(lower)
    guard names.contains(lower) || names.contains(owner) || Redaction.givenNames.contains(owner) else { return nil }
    return owner == lower || names.contains(lower) ? "[name]" : "[name]'s"
  }
}
