/// Patterns as compact code: every node is `[kind | argument << 4, length, children ...]`.
enum PatternCode {
  /// One key.
  static let key = 0
  /// Any of a set of keys.
  static let anyKey = 1
  /// A class that has members of several words.
  static let phrases = 2
  static let sequence = 3
  /// Before each child stand the keys of which one has to be there for it to be heard: their count, then they.
  static let alternatives = 4
  static let optional = 5
  static let gap = 6
  static let capture = 7
  static let anyWords = 8

  /// How many words may follow a `not` before what it denies.
  static let denialReach = 2
}

/// One numbering for all that can stand at a place of an utterance: words, classes, forms, denial.
struct PatternKeys: Sendable, Equatable {
  var lemmas: Int
  var classes: Int
  var exacts: Int

  func wordClass(_ c: Int) -> Int { lemmas + c }
  func exact(_ e: Int) -> Int { lemmas + classes + e }
  var denial: Int { lemmas + classes + exacts }
  var count: Int { denial + 1 }
}

/// Writes rules as code, each with the keys that it cannot do without.
struct PatternAssembler {
  private(set) var code: [Int] = []
  private(set) var rules: [Rule] = []
  private(set) var captureNames: [String] = []
  /// The sets of keys that stand for one another, each once: what one rule has found out of a set holds for all.
  private(set) var sets: [[Int]] = []
  private var setIDs: [[Int]: Int] = [:]
  private var captureIDs: [String: Int] = [:]
  private let names: Names

  struct Rule {
    var start: Int
    var required: Int
    var forbidden: Int
    var whole: Bool
    var speaksOfDenial: Bool
    var captures: Bool
    /// How many words its parts hear at most.
    var longest: Int
    /// Sets of keys of which one each has to be there, the rarest set first.
    var needs: [[Int]]
  }

  /// The keys of words, forms and classes, and how often they occur.
  struct Names {
    var keys: PatternKeys
    var lemma: [String: Int]
    var exact: [String: Int]
    var wordClass: [String: Int]
    /// Classes with members of several words.
    var phraseClasses: Set<Int>
    /// How many words the longest member of a class has.
    var longestPhrase: Int
    var denies: Set<String>
    /// The share of utterances in which a key stands, 0 to 1.
    var frequency: [Double]
    /// In how many places rules speak of a word or a form.
    var uses: [Int]
  }

  init(_ names: Names) { self.names = names }

  mutating func add(_ rule: PatternRule) {
    let start = code.count
    let parts = rule.required + rule.forbidden
    for part in parts { emit(part) }
    rules.append(
      Rule(
        start: start, required: rule.required.count, forbidden: rule.forbidden.count, whole: rule.whole,
        speaksOfDenial: parts.contains(where: speaksOfDenial), captures: !rule.captureNames.isEmpty,
        longest: rule.required.map { longest($0) }.max() ?? PatternMatcher.windowSize, needs: needs(of: rule)))
  }

  private func speaksOfDenial(_ pattern: Pattern) -> Bool {
    switch pattern {
    case .word(let word), .exact(let word): names.denies.contains(word)
    case .wordClass(let name): name == "nobody" || name == "never"
    case .denial: true
    case .gap: false
    case .sequence(let items), .alternatives(let items): items.contains(where: speaksOfDenial)
    case .optional(let item): speaksOfDenial(item)
    case .capture(_, let inner): inner.map(speaksOfDenial) ?? false
    }
  }

  /// How many words a pattern hears at most.
  private func longest(_ pattern: Pattern) -> Int {
    switch pattern {
    case .word, .exact: 1
    case .wordClass(let name):
      names.wordClass[name].map { names.phraseClasses.contains($0) } ?? false ? names.longestPhrase : 1
    case .denial: 1 + PatternCode.denialReach
    case .gap(let words): words
    case .sequence(let items): items.reduce(0) { $0 + longest($1) }
    case .alternatives(let items): items.map { longest($0) }.max() ?? 0
    case .optional(let item): longest(item)
    case .capture(_, let inner): inner.map { longest($0) } ?? Pattern.longestCapture
    }
  }

  // MARK: Code

  private mutating func emit(_ pattern: Pattern) {
    if let key = plainKey(pattern) { return leaf(PatternCode.key, key) }
    switch pattern {
    case .word, .exact: break
    case .wordClass(let name): leaf(PatternCode.phrases, names.wordClass[name] ?? 0)
    case .denial:
      node(PatternCode.sequence, 2) { assembler in
        assembler.leaf(PatternCode.key, assembler.names.keys.denial)
        assembler.leaf(PatternCode.gap, PatternCode.denialReach)
      }
    case .sequence(let items): node(PatternCode.sequence, items.count) { a in for item in items { a.emit(item) } }
    case .alternatives(let items): emit(alternatives: items)
    case .optional(let item): node(PatternCode.optional, 1) { $0.emit(item) }
    case .gap(let n): leaf(PatternCode.gap, n)
    case .capture(let name, let inner):
      node(PatternCode.capture, captureID(name)) { a in
        if let inner { a.emit(inner) } else { a.leaf(PatternCode.anyWords, Pattern.longestCapture) }
      }
    }
  }

  /// Single words among the alternatives are one node: they are looked up and joined in one go.
  private mutating func emit(alternatives items: [Pattern]) {
    let keys = Set(items.compactMap(plainKey)).sorted()
    let others = items.filter { plainKey($0) == nil }
    if others.isEmpty { return emit(anyOf: keys) }
    node(PatternCode.alternatives, others.count + (keys.isEmpty ? 0 : 1)) { a in
      if !keys.isEmpty {
        a.code.append(0)
        a.emit(anyOf: keys)
      }
      for item in others {
        let need = a.quickNeed(of: item)
        a.code += [need.count] + need
        a.emit(item)
      }
    }
  }

  private mutating func emit(anyOf keys: [Int]) {
    if setIDs[keys] == nil {
      setIDs[keys] = sets.count
      sets.append(keys)
    }
    leaf(PatternCode.anyKey, setIDs[keys] ?? 0)
  }

  /// The rarest few keys of which one has to be there; none where there are no such few.
  private func quickNeed(of pattern: Pattern) -> [Int] {
    let few = needs(pattern).filter { $0.count <= PatternAssembler.few }
    return few.min { (frequency($0), $0.count, $0[0]) < (frequency($1), $1.count, $1[0]) } ?? []
  }

  /// The key of a pattern that is one place long.
  private func plainKey(_ pattern: Pattern) -> Int? {
    switch pattern {
    case .word(let word): names.lemma[word]
    case .exact(let form): names.exact[form].map(names.keys.exact)
    case .wordClass(let name):
      names.wordClass[name].flatMap { names.phraseClasses.contains($0) ? nil : names.keys.wordClass($0) }
    default: nil
    }
  }

  private mutating func leaf(_ kind: Int, _ argument: Int) { code += [kind | argument << 4, 2] }

  private mutating func node(_ kind: Int, _ argument: Int, _ children: (inout PatternAssembler) -> Void) {
    let start = code.count
    code += [kind | argument << 4, 0]
    children(&self)
    code[start + 1] = code.count - start
  }

  private mutating func captureID(_ name: String) -> Int {
    if let id = captureIDs[name] { return id }
    captureIDs[name] = captureNames.count
    captureNames.append(name)
    return captureNames.count - 1
  }

  // MARK: Needs

  /// Sets that more utterances than this share of all fulfil are not worth a look.
  private static let common = 0.5
  /// So many keys are looked up faster than a node is entered.
  private static let few = 6

  private func needs(of rule: PatternRule) -> [[Int]] {
    let all = Set(rule.required.flatMap(needs)).map { (rarity: frequency($0), uses: uses($0), keys: $0) }
      .sorted { ($0.rarity, $0.uses, $0.keys.first ?? 0) < ($1.rarity, $1.uses, $1.keys.first ?? 0) }
    return all.prefix(1).map(\.keys) + all.dropFirst().filter { $0.rarity < PatternAssembler.common }.map(\.keys)
  }

  private func frequency(_ keys: [Int]) -> Double { keys.reduce(0) { $0 + names.frequency[$1] } }

  private func uses(_ keys: [Int]) -> Int { keys.reduce(0) { $0 + names.uses[$1] } }

  private func needs(_ pattern: Pattern) -> [[Int]] {
    switch pattern {
    case .word, .exact: return plainKey(pattern).map { [[$0]] } ?? []
    case .wordClass(let name): return names.wordClass[name].map { [[names.keys.wordClass($0)]] } ?? []
    case .denial: return [[names.keys.denial]]
    case .gap, .optional: return []
    case .sequence(let items): return items.flatMap(needs)
    case .alternatives(let items):
      var all: Set<Int> = []
      for item in items {
        guard let rarest = needs(item).min(by: { frequency($0) < frequency($1) }) else { return [] }
        all.formUnion(rarest)
      }
      return [all.sorted()]
    case .capture(_, let inner): return inner.map(needs) ?? []
    }
  }
}

extension Pattern {
  /// The words and the forms spoken of anywhere inside.
  var writtenWords: (lemmas: [String], exacts: [String]) {
    switch self {
    case .word(let word): ([word], [])
    case .exact(let form): ([], [form])
    case .wordClass, .denial, .gap: ([], [])
    case .sequence(let items), .alternatives(let items):
      items.map(\.writtenWords).reduce(([], [])) { ($0.0 + $1.lemmas, $0.1 + $1.exacts) }
    case .optional(let item): item.writtenWords
    case .capture(_, let inner): inner?.writtenWords ?? ([], [])
    }
  }
}
