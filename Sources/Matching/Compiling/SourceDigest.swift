/// Two 64-bit sums over everything that is entered (after FNV-1a, by G. Fowler, L. Noll and K.-P. Vo, eight
/// bytes at a time). For telling whether two things are the same, not for defence against an adversary.
public struct Digest: Sendable {
  private var first: UInt64 = 0xcbf2_9ce4_8422_2325
  private var second: UInt64 = 0x9e37_79b9_7f4a_7c15

  public init() {}

  public mutating func add(_ value: UInt64) {
    first = (first ^ value) &* 0x0000_0100_0000_01b3
    first ^= first >> 29
    second = (second ^ value) &* 0xbf58_476d_1ce4_e5b9
    second ^= second >> 32
  }

  public mutating func add(_ value: Int) { add(UInt64(bitPattern: Int64(value))) }

  public mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  public mutating func add(_ bytes: UnsafeRawBufferPointer) {
    add(bytes.count)
    var i = 0
    while i + 8 <= bytes.count {
      add(bytes.loadUnaligned(fromByteOffset: i, as: UInt64.self).littleEndian)
      i += 8
    }
    var rest: UInt64 = 0
    while i < bytes.count {
      rest = rest << 8 | UInt64(bytes[i])
      i += 1
    }
    add(rest)
  }

  public mutating func add(_ texts: some Sequence<String>) {
    for text in texts { add(text) }
    add(UInt64.max)
  }

  /// 32 hexadecimal digits.
  public var text: String {
    [first, second].map { sum in
      let digits = String(sum, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}

extension MatcherSource {
  /// A digest of everything a matcher is compiled from: where it is the same, so are the compiled bytes.
  public func digest(conditions: [PatternRule]) -> String {
    var digest = Digest()
    language.enter(&digest)
    digest.add(intents.count)
    for intent in intents { intent.enter(&digest) }
    digest.add(conditions.count)
    for condition in conditions { condition.enter(&digest) }
    digest.add(choices.rules)
    for line in choices.lines { digest.add([line.text, line.chosen ?? "\0"]) }
    return digest.text
  }
}

extension Language {
  fileprivate func enter(_ digest: inout Digest) {
    for (word, words) in expansions.sorted(by: { $0.key < $1.key }) {
      digest.add(word)
      digest.add(words)
    }
    for (scalar, word) in emoji.sorted(by: { $0.key < $1.key }) {
      digest.add(Int(scalar.value))
      digest.add(word)
    }
    for (form, base) in irregular.sorted(by: { $0.key < $1.key }) { digest.add([form, base]) }
    for (name, members) in classes.sorted(by: { $0.key < $1.key }) {
      digest.add(name)
      for member in members {
        switch member {
        case .words(let words): digest.add(words)
        case .subclass(let other): digest.add("~" + other)
        }
      }
    }
    for words in [negators, absences, clauseStarters] { digest.add(words.sorted()) }
    digest.add(lexicon)
  }
}

extension IntentRules {
  fileprivate func enter(_ digest: inout Digest) {
    digest.add(id)
    for number in risk.numbers { digest.add(number) }
    for rules in [patterns, harmless] {
      digest.add(rules.count)
      for rule in rules { rule.enter(&digest) }
    }
    digest.add(keywords.count)
    for (pattern, weight) in keywords {
      pattern.enter(&digest)
      digest.add(weight)
    }
    digest.add(standing.rawValue)
    for (rule, risk) in riskHints {
      digest.add("\(risk.level) \(String(describing: risk.kind)) \(rule)")
    }
    digest.add(riskPatterns.count)
    for (rule, risk) in riskPatterns {
      rule.enter(&digest)
      for number in risk.numbers { digest.add(number) }
    }
    digest.add(examples)
  }
}

extension PatternRule {
  /// The same for the same rule.
  public var digest: String {
    var digest = Digest()
    enter(&digest)
    return digest.text
  }

  fileprivate func enter(_ digest: inout Digest) {
    digest.add(whole ? 1 : 0)
    for patterns in [required, forbidden] {
      digest.add(patterns.count)
      for pattern in patterns { pattern.enter(&digest) }
    }
  }
}

extension Pattern {
  fileprivate func enter(_ digest: inout Digest) {
    func enter(_ kind: Int, _ items: [Pattern]) {
      digest.add(kind)
      digest.add(items.count)
      for item in items { item.enter(&digest) }
    }
    switch self {
    case .word(let word):
      digest.add(1)
      digest.add(word)
    case .exact(let form):
      digest.add(2)
      digest.add(form)
    case .wordClass(let name):
      digest.add(3)
      digest.add(name)
    case .denial: digest.add(4)
    case .sequence(let items): enter(5, items)
    case .alternatives(let items): enter(6, items)
    case .optional(let item): enter(7, [item])
    case .gap(let n):
      digest.add(8)
      digest.add(n)
    case .capture(let name, let inner):
      digest.add(9)
      digest.add(name)
      enter(10, inner.map { [$0] } ?? [])
    }
  }
}
