import Dialogue
import Matching

/// What is said: its manner, its captures, and wordings that are nearly the same.
struct WordingChecks {
  let folder: LoadedFolder
  let longestReply: Int
  let report: (Diagnostic) -> Void

  /// Phrases that do harm in a talk like this, and what to do in their place.
  static let phrases: [(words: String, mend: String)] = [
    ("i understand", "show it: say back what was meant"),
    ("i hear you", "show it: say back what was meant"),
    ("i know how you feel", "show it: say back what was meant"),
    ("you should", "ask whether the person would like a step, as an offer"),
    ("you must", "ask whether the person would like a step, as an offer"),
    ("just", "leave the word out: it makes small what is not"),
    ("at least", "leave it out: it weighs one pain against another"),
    ("calm down", "stay with what the person feels"),
    ("everything happens for a reason", "stay with what the person feels"),
  ]

  /// How advice begins, and whether it is advice in the middle of a sentence too. Where nobody asked for it, it
  /// closes people.
  static let advice: [(words: String, isAnywhere: Bool)] = [
    ("i suggest", true), ("i recommend", true), ("i would advise", true), ("my advice", true),
    ("why don't you", true), ("why not try", true), ("you could try", true), ("you ought to", true),
    ("you need to", false), ("try to", false), ("try and", false), ("make sure you", false), ("remember to", false),
    ("do not forget to", false), ("don't forget to", false),
  ]

  /// Words by which a reply fills slots itself.
  private static let known: Set<String> = [
    "said", "asked", "lines", "emergency", "country", "topics", "steps", "source", "one", "other", "earlier", "told",
    "asked-before",
  ]

  func run() {
    var captured = WordingChecks.known
    captured.formUnion(folder.dialogue.states.compactMap(\.keeps))
    for loaded in folder.intents { captured.formUnion(loaded.captures) }
    for placed in folder.intents.flatMap(\.parts) + folder.dialogue.parts { captured.formUnion(placed.captures) }
    let parts = folder.intents.flatMap(\.parts) + folder.dialogue.parts
    let words = parts.map { WordKeys($0.part.text) }
    for (placed, words) in zip(parts, words) {
      checkCaptures(placed, captured)
      checkStyle(placed, words)
    }
    checkLikeness(parts, words)
  }

  // MARK: Captures

  private func checkCaptures(_ placed: PlacedPart, _ captured: Set<String>) {
    guard placed.part.text.utf8.contains(UInt8(ascii: "{")) else { return }
    for slot in placed.part.slots where !captured.contains(slot) {
      let offset = placed.part.text.ranges(of: "{" + slot).first.map {
        placed.part.text.unicodeScalars.distance(from: placed.part.text.startIndex, to: $0.lowerBound)
      }
      report(
        Diagnostic(
          file: placed.file, line: placed.place.line, column: placed.place.inside(offset ?? 0).column, rule: .capture,
          message: "nothing captures {\(slot)}, so this sentence is never said",
          mend: Spelling.nearest(slot, captured.sorted()).map { "did you mean {\($0)}?" }
            ?? "capture it in a pattern, as {\(slot)} or {\(slot):~class}"))
    }
  }

  // MARK: Style

  private func checkStyle(_ placed: PlacedPart, _ keys: WordKeys) {
    let part = placed.part
    let words = part.text.utf8.split(separator: 32).count
    let most = mostWords(part.kind)
    if words > most {
      warn(
        placed, .styleLength, "\(words) words; a sentence of this kind has at most \(most)",
        "cut it, or make two wordings of it")
    }
    let questions = part.text.utf8.count { $0 == UInt8(ascii: "?") }
    if questions > 1 {
      warn(
        placed, .styleQuestions, "\(questions) questions in one wording", "ask one; make the other a wording of its own"
      )
    }
    switch part.kind {
    case .simpleReflection, .complexReflection:
      if part.text.hasSuffix("?") {
        warn(placed, .styleKind, "a reflection that asks", "end it with a full stop, or move it to the questions")
      }
    case .openQuestion, .closedQuestion:
      if questions == 0 { warn(placed, .styleKind, "a question without a question mark", "add it") }
    case .offer:
      if questions == 0, part.leadsTo != nil {
        warn(placed, .styleKind, "an offer that does not ask", "ask: Would it help to ...?")
      }
    default: break
    }
    checkPhrases(placed, keys)
  }

  private func mostWords(_ kind: PartKind) -> Int {
    switch kind {
    case .simpleReflection, .complexReflection, .affirmation: 30
    case .idea: 35
    case .openQuestion, .closedQuestion: 22
    case .offer: 25
    case .information, .step, .crisisLine, .talk: longestReply
    }
  }

  private func checkPhrases(_ placed: PlacedPart, _ words: WordKeys) {
    for phrase in WordingChecks.phraseKeys where words.holds(phrase.keys) {
      warn(placed, .stylePhrase, "\"\(phrase.words)\"", phrase.mend, at: phrase.words)
    }
    switch placed.part.kind {
    case .offer, .step, .crisisLine: return
    default: break
    }
    for advice in WordingChecks.adviceKeys where words.holds(advice.keys, atStart: !advice.isAnywhere) {
      warn(
        placed, .styleAdvice, "advice that nobody asked for: \"\(advice.words)\"",
        "make it an offer: Would it help to ...?", at: advice.words)
    }
  }

  private static let phraseKeys = phrases.map { (words: $0.words, keys: WordKeys($0.words).keys, mend: $0.mend) }
  private static let adviceKeys = advice.map {
    (words: $0.words, keys: WordKeys($0.words).keys, isAnywhere: $0.isAnywhere)
  }

  private func warn(
    _ placed: PlacedPart, _ rule: Diagnostic.Rule, _ message: String, _ mend: String, at phrase: String = ""
  ) {
    let offset = phrase.isEmpty ? nil : WordingChecks.offset(of: phrase, in: placed.part.text.lowercased())
    report(.warning(placed.file, offset.map(placed.place.inside) ?? placed.place, rule, message, mend))
  }

  private static func offset(of phrase: String, in text: String) -> Int? {
    text.ranges(of: phrase).first { range in
      let before = text[..<range.lowerBound].last?.isLetter ?? false
      let after = text[range.upperBound...].first?.isLetter ?? false
      return !before && !after
    }.map { text.unicodeScalars.distance(from: text.startIndex, to: $0.lowerBound) }
  }

  // MARK: Likeness

  /// Wordings of which nearly all runs of three words are the same. A run that many wordings share says
  /// nothing; the work is nearly linear in the number of wordings.
  private func checkLikeness(_ parts: [PlacedPart], _ words: [WordKeys]) {
    var postings: [UInt64: [Int32]] = [:]
    var sizes = [Int](repeating: 0, count: parts.count)
    for (i, placed) in parts.enumerated() {
      let runs = words[i].runs
      sizes[i] = runs.count
      var shared: [Int32: Int] = [:]
      for run in runs {
        if let list = postings[run], list.count <= WordingChecks.mostSharers {
          for other in list { shared[other, default: 0] += 1 }
        }
        postings[run, default: []].append(Int32(i))
      }
      guard sizes[i] >= WordingChecks.fewestRuns else { continue }
      let alike = shared.filter { Double($0.value) >= 0.8 * Double(max(sizes[i], sizes[Int($0.key)])) }
      guard let other = alike.keys.min(), parts[Int(other)].part.kind == placed.part.kind else { continue }
      let first = parts[Int(other)]
      if WordingChecks.areOneForTwoCases(first.part, placed.part) { continue }
      warn(
        placed, .alikeWordings, "nearly the same as the wording at \(first.file):\(first.place.line)",
        "say something else here, or leave one of them out")
    }
  }

  /// Whether they say one thing for two cases, such as of her and of him.
  private static func areOneForTwoCases(_ one: Part, _ other: Part) -> Bool {
    one.isConditional && other.isConditional && one.text != other.text
      && (one.condition != other.condition || one.guards != other.guards)
  }

  private static let mostSharers = 40
  private static let fewestRuns = 3
}

/// The words of a text as numbers: two words have the same number if they differ in capitals only.
private struct WordKeys {
  private(set) var keys: [UInt64] = []
  /// The places at which a sentence begins.
  private var starts: Set<Int> = [0]

  private static let seed: UInt64 = 0xcbf2_9ce4_8422_2325
  private static let prime: UInt64 = 0x0000_0100_0000_01b3

  init(_ text: String) {
    var key = WordKeys.seed
    for c in text.utf8 {
      let isOfWord =
        (0x61...0x7a).contains(c | 0x20) || (0x30...0x39).contains(c) || c == UInt8(ascii: "'") || c >= 0x80
      if isOfWord {
        key = (key ^ UInt64((0x41...0x5a).contains(c) ? c | 0x20 : c)) &* WordKeys.prime
      } else if key != WordKeys.seed {
        keys.append(key)
        key = WordKeys.seed
      }
      if c == UInt8(ascii: ".") || c == UInt8(ascii: "!") || c == UInt8(ascii: "?") || c == UInt8(ascii: ":") {
        starts.insert(keys.count)
      }
    }
    if key != WordKeys.seed { keys.append(key) }
  }

  func holds(_ phrase: [UInt64], atStart: Bool = false) -> Bool {
    guard let first = phrase.first, keys.count >= phrase.count, keys.contains(first) else { return false }
    return (0...(keys.count - phrase.count)).contains { i in
      keys[i] == first && keys[i..<(i + phrase.count)].elementsEqual(phrase) && (!atStart || starts.contains(i))
    }
  }

  /// Its runs of three words.
  var runs: Set<UInt64> {
    guard keys.count >= 3 else { return [] }
    return Set(
      (0...(keys.count - 3)).map { k in
        keys[k..<(k + 3)].reduce(WordKeys.seed) { (($0 ^ $1) &* WordKeys.prime).byteSwapped }
      })
  }
}
