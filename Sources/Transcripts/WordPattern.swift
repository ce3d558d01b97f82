/// A pattern over the words of a reply. Capitals, punctuation and line ends do not matter.
///
/// | written | stands for |
/// | --- | --- |
/// | `word` | this word |
/// | `_` | any one word |
/// | `...` | any number of words, none too |
/// | `(a \| b c)` | one of these |
/// | `[a]` | `a` or nothing |
///
/// It has to be found anywhere in the reply. Matching takes time in proportion to the words of the reply times
/// those of the pattern, whatever is written (Thompson 1968).
public struct WordPattern: Sendable {
  public struct Failure: Error, Equatable {
    public var message: String
    public var mend: String
  }

  private enum Step: Sendable {
    case word(String)
    case any
    /// Goes on at all of these.
    case split([Int])
  }

  private var steps: [Step] = []
  /// How deep groups may lie in each other.
  private static let deepest = 32

  /// Reads a pattern.
  public init(_ text: String) throws(Failure) {
    var tokens = WordPattern.tokens(text)[...]
    try sequence(&tokens, depth: 0)
    if let left = tokens.first {
      throw Failure(message: "'\(left)' closes nothing in the pattern '\(text)'", mend: "remove it, or open a group")
    }
    guard steps.contains(where: { if case .word = $0 { true } else { false } }) else {
      throw Failure(message: "there is no word in the pattern '\(text)'", mend: "write a word that has to be said")
    }
  }

  /// These words in a row, whatever signs they hold.
  public init(words text: String) throws(Failure) {
    steps = WordPattern.words(of: text).map { .word($0) }
    guard !steps.isEmpty else {
      throw Failure(message: "there is no word in '\(text)'", mend: "write words that can be said")
    }
  }

  // MARK: Reading

  private static func tokens(_ text: String) -> [String] {
    var tokens: [String] = []
    var word = ""
    func end() {
      if !word.isEmpty { tokens.append(word) }
      word = ""
    }
    for c in text {
      if "()[]|".contains(c) {
        end()
        tokens.append(String(c))
      } else if c.isWhitespace {
        end()
      } else {
        word.append(c)
      }
    }
    end()
    return tokens
  }

  private mutating func sequence(_ tokens: inout ArraySlice<String>, depth: Int) throws(Failure) {
    guard depth < WordPattern.deepest else {
      throw Failure(message: "groups lie too deep in each other", mend: "write at most \(WordPattern.deepest) levels")
    }
    while let token = tokens.first, token != ")", token != "]", token != "|" {
      tokens.removeFirst()
      switch token {
      case "(": try group(&tokens, closing: ")", optional: false, depth)
      case "[": try group(&tokens, closing: "]", optional: true, depth)
      case "...", "…":
        // A loop over any word: on to the word, or past it.
        let at = steps.count
        steps += [.split([at + 1, at + 3]), .any, .split([at])]
      case "_": steps.append(.any)
      default: steps += WordPattern.words(of: token).map { .word($0) }
      }
    }
  }

  private mutating func group(
    _ tokens: inout ArraySlice<String>, closing: String, optional: Bool, _ depth: Int
  ) throws(Failure) {
    let at = steps.count
    steps.append(.split([]))
    var entries: [Int] = []
    var exits: [Int] = []
    while true {
      entries.append(steps.count)
      try sequence(&tokens, depth: depth + 1)
      exits.append(steps.count)
      steps.append(.split([]))
      guard let token = tokens.popFirst() else {
        throw Failure(message: "a group is not closed", mend: "write '\(closing)' at its end")
      }
      if token == closing { break }
      guard token == "|" else {
        throw Failure(message: "'\(token)' closes another kind of group", mend: "write '\(closing)'")
      }
    }
    steps[at] = .split(entries + (optional ? [steps.count] : []))
    for exit in exits { steps[exit] = .split([steps.count]) }
  }

  // MARK: Matching

  /// Whether it is found in the words of `reply`.
  public func matches(_ reply: String) -> Bool {
    var active = Set<Int>()
    for word in WordPattern.words(of: reply) {
      reach(0, &active)
      if active.contains(steps.count) { return true }
      var next = Set<Int>()
      for at in active where at < steps.count {
        switch steps[at] {
        case .word(let wanted): if wanted == word { reach(at + 1, &next) }
        case .any: reach(at + 1, &next)
        case .split: break
        }
      }
      active = next
    }
    reach(0, &active)
    return active.contains(steps.count)
  }

  private func reach(_ step: Int, _ active: inout Set<Int>) {
    var open = [step]
    while let at = open.popLast() {
      guard active.insert(at).inserted, at < steps.count, case .split(let targets) = steps[at] else { continue }
      open += targets
    }
  }

  /// The words in lower case, apostrophes straight, other signs left out.
  static func words(of text: String) -> [String] {
    text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "'" || $0 == "’") }
      .map { word in
        let straight = word.contains("’") ? String(word.map { $0 == "’" ? "'" : $0 }) : String(word)
        return trimmed(straight)
      }
      .filter { !$0.isEmpty }
  }

  private static func trimmed(_ word: String) -> String {
    guard word.first == "'" || word.last == "'" else { return word }
    return String(word.drop { $0 == "'" }.reversed().drop { $0 == "'" }.reversed())
  }
}
