/// Something shown on a terminal: a reply, a hint, what the person wrote.
public struct Paragraph: Sendable, Equatable {
  public var text: String
  public var style: Screen.Style
  /// Terms with explanations, set in two columns.
  public var isList: Bool
  /// Who speaks, spelled out for screen readers.
  public var speaker: String

  public init(_ text: String, _ style: Screen.Style = .bot, isList: Bool = false, speaker: String) {
    self.text = text
    self.style = style
    self.isList = isList
    self.speaker = speaker
  }
}

extension Screen {
  /// The lines of a paragraph on a terminal of `width` columns, without colour.
  public func lines(of paragraph: Paragraph, width: Int) -> [String] {
    let text = Text.printable(paragraph.text)
    if isPlain {
      return Text.lines("\(paragraph.speaker): \(text)", width: measure(width), isList: paragraph.isList)
    }
    let margin = paragraph.style == .you ? "> " : "  "
    // A terminal this narrow has no room to spare for a margin.
    guard measure(width) >= 12 else { return Text.lines(text, width: measure(width), isList: paragraph.isList) }
    return Text.lines(text, width: measure(width) - margin.count, isList: paragraph.isList).enumerated().map {
      $1.isEmpty ? "" : ($0 == 0 ? margin : "  ") + $1
    }
  }
}

/// What was shown last, kept so that it can be set anew when the terminal changes its width.
public struct Page: Sendable {
  /// How many paragraphs are kept: more than any screen shows.
  static let most = 200

  private var paragraphs: [Paragraph] = []
  /// The lines of an utterance that goes on in the next line.
  public var unfinished: Paragraph?

  public init() {}

  public mutating func add(_ paragraph: Paragraph) {
    paragraphs.append(paragraph)
    if paragraphs.count > Page.most { paragraphs.removeFirst() }
  }

  public mutating func clear() { paragraphs = [] }

  /// Whether a screen of so many rows shows nothing else.
  public func fills(_ screen: Screen, rows: Int, width: Int) -> Bool {
    shown(on: screen, rows: rows, widths: [width]).used >= rows
  }

  /// The first paragraph that may still be on the screen, and how many rows they take with the prompt, at the least of
  /// the widths.
  private func shown(on screen: Screen, rows: Int, widths: [Int]) -> (first: Int, used: Int) {
    var first = paragraphs.endIndex
    var used = 1
    while first > 0, used < rows {
      first -= 1
      used += 1 + (widths.map { screen.lines(of: paragraphs[first], width: $0).count }.min() ?? 0)
    }
    return (first, used)
  }

  /// What to write when the width changed: whatever may be on the screen is set for the new width in
  /// place of it. What no longer fits scrolls up, so nothing is lost.
  ///
  /// - Parameter rows: the rows of the terminal, before or after, whichever are more.
  public func redrawn(on screen: Screen, rows: Int, from old: Int, to new: Int) -> String {
    func set(_ paragraph: Paragraph) -> [String] {
      screen.lines(of: paragraph, width: new).map { screen.styled($0, paragraph.style) }
    }
    let first = shown(on: screen, rows: rows, widths: [old, new]).first
    // Line by line, because wiping it all at once makes some terminals keep a copy of the screen above it.
    let lines = paragraphs[first...].flatMap { set($0) + [""] } + (unfinished.map(set) ?? [])
    return "\u{1b}[H" + lines.map { $0 + "\u{1b}[K\n" }.joined() + "\u{1b}[J"
  }
}
