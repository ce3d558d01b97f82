/// The English (Porter2) stemmer of the Snowball project, over lower-case ASCII words.
///
/// Source: M. F. Porter, "The English (Porter2) stemming algorithm",
/// <https://snowballstem.org/algorithms/english/stemmer.html>. Words of one or two letters and words
/// with bytes outside `a...z` and `'` are left as they are. Linear in the word's length.
public struct Stemmer {
  private var w: [UInt8] = []
  private var r1 = 0
  private var r2 = 0

  public init() {}

  /// The stem of `word`.
  public static func stem(_ word: String) -> String {
    var stemmer = Stemmer()
    var bytes = Array(word.utf8)
    stemmer.stem(&bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Replaces `word` by its stem.
  public mutating func stem(_ word: inout [UInt8]) {
    guard word.count > 2, word.allSatisfy({ isLower($0) || $0 == apostrophe }) else { return }
    swap(&w, &word)
    defer { swap(&w, &word) }
    if let whole = Stemmer.exceptions[w] {
      w = whole
      return
    }
    if w.first == apostrophe { w.removeFirst() }
    markConsonantY()
    findRegions()
    step0()
    step1a()
    if Stemmer.invariantAfter1a.contains(w) { return }
    step1b()
    step1c()
    step2()
    step3()
    step4()
    step5()
    for i in w.indices where w[i] == bigY { w[i] = y }
  }

  // MARK: Regions

  private mutating func markConsonantY() {
    for i in w.indices where w[i] == y && (i == 0 || isVowel(w[i - 1])) { w[i] = bigY }
  }

  private mutating func findRegions() {
    r1 = w.count
    for prefix in Stemmer.specialPrefixes where w.starts(with: prefix) { r1 = prefix.count }
    if r1 == w.count { r1 = regionStart(after: 0) }
    r2 = regionStart(after: r1)
  }

  private func regionStart(after start: Int) -> Int {
    var i = start
    while i < w.count, !isVowel(w[i]) { i += 1 }
    while i < w.count, isVowel(w[i]) { i += 1 }
    return min(i + 1, w.count)
  }

  // MARK: Steps

  private mutating func step0() {
    if ends("'s'") { drop(3) } else if ends("'s") { drop(2) } else if ends("'") { drop(1) }
  }

  private mutating func step1a() {
    if ends("sses") {
      drop(2)
    } else if ends("ied") || ends("ies") {
      drop(w.count > 4 ? 2 : 1)
    } else if ends("us") || ends("ss") {
      return
    } else if ends("s"), w.count > 2, w[..<(w.count - 2)].contains(where: isVowel) {
      drop(1)
    }
  }

  private mutating func step1b() {
    if ends("eedly") {
      if inR1(5) { drop(3) }
    } else if ends("eed") {
      if inR1(3) { drop(1) }
    } else if let n = firstEnding(["ingly", "edly", "ing", "ed"]), hasVowel(before: n) {
      drop(n)
      if ends("at") || ends("bl") || ends("iz") {
        w.append(e)
      } else if endsInDouble() {
        drop(1)
      } else if isShort() {
        w.append(e)
      }
    }
  }

  private mutating func step1c() {
    let n = w.count
    if n > 2, w[n - 1] == y || w[n - 1] == bigY, !isVowel(w[n - 2]) {
      w[n - 1] = letterI
    }
  }

  private mutating func step2() {
    for (suffix, replacement) in Stemmer.step2Suffixes where ends(suffix) {
      guard inR1(suffix.utf8CodeUnitCount) else { return }
      replace(suffix.utf8CodeUnitCount, with: replacement)
      return
    }
    if ends("ogi") {
      if inR1(3), w.count > 3, w[w.count - 4] == l { drop(1) }
    } else if ends("li") {
      if inR1(2), w.count > 2, Stemmer.validBeforeLi.contains(w[w.count - 3]) { drop(2) }
    }
  }

  private mutating func step3() {
    for (suffix, replacement) in Stemmer.step3Suffixes where ends(suffix) {
      guard inR1(suffix.utf8CodeUnitCount) else { return }
      replace(suffix.utf8CodeUnitCount, with: replacement)
      return
    }
    if ends("ative"), inR2(5) { drop(5) }
  }

  private mutating func step4() {
    for suffix in Stemmer.step4Suffixes where ends(suffix) {
      if inR2(suffix.utf8CodeUnitCount) { drop(suffix.utf8CodeUnitCount) }
      return
    }
    if ends("ion"), inR2(3), w.count > 3, w[w.count - 4] == s || w[w.count - 4] == t { drop(3) }
  }

  private mutating func step5() {
    if ends("e") {
      if inR2(1) || (inR1(1) && !endsInShortSyllable(at: w.count - 1)) { drop(1) }
    } else if ends("ll"), inR2(1) {
      drop(1)
    }
  }

  // MARK: Tests on the end of the word

  private func ends(_ suffix: StaticString) -> Bool {
    let n = suffix.utf8CodeUnitCount
    guard w.count >= n else { return false }
    for k in 0..<n where w[w.count - n + k] != suffix.utf8Start[k] { return false }
    return true
  }

  private func firstEnding(_ suffixes: [StaticString]) -> Int? {
    suffixes.first(where: ends)?.utf8CodeUnitCount
  }

  private func inR1(_ n: Int) -> Bool { w.count - n >= r1 }
  private func inR2(_ n: Int) -> Bool { w.count - n >= r2 }
  private func hasVowel(before n: Int) -> Bool { w[..<(w.count - n)].contains(where: isVowel) }

  private func endsInDouble() -> Bool {
    guard w.count > 1, w[w.count - 1] == w[w.count - 2] else { return false }
    return Stemmer.doubles.contains(w[w.count - 1])
  }

  private func isShort() -> Bool { r1 >= w.count && endsInShortSyllable(at: w.count) }

  private func endsInShortSyllable(at end: Int) -> Bool {
    if end == 2 { return isVowel(w[0]) && !isVowel(w[1]) }
    guard end > 2 else { return false }
    let last = w[end - 1]
    return !isVowel(w[end - 3]) && isVowel(w[end - 2]) && !isVowel(last)
      && last != UInt8(ascii: "w") && last != UInt8(ascii: "x") && last != bigY
  }

  // MARK: Changes

  private mutating func drop(_ n: Int) { w.removeLast(n) }

  private mutating func replace(_ n: Int, with replacement: StaticString) {
    w.removeLast(n)
    w.append(contentsOf: UnsafeBufferPointer(start: replacement.utf8Start, count: replacement.utf8CodeUnitCount))
  }

  // MARK: Letters and tables

  private let apostrophe = UInt8(ascii: "'")
  private let y = UInt8(ascii: "y")
  private let bigY = UInt8(ascii: "Y")
  private let e = UInt8(ascii: "e")
  private let letterI = UInt8(ascii: "i")
  private let l = UInt8(ascii: "l")
  private let s = UInt8(ascii: "s")
  private let t = UInt8(ascii: "t")

  private func isLower(_ c: UInt8) -> Bool { c >= UInt8(ascii: "a") && c <= UInt8(ascii: "z") }

  private func isVowel(_ c: UInt8) -> Bool {
    switch c {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"),
      UInt8(ascii: "y"):
      true
    default: false
    }
  }

  private static let doubles = Set("bdfgmnprt".utf8)
  private static let validBeforeLi = Set("cdeghkmnrt".utf8)
  private static let specialPrefixes = ["gener", "commun", "arsen"].map { Array($0.utf8) }

  // Longest first where one ends another, as the algorithm asks.
  private static let step2Suffixes: [(StaticString, StaticString)] = [
    ("ational", "ate"), ("fulness", "ful"), ("iveness", "ive"), ("ization", "ize"), ("ousness", "ous"),
    ("biliti", "ble"), ("lessli", "less"), ("tional", "tion"), ("alism", "al"), ("aliti", "al"),
    ("ation", "ate"), ("entli", "ent"), ("fulli", "ful"), ("iviti", "ive"), ("ousli", "ous"),
    ("abli", "able"), ("alli", "al"), ("anci", "ance"), ("ator", "ate"), ("enci", "ence"),
    ("izer", "ize"), ("bli", "ble"),
  ]
  private static let step3Suffixes: [(StaticString, StaticString)] = [
    ("ational", "ate"), ("tional", "tion"), ("alize", "al"), ("icate", "ic"), ("iciti", "ic"), ("ical", "ic"),
    ("ness", ""), ("ful", ""),
  ]
  private static let step4Suffixes: [StaticString] = [
    "ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize",
    "al", "er", "ic",
  ]
  private static let invariantAfter1a = Set(
    ["inning", "outing", "canning", "herring", "earring", "proceed", "exceed", "succeed"].map { Array($0.utf8) })
  private static let exceptions: [[UInt8]: [UInt8]] = Dictionary(
    uniqueKeysWithValues: [
      ("skis", "ski"), ("skies", "sky"), ("dying", "die"), ("lying", "lie"), ("tying", "tie"), ("idly", "idl"),
      ("gently", "gentl"), ("ugly", "ugli"), ("early", "earli"), ("only", "onli"), ("singly", "singl"),
      ("sky", "sky"), ("news", "news"), ("howe", "howe"), ("atlas", "atlas"), ("cosmos", "cosmos"),
      ("bias", "bias"), ("andes", "andes"),
    ].map { (Array($0.0.utf8), Array($0.1.utf8)) })
}
