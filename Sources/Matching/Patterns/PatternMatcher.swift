/// The compiled patterns of a bot.
///
/// An utterance is looked at through windows of 64 words. Where a word stands is one bit, so that every
/// step of a pattern is one or two machine operations on the set of places it has reached: a pattern of
/// m nodes costs O(m) for each window whatever it contains, and no pattern can be slow. Only patterns
/// filed under a word of the utterance are tried.
struct PatternMatcher: Sendable {
  struct Rule: Sendable {
    var start: Int
    var required: Int
    var forbidden: Int
    var whole: Bool
    var speaksOfDenial: Bool
    var owner: Int
  }

  let captureNames: [String]
  private let code: CompiledNumbers
  /// Five numbers a rule.
  private let ruleNumbers: CompiledNumbers
  private let keyStarts: CompiledNumbers
  /// Pairs: the rule, and another key that has to be there (or -1).
  private let keyEntries: CompiledNumbers
  private let unkeyed: CompiledNumbers
  /// The classes of every lemma, sub-classes' parents included.
  private let classStarts: CompiledNumbers
  private let classList: CompiledNumbers
  /// Members of several words: first lemma -> places in `phrases` (`class, count, lemmas ...`).
  private let phraseStarts: CompiledNumbers
  private let phraseList: CompiledNumbers
  let classNames: [String]
  let exactCount: Int
  let lemmaCount: Int

  init(_ reader: inout CompiledReader) {
    lemmaCount = reader.number()
    exactCount = reader.number()
    classNames = reader.texts()
    captureNames = reader.texts()
    code = CompiledNumbers(&reader)
    ruleNumbers = CompiledNumbers(&reader)
    keyStarts = CompiledNumbers(&reader)
    keyEntries = CompiledNumbers(&reader)
    unkeyed = CompiledNumbers(&reader)
    classStarts = CompiledNumbers(&reader)
    classList = CompiledNumbers(&reader)
    phraseStarts = CompiledNumbers(&reader)
    phraseList = CompiledNumbers(&reader)
  }

  var ruleCount: Int { ruleNumbers.count / 5 }

  func rule(_ r: Int) -> Rule {
    let flags = ruleNumbers[r * 5 + 3]
    return Rule(
      start: ruleNumbers[r * 5], required: ruleNumbers[r * 5 + 1], forbidden: ruleNumbers[r * 5 + 2],
      whole: flags & 1 == 1, speaksOfDenial: flags & 2 == 2, owner: ruleNumbers[r * 5 + 4])
  }

  /// The memory of one search; make one and use it again for the next utterance.
  struct Workspace {
    /// Where a key (word, class or form) stands in the window.
    fileprivate var places: [UInt64]
    fileprivate var touched: [Int32] = []
    fileprivate var tried: [UInt32]
    fileprivate var generation: UInt32 = 0
    fileprivate var phrases: [(wordClass: Int, start: UInt64, length: Int)] = []
    fileprivate var slots: [Int32] = []

    init(_ matcher: PatternMatcher) {
      places = [UInt64](repeating: 0, count: matcher.lemmaCount + matcher.classNames.count + matcher.exactCount + 1)
      tried = [UInt32](repeating: 0, count: matcher.ruleCount)
    }
  }

  /// A rule that heard something, and the window it heard it in.
  struct Hit: Sendable {
    var rule: Int
    /// Places of tokens (or -1 for the end of a sentence) in the window.
    var slots: [Int32]
  }

  // MARK: Searching

  private static let windowSize = 64
  private static let windowStep = 32

  /// Calls `report` with every rule that hears something in `tokens`, each once, and `seenClass` with
  /// every class that has a member there.
  func search(
    _ tokens: [Token], vocabulary: Vocabulary, workspace: inout Workspace,
    seenClass: (Int) -> Void = { _ in }, report: (Int, ArraySlice<Int32>) -> Void
  ) {
    workspace.slots.removeAll(keepingCapacity: true)
    for (i, token) in tokens.enumerated() {
      if token.opensSentence { workspace.slots.append(-1) }
      workspace.slots.append(Int32(i))
    }
    workspace.generation &+= 1
    if workspace.generation == 0 {
      for i in workspace.tried.indices { workspace.tried[i] = 0 }
      workspace.generation = 1
    }
    var from = 0
    repeat {
      let to = min(from + PatternMatcher.windowSize, workspace.slots.count)
      let alone = from == 0 && to == workspace.slots.count
      var window = Window(count: to - from)
      fill(&window, tokens, from..<to, vocabulary, &workspace, seenClass)
      tryRules(window, from..<to, alone: alone, &workspace, report)
      for key in workspace.touched { workspace.places[Int(key)] = 0 }
      workspace.touched.removeAll(keepingCapacity: true)
      workspace.phrases.removeAll(keepingCapacity: true)
      if to == workspace.slots.count { break }
      from += PatternMatcher.windowStep
    } while true
  }

  private struct Window {
    var count: Int
    var breaks: UInt64 = 0
    var negated: UInt64 = 0
    var all: UInt64 { count >= 64 ? ~0 : (1 << UInt64(count)) - 1 }
    /// Places between words, the end included where it fits.
    var places: UInt64 { count >= 63 ? ~0 : (1 << UInt64(count + 1)) - 1 }
    init(count: Int) { self.count = count }
  }

  private func fill(
    _ window: inout Window, _ tokens: [Token], _ range: Range<Int>, _ vocabulary: Vocabulary,
    _ w: inout Workspace, _ seenClass: (Int) -> Void
  ) {
    for (k, at) in range.enumerated() {
      let slot = w.slots[at]
      let bit: UInt64 = 1 << UInt64(k)
      guard slot >= 0 else {
        window.breaks |= bit
        continue
      }
      let token = tokens[Int(slot)]
      if token.negated { window.negated |= bit }
      guard token.lemma >= 0 else { continue }
      let lemma = Int(token.lemma)
      mark(lemma, bit, &w)
      if vocabulary.isNegator[lemma] { mark(denialKey, bit, &w) }
      if token.exact >= 0 { mark(lemmaCount + classNames.count + Int(token.exact), bit, &w) }
      for c in classStarts[lemma]..<classStarts[lemma + 1] {
        markClass(classList[c], bit, &w, seenClass)
      }
      var p = phraseStarts[lemma]
      let end = phraseStarts[lemma + 1]
      while p < end {
        let length = phraseList[p + 1]
        if phraseStands(p, length, k, range, tokens, w) {
          let c = phraseList[p]
          w.phrases.append((phraseList[p], bit, length))
          if w.places[lemmaCount + c] == 0 { seenClass(c) }
          touch(lemmaCount + c, &w)
        }
        p += 2 + length
      }
    }
  }

  private func phraseStands(
    _ p: Int, _ length: Int, _ k: Int, _ range: Range<Int>, _ tokens: [Token], _ w: Workspace
  ) -> Bool {
    guard range.lowerBound + k + length <= range.upperBound else { return false }
    for i in 1..<length {
      let slot = w.slots[range.lowerBound + k + i]
      guard slot >= 0, Int(tokens[Int(slot)].lemma) == phraseList[p + 2 + i] else { return false }
    }
    return true
  }

  private var denialKey: Int { lemmaCount + classNames.count + exactCount }

  @inline(__always)
  private func mark(_ key: Int, _ bit: UInt64, _ w: inout Workspace) {
    touch(key, &w)
    w.places[key] |= bit
  }

  private func markClass(_ c: Int, _ bit: UInt64, _ w: inout Workspace, _ seenClass: (Int) -> Void) {
    if w.places[lemmaCount + c] == 0 { seenClass(c) }
    mark(lemmaCount + c, bit, &w)
  }

  @inline(__always)
  private func touch(_ key: Int, _ w: inout Workspace) {
    if w.places[key] == 0 { w.touched.append(Int32(truncatingIfNeeded: key)) }
  }

  private func tryRules(
    _ window: Window, _ range: Range<Int>, alone: Bool, _ w: inout Workspace, _ report: (Int, ArraySlice<Int32>) -> Void
  ) {
    for t in w.touched.indices {
      let key = Int(w.touched[t])
      var e = keyStarts[key]
      let end = keyStarts[key + 1]
      while e < end {
        let second = keyEntries[e + 1]
        let rule = keyEntries[e]
        e += 2
        if second >= 0, !isPresent(second, w) { continue }
        if w.tried[rule] == w.generation { continue }
        if hears(rule, window, alone: alone, w) {
          w.tried[rule] = w.generation
          report(rule, w.slots[range])
        }
      }
    }
    for rule in unkeyed.indices.lazy.map({ unkeyed[$0] }) where w.tried[rule] != w.generation {
      if hears(rule, window, alone: alone, w) {
        w.tried[rule] = w.generation
        report(rule, w.slots[range])
      }
    }
  }

  private func isPresent(_ key: Int, _ w: Workspace) -> Bool {
    if w.places[key] != 0 { return true }
    return key >= lemmaCount && w.phrases.contains { $0.wordClass == key - lemmaCount }
  }

  private func hears(_ r: Int, _ window: Window, alone: Bool, _ w: Workspace) -> Bool {
    let rule = rule(r)
    if rule.whole && !alone { return false }
    let evaluation = Evaluation(matcher: self, window: window, rule: rule)
    var at = rule.start
    for part in 0..<(rule.required + rule.forbidden) {
      let wanted = part < rule.required
      if evaluation.occurs(at, w) != wanted { return false }
      at += code[at + 1]
    }
    return true
  }

  // MARK: Evaluating one rule

  private struct Evaluation {
    let matcher: PatternMatcher
    let window: Window
    let rule: Rule

    func occurs(_ at: Int, _ w: Workspace) -> Bool {
      if rule.whole { return step(at, 1, w) & (1 << UInt64(window.count)) != 0 && window.count < 64 }
      return step(at, window.all, w) != 0
    }

    /// The places reached from `from` by hearing the node at `at`.
    func step(_ at: Int, _ from: UInt64, _ w: Workspace) -> UInt64 {
      if from == 0 { return 0 }
      let head = matcher.code[at]
      let argument = head >> 4
      switch head & 15 {
      case PatternCode.word: return advance(from, w.places[argument])
      case PatternCode.exact:
        return advance(from, w.places[matcher.lemmaCount + matcher.classNames.count + argument])
      case PatternCode.wordClass: return stepClass(argument, from, w)
      case PatternCode.denial: return advance(from, w.places[matcher.denialKey])
      case PatternCode.sequence:
        var reached = from
        var child = at + 2
        for _ in 0..<argument {
          reached = step(child, reached, w)
          if reached == 0 { return 0 }
          child += matcher.code[child + 1]
        }
        return reached
      case PatternCode.alternatives:
        var reached: UInt64 = 0
        var child = at + 2
        for _ in 0..<argument {
          reached |= step(child, from, w)
          child += matcher.code[child + 1]
        }
        return reached
      case PatternCode.optional: return from | step(at + 2, from, w)
      case PatternCode.gap: return from | anyWords(argument, from)
      case PatternCode.capture: return step(at + 2, from, w)
      default: return anyWords(argument, from)
      }
    }

    private func advance(_ from: UInt64, _ places: UInt64) -> UInt64 {
      var from = from
      if rule.whole { from |= (from & window.breaks) << 1 }
      let allowed = rule.speaksOfDenial ? places : places & ~window.negated
      return (from & allowed) << 1
    }

    private func stepClass(_ c: Int, _ from: UInt64, _ w: Workspace) -> UInt64 {
      var reached = advance(from, w.places[matcher.lemmaCount + c])
      for phrase in w.phrases where phrase.wordClass == c {
        if advance(from, phrase.start) != 0 { reached |= phrase.start << UInt64(phrase.length) }
      }
      return reached
    }

    private func anyWords(_ most: Int, _ from: UInt64) -> UInt64 {
      var reached: UInt64 = 0
      var edge = from
      for _ in 0..<most {
        edge = (edge & ~window.breaks) << 1 & window.places
        if edge & ~reached == 0 { break }
        reached |= edge
      }
      return reached
    }

    // MARK: Tracing

    /// The first places from `start` at which the node ends where `end` is one of its ends, with what
    /// was captured. Assumes that `step` reaches `end` from `start`.
    func captures(_ at: Int, from start: Int, to end: Int, _ w: Workspace, into found: inout [(Int, Range<Int>)]) {
      let head = matcher.code[at]
      let argument = head >> 4
      switch head & 15 {
      case PatternCode.sequence: sequence(at, argument, from: start, to: end, w, into: &found)
      case PatternCode.alternatives:
        var child = at + 2
        for _ in 0..<argument {
          if reaches(child, start, end, w) {
            captures(child, from: start, to: end, w, into: &found)
            return
          }
          child += matcher.code[child + 1]
        }
      case PatternCode.optional where start != end: captures(at + 2, from: start, to: end, w, into: &found)
      case PatternCode.capture:
        found.append((argument, start..<end))
        captures(at + 2, from: start, to: end, w, into: &found)
      default: break
      }
    }

    private func reaches(_ at: Int, _ start: Int, _ end: Int, _ w: Workspace) -> Bool {
      step(at, 1 << UInt64(start), w) >> UInt64(end) & 1 == 1
    }

    private func sequence(
      _ at: Int, _ count: Int, from start: Int, to end: Int, _ w: Workspace, into found: inout [(Int, Range<Int>)]
    ) {
      var children: [Int] = []
      var child = at + 2
      for _ in 0..<count {
        children.append(child)
        child += matcher.code[child + 1]
      }
      var place = start
      for (k, child) in children.enumerated() {
        // The shortest stretch from which the rest still reaches the end.
        let ends = step(child, 1 << UInt64(place), w)
        let next = (place...end).first { candidate in
          guard ends >> UInt64(candidate) & 1 == 1 else { return false }
          var reached: UInt64 = 1 << UInt64(candidate)
          for rest in children[(k + 1)...] { reached = step(rest, reached, w) }
          return reached >> UInt64(end) & 1 == 1
        }
        guard let next else { return }
        captures(child, from: place, to: next, w, into: &found)
        place = next
      }
    }
  }

  /// Where in the utterance a rule heard its parts, and what it captured, as ranges of tokens.
  struct Trace {
    var parts: [Range<Int>] = []
    var captures: [(name: String, tokens: Range<Int>)] = []
  }

  func trace(_ hit: Hit, _ tokens: [Token], vocabulary: Vocabulary, workspace w: inout Workspace) -> Trace {
    w.slots = hit.slots
    var window = Window(count: hit.slots.count)
    fill(&window, tokens, 0..<hit.slots.count, vocabulary, &w, { _ in })
    defer {
      for key in w.touched { w.places[Int(key)] = 0 }
      w.touched.removeAll(keepingCapacity: true)
      w.phrases.removeAll(keepingCapacity: true)
    }
    let rule = rule(hit.rule)
    let evaluation = Evaluation(matcher: self, window: window, rule: rule)
    var trace = Trace()
    var at = rule.start
    for _ in 0..<rule.required {
      let starts = rule.whole ? 0...0 : 0...max(0, window.count - 1)
      for start in starts {
        let ends = evaluation.step(at, 1 << UInt64(start), w)
        guard ends != 0 else { continue }
        let end = rule.whole ? window.count : ends.trailingZeroBitCount
        guard end < 64 else { break }
        var found: [(Int, Range<Int>)] = []
        evaluation.captures(at, from: start, to: end, w, into: &found)
        trace.parts.append(tokenRange(start..<end, hit.slots))
        trace.captures += found.map { (captureNames[$0.0], tokenRange($0.1, hit.slots)) }
        break
      }
      at += code[at + 1]
    }
    return trace
  }

  private func tokenRange(_ range: Range<Int>, _ slots: [Int32]) -> Range<Int> {
    let tokens = range.compactMap { slots[$0] >= 0 ? Int(slots[$0]) : nil }
    guard let first = tokens.first, let last = tokens.last else { return 0..<0 }
    return first..<(last + 1)
  }
}

extension PatternMatcher {
  /// Writes the assembled rules in compiled form.
  static func write(
    _ assembler: PatternAssembler, classes: ClassTable, lemmaCount: Int, exactCount: Int,
    to writer: inout CompiledWriter
  ) {
    func list(_ values: [Int]) { writer.signed(values) }
    writer.number(lemmaCount)
    writer.number(exactCount)
    writer.texts(classes.names)
    writer.texts(assembler.captureNames)
    list(assembler.code)
    list(
      assembler.rules.flatMap {
        [$0.start, $0.required, $0.forbidden, ($0.whole ? 1 : 0) | ($0.speaksOfDenial ? 2 : 0), $0.owner]
      })
    let keyCount = lemmaCount + classes.names.count + exactCount + 1
    var filed = [[Int]](repeating: [], count: keyCount)
    var unkeyed: [Int] = []
    for (r, rule) in assembler.rules.enumerated() {
      guard let first = rule.keys.first else {
        unkeyed.append(r)
        continue
      }
      let second = rule.keys.dropFirst().first { $0.count == 1 }.map { $0[0] } ?? -1
      for key in first { filed[key] += [r, second] }
    }
    writeLists(filed, list)
    list(unkeyed)
    writeLists(classes.classesOfLemma(lemmaCount), list)
    writeLists(classes.phrasesByFirstLemma(lemmaCount), list)
  }

  private static func writeLists(_ lists: [[Int]], _ write: ([Int]) -> Void) {
    var starts = [0]
    for items in lists { starts.append(starts[starts.count - 1] + items.count) }
    write(starts)
    write(lists.flatMap { $0 })
  }
}

/// The word classes with their members as lemmas.
struct ClassTable {
  let names: [String]
  let numbers: [String: Int]
  private var words: [(lemmas: [Int], wordClass: Int)] = []
  private let ancestors: [[Int]]

  init(_ language: Language, lemma: (String) -> Int) {
    names = language.classes.keys.sorted()
    numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    var parents = [[Int]](repeating: [], count: names.count)
    for (i, name) in names.enumerated() {
      for member in language.classes[name] ?? [] {
        switch member {
        case .words(let written):
          let full = written.flatMap { language.expansions[$0] ?? [$0] }
          words.append((full.map(lemma), i))
        case .subclass(let other):
          if let j = numbers[other] { parents[j].append(i) }
        }
      }
    }
    ancestors = names.indices.map { start in
      var seen: Set<Int> = [start]
      var queue = [start]
      while let next = queue.popLast() {
        for parent in parents[next] where seen.insert(parent).inserted { queue.append(parent) }
      }
      return seen.sorted()
    }
  }

  var sizes: [Int] {
    var sizes = [Int](repeating: 0, count: names.count)
    for word in words { for c in ancestors[word.wordClass] { sizes[c] += 1 } }
    return sizes
  }

  func classesOfLemma(_ lemmaCount: Int) -> [[Int]] {
    var lists = [Set<Int>](repeating: [], count: lemmaCount)
    for word in words where word.lemmas.count == 1 { lists[word.lemmas[0]].formUnion(ancestors[word.wordClass]) }
    return lists.map { $0.sorted() }
  }

  func phrasesByFirstLemma(_ lemmaCount: Int) -> [[Int]] {
    var lists = [[Int]](repeating: [], count: lemmaCount)
    for word in words where word.lemmas.count > 1 {
      for c in ancestors[word.wordClass] { lists[word.lemmas[0]] += [c, word.lemmas.count] + word.lemmas }
    }
    return lists
  }
}
