/// What of an utterance is compared with the examples: words, words side by side, pieces of words,
/// word classes and the form of the sentence.
enum Feature {
  static let word: UInt64 = 1
  static let pair: UInt64 = 2
  static let skip: UInt64 = 3
  static let wordClass: UInt64 = 4
  static let piece: UInt64 = 5
  static let form: UInt64 = 6
  static let denied: UInt64 = 7
  static let rule: UInt64 = 8
  static let classPair: UInt64 = 9
  static let trait: UInt64 = 10

  enum Form {
    static let asks = 1
    static let length = 2
    static let bias = 3
    static let unknownWords = 4
    static let quotes = 5
  }

  private static let edge = 1 << 27

  /// Features that lines share without a word in common: length, questions, words that are not known.
  static let formKeys: [UInt64] = {
    var keys = (Form.asks...Form.quotes).flatMap { kind in (0...8).map { Hash.pair(form, kind, $0) } }
    for (before, after) in [(edge, -1), (-1, -1), (-1, edge + 1), (-1, edge)] {
      keys += [Hash.pair(pair, before, after), Hash.pair(skip, before, after)]
    }
    return keys
  }()

  /// The keys of all features of an utterance, each once, in a fixed order.
  static func keys(of utterance: Utterance, classes: [Int], owners: [Int]) -> [UInt64] {
    let tokens = utterance.tokens.indices
    var keys: [UInt64] = []
    keys.reserveCapacity(tokens.count * 12 + 16)
    var before = edge
    var beforeThat = edge
    for i in tokens {
      let token = utterance.tokens[i]
      if token.opensSentence {
        keys.append(Hash.pair(pair, before, edge + 1))
        before = edge
        beforeThat = edge
      }
      let lemma = Int(token.lemma)
      if lemma >= 0 {
        keys.append(Hash.pair(word, lemma, 0))
        if token.negated { keys.append(Hash.pair(denied, lemma, 0)) }
      }
      keys.append(Hash.pair(pair, before, lemma))
      if beforeThat != edge { keys.append(Hash.pair(skip, beforeThat, lemma)) }
      beforeThat = before
      before = lemma
    }
    keys.append(Hash.pair(pair, before, edge + 1))
    for c in classes { keys.append(Hash.pair(wordClass, c, 0)) }
    for (i, c) in classes.enumerated() {
      for other in classes[(i + 1)...] { keys.append(Hash.pair(classPair, c, other)) }
    }
    for owner in owners { keys.append(Hash.pair(rule, owner, 0)) }
    if utterance.asks { keys.append(Hash.pair(form, Form.asks, 0)) }
    if utterance.quotes { keys.append(Hash.pair(form, Form.quotes, 0)) }
    keys.append(Hash.pair(form, Form.length, lengthGroup(tokens.count)))
    keys.append(Hash.pair(form, Form.bias, 0))
    let unknown = tokens.count(where: { utterance.tokens[$0].lemma < 0 })
    keys.append(Hash.pair(form, Form.unknownWords, min(3, unknown)))
    pieces(of: utterance, tokens, into: &keys)
    return unique(keys)
  }

  /// The keys without repetitions, in the order of their first occurrence.
  private static func unique(_ keys: [UInt64]) -> [UInt64] {
    var capacity = 64
    while capacity < keys.count * 2 { capacity *= 2 }
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: capacity) { seen in
      seen.initialize(repeating: 0)
      var unique: [UInt64] = []
      unique.reserveCapacity(keys.count)
      for key in keys {
        var i = Int(truncatingIfNeeded: key) & (capacity - 1)
        while seen[i] != 0, seen[i] != key { i = (i + 1) & (capacity - 1) }
        if seen[i] == 0 {
          seen[i] = key
          unique.append(key)
        }
      }
      return unique
    }
  }

  private static func lengthGroup(_ n: Int) -> Int {
    switch n {
    case 0...3: n
    case 4...5: 4
    case 6...8: 5
    case 9...14: 6
    case 15...24: 7
    default: 8
    }
  }

  /// Measured on held-out rows: four letters did better than three to five, at half the cost.
  private static let pieceLength = 4

  /// Runs of letters, the edges of the word included.
  private static func pieces(of utterance: Utterance, _ tokens: Range<Int>, into keys: inout [UInt64]) {
    guard let first = tokens.first, let last = tokens.last else { return }
    let from = Int(utterance.tokens[first].start)
    let to = Int(utterance.tokens[last].end)
    var text = utterance.text
    text.withUTF8 { bytes in
      var word: [UInt8] = [0]
      func finish() {
        guard word.count > 1 else { return }
        word.append(0)
        for k in 0..<max(0, word.count - pieceLength + 1) {
          var h = Hash.seed ^ piece
          for c in word[k..<(k + pieceLength)] { h = Hash.add(c, to: h) }
          keys.append(Hash.finish(h))
        }
        word.removeLast(word.count - 1)
      }
      var i = from
      while i < min(to, bytes.count) {
        let c = bytes[i]
        if c >= 0x41 && c <= 0x5a {
          word.append(c | 0x20)
        } else if c >= 0x61 && c <= 0x7a || c >= 0x30 && c <= 0x39 {
          word.append(c)
        } else if c >= 128 {
          let (scalar, length) = Folding.scalar(bytes, at: i)
          Folding.appendLetters(of: scalar, to: &word, orElse: bytes[i..<min(i + length, bytes.count)])
          i += length - 1
        } else if c != UInt8(ascii: "'") {
          finish()
        }
        i += 1
      }
      finish()
    }
  }
}
