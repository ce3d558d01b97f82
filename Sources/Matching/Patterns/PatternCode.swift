/// Patterns as compact code: every node is `[kind | argument << 4, length, children ...]`.
enum PatternCode {
  static let word = 0
  static let exact = 1
  static let wordClass = 2
  static let denial = 3
  static let sequence = 4
  static let alternatives = 5
  static let optional = 6
  static let gap = 7
  static let capture = 8
  static let anyWords = 9

  /// How many words may follow a `not` before what it denies.
  static let denialReach = 2
}

/// Writes rules as code and files them under a word that they cannot do without.
struct PatternAssembler {
  private(set) var code: [Int] = []
  private(set) var rules: [Rule] = []
  private var captureIDs: [String: Int] = [:]
  private(set) var captureNames: [String] = []

  struct Rule {
    var start: Int
    var required: Int
    var forbidden: Int
    var whole: Bool
    var speaksOfDenial: Bool
    var owner: Int
    /// The words of which one has to be there, once for each required part, rarest part first.
    var keys: [[Int]]
  }

  /// The numbers that words, forms and classes have in the compiled form.
  struct Names {
    var lemma: (String) -> Int
    var exact: (String) -> Int
    var wordClass: [String: Int]
    var denies: Set<String>
  }

  mutating func add(_ rule: PatternRule, owner: Int, names: Names) {
    let start = code.count
    var denial = false
    for part in rule.required + rule.forbidden {
      denial = denial || speaksOfDenial(part, names.denies)
      emit(part, names)
    }
    rules.append(
      Rule(
        start: start, required: rule.required.count, forbidden: rule.forbidden.count, whole: rule.whole,
        speaksOfDenial: denial, owner: owner, keys: []))
  }

  private func speaksOfDenial(_ pattern: Pattern, _ denies: Set<String>) -> Bool {
    switch pattern {
    case .word(let word), .exact(let word): denies.contains(word)
    case .wordClass(let name): name == "nobody" || name == "never"
    case .denial: true
    case .gap: false
    case .sequence(let items), .alternatives(let items): items.contains { speaksOfDenial($0, denies) }
    case .optional(let item): speaksOfDenial(item, denies)
    case .capture(_, let inner): inner.map { speaksOfDenial($0, denies) } ?? false
    }
  }

  private mutating func emit(_ pattern: Pattern, _ names: Names) {
    switch pattern {
    case .word(let word): leaf(PatternCode.word, names.lemma(word))
    case .exact(let form): leaf(PatternCode.exact, names.exact(form))
    case .wordClass(let name): leaf(PatternCode.wordClass, names.wordClass[name] ?? 0)
    case .denial:
      node(PatternCode.sequence, 2) { assembler in
        assembler.leaf(PatternCode.denial, 0)
        assembler.leaf(PatternCode.gap, PatternCode.denialReach)
      }
    case .sequence(let items):
      node(PatternCode.sequence, items.count) { a in for item in items { a.emit(item, names) } }
    case .alternatives(let items):
      node(PatternCode.alternatives, items.count) { a in for item in items { a.emit(item, names) } }
    case .optional(let item): node(PatternCode.optional, 1) { $0.emit(item, names) }
    case .gap(let n): leaf(PatternCode.gap, n)
    case .capture(let name, let inner):
      node(PatternCode.capture, captureID(name)) { a in
        if let inner { a.emit(inner, names) } else { a.leaf(PatternCode.anyWords, Pattern.longestCapture) }
      }
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

  // MARK: Keys

  /// Chooses, for every required part of every rule, the words of which one has to be there.
  mutating func chooseKeys(lemmaCount: Int, classCount: Int, exactCount: Int, classSizes: [Int]) {
    let keyCount = lemmaCount + classCount + exactCount + 1
    var uses = [Int](repeating: 0, count: keyCount)
    var i = 0
    while i < code.count {
      let kind = code[i] & 15
      if let key = key(code[i], lemmaCount, classCount, exactCount) {
        uses[key] += kind == PatternCode.wordClass ? 4 * classSizes[code[i] >> 4] : 1
      }
      i += 2
    }
    func needed(_ at: Int) -> [Int]? {
      let kind = code[at] & 15
      let count = code[at] >> 4
      switch kind {
      case PatternCode.gap, PatternCode.optional, PatternCode.anyWords: return nil
      case PatternCode.sequence:
        return children(at, count).compactMap(needed).min { cost($0) < cost($1) }
      case PatternCode.alternatives:
        var all: [Int] = []
        for child in children(at, count) {
          guard let keys = needed(child) else { return nil }
          all += keys
        }
        return Array(Set(all)).sorted()
      case PatternCode.capture: return needed(at + 2)
      default: return key(code[at], lemmaCount, classCount, exactCount).map { [$0] }
      }
    }
    func cost(_ keys: [Int]) -> Int { keys.reduce(0) { $0 + uses[$1] } }
    func secondary(_ at: Int, besides first: [Int]) -> [Int]? {
      guard code[at] & 15 == PatternCode.sequence else { return nil }
      return children(at, code[at] >> 4).compactMap(needed).filter { $0 != first }.min { cost($0) < cost($1) }
    }
    for r in rules.indices {
      var keys: [[Int]] = []
      var at = rules[r].start
      for _ in 0..<rules[r].required {
        if let first = needed(at) {
          keys.append(first)
          if let second = secondary(at, besides: first) { keys.append(second) }
        }
        at += code[at + 1]
      }
      rules[r].keys = keys.sorted { cost($0) < cost($1) }
    }
  }

  private func children(_ at: Int, _ count: Int) -> [Int] {
    var places: [Int] = []
    var child = at + 2
    for _ in 0..<count {
      places.append(child)
      child += code[child + 1]
    }
    return places
  }

  private func key(_ node: Int, _ lemmas: Int, _ classes: Int, _ exacts: Int) -> Int? {
    switch node & 15 {
    case PatternCode.word: node >> 4
    case PatternCode.wordClass: lemmas + node >> 4
    case PatternCode.exact: lemmas + classes + node >> 4
    case PatternCode.denial: lemmas + classes + exacts
    default: nil
    }
  }
}
