import CLineReader

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Lines typed on a terminal, edited with GNU readline, in the mode of the person's inputrc.
///
/// There is one terminal and one readline in a process, so what readline calls back is kept for the process.
public struct LineEditor {
  public enum Line: Equatable {
    case text(String)
    /// Ctrl-C: the line was dropped.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone.
    case end
  }

  /// - Parameters:
  ///   - application: the name for conditional settings in the inputrc.
  ///   - resized: called once the terminal has another width; what it writes stands above the line.
  ///   - waiting: called once, when the first prompt stands there and no key was read yet.
  public init(
    application: String, editing: Settings.Editing, completion: Completion, resized: @escaping () -> Void,
    waiting: @escaping () -> Void
  ) {
    Callbacks.completion = completion
    Callbacks.resized = resized
    Callbacks.waiting = waiting
    clr_prepare(
      application,
      { line, start, end, index in
        Callbacks.candidate(line: line, start: Int(start), end: Int(end), index: Int(index))
      }, { Callbacks.resized() }, { Callbacks.waiting() })
    if editing != .inputrc { clr_set("editing-mode", editing.rawValue) }
  }

  /// Reads an utterance. It has several lines where they were pasted, or where one ended with a backslash.
  ///
  /// - Parameters:
  ///   - continuation: the prompt of the lines after a backslash.
  ///   - goesOn: called with the lines so far, each time that another one follows.
  public func read(prompt: String, continuation: String, goesOn: (String) -> Void) -> Line {
    var lines: [String] = []
    while true {
      var raw: UnsafeMutablePointer<CChar>?
      switch clr_read(lines.isEmpty ? prompt : continuation, &raw) {
      case CLR_LINE:
        guard let raw else { return .end }
        defer { free(raw) }
        let line = String(cString: raw)
        guard let unfinished = LineEditor.unfinished(line) else {
          return .text(LineEditor.trimmed((lines + [line]).joined(separator: "\n")))
        }
        lines.append(unfinished)
        goesOn(lines.joined(separator: "\n"))
      case CLR_INTERRUPTED: return .interrupted
      default: return lines.isEmpty ? .end : .text(LineEditor.trimmed(lines.joined(separator: "\n")))
      }
    }
  }

  /// A line without the backslash at its end that says it goes on, or nil where there is none. Two
  /// backslashes are just that.
  static func unfinished(_ line: String) -> String? {
    let backslashes = line.reversed().prefix { $0 == "\\" }.count
    return backslashes % 2 == 1 ? String(line.dropLast()) : nil
  }

  /// A paste often ends with an empty line.
  private static func trimmed(_ text: String) -> String {
    String(text.reversed().drop { $0.isNewline }.reversed())
  }

  /// Keeps a line so that the arrow keys and Ctrl-R bring it back.
  public func remember(_ line: String) {
    guard !line.isEmpty else { return }
    clr_remember(line)
  }

  public func forget() { clr_forget() }

  /// Writes pieces of text one after the other, with a rest after each; a key ends the rests.
  public func pace(_ pieces: [Pace.Piece], write: (String) throws -> Void) rethrows {
    clr_begin_waiting()
    defer { clr_end_waiting() }
    var isPatient = true
    for piece in pieces {
      try write(piece.text)
      if isPatient, piece.milliseconds > 0 { isPatient = clr_wait(Int32(piece.milliseconds)) }
    }
  }

  /// Whether the system knows the terminal that TERM names.
  public static var knowsTerminal: Bool { clr_knows_terminal() }

  /// Whether text on this terminal is UTF-8, by the locale.
  public static func choosesUTF8() -> Bool { clr_choose_characters() }

  public static var version: String { String(cString: clr_version()) }
}

/// What readline calls back. Set before the first line is read; readline calls on the same thread.
private enum Callbacks {
  nonisolated(unsafe) static var completion = Completion([:])
  nonisolated(unsafe) static var resized: () -> Void = {}
  nonisolated(unsafe) static var waiting: () -> Void = {}
  nonisolated(unsafe) private static var candidates: [String] = []

  static func candidate(line: UnsafePointer<CChar>?, start: Int, end: Int, index: Int) -> UnsafeMutablePointer<CChar>? {
    guard let line else { return nil }
    if index == 0 {
      let typed = String(decoding: UnsafeRawBufferPointer(start: line, count: end), as: UTF8.self)
      candidates = completion.candidates(line: typed, start: start)
    }
    return index < candidates.count ? strdup(candidates[index]) : nil
  }
}
