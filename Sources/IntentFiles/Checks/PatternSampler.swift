import Matching

/// Writes sentences that a pattern describes.
struct PatternSampler {
  private let members: [String: [[String]]]
  /// Words for gaps and captures: they are members of nothing.
  private static let filler = ["blue", "paper", "lamp", "seven", "stone", "corner"]

  init(_ language: Language) {
    var members: [String: [[String]]] = [:]
    func collect(_ name: String, _ seen: Set<String>) -> [[String]] {
      if let known = members[name] { return known }
      guard !seen.contains(name) else { return [] }
      var found: [[String]] = []
      for member in language.classes[name] ?? [] {
        switch member {
        case .words(let words): found.append(words)
        case .subclass(let other): found += collect(other, seen.union([name]))
        }
      }
      members[name] = found
      return found
    }
    for name in language.classes.keys.sorted() { _ = collect(name, []) }
    self.members = members
  }

  /// The shortest sentence: first alternatives, no optional words, no words in gaps.
  func shortest(_ rule: PatternRule) -> String {
    rule.required.flatMap { expand($0, most: 1).first ?? [] }.joined(separator: " ")
  }

  /// Up to `most` different sentences, spread over all that the rule describes, in a fixed order.
  func sentences(_ rule: PatternRule, most: Int) -> [String] {
    var sentences = [[String]]()
    sentences = product(rule.required.map { expand($0, most: most) }, most: most)
    var seen: Set<String> = []
    return sentences.map { $0.joined(separator: " ") }.filter { seen.insert($0).inserted }
  }

  private func expand(_ pattern: Pattern, most: Int) -> [[String]] {
    switch pattern {
    case .word(let word), .exact(let word): return [[word]]
    case .denial: return [["not"]]
    case .wordClass(let name):
      let all = members[name] ?? []
      return PatternSampler.spread(all.isEmpty ? [[]] : all, most)
    case .gap(let n): return PatternSampler.spread([[], filler(n)], most)
    case .optional(let item): return PatternSampler.spread([[]] + expand(item, most: most), most)
    case .alternatives(let items): return PatternSampler.spread(items.flatMap { expand($0, most: most) }, most)
    case .sequence(let items): return product(items.map { expand($0, most: most) }, most: most)
    case .capture(_, let inner): return inner.map { expand($0, most: most) } ?? [filler(2)]
    }
  }

  private func filler(_ n: Int) -> [String] { (0..<n).map { PatternSampler.filler[$0 % PatternSampler.filler.count] } }

  /// One of each, in all combinations, or combinations spread evenly over them.
  private func product(_ lists: [[[String]]], most: Int) -> [[String]] {
    var count = 1
    for list in lists { count = min(count.multipliedReportingOverflow(by: list.count).partialValue, 1 << 40) }
    guard count > 0 else { return [] }
    let taken = min(count, most)
    return (0..<taken).map { k in
      var place = taken == count || taken == 1 ? k : k * ((count - 1) / (taken - 1))
      var words: [String] = []
      for list in lists {
        words += list[place % list.count]
        place /= list.count
      }
      return words
    }
  }

  private static func spread(_ items: [[String]], _ most: Int) -> [[String]] {
    guard items.count > most else { return items }
    if most == 1 { return [items[0]] }
    return (0..<most).map { items[$0 * (items.count - 1) / (most - 1)] }
  }
}
