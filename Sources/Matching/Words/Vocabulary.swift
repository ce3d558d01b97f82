/// The words that a compiled bot knows: written forms, lemmas, expansions, real words of the language.
struct Vocabulary: Sendable {
  /// What a written form stands for.
  enum Entry {
    case lemma(Int, hasExact: Bool)
    case expansion(Int)
  }

  private let forms: HashTable
  private let expansions: [[Int32]]
  private let lexicon: Range<Int>
  private let source: CompiledBytes
  private let names: Range<Int>
  private let nameStarts: Range<Int>
  let lemmaCount: Int
  /// Words that a pattern's `not` hears.
  let isNegator: [Bool]
  /// Words that deny what follows them: negators and absences.
  let denies: [Bool]
  let startsClause: [Bool]

  private static let expansionFlag = 1 << 27
  private static let exactFlag = 1 << 26

  init(_ reader: inout CompiledReader) {
    source = reader.source
    lemmaCount = reader.number()
    forms = HashTable(&reader)
    expansions = (0..<reader.number()).map { _ in reader.numbers().map(Int32.init) }
    lexicon = reader.raw()
    var negators = [Bool](repeating: false, count: lemmaCount)
    for id in reader.numbers() { negators[id] = true }
    isNegator = negators
    for id in reader.numbers() { negators[id] = true }
    denies = negators
    var starters = [Bool](repeating: false, count: lemmaCount)
    for id in reader.numbers() { starters[id] = true }
    startsClause = starters
    nameStarts = reader.raw()
    let n = reader.number()
    names = reader.place..<(reader.place + n)
    reader.skip(n)
  }

  @inline(__always)
  func form(_ hash: UInt64) -> Entry? {
    guard let value = forms.value(hash) else { return nil }
    if value & Vocabulary.expansionFlag != 0 { return .expansion(value & ~Vocabulary.expansionFlag) }
    return .lemma(value & ~Vocabulary.exactFlag, hasExact: value & Vocabulary.exactFlag != 0)
  }

  func stem(_ stem: [UInt8]) -> Int? { forms.value(Hash.word(stem, namespace: Namespace.stem)) }
  func exact(_ form: some Sequence<UInt8>) -> Int32 {
    Int32(forms.value(Hash.word(form, namespace: Namespace.exact)) ?? -1)
  }
  func emoji(_ scalar: UInt32) -> Int? { forms.value(Hash.pair(UInt64(Namespace.emoji), Int(scalar), 0)) }
  func expansion(_ i: Int) -> [Int32] { expansions[i] }

  /// Whether the language has this word (by its stem), though no rule uses it. One absent word in a
  /// hundred is taken for a real one; it is then not corrected, which does no harm.
  func isRealWord(stem: [UInt8]) -> Bool {
    guard lexicon.count > 0 else { return false }
    return Vocabulary.bits(of: stem, in: lexicon.count * 7).allSatisfy { bit in
      source[lexicon.lowerBound + bit / 7] >> UInt8(bit % 7) & 1 == 1
    }
  }

  /// The lemma as a person reads it.
  func name(_ lemma: Int) -> String {
    guard lemma >= 0, lemma < lemmaCount else { return "?" }
    let from = source.number(at: nameStarts.lowerBound + lemma * 4)
    let to = source.number(at: nameStarts.lowerBound + lemma * 4 + 4)
    return source.text(at: names.lowerBound + from, count: to - from)
  }

  enum Namespace {
    static let form: UInt8 = 0
    static let stem: UInt8 = 1
    static let exact: UInt8 = 2
    static let emoji: UInt8 = 3
  }

  private static func bits(of stem: [UInt8], in size: Int) -> [Int] {
    let h = Hash.word(stem, namespace: 9)
    let step = (h >> 33) | 1
    return (0..<4).map { Int((h &+ UInt64($0) &* step) % UInt64(size)) }
  }

  // MARK: Building

  /// Collects words while a bot is compiled.
  struct Builder {
    private var lemmas: [String: Int] = [:]
    private var names: [String] = []
    private var forms: [String: Int] = [:]
    private var exacts: [String: Int] = [:]
    private var expansions: [[Int]] = []
    private let language: Language
    private var stemmer = Stemmer()

    init(_ language: Language) {
      self.language = language
      for (form, base) in language.irregular.sorted(by: { $0.key < $1.key }) { forms[form] = lemma(of: base) }
      for (form, words) in language.expansions.sorted(by: { $0.key < $1.key }) {
        expansions.append(words.map { lemma(of: $0) })
        forms[form] = Vocabulary.expansionFlag | (expansions.count - 1)
      }
    }

    /// The number of the word's lemma, entered if it is new.
    mutating func lemma(of written: String) -> Int {
      let word = Folding.plain(written)
      let base = language.irregular[word] ?? word
      var bytes = Array(base.utf8)
      stemmer.stem(&bytes)
      let stem = String(decoding: bytes, as: UTF8.self)
      let id: Int
      if let known = lemmas[stem] {
        id = known
      } else {
        id = names.count
        lemmas[stem] = id
        names.append(base)
      }
      if forms[word] == nil { forms[word] = id }
      return id
    }

    /// The lemmas that a written form stands for, if it is known.
    func known(_ written: String) -> [Int] {
      guard let value = forms[written] else { return [] }
      return value & Vocabulary.expansionFlag != 0
        ? expansions[value & ~Vocabulary.expansionFlag] : [value & ~Vocabulary.exactFlag]
    }

    /// The number of this very form.
    mutating func exact(_ form: String) -> Int {
      if let known = exacts[form] { return known }
      let value = forms[form] ?? lemma(of: form)
      if value & Vocabulary.expansionFlag == 0 { forms[form] = value | Vocabulary.exactFlag }
      exacts[form] = exacts.count
      return exacts.count - 1
    }

    var lemmaCount: Int { names.count }
    var exactCount: Int { exacts.count }

    func write(to writer: inout CompiledWriter) {
      writer.number(names.count)
      var entries: [(key: UInt64, value: Int)] = []
      for (form, value) in forms.sorted(by: { $0.key < $1.key }) {
        entries.append((Hash.word(form.utf8, namespace: Namespace.form), value))
      }
      for (stem, id) in lemmas.sorted(by: { $0.key < $1.key }) {
        entries.append((Hash.word(stem.utf8, namespace: Namespace.stem), id))
      }
      for (form, id) in exacts.sorted(by: { $0.key < $1.key }) {
        entries.append((Hash.word(form.utf8, namespace: Namespace.exact), id))
      }
      for (scalar, word) in language.emoji.sorted(by: { $0.key < $1.key }) {
        var stem = Array((language.irregular[word] ?? word).utf8)
        var stemmer = stemmer
        stemmer.stem(&stem)
        guard let id = lemmas[String(decoding: stem, as: UTF8.self)] else { continue }
        entries.append((Hash.pair(UInt64(Namespace.emoji), Int(scalar.value), 0), id))
      }
      HashTable.write(entries, to: &writer)
      writer.number(expansions.count)
      for words in expansions { writer.numbers(words) }
      writeLexicon(to: &writer)
      writer.numbers(ids(of: language.negators))
      writer.numbers(ids(of: language.absences))
      writer.numbers(ids(of: language.clauseStarters))
      var starts = CompiledWriter()
      var text: [UInt8] = []
      for name in names {
        starts.number(text.count)
        text += Array(name.utf8)
      }
      starts.number(text.count)
      writer.raw(starts.bytes)
      writer.text(String(decoding: text, as: UTF8.self))
    }

    private func ids(of words: Set<String>) -> [Int] {
      var stemmer = stemmer
      return words.sorted().compactMap { word in
        var stem = Array((language.irregular[word] ?? word).utf8)
        stemmer.stem(&stem)
        return lemmas[String(decoding: stem, as: UTF8.self)]
      }
    }

    /// A Bloom filter of ten bits a word.
    private func writeLexicon(to writer: inout CompiledWriter) {
      let size = (language.lexicon.count * 10 + 6) / 7
      var bytes = [UInt8](repeating: 0, count: size)
      var stemmer = stemmer
      for word in language.lexicon {
        var stem = Array(word.utf8)
        stemmer.stem(&stem)
        for bit in Vocabulary.bits(of: stem, in: size * 7) { bytes[bit / 7] |= 1 << UInt8(bit % 7) }
      }
      writer.raw(bytes)
    }
  }
}
