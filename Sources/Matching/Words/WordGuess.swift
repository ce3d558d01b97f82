/// Reads a word that nothing knows: a misspelling, a word in disguise, or two words run together.
///
/// Candidates are made from the word itself and looked up, so that no table of misspellings is kept and
/// text without mistakes pays nothing: a word of n letters makes about 54 n candidates.
struct WordGuess {
  enum Reading: Equatable {
    case form([UInt8], Token.Origin)
    case split([UInt8], [UInt8])
  }

  let vocabulary: Vocabulary
  var stemmer: Stemmer

  mutating func read(_ word: [UInt8]) -> Reading? {
    if let plain = undisguised(word) { return .form(plain, .disguised) }
    guard word.allSatisfy({ $0 >= 0x61 && $0 <= 0x7a || $0 == UInt8(ascii: "'") }) else { return nil }
    var stem = word
    stemmer.stem(&stem)
    if vocabulary.isRealWord(stem: stem) { return nil }
    if word.count >= 4, let form = corrected(word) { return .form(form, .misspelt) }
    return split(word)
  }

  private func knows(_ form: [UInt8]) -> Bool {
    vocabulary.form(Hash.word(form, namespace: Vocabulary.Namespace.form)) != nil
  }

  private func rank(_ form: [UInt8]) -> Int? {
    switch vocabulary.form(Hash.word(form, namespace: Vocabulary.Namespace.form)) {
    case .lemma(let id, _): id
    case .expansion: 0
    case nil: nil
    }
  }

  // MARK: Disguise

  /// su1c1de, k!ll, @lone: digits and signs read as the letters they look like.
  private func undisguised(_ word: [UInt8]) -> [UInt8]? {
    guard word.count >= 3, word.contains(where: { !($0 >= 0x61 && $0 <= 0x7a) && $0 != UInt8(ascii: "'") }) else {
      return nil
    }
    for one in [UInt8(ascii: "i"), UInt8(ascii: "l")] {
      var plain = word
      for k in plain.indices {
        switch plain[k] {
        case UInt8(ascii: "1"), UInt8(ascii: "!"): plain[k] = one
        case UInt8(ascii: "0"): plain[k] = UInt8(ascii: "o")
        case UInt8(ascii: "3"): plain[k] = UInt8(ascii: "e")
        case UInt8(ascii: "4"), UInt8(ascii: "@"): plain[k] = UInt8(ascii: "a")
        case UInt8(ascii: "5"), UInt8(ascii: "$"): plain[k] = UInt8(ascii: "s")
        case UInt8(ascii: "7"), UInt8(ascii: "+"): plain[k] = UInt8(ascii: "t")
        default: break
        }
      }
      if knows(plain) { return plain }
      for k in plain.indices where plain[k] == UInt8(ascii: "*") {
        for vowel in "iueoa".utf8 {
          plain[k] = vowel
          if knows(plain) { return plain }
        }
        plain[k] = UInt8(ascii: "*")
      }
    }
    return nil
  }

  // MARK: Misspelling

  /// The known form one edit away that is likeliest: a swap of neighbours first, then a doubled or
  /// missing letter, then a key beside the right one, then any other; among equals the commoner word.
  private func corrected(_ word: [UInt8]) -> [UInt8]? {
    var best: (cost: Int, rank: Int, form: [UInt8])?
    func consider(_ form: [UInt8], cost: Int) {
      guard best == nil || cost <= best!.cost, let rank = rank(form) else { return }
      let firstLetter = form.first == word.first ? 0 : 2
      let total = cost + firstLetter
      if let current = best, (total, rank) >= (current.cost, current.rank) { return }
      best = (total, rank, form)
    }
    let n = word.count
    for k in 0..<(n - 1) where word[k] != word[k + 1] {
      var form = word
      form.swapAt(k, k + 1)
      consider(form, cost: 1)
    }
    for k in 0..<n {
      var form = word
      form.remove(at: k)
      if form.count >= 3 {
        consider(
          form, cost: k > 0 && word[k] == word[k - 1] ? 1 : isNeighbour(word[k], k > 0 ? word[k - 1] : 0) ? 2 : 3)
      }
    }
    for k in 0...n {
      for c in UInt8(ascii: "a")...UInt8(ascii: "z") {
        var form = word
        form.insert(c, at: k)
        consider(form, cost: k > 0 && word[k - 1] == c ? 1 : 2)
      }
    }
    for k in 0..<n {
      for c in UInt8(ascii: "a")...UInt8(ascii: "z") where c != word[k] {
        var form = word
        form[k] = c
        consider(form, cost: isNeighbour(c, word[k]) ? 2 : 3)
      }
    }
    return best?.form
  }

  private static let rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm"].map { Array($0.utf8) }

  private func isNeighbour(_ a: UInt8, _ b: UInt8) -> Bool {
    for (y, row) in WordGuess.rows.enumerated() {
      guard let x = row.firstIndex(of: a) else { continue }
      for (v, other) in WordGuess.rows.enumerated() where abs(v - y) <= 1 {
        if let u = other.firstIndex(of: b) { return abs(u - x) <= 1 }
      }
    }
    return false
  }

  // MARK: Two words in one

  private func split(_ word: [UInt8]) -> Reading? {
    guard word.count >= 5 else { return nil }
    var best: (rank: Int, left: [UInt8], right: [UInt8])?
    for k in 1..<(word.count - 1) {
      let left = Array(word[..<k])
      let right = Array(word[k...])
      guard k > 1 || left == [UInt8(ascii: "i")] || left == [UInt8(ascii: "a")] else { continue }
      guard let a = rank(left), let b = rank(right) else { continue }
      if best == nil || max(a, b) < best!.rank { best = (max(a, b), left, right) }
    }
    return best.map { .split($0.left, $0.right) }
  }
}
