/// Something wrong with a file, where, and how to mend it.
public struct Diagnostic: Sendable, Equatable, Comparable, CustomStringConvertible {
  public enum Severity: String, Sendable { case error, warning }

  /// What kind of problem it is, by the name that machine-readable formats use.
  public enum Rule: String, Sendable, CaseIterable {
    case file, yaml, schema, name, pattern, capture, example
    case crisisLine = "crisis-line"
    case unreachableState = "unreachable-state"
    case unreachableReply = "unreachable-reply"
    case overlap
    case shadowedPattern = "shadowed-pattern"
    case deadPattern = "dead-pattern"
    case alikeWordings = "alike-wordings"
    case styleLength = "style-length"
    case styleQuestions = "style-questions"
    case stylePhrase = "style-phrase"
    case styleAdvice = "style-advice"
    case styleKind = "style-kind"
    case safetyFloor = "safety-floor"
    case idle

    /// One line on it.
    public var explanation: String {
      switch self {
      case .file: "A file or folder cannot be read."
      case .yaml: "A file is not the YAML that intent files are written in."
      case .schema: "A key, or the kind of value that stands under it, is not known."
      case .name: "An intent, state, set, idea or word class that is spoken of is not declared."
      case .pattern: "A pattern cannot be read."
      case .capture: "A sentence says {words} that nothing captures, so it is never said."
      case .example: "An example is heard as something else, or a counter-example is heard."
      case .crisisLine: "A crisis line is incomplete or was not verified."
      case .unreachableState: "Nothing leads to a state or a transition, or a state lies in itself."
      case .unreachableReply: "Nothing leads to a reply."
      case .overlap: "Two intents hear the same line."
      case .shadowedPattern: "Another pattern of the intent hears all that a pattern hears."
      case .deadPattern: "A pattern cannot hear what it describes."
      case .alikeWordings: "Two wordings are nearly the same."
      case .styleLength: "A wording is too long."
      case .styleQuestions: "A wording asks more than one question."
      case .stylePhrase: "A wording uses a phrase that does harm in a talk like this."
      case .styleAdvice: "A wording gives advice that nobody asked for."
      case .styleKind: "A wording is not what its kind says."
      case .idle: "What is declared does nothing: a flag that nothing asks for, an intent that neither hears nor says."
      case .safetyFloor: "A line that shows danger is not heard as danger, or is heard and not answered."
      }
    }
  }

  public var file: String
  /// From 1; 0 where the whole file is meant.
  public var line: Int
  public var column: Int
  public var severity: Severity
  public var rule: Rule
  public var message: String
  public var mend: String

  public init(
    file: String, line: Int = 0, column: Int = 0, severity: Severity = .error, rule: Rule = .schema, message: String,
    mend: String
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.severity = severity
    self.rule = rule
    self.message = message
    self.mend = mend
  }

  static func warning(
    _ file: String, _ place: Position, _ rule: Rule, _ message: String, _ mend: String
  ) -> Diagnostic {
    Diagnostic(
      file: file, line: place.line, column: place.column, severity: .warning, rule: rule, message: message, mend: mend)
  }

  /// `file:line:column: error: what; how to mend it`, free of control characters.
  public var description: String {
    let place = line > 0 ? "\(file):\(line):\(column)" : file
    return Diagnostic.printable("\(place): \(severity.rawValue): \(message); \(mend)")
  }

  public static func < (a: Diagnostic, b: Diagnostic) -> Bool {
    (a.file, a.line, a.column, a.message) < (b.file, b.line, b.column, b.message)
  }

  /// `text` with a mark in place of everything that a terminal would obey.
  public static func printable(_ text: String) -> String {
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
  /// How far behind the column the text of a value begins: 1 where it stands in quotes.
  var inset = 0

  init(line: Int, column: Int, inset: Int = 0) {
    self.line = line
    self.column = column
    self.inset = inset
  }

  /// The file and the place of what was declared at `place`: `dialogue.yaml:40`.
  static func declared(_ place: String) -> (file: String, place: Position) {
    let pieces = place.split(separator: ":")
    return (pieces.first.map(String.init) ?? ".", Position(line: pieces.last.flatMap { Int($0) } ?? 0, column: 1))
  }

  /// The place of a character of the value that stands here.
  func inside(_ offset: Int) -> Position { Position(line: line, column: column + inset + offset) }
}
