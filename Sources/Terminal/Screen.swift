import CLineReader

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the terminal on standard output can do.
public struct Screen: Sendable {
  /// The widest a reply is set, in columns: longer lines are hard to read.
  public static let widest = 76

  public let isTerminal: Bool
  public let usesColour: Bool

  /// - Parameter environment: looks up an environment variable.
  public init(environment: (String) -> String?) {
    isTerminal = isatty(1) == 1
    let dumb = environment("TERM").map { $0.isEmpty || $0 == "dumb" } ?? true
    let refused = environment("NO_COLOR").map { !$0.isEmpty } ?? false || environment("CLICOLOR") == "0"
    usesColour = isTerminal && !dumb && !refused
  }

  /// Columns a reply is wrapped to; the terminal is asked anew each time.
  public var columns: Int {
    let width = Int(clr_width(1))
    return width > 0 ? min(width, Screen.widest) : Screen.widest
  }

  /// Whether both ends are a terminal, so that lines can be edited.
  public static var isInteractive: Bool { isatty(0) == 1 && isatty(1) == 1 }

  /// Text in one of the terminal's own colours, or as it is.
  public func styled(_ text: String, _ style: Style) -> String {
    usesColour ? "\u{1b}[\(style.code)m\(text)\u{1b}[0m" : text
  }

  /// A prompt for readline, which has to know what takes no room.
  public func prompt(_ text: String) -> String {
    usesColour ? "\u{01}\u{1b}[\(Style.you.code)m\u{02}\(text)\u{01}\u{1b}[0m\u{02}" : text
  }

  public enum Style: Sendable {
    case bot, you, hint, good, bad

    var code: String {
      switch self {
      case .bot: "39"
      case .you: "1"
      case .hint: "2"
      case .good: "32"
      case .bad: "31"
      }
    }
  }
}
