import Terminal

/// Standard error. Where it cannot be written to, what was to be said is lost and the program goes on.
enum StandardError {
  /// Writes a line, free of anything that a terminal would obey.
  static func write(_ line: String) { writeRaw(Text.printable(line) + "\n") }

  /// Writes text of the program's own, escape sequences and all.
  static func writeRaw(_ text: String) { _ = DraftFile.write(Array(text.utf8), to: 2) }
}
