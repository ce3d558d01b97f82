/// Phrases of one or more words, looked up by the word at one of their ends.
public struct PhraseTable: Sendable, Equatable {
  public enum Edge: Sendable { case start, end }

  private let edge: Edge
  /// By the word at the edge: the words that follow it, inwards.
  private var rests: [String: [[String]]] = [:]

  /// - Parameter edge: at which end of what is looked at the phrases have to stand.
  public init(at edge: Edge = .start) { self.edge = edge }

  /// The words of a phrase. By bytes: a start of the program takes hundreds of them.
  public static func words(_ text: String) -> [String] {
    text.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
  }

  private mutating func insert(_ text: String) {
    let words = PhraseTable.words(text)
    let inwards = edge == .start ? words : words.reversed()
    guard let first = inwards.first else { return }
    let rest = Array(inwards.dropFirst())
    if !(rests[first]?.contains(rest) ?? false) { rests[first, default: []].append(rest) }
  }

  /// Takes in phrases, which have to be in small letters.
  public mutating func formUnion(_ texts: [String]) {
    for text in texts { insert(text) }
  }

  /// All phrases, in order.
  var texts: [String] {
    rests.flatMap { first, rests in
      rests.map { rest in
        let words = [first] + rest
        return (edge == .start ? words : words.reversed()).joined(separator: " ")
      }
    }.sorted()
  }

  /// The length of the longest phrase that stands at the edge of `words`, or nil.
  func longest(at words: ArraySlice<LineParts.Word>) -> Int? {
    rests(at: words).lazy.filter { stands($0, words) }.map { $0.count + 1 }.max()
  }

  /// Whether one of them stands at the edge of `words`.
  func stand(at words: ArraySlice<LineParts.Word>) -> Bool { rests(at: words).contains { stands($0, words) } }

  private func rests(at words: ArraySlice<LineParts.Word>) -> [[String]] {
    (edge == .start ? words.first : words.last).flatMap { rests[$0.plain] } ?? []
  }

  private func stands(_ rest: [String], _ words: ArraySlice<LineParts.Word>) -> Bool {
    guard rest.count < words.count else { return false }
    return rest.indices.allSatisfy { k in
      rest[k] == words[edge == .start ? words.startIndex + k + 1 : words.endIndex - k - 2].plain
    }
  }

  /// Whether one of them stands anywhere in `words`.
  func stand(in words: ArraySlice<LineParts.Word>) -> Bool { words.indices.contains { stand(at: words[$0...]) } }

  /// Whether the word is one of them.
  func contains(_ word: LineParts.Word) -> Bool { rests[word.plain]?.contains([]) ?? false }
}
