/// One word of an utterance as the matcher sees it.
public struct Token: Sendable, Equatable {
  /// The lemma's number in the vocabulary, or -1 for a word that nothing knows.
  public var lemma: Int32
  /// The number of this very form where a pattern asks for it (`=asked`), or -1.
  public var exact: Int32 = -1
  /// Where the word stands in the utterance, in UTF-8 bytes.
  public var start: Int32
  public var end: Int32
  /// A sentence ended before this word.
  public var opensSentence = false
  /// A comma or another pause stood before this word.
  public var afterPause = false
  /// A word of denial reaches this word (`not`, `never`, ... within the same clause).
  public var negated = false
  /// How the word came to be known.
  public var origin: Origin = .written

  public enum Origin: UInt8, Sendable {
    case written, inflected, expanded, lengthened, misspelt, disguised, split, unknown
  }

  public init(lemma: Int32, start: Int, end: Int) {
    self.lemma = lemma
    self.start = Int32(clamping: start)
    self.end = Int32(clamping: end)
  }
}

/// A line of text, cut into words.
public struct Utterance: Sendable {
  public let text: String
  public let tokens: [Token]
  /// The line holds a question mark.
  public let asks: Bool
  /// Words of it stand in quotation marks.
  public let quotes: Bool
  /// The line was longer than `Normaliser.limit` and only its beginning was read.
  public let truncated: Bool
}
