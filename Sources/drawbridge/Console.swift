import Foundation
import Terminal

/// The terminal on which a conversation is held.
final class Console {
  private let screen: Screen
  private let isUTF8: Bool
  private let name: String
  private var editor: LineEditor?
  private var history: HistoryFile?
  private var output = Output(bufferSize: 1, isTerminal: true)
  private var page = Page()
  private var width: Int
  private var height: Int
  /// Once the history could not be written, it is left alone.
  private var historyFailed = false
  /// The screen was drawn anew: nothing is on it but this conversation.
  private var ownsScreen = false
  /// A line stands there that the next note takes the place of.
  private var isForNow = false

  /// - Parameters:
  ///   - name: the bot's.
  ///   - waiting: called once, when the first prompt stands there and no key was read yet.
  init(_ settings: Settings, name: String, completion: Completion, waiting: @escaping () -> Void) {
    let environment = ProcessInfo.processInfo.environment
    isUTF8 = LineEditor.choosesUTF8()
    screen = Screen(environment: { environment[$0] }, settings: settings, knowsTerminal: LineEditor.knowsTerminal)
    self.name = name
    width = screen.width
    height = screen.height
    editor = LineEditor(
      application: "drawbridge", editing: settings.editing ?? .inputrc, completion: completion,
      resized: { [weak self] in self?.redraw() }, waiting: waiting)
    if settings.history ?? false { loadHistory(limit: settings.historyLines ?? HistoryFile.usualLimit) }
  }

  // MARK: Showing

  /// Shows a paragraph with air around it.
  ///
  /// - Parameter isGentle: whether it comes word by word.
  func show(_ text: String, _ style: Screen.Style = .bot, isList: Bool = false, isGentle: Bool = false) throws {
    try wipeLineForNow()
    let paragraph = Paragraph(shown(text), style, isList: isList, speaker: name)
    page.add(paragraph)
    let lines = screen.lines(of: paragraph, width: screen.width)
    if isGentle {
      try output.write("\n")
      try editor?.pace(lines.flatMap { Pace.pieces(of: $0) + [Pace.Piece(text: "\n", milliseconds: 0)] }) {
        try output.write($0)
      }
      try output.write("\n")
    } else {
      try output.write("\n" + lines.map { screen.styled($0, style) + "\n" }.joined() + "\n")
    }
  }

  /// Shows a quiet line that the next note takes the place of, where the terminal can do that.
  func noteForNow(_ text: String) throws {
    guard screen.canMove, !screen.isPlain else { return }
    let paragraph = Paragraph(shown(text), .hint, speaker: name)
    // Only a line of its own can be wiped.
    let lines = screen.lines(of: paragraph, width: screen.width)
    guard let line = lines.first, lines.count == 1 else { return }
    try output.write(screen.styled(line, .hint))
    isForNow = true
  }

  private func wipeLineForNow() throws {
    if isForNow { try output.write("\r\u{1b}[K") }
    isForNow = false
  }

  /// Shows one quiet line, close to what stands above.
  func note(_ text: String) throws {
    try wipeLineForNow()
    let paragraph = Paragraph(shown(text), .hint, speaker: name)
    page.add(paragraph)
    let lines = screen.lines(of: paragraph, width: screen.width)
    try output.write(lines.map { screen.styled($0, .hint) + "\n" }.joined() + "\n")
  }

  /// Wipes the screen, what can be scrolled back to, and the lines that were typed.
  ///
  /// - Returns: false where this terminal cannot be wiped.
  func wipe() throws -> Bool {
    page.clear()
    guard screen.canMove else { return false }
    try output.write("\u{1b}[H\u{1b}[2J\u{1b}[3J")
    return true
  }

  private func shown(_ text: String) -> String { isUTF8 ? text : Text.ascii(text) }

  /// Sets what stands on the screen for its new width.
  private func redraw() {
    let (oldWidth, oldHeight) = (width, height)
    (width, height) = (screen.width, screen.height)
    guard screen.canMove, !screen.isPlain, screen.measure(oldWidth) != screen.measure(width) || oldWidth > width else {
      return
    }
    let rows = max(oldHeight, height)
    // What stood there before the conversation is drawn over once; it moves up to where it can be scrolled back to.
    if !ownsScreen, !page.fills(screen, rows: rows, width: oldWidth) {
      try? output.write("\u{1b}[\(height);1H" + String(repeating: "\n", count: height))
    }
    ownsScreen = true
    // A terminal that is gone is noticed by the reader.
    try? output.write(page.redrawn(on: screen, rows: rows, from: oldWidth, to: width))
  }

  // MARK: Reading

  func read() throws -> LineEditor.Line {
    let prompts = screen.isPlain ? ("You: ", "You, going on: ") : ("> ", ". ")
    guard let editor else { return .end }
    let line = editor.read(prompt: screen.prompt(prompts.0), continuation: screen.prompt(prompts.1)) { text in
      page.unfinished = Paragraph(shown(text), .you, speaker: "You")
    }
    page.unfinished = nil
    if case .text(let text) = line { page.add(Paragraph(shown(text), .you, speaker: "You")) }
    return line
  }

  /// Keeps a line for the arrow keys.
  ///
  /// - Parameter isSafe: whether it may also be kept for the next conversation.
  func remember(_ line: String, isSafe: Bool) {
    editor?.remember(String(line.map { $0.isNewline ? " " : $0 }))
    guard isSafe else { return }
    tryHistory { history throws(HistoryFile.Failure) in try history.add(line) }
  }

  /// Forgets the lines that were typed in this conversation, and with `everything` those of all earlier ones.
  func forget(everything: Bool) {
    editor?.forget()
    tryHistory { history throws(HistoryFile.Failure) in
      if everything { try history.erase() } else { try history.forget() }
    }
    for line in history?.lines ?? [] { editor?.remember(line) }
  }

  private func loadHistory(limit: Int) {
    guard let path = Places.own.history else {
      StandardError.write("drawbridge: there is no home folder, so no lines are kept; set HOME")
      return
    }
    do {
      let file = try HistoryFile(path, limit: limit)
      for line in file.lines { editor?.remember(line) }
      history = file
    } catch {
      StandardError.write(Text.printable("\(error); no lines are kept"))
    }
  }

  private func tryHistory(_ change: (inout HistoryFile) throws(HistoryFile.Failure) -> Void) {
    guard var file = history, !historyFailed else { return }
    do {
      try change(&file)
    } catch {
      historyFailed = true
      StandardError.write(Text.printable("\(error); lines of this conversation are not kept"))
    }
    history = file
  }
}
