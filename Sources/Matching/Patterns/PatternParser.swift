/// Why a pattern could not be read, with the place in it and a way to mend it.
public struct PatternError: Error, Equatable, Sendable {
  /// Characters from the start of the pattern, from 0.
  public var offset: Int
  public var message: String
  public var mend: String

  public init(offset: Int, message: String, mend: String) {
    self.offset = offset
    self.message = message
    self.mend = mend
  }
}

/// Reads the pattern language.
///
///     rule     = choices *( "&" [ "!" ] choices )
///     sequence = 1*item
///     item     = word | "=" word | "~" name | "<" name ">" | "..." [ number ]
///              | "(" choices ")" | "[" choices "]" | "{" name [ ":" choices ] "}"
///     choices  = sequence *( "|" sequence )
///
/// Words are written out as the language declares (`don't` -> `do not`); a word of denial hears every
/// word of denial.
public struct PatternParser {
  private let characters: [Character]
  private var place = 0
  private let language: Language
  private var depth = 0

  /// The longest pattern that is read, in characters.
  public static let longest = 1_000
  private static let deepest = 12

  private init(_ text: String, _ language: Language) {
    let isPlain = text.utf8.allSatisfy { $0 < 128 }
    characters = isPlain ? text.utf8.map { Character(UnicodeScalar($0)) } : Array(text)
    self.language = language
  }

  /// Reads `text` as a rule; `whole` if it has to hear the whole utterance.
  public static func parse(_ text: String, whole: Bool = false, language: Language) throws(PatternError) -> PatternRule
  {
    var parser = PatternParser(text, language)
    guard parser.characters.count <= longest else {
      throw PatternError(
        offset: longest, message: "the pattern is longer than \(longest) characters", mend: "split it into several")
    }
    return try parser.rule(whole: whole)
  }

  private mutating func rule(whole: Bool) throws(PatternError) -> PatternRule {
    var rule = PatternRule(required: [], whole: whole)
    while true {
      skipSpace()
      let start = place
      let forbidden = take("!")
      let item = try choices()
      if forbidden {
        rule.forbidden.append(item)
      } else {
        rule.required.append(item)
        if item.canBeEmpty {
          throw PatternError(
            offset: start, message: "this would match everything: nothing in it has to be there",
            mend: "add a word outside of [ ] and ...")
        }
      }
      skipSpace()
      guard take("&") else { break }
    }
    if let extra = peek {
      throw PatternError(offset: place, message: "'\(extra)' closes nothing here", mend: "remove it, or open it before")
    }
    if rule.required.isEmpty {
      throw PatternError(offset: 0, message: "only what must not be there is named", mend: "add what must be there")
    }
    return rule
  }

  private mutating func sequence() throws(PatternError) -> Pattern {
    depth += 1
    defer { depth -= 1 }
    guard depth <= PatternParser.deepest else {
      throw PatternError(
        offset: place, message: "brackets are nested more than \(PatternParser.deepest) deep",
        mend: "split the pattern, or declare a word class")
    }
    var items: [Pattern] = []
    skipSpace()
    while let c = peek, !")]}|&".contains(c) {
      items += try item(c)
      skipSpace()
    }
    guard !items.isEmpty else {
      throw PatternError(offset: place, message: "a word is missing here", mend: "write the words to listen for")
    }
    return items.count == 1 ? items[0] : .sequence(items)
  }

  private mutating func item(_ c: Character) throws(PatternError) -> [Pattern] {
    let start = place
    switch c {
    case "(":
      let inner = try choices(closing: ")")
      return [inner]
    case "[":
      let inner = try choices(closing: "]")
      return [.optional(inner)]
    case "{":
      return [try capture()]
    case "~":
      place += 1
      let name = name()
      guard !name.isEmpty else {
        throw PatternError(offset: start, message: "a class name is missing after ~", mend: "write ~name")
      }
      return [.wordClass(name)]
    case "<": return [try phrase()]
    case "=":
      place += 1
      let form = try word(at: start)
      return [.exact(form)]
    case ".", "…":
      return [try gap(at: start)]
    default:
      if !c.isASCII, let scalar = c.unicodeScalars.first, let emoji = language.emoji[scalar] {
        place += 1
        return [.word(emoji)]
      }
      return words(try word(at: start))
    }
  }

  private mutating func choices() throws(PatternError) -> Pattern {
    var items: [Pattern] = []
    repeat {
      items.append(try sequence())
      skipSpace()
    } while take("|")
    return items.count == 1 ? items[0] : .alternatives(items)
  }

  private mutating func choices(closing: Character) throws(PatternError) -> Pattern {
    let start = place
    place += 1
    let inner = try choices()
    guard take(closing) else {
      throw PatternError(
        offset: start, message: "'\(characters[start])' is never closed", mend: "close it with '\(closing)'")
    }
    return inner
  }

  private mutating func capture() throws(PatternError) -> Pattern {
    let start = place
    place += 1
    let name = name()
    guard !name.isEmpty else {
      throw PatternError(offset: start, message: "a capture has no name", mend: "write {name} or {name:words}")
    }
    guard peek == ":" else {
      guard take("}") else {
        throw PatternError(offset: start, message: "'{' is never closed", mend: "close it with '}'")
      }
      return .capture(name, nil)
    }
    let inner = try choices(closing: "}")
    return .capture(name, inner)
  }

  /// A named pattern, as if its own text stood here in brackets.
  private mutating func phrase() throws(PatternError) -> Pattern {
    let start = place
    place += 1
    let name = name()
    guard !name.isEmpty, take(">") else {
      throw PatternError(offset: start, message: "'<' begins the name of a phrase", mend: "write <name>")
    }
    guard let phrase = language.phrases[name] else {
      throw PatternError(
        offset: start, message: "unknown phrase: '<\(name)>'",
        mend: "declare it under `phrases`; " + Spelling.mend(name, Array(language.phrases.keys)))
    }
    return phrase
  }

  private mutating func gap(at start: Int) throws(PatternError) -> Pattern {
    if !take("…") {
      var dots = 0
      while take(".") { dots += 1 }
      guard dots == 3 else {
        throw PatternError(offset: start, message: "a gap is written as three dots", mend: "write ... or ...2")
      }
    }
    var digits = ""
    while let c = peek, c.isASCII, c.isNumber {
      digits.append(c)
      place += 1
    }
    guard !digits.isEmpty else { return .gap(Pattern.defaultGap) }
    guard let n = Int(digits), (1...Pattern.longestGap).contains(n) else {
      throw PatternError(
        offset: start, message: "a gap of \(digits) words", mend: "use a number from 1 to \(Pattern.longestGap)")
    }
    return .gap(n)
  }

  // MARK: Words

  private mutating func word(at start: Int) throws(PatternError) -> String {
    var word = ""
    while let c = peek, PatternParser.isOfWord(c) || c == "/" && word == "w" {
      word.append(c == "’" ? "'" : c)
      place += 1
    }
    if peek == "-", !word.isEmpty { place += 1 }
    if let first = word.unicodeScalars.first, first.properties.isGraphemeExtend {
      throw PatternError(
        offset: start, message: "a word begins with a mark that belongs on a letter before it",
        mend: "leave the mark out, or write the letter before it")
    }
    guard !word.isEmpty else {
      throw PatternError(
        offset: start, message: "'\(characters[start])' means nothing in a pattern",
        mend: start == 0 && characters[start] == "-"
          ? "put a space behind the dash, if it begins a line of the list"
          : "leave it out; words, ( | ), [ ], { }, < >, ~, =, ..., & and ! are understood")
    }
    guard !word.utf8.contains(where: { $0 >= 0x80 || (0x41...0x5a).contains($0) }) || word == word.lowercased() else {
      throw PatternError(offset: start, message: "'\(word)' has a capital letter", mend: "write it in lower case")
    }
    return word
  }

  private func words(_ word: String) -> [Pattern] {
    let written = language.expansions[word] ?? [word]
    return written.map { language.negators.contains($0) ? .denial : .word($0) }
  }

  private mutating func name() -> String {
    var name = ""
    while let c = peek, c.isLetter || c.isNumber || c == "_" || c == "-" {
      name.append(c)
      place += 1
    }
    return name
  }

  // MARK: Characters

  private var peek: Character? { place < characters.count ? characters[place] : nil }

  private mutating func take(_ c: Character) -> Bool {
    guard peek == c else { return false }
    place += 1
    return true
  }

  private mutating func skipSpace() {
    while let c = peek, c == " " || !c.isASCII && c.isWhitespace || c == "\t" || c.isNewline { place += 1 }
  }

  private static func isOfWord(_ c: Character) -> Bool {
    guard let ascii = c.asciiValue else { return c.isLetter || c.isNumber || c == "’" }
    return (0x61...0x7a).contains(ascii) || (0x41...0x5a).contains(ascii) || (0x30...0x39).contains(ascii)
      || ascii == UInt8(ascii: "'")
  }
}
