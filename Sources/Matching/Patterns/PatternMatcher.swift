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
    /// Holds a capture.
    var captures: Bool
    /// Where its needs are listed.
    var needs: Int
  }

  let captureNames: [String]
  private let code: CompiledNumbers
  /// Five numbers a rule.
  private let ruleNumbers: CompiledNumbers
  private let keyStarts: CompiledNumbers
  /// The rules filed under each key.
  private let keyRules: CompiledNumbers
  private let unkeyed: CompiledNumbers
  /// What else has to be there: `count, keys ...` for each set, then 0.
  private let needs: CompiledNumbers
  /// The keys of each set.
  private let setStarts: CompiledNumbers
  private let setKeys: CompiledNumbers
  /// The classes of every lemma, sub-classes' parents included.
  private let classStarts: CompiledNumbers
  private let classList: CompiledNumbers
  /// Members of several words: their first two lemmas -> a place in `phraseList`, where
  /// `class, count, lemmas ...` follow one another, then -1.
  private let phraseTable: HashTable
  private let phraseList: CompiledNumbers
  let classNames: [String]
  private let keys: PatternKeys

  init(_ reader: inout CompiledReader) {
    keys = PatternKeys(lemmas: reader.number(), classes: reader.number(), exacts: reader.number())
    classNames = reader.texts()
    captureNames = reader.texts()
    code = CompiledNumbers(&reader)
    ruleNumbers = CompiledNumbers(&reader)
    keyStarts = CompiledNumbers(&reader)
    keyRules = CompiledNumbers(&reader)
    unkeyed = CompiledNumbers(&reader)
    needs = CompiledNumbers(&reader)
    setStarts = CompiledNumbers(&reader)
    setKeys = CompiledNumbers(&reader)
    classStarts = CompiledNumbers(&reader)
    classList = CompiledNumbers(&reader)
    phraseTable = HashTable(&reader)
    phraseList = CompiledNumbers(&reader)
  }

  /// Where the flags of a rule stand: whether it hears whole lines, whether it speaks of denial, whether it captures
  /// and, from the fourth bit on, how many words it hears at most.
  private static let flags = 3

  var ruleCount: Int { ruleNumbers.count / 5 }

  func rule(_ r: Int) -> Rule {
    let flags = ruleNumbers[r * 5 + PatternMatcher.flags]
    return Rule(
      start: ruleNumbers[r * 5], required: ruleNumbers[r * 5 + 1], forbidden: ruleNumbers[r * 5 + 2],
      whole: flags & 1 == 1, speaksOfDenial: flags & 2 == 2, captures: flags & 4 == 4,
      needs: ruleNumbers[r * 5 + 4])
  }

  /// The memory of one search; make one and use it again for the next utterance.
  struct Workspace {
    /// Where a key (word, class or form) stands in the window.
    fileprivate var places: [UInt64]
    /// Whether it stands there at all; classes also by a member of several words.
    fileprivate var isThere: [Bool]
    /// Where the sets of keys stand, as far as they were looked for in this window.
    fileprivate var sets: [FoundSet]
    fileprivate var touched: [Int32] = []
    /// The last search in which a rule was heard, and the last window in which it was tried.
    fileprivate var heard: [UInt32]
    fileprivate var tried: [UInt32]
    fileprivate var search: UInt32 = 0
    fileprivate var windowNumber: UInt32 = 0
    fileprivate var phrases: [(wordClass: Int, start: UInt64, length: Int)] = []
    fileprivate var slots: [Int32] = []
    /// What was last looked at, and whether it was the whole utterance.
    fileprivate var window = Window(count: 0)
    fileprivate var isWhole = false
    /// How many words the utterance has.
    fileprivate var words = 0

    init(_ matcher: PatternMatcher) {
      places = [UInt64](repeating: 0, count: matcher.keys.count)
      isThere = [Bool](repeating: false, count: matcher.keys.count)
      sets = [FoundSet](repeating: FoundSet(), count: matcher.setStarts.count - 1)
      heard = [UInt32](repeating: 0, count: matcher.ruleCount)
      tried = heard
    }

    @inline(__always)
    fileprivate mutating func touch(_ key: Int) {
      if !isThere[key] {
        isThere[key] = true
        touched.append(Int32(truncatingIfNeeded: key))
      }
    }

    @inline(__always)
    fileprivate mutating func mark(_ key: Int, _ bit: UInt64) {
      touch(key)
      places[key] |= bit
    }

    fileprivate mutating func begin(_ tokens: [Token]) {
      slots = PatternMatcher.slots(of: tokens)
      words = tokens.count
      search = Workspace.next(after: search, in: &heard)
    }

    /// The number of the next search or window; after the last number all marks are taken away.
    private static func next(after number: UInt32, in marks: inout [UInt32]) -> UInt32 {
      guard number == .max else { return number + 1 }
      for i in marks.indices { marks[i] = 0 }
      return 1
    }

    fileprivate mutating func clear() {
      for key in touched {
        places[Int(key)] = 0
        isThere[Int(key)] = false
      }
      touched.removeAll(keepingCapacity: true)
      phrases.removeAll(keepingCapacity: true)
      if windowNumber == .max { for i in sets.indices { sets[i].window = 0 } }
      windowNumber = Workspace.next(after: windowNumber, in: &tried)
    }

    /// Whether the rule is to be tried: it was not in this window, nor heard in an earlier one.
    @inline(__always)
    fileprivate mutating func takes(_ rule: Int) -> Bool {
      if tried[rule] == windowNumber || heard[rule] == search { return false }
      tried[rule] = windowNumber
      return true
    }
  }

  /// Where a set of keys stands, and the window in which it was looked for.
  fileprivate struct FoundSet {
    var places: UInt64 = 0
    var window: UInt32 = 0
  }

  /// A rule that heard something, and the window it heard it in.
  struct Hit: Sendable {
    var rule: Int
    /// Places of tokens (or -1 for the end of a sentence) in the window.
    var slots: ArraySlice<Int32>
  }

  /// The places of an utterance: the number of each word, and -1 where a sentence ended.
  static func slots(of tokens: [Token]) -> [Int32] {
    var slots: [Int32] = []
    slots.reserveCapacity(tokens.count + 4)
    for (i, token) in tokens.enumerated() {
      if token.opensSentence { slots.append(-1) }
      slots.append(Int32(i))
    }
    return slots
  }

  // MARK: Searching

  static let windowSize = 64
  private static let windowStep = 32

  /// Calls `report` with every rule before `limit` that hears something in `tokens`, each once, and
  /// `seenClass` with every class that has a member there. The workspace then still holds the utterance
  /// for `hears`, if that is short enough for one window; of longer ones the rules before `longLimit` are tried.
  func search(
    _ tokens: [Token], vocabulary: Vocabulary, before limit: Int, orOfLong longLimit: Int? = nil,
    workspace: inout Workspace, seenClass: (Int) -> Void = { _ in }, report: (Int, ArraySlice<Int32>) -> Void
  ) {
    workspace.begin(tokens)
    var from = 0
    repeat {
      workspace.clear()
      let to = min(from + PatternMatcher.windowSize, workspace.slots.count)
      workspace.isWhole = from == 0 && to == workspace.slots.count
      fill(tokens, from..<to, vocabulary, &workspace, seenClass)
      tryRules(from..<to, before: workspace.isWhole ? limit : longLimit ?? limit, &workspace, report)
      if to == workspace.slots.count { break }
      from += PatternMatcher.windowStep
    } while true
  }

  /// Whether `rule` hears something in the utterance that was searched last; nil if that was too long to be
  /// held.
  func hears(_ rule: Int, in workspace: inout Workspace) -> Bool? {
    workspace.isWhole ? hears(rule, &workspace) : nil
  }

  fileprivate struct Window {
    var count: Int
    var breaks: UInt64 = 0
    var negated: UInt64 = 0
    var all: UInt64 { count >= 64 ? ~0 : (1 << UInt64(count)) - 1 }
    /// Places between words, the end included where it fits.
    var places: UInt64 { count >= 63 ? ~0 : (1 << UInt64(count + 1)) - 1 }
    init(count: Int) { self.count = count }
  }

  private func fill(
    _ tokens: [Token], _ range: Range<Int>, _ vocabulary: Vocabulary,
    _ w: inout Workspace, _ seenClass: (Int) -> Void
  ) {
    w.window = Window(count: range.count)
    for (k, at) in range.enumerated() {
      let slot = w.slots[at]
      let bit: UInt64 = 1 << UInt64(k)
      guard slot >= 0 else {
        w.window.breaks |= bit
        continue
      }
      let token = tokens[Int(slot)]
      if token.negated { w.window.negated |= bit }
      guard token.lemma >= 0 else { continue }
      let lemma = Int(token.lemma)
      w.mark(lemma, bit)
      if vocabulary.isNegator[lemma] { w.mark(keys.denial, bit) }
      if token.exact >= 0 { w.mark(keys.exact(Int(token.exact)), bit) }
      for c in classStarts[lemma]..<classStarts[lemma + 1] {
        let key = keys.wordClass(classList[c])
        if !w.isThere[key] { seenClass(classList[c]) }
        w.mark(key, bit)
      }
      let next = at + 1 < range.upperBound ? w.slots[at + 1] : -1
      guard next >= 0, var p = phrases(lemma, Int(tokens[Int(next)].lemma)) else { continue }
      while phraseList[p] >= 0 {
        let length = phraseList[p + 1]
        if phraseStands(p, length, k, range, tokens, w) {
          let c = phraseList[p]
          w.phrases.append((c, bit, length))
          if !w.isThere[keys.wordClass(c)] { seenClass(c) }
          w.touch(keys.wordClass(c))
        }
        p += 2 + length
      }
    }
  }

  private func phrases(_ first: Int, _ second: Int) -> Int? {
    phraseTable.value(PatternMatcher.phraseKey(first, second))
  }

  private static func phraseKey(_ first: Int, _ second: Int) -> UInt64 { Hash.pair(20, first, second) }

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

  private func tryRules(
    _ range: Range<Int>, before limit: Int, _ w: inout Workspace, _ report: (Int, ArraySlice<Int32>) -> Void
  ) {
    for t in w.touched.indices {
      let key = Int(w.touched[t])
      for e in keyStarts[key]..<keyStarts[key + 1] {
        let rule = keyRules[e]
        if rule >= limit { break }
        tryRule(rule, range, &w, report)
      }
    }
    for rule in unkeyed.indices.lazy.map({ unkeyed[$0] }) where rule < limit { tryRule(rule, range, &w, report) }
  }

  @inline(__always)
  private func tryRule(
    _ rule: Int, _ range: Range<Int>, _ w: inout Workspace, _ report: (Int, ArraySlice<Int32>) -> Void
  ) {
    guard w.takes(rule), hears(rule, &w) else { return }
    w.heard[rule] = w.search
    report(rule, w.slots[range])
  }

  private func hears(_ r: Int, _ w: inout Workspace) -> Bool {
    let flags = ruleNumbers[r * 5 + PatternMatcher.flags]
    if flags & 1 == 1, !w.isWhole || w.words > flags >> 3 { return false }
    guard hasNeeds(ruleNumbers[r * 5 + 4], w) else { return false }
    let rule = rule(r)
    let view = View(w.window, rule)
    var at = rule.start
    var near = ~UInt64(0)
    for part in 0..<(rule.required + rule.forbidden) {
      let ends = ends(at, view, &w) & near
      if (ends != 0) != (part < rule.required) { return false }
      if part < rule.required { near = view.vicinity(of: ends) }
      at += code[at + 1]
    }
    return true
  }

  private func hasNeeds(_ list: Int, _ w: Workspace) -> Bool {
    var at = list
    while true {
      let count = needs[at]
      if count == 0 { return true }
      var isThere = false
      for i in 1...count where w.isThere[needs[at + i]] {
        isThere = true
        break
      }
      if !isThere { return false }
      at += count + 1
    }
  }

  @inline(__always)
  private func places(ofSet set: Int, _ w: inout Workspace) -> UInt64 {
    w.sets[set].window == w.windowNumber ? w.sets[set].places : look(forSet: set, &w)
  }

  private func look(forSet set: Int, _ w: inout Workspace) -> UInt64 {
    var places: UInt64 = 0
    setKeys.forEach(in: setStarts[set]..<setStarts[set + 1]) { places |= w.places[$0] }
    w.sets[set] = FoundSet(places: places, window: w.windowNumber)
    return places
  }

  // MARK: Evaluating one rule

  /// The window as one rule looks at it.
  private struct View {
    var window: Window
    var whole: Bool
    var speaksOfDenial: Bool

    init(_ window: Window, _ rule: Rule) {
      self.window = window
      whole = rule.whole
      speaksOfDenial = rule.speaksOfDenial
    }

    @inline(__always)
    func advance(_ from: UInt64, _ places: UInt64) -> UInt64 {
      var from = from
      if whole { from |= (from & window.breaks) << 1 }
      let allowed = speaksOfDenial ? places : places & ~window.negated
      return (from & allowed) << 1
    }

    /// Parts of a rule belong together if they end at most this many places apart.
    private static let reach: UInt64 = 20

    func vicinity(of ends: UInt64) -> UInt64 {
      var near = ends
      for step in [1, 2, 4, 8, View.reach - 15] as [UInt64] { near |= near << step | near >> step }
      return near
    }

    /// The longest gap of a whole line stands for all the rest of it, over the ends of sentences; others stop there.
    func anyWords(_ most: Int, _ from: UInt64) -> UInt64 {
      let walls = whole && most == Pattern.longestGap ? 0 : window.breaks
      var reached: UInt64 = 0
      var edge = from
      for _ in 0..<most {
        edge = (edge & ~walls) << 1 & window.places
        if edge & ~reached == 0 { break }
        reached |= edge
      }
      return reached
    }
  }

  /// The places at which the node at `at` ends, from wherever it may begin.
  private func ends(_ at: Int, _ view: View, _ w: inout Workspace) -> UInt64 {
    guard view.whole else { return step(at, view.window.all, view, &w) }
    return view.window.count < 64 ? step(at, 1, view, &w) & (1 << UInt64(view.window.count)) : 0
  }

  /// The places reached from `from` by hearing the node at `at`.
  private func step(_ at: Int, _ from: UInt64, _ view: View, _ w: inout Workspace) -> UInt64 {
    if from == 0 { return 0 }
    let head = code[at]
    let argument = head >> 4
    switch head & 15 {
    case PatternCode.key: return view.advance(from, w.places[argument])
    case PatternCode.anyKey:
      let places = places(ofSet: argument, &w)
      return places == 0 ? 0 : view.advance(from, places)
    case PatternCode.phrases:
      var reached = view.advance(from, w.places[keys.wordClass(argument)])
      for phrase in w.phrases where phrase.wordClass == argument {
        if view.advance(from, phrase.start) != 0 { reached |= phrase.start << UInt64(phrase.length) }
      }
      return reached
    case PatternCode.sequence:
      var reached = from
      var child = at + 2
      for _ in 0..<argument {
        reached = step(child, reached, view, &w)
        if reached == 0 { return 0 }
        child += code[child + 1]
      }
      return reached
    case PatternCode.alternatives:
      var reached: UInt64 = 0
      var child = at + 2
      for _ in 0..<argument {
        let isThere = pass(&child, w)
        if isThere { reached |= step(child, from, view, &w) }
        child += code[child + 1]
      }
      return reached
    case PatternCode.optional: return from | step(at + 2, from, view, &w)
    case PatternCode.gap: return from | view.anyWords(argument, from)
    case PatternCode.capture: return step(at + 2, from, view, &w)
    default: return view.anyWords(argument, from)
    }
  }

  /// Passes the keys that stand before an alternative; whether one of them is in the window, or none is needed.
  @inline(__always)
  private func pass(_ at: inout Int, _ w: Workspace) -> Bool {
    let count = code[at]
    at += 1
    defer { at += count }
    return count == 0 || (at..<(at + count)).contains { w.isThere[code[$0]] }
  }

  // MARK: Tracing

  /// The first places from `start` at which the node ends where `end` is one of its ends, with what
  /// was captured. Assumes that `step` reaches `end` from `start`.
  private func captures(
    _ at: Int, from start: Int, to end: Int, _ view: View, _ w: inout Workspace, into found: inout [(Int, Range<Int>)]
  ) {
    let argument = code[at] >> 4
    switch code[at] & 15 {
    case PatternCode.sequence: sequence(at, argument, from: start, to: end, view, &w, into: &found)
    case PatternCode.alternatives:
      var child = at + 2
      for _ in 0..<argument {
        if pass(&child, w), step(child, 1 << UInt64(start), view, &w) >> UInt64(end) & 1 == 1 {
          captures(child, from: start, to: end, view, &w, into: &found)
          return
        }
        child += code[child + 1]
      }
    case PatternCode.optional where start != end: captures(at + 2, from: start, to: end, view, &w, into: &found)
    case PatternCode.capture:
      found.append((argument, start..<end))
      captures(at + 2, from: start, to: end, view, &w, into: &found)
    default: break
    }
  }

  private func sequence(
    _ at: Int, _ count: Int, from start: Int, to end: Int, _ view: View, _ w: inout Workspace,
    into found: inout [(Int, Range<Int>)]
  ) {
    var children: [Int] = []
    var child = at + 2
    for _ in 0..<count {
      children.append(child)
      child += code[child + 1]
    }
    var place = start
    for (k, child) in children.enumerated() {
      // The shortest stretch from which the rest still reaches the end.
      let ends = step(child, 1 << UInt64(place), view, &w)
      let next = (place...end).first { candidate in
        guard ends >> UInt64(candidate) & 1 == 1 else { return false }
        var reached: UInt64 = 1 << UInt64(candidate)
        for rest in children[(k + 1)...] { reached = step(rest, reached, view, &w) }
        return reached >> UInt64(end) & 1 == 1
      }
      guard let next else { return }
      captures(child, from: place, to: next, view, &w, into: &found)
      place = next
    }
  }

  /// Where in the utterance a rule heard its parts, and what it captured, as ranges of tokens.
  struct Trace {
    var parts: [Range<Int>] = []
    var captures: [(name: String, tokens: Range<Int>)] = []
  }

  /// Leaves nothing of the utterance in the workspace.
  func trace(_ hit: Hit, _ tokens: [Token], vocabulary: Vocabulary, workspace w: inout Workspace) -> Trace {
    w.clear()
    w.isWhole = false
    w.slots = Array(hit.slots)
    fill(tokens, w.slots.indices, vocabulary, &w, { _ in })
    defer { w.clear() }
    let window = w.window
    let rule = rule(hit.rule)
    let view = View(window, rule)
    let slots = w.slots
    var trace = Trace()
    var at = rule.start
    for _ in 0..<rule.required {
      let starts = rule.whole ? 0...0 : 0...max(0, window.count - 1)
      for start in starts {
        let ends = step(at, 1 << UInt64(start), view, &w)
        guard ends != 0 else { continue }
        let end = rule.whole ? window.count : ends.trailingZeroBitCount
        guard end < 64 else { break }
        var found: [(Int, Range<Int>)] = []
        captures(at, from: start, to: end, view, &w, into: &found)
        trace.parts.append(tokenRange(start..<end, slots))
        trace.captures += found.map { (captureNames[$0.0], tokenRange($0.1, slots)) }
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
    _ assembler: PatternAssembler, classes: ClassTable, keys: PatternKeys, to writer: inout CompiledWriter
  ) {
    for count in [keys.lemmas, keys.classes, keys.exacts] { writer.number(count) }
    writer.texts(classes.names)
    writer.texts(assembler.captureNames)
    writer.signed(assembler.code)
    var filed = [[Int]](repeating: [], count: keys.count)
    var unkeyed: [Int] = []
    var needs: [Int] = []
    var numbers: [Int] = []
    for (r, rule) in assembler.rules.enumerated() {
      let flags =
        (rule.whole ? 1 : 0) | (rule.speaksOfDenial ? 2 : 0) | (rule.captures ? 4 : 0) | rule.longest << 3
      numbers += [rule.start, rule.required, rule.forbidden, flags, needs.count]
      for set in rule.needs.dropFirst() { needs += [set.count] + set }
      needs.append(0)
      if let first = rule.needs.first { for key in first { filed[key].append(r) } } else { unkeyed.append(r) }
    }
    writer.signed(numbers)
    writeLists(filed, &writer)
    writer.signed(unkeyed)
    writer.signed(needs)
    writeLists(assembler.sets, &writer)
    writeLists(classes.classesOfLemma(keys.lemmas), &writer)
    writePhrases(classes.phrases, &writer)
  }

  private static func writePhrases(_ phrases: [(lemmas: [Int], wordClass: Int)], _ writer: inout CompiledWriter) {
    var places: [(key: UInt64, value: Int)] = []
    var list: [Int] = []
    var before: ArraySlice<Int> = []
    for phrase in phrases {
      let start = phrase.lemmas.prefix(2)
      if start != before {
        if !list.isEmpty { list.append(-1) }
        places.append((phraseKey(phrase.lemmas[0], phrase.lemmas[1]), list.count))
        before = start
      }
      list += [phrase.wordClass, phrase.lemmas.count] + phrase.lemmas
    }
    HashTable.write(places, to: &writer)
    writer.signed(list + [-1])
  }

  private static func writeLists(_ lists: [[Int]], _ writer: inout CompiledWriter) {
    var starts = [0]
    for items in lists { starts.append(starts[starts.count - 1] + items.count) }
    writer.signed(starts)
    writer.signed(lists.flatMap { $0 })
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

  /// Classes with members of several words.
  var withPhrases: Set<Int> { Set(words.filter { $0.lemmas.count > 1 }.flatMap { ancestors[$0.wordClass] }) }

  /// How many words the longest member has.
  var longestPhrase: Int { words.map(\.lemmas.count).max() ?? 1 }

  /// Every class with the first lemma of each of its members.
  var lemmas: [(lemma: Int, wordClass: Int)] {
    words.flatMap { word in word.lemmas.prefix(1).flatMap { lemma in ancestors[word.wordClass].map { (lemma, $0) } } }
  }

  func classesOfLemma(_ lemmaCount: Int) -> [[Int]] {
    var lists = [Set<Int>](repeating: [], count: lemmaCount)
    for word in words where word.lemmas.count == 1 { lists[word.lemmas[0]].formUnion(ancestors[word.wordClass]) }
    return lists.map { $0.sorted() }
  }

  /// Members of several words, those with the same first two lemmas one after the other.
  var phrases: [(lemmas: [Int], wordClass: Int)] {
    let all = words.filter { $0.lemmas.count > 1 }.flatMap { word in
      ancestors[word.wordClass].map { (lemmas: word.lemmas, wordClass: $0) }
    }
    return all.sorted { a, b in
      a.lemmas == b.lemmas ? a.wordClass < b.wordClass : a.lemmas.lexicographicallyPrecedes(b.lemmas)
    }
  }
}
