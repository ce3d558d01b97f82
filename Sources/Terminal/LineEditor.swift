import CLineReader

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Lines typed on a terminal, edited with GNU readline.
///
/// There is one terminal and one readline in a process, so its completions are kept for the process.
public struct LineEditor {
  public enum Line: Equatable {
    case text(String)
    /// Ctrl-C: the line was dropped.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone.
    case end
  }

  /// Prepares the editor; `completions` are offered for a first word that begins with `/`.
  public init(application: String, completions: [String]) {
    Completions.set(completions)
    clr_prepare(application) { line, start, end, index in
      Completions.candidate(line: line, start: Int(start), end: Int(end), index: Int(index))
    }
  }

  public func read(prompt: String) -> Line {
    var raw: UnsafeMutablePointer<CChar>?
    switch clr_read(prompt, &raw) {
    case CLR_LINE:
      guard let raw else { return .end }
      defer { free(raw) }
      return .text(String(cString: raw))
    case CLR_INTERRUPTED: return .interrupted
    default: return .end
    }
  }

  /// Keeps a line so that the arrow keys bring it back, in this conversation only.
  public func remember(_ line: String) {
    guard !line.isEmpty else { return }
    clr_remember(line)
  }

  public func forget() { clr_forget() }

  public static var version: String { String(cString: clr_version()) }
}

/// What Tab offers. Set once, before the first line is read; readline calls back on the same thread.
private enum Completions {
  nonisolated(unsafe) private static var words: [String] = []

  static func set(_ completions: [String]) { words = completions.sorted() }

  static func candidate(line: UnsafePointer<CChar>?, start: Int, end: Int, index: Int) -> UnsafeMutablePointer<CChar>? {
    guard let line, start == 0 else { return nil }
    let typed = String(decoding: UnsafeRawBufferPointer(start: line, count: end), as: UTF8.self)
    guard typed.hasPrefix("/") else { return nil }
    let fitting = words.filter { $0.hasPrefix(typed) }
    return index < fitting.count ? strdup(fitting[index]) : nil
  }
}
