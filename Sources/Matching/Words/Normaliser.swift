/// Cuts a line of text into the words that patterns speak of.
///
/// Case, accents, Unicode forms, curly quotes and emoji are levelled; contractions and abbreviations
/// are written out; words are reduced to lemmas; lengthened, misspelt, disguised and run-together words
/// are read as what they stand for. Linear in the length of the text; a word that is known costs one
/// look-up.
struct Normaliser: Sendable {
  /// The longest text that is read, in UTF-8 bytes. What comes after it is left unread.
  static let limit = 1 << 16
  /// How far a word of denial reaches, in words.
  private static let denialReach = 4

  let vocabulary: Vocabulary

  func read(_ text: String) -> Utterance {
    var scanner = Scanner(vocabulary: vocabulary)
    var text = text
    let truncated = text.withUTF8 { bytes in
      scanner.scan(UnsafeBufferPointer(rebasing: bytes.prefix(Normaliser.limit)))
      return bytes.count > Normaliser.limit
    }
    markDenial(&scanner.tokens)
    return Utterance(
      text: text, tokens: scanner.tokens, asks: scanner.asks, quotes: scanner.quotes, truncated: truncated)
  }

  private func markDenial(_ tokens: inout [Token]) {
    var reach = 0
    for i in tokens.indices {
      let lemma = Int(tokens[i].lemma)
      if tokens[i].opensSentence || (lemma >= 0 && vocabulary.startsClause[lemma]) { reach = 0 }
      tokens[i].negated = reach > 0
      if reach > 0 { reach -= 1 }
      if lemma >= 0, vocabulary.denies[lemma] { reach = Normaliser.denialReach }
    }
  }
}

/// The scanning of one text.
private struct Scanner {
  let vocabulary: Vocabulary
  var tokens: [Token] = []
  var asks = false

  private var word: [UInt8] = []
  private var wordStart = 0
  private var lastEnd = 0
  private var sentenceEnded = false
  private var paused = false
  /// Words stand in quotation marks.
  var quotes = false
  private var isQuoting = false
  /// A question stands in the quotation that is open.
  private var quotesQuestion = false
  private var letters: [(letter: UInt8, place: Int, token: Int)] = []
  private var lastLetterEnd = 0
  private var stemmer = Stemmer()

  init(vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    tokens.reserveCapacity(32)
    word.reserveCapacity(32)
  }

  mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
    var i = 0
    let n = bytes.count
    while i < n {
      let c = bytes[i]
      if c < 128 {
        let lower = c | 0x20
        if lower >= 0x61 && lower <= 0x7a {
          append(lower, at: i)
          lastEnd = i + 1
        } else if c >= 0x30 && c <= 0x39 {
          append(c, at: i)
          lastEnd = i + 1
        } else {
          punctuation(c, at: i, next: i + 1 < n ? bytes[i + 1] : 0)
        }
        i += 1
      } else {
        let (scalar, length) = Folding.scalar(bytes, at: i)
        beyondASCII(scalar, at: i, length: length, next: i + length < n ? bytes[i + length] : 0)
        i += length
      }
    }
    endWord()
    joinLetters()
    // What began like a quotation and never ends was none.
    if quotesQuestion { asks = true }
  }

  // MARK: Letters and marks

  private mutating func append(_ c: UInt8, at i: Int) {
    if word.isEmpty { wordStart = i }
    if word.count < 64 { word.append(c) }
  }

  private mutating func punctuation(_ c: UInt8, at i: Int, next: UInt8) {
    switch c {
    case UInt8(ascii: "'"), UInt8(ascii: "`"):
      if !word.isEmpty, isLetter(next) || next >= 128 {
        append(UInt8(ascii: "'"), at: i)
      } else {
        quotation(opens: word.isEmpty && isLetter(next))
        endWord()
      }
    case UInt8(ascii: "\""):
      quotation(opens: !isQuoting)
      endWord()
    case UInt8(ascii: "@"), UInt8(ascii: "$"), UInt8(ascii: "*"), UInt8(ascii: "!"), UInt8(ascii: "+"):
      // A letter in disguise (su!cide, k*ll) only between letters.
      if !word.isEmpty, isLetter(next), c != UInt8(ascii: "!") || next != 0 {
        append(c, at: i)
      } else {
        endWord()
        if c == UInt8(ascii: "!") { sentenceEnded = true }
      }
    case UInt8(ascii: "."):
      endWord()
      if !isLetter(next) && !isDigit(next) { sentenceEnded = true }
    case UInt8(ascii: "?"):
      endWord()
      if isQuoting { quotesQuestion = true } else { asks = true }
      sentenceEnded = true
    case UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "\n"), UInt8(ascii: "\r"):
      endWord()
      sentenceEnded = true
    case UInt8(ascii: ","), UInt8(ascii: "("), UInt8(ascii: ")"):
      endWord()
      paused = true
    case UInt8(ascii: "/"):
      // w/ and w/o are words.
      if word == [UInt8(ascii: "w")] { append(c, at: i) } else { endWord() }
    case UInt8(ascii: "&"):
      endWord()
      word = Array("and".utf8)
      wordStart = i
      lastEnd = i + 1
      endWord()
    default:
      endWord()
    }
  }

  /// What somebody else asked, in quotation marks, is no question to us.
  private mutating func quotation(opens: Bool) {
    isQuoting = opens
    quotes = quotes || opens
    quotesQuestion = false
  }

  private mutating func beyondASCII(_ scalar: UInt32, at i: Int, length: Int, next: UInt8) {
    switch scalar {
    case 0x201c, 0x201d:
      quotation(opens: scalar == 0x201c)
      endWord()
    case _ where Folding.isApostrophe(scalar): punctuation(UInt8(ascii: "'"), at: i, next: next)
    case _ where Folding.isUnheard(scalar): break
    case 0x2014, 0x2013:
      endWord()
      paused = true
    case 0x2026:
      endWord()
      sentenceEnded = true
    case 0xff01...0xff5e:
      fullWidth(scalar, at: i, length: length)
    default:
      if let lemma = vocabulary.emoji(scalar) {
        endWord()
        emit([Int32(lemma)], from: i, to: i + length, origin: .expanded)
      } else if let letters = Folding.letters(of: scalar) {
        for c in letters { append(c, at: i) }
        lastEnd = i + length
      } else {
        endWord()
      }
    }
  }

  private mutating func fullWidth(_ scalar: UInt32, at i: Int, length: Int) {
    let c = UInt8(scalar - 0xff01 + 0x21)
    if isLetter(c) || isDigit(c) {
      append(isDigit(c) ? c : c | 0x20, at: i)
      lastEnd = i + length
    } else {
      punctuation(c, at: i, next: 0)
    }
  }

  private func isLetter(_ c: UInt8) -> Bool { (c | 0x20) >= 0x61 && (c | 0x20) <= 0x7a }
  private func isDigit(_ c: UInt8) -> Bool { c >= 0x30 && c <= 0x39 }

  // MARK: Words

  private mutating func endWord() {
    guard !word.isEmpty else { return }
    while let last = word.last, last == UInt8(ascii: "'") || last == UInt8(ascii: "*") { word.removeLast() }
    guard let letter = word.first else { return }
    if word.count == 1 {
      letters.append((letter, wordStart, tokens.count))
      lastLetterEnd = lastEnd
    } else {
      joinLetters()
    }
    resolve()
    word.removeAll(keepingCapacity: true)
  }

  private mutating func resolve() {
    if emitKnown(word, origin: .written) { return }
    if word.allSatisfy(isDigit) {
      emit([-1], from: wordStart, to: lastEnd, origin: .unknown)
      return
    }
    if emitStem(word, origin: .inflected) { return }
    if emitShortened() { return }
    guard vocabulary.guessesWords else { return emit([-1], from: wordStart, to: lastEnd, origin: .unknown) }
    var guess = WordGuess(vocabulary: vocabulary, stemmer: stemmer)
    switch guess.read(word) {
    case .form(let form, let origin):
      if emitKnown(form, origin: origin) || emitStem(form, origin: origin) { return }
    case .split(let left, let right):
      let both = [left, right].compactMap { lemmas(of: $0) }
      if both.count == 2 {
        emit(both[0] + both[1], from: wordStart, to: lastEnd, origin: .split)
        return
      }
    case nil: break
    }
    emit([-1], from: wordStart, to: lastEnd, origin: .unknown)
  }

  private mutating func emitKnown(_ form: [UInt8], origin: Token.Origin) -> Bool {
    switch vocabulary.form(Hash.word(form, namespace: Vocabulary.Namespace.form)) {
    case .lemma(let id, let hasExact):
      emit([Int32(id)], from: wordStart, to: lastEnd, origin: origin)
      if hasExact { tokens[tokens.count - 1].exact = vocabulary.exact(form) }
      return true
    case .expansion(let i):
      emit(vocabulary.expansion(i), from: wordStart, to: lastEnd, origin: origin == .written ? .expanded : origin)
      return true
    case nil:
      return false
    }
  }

  private mutating func emitStem(_ form: [UInt8], origin: Token.Origin) -> Bool {
    var stem = form
    stemmer.stem(&stem)
    guard let id = vocabulary.stem(stem) else { return false }
    emit([Int32(id)], from: wordStart, to: lastEnd, origin: origin)
    return true
  }

  private func lemmas(of form: [UInt8]) -> [Int32]? {
    switch vocabulary.form(Hash.word(form, namespace: Vocabulary.Namespace.form)) {
    case .lemma(let id, _): return [Int32(id)]
    case .expansion(let i): return vocabulary.expansion(i)
    case nil:
      var stem = form
      var stemmer = stemmer
      stemmer.stem(&stem)
      return vocabulary.stem(stem).map { [Int32($0)] }
    }
  }

  /// soooo -> so, helllp -> help: runs of three or more letters become two, then one.
  private mutating func emitShortened() -> Bool {
    for keep in [2, 1] {
      var short: [UInt8] = []
      var run = 0
      var changed = false
      for (k, c) in word.enumerated() {
        run = k > 0 && word[k - 1] == c ? run + 1 : 1
        if run == 1 {
          short.append(c)
        } else {
          let length = word[k...].prefix { $0 == c }.count + run - 1
          if length < 3 || run <= keep { short.append(c) } else { changed = true }
        }
      }
      guard changed else { return false }
      if emitKnown(short, origin: .lengthened) || emitStem(short, origin: .lengthened) { return true }
    }
    return false
  }

  /// k i l l, s.u.i.c.i.d.e: three or more single letters that together make a known word.
  private mutating func joinLetters() {
    defer { letters.removeAll(keepingCapacity: true) }
    guard letters.count >= 3, let first = letters.first else { return }
    let joined = letters.map(\.letter)
    guard let lemmas = lemmas(of: joined) else { return }
    let opens = tokens[first.token].opensSentence
    tokens.removeLast(tokens.count - first.token)
    emit(lemmas, from: first.place, to: lastLetterEnd, origin: .disguised)
    tokens[first.token].opensSentence = opens
  }

  private mutating func emit(_ lemmas: [Int32], from: Int, to: Int, origin: Token.Origin) {
    for (k, lemma) in lemmas.enumerated() {
      var token = Token(lemma: lemma, start: from, end: to)
      token.origin = origin
      token.opensSentence = k == 0 && sentenceEnded && !tokens.isEmpty
      token.afterPause = k == 0 && paused
      tokens.append(token)
    }
    sentenceEnded = false
    paused = false
  }
}
