/// A reply that comes at the pace of someone who speaks gently.
public enum Pace {
  /// A piece of a line, and how long to rest after it.
  public struct Piece: Equatable, Sendable {
    public var text: String
    public var milliseconds: Int

    public init(text: String, milliseconds: Int) {
      self.text = text
      self.milliseconds = milliseconds
    }
  }

  static let afterWord = 45
  static let afterClause = 160
  static let afterSentence = 320

  /// The words of a line, each with the spaces before it. Put together they are the line.
  public static func pieces(of line: String) -> [Piece] {
    var pieces: [Piece] = []
    var rest = line[...]
    while !rest.isEmpty {
      let spaces = rest.prefix { $0 == " " }
      let word = rest.dropFirst(spaces.count).prefix { $0 != " " }
      rest = rest.dropFirst(spaces.count + word.count)
      pieces.append(Piece(text: String(spaces + word), milliseconds: pause(after: word)))
    }
    return pieces
  }

  private static func pause(after word: Substring) -> Int {
    switch word.last {
    case ".", "?", "!", ":": afterSentence
    case ",", ";": afterClause
    case nil: 0
    default: afterWord
    }
  }
}
