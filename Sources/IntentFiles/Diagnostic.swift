/// Something wrong with a file, where, and how to mend it.
public struct Diagnostic: Sendable, Equatable, Comparable, CustomStringConvertible {
  public enum Severity: String, Sendable { case error, warning }

  public var file: String
  /// From 1; 0 where the whole file is meant.
  public var line: Int
  public var column: Int
  public var severity: Severity
  public var message: String
  public var mend: String

  public init(
    file: String, line: Int = 0, column: Int = 0, severity: Severity = .error, message: String, mend: String
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.severity = severity
    self.message = message
    self.mend = mend
  }

  /// `file:line:column: error: what; how to mend it`, free of control characters.
  public var description: String {
    let place = line > 0 ? "\(file):\(line):\(column)" : file
    return Diagnostic.printable("\(place): \(severity.rawValue): \(message); \(mend)")
  }

  public static func < (a: Diagnostic, b: Diagnostic) -> Bool {
    (a.file, a.line, a.column, a.message) < (b.file, b.line, b.column, b.message)
  }

  static func printable(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: result.append("\u{fffd}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}

/// A place in a file.
public struct Position: Sendable, Equatable {
  public var line: Int
  public var column: Int
}
