import CLineReader

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the terminal on standard output can do, and what the person wants of it.
public struct Screen: Sendable {
  /// The widest a reply is set, in columns: longer lines are hard to read.
  public static let widest = 76

  public let isTerminal: Bool
  public let usesColour: Bool
  /// Whether what stands on it can be written over.
  public let canMove: Bool
  /// For screen readers: no colour, nothing written over, speakers by name.
  public let isPlain: Bool
  private let widest: Int

  /// - Parameters:
  ///   - environment: looks up an environment variable.
  ///   - isTerminal: whether standard output is a terminal.
  ///   - knowsTerminal: whether the system knows the terminal of that name.
  public init(
    environment: (String) -> String?, settings: Settings = Settings(), isTerminal: Bool = isatty(1) == 1,
    knowsTerminal: Bool = true
  ) {
    self.isTerminal = isTerminal
    isPlain = settings.plain ?? false
    widest = settings.width ?? Screen.widest
    let name = environment("TERM") ?? ""
    canMove = isTerminal && !name.isEmpty && name != "dumb" && knowsTerminal
    usesColour = !isPlain && Screen.colour(settings.colour ?? .auto, environment, canMove)
  }

  /// An option wins over NO_COLOR (no-color.org), which wins over CLICOLOR_FORCE and CLICOLOR
  /// (bixense.com/clicolors).
  private static func colour(_ wish: Settings.Colour, _ environment: (String) -> String?, _ isCapable: Bool) -> Bool {
    switch wish {
    case .always: return true
    case .never: return false
    case .auto: break
    }
    func isSet(_ name: String) -> Bool { environment(name).map { !$0.isEmpty } ?? false }
    if isSet("NO_COLOR") { return false }
    if isSet("CLICOLOR_FORCE"), environment("CLICOLOR_FORCE") != "0" { return true }
    return isCapable && environment("CLICOLOR") != "0"
  }

  /// The terminal's columns now; 80 where there is no telling.
  public var width: Int {
    let width = Int(clr_width(1))
    return width > 0 ? width : 80
  }

  /// The terminal's rows now; 24 where there is no telling.
  public var height: Int {
    let height = Int(clr_height(1))
    return height > 0 ? height : 24
  }

  /// Columns in which text is set on a terminal of a width.
  public func measure(_ width: Int) -> Int { max(1, min(width, widest)) }

  /// Whether both ends are a terminal, so that lines can be edited.
  public static var isInteractive: Bool { isatty(0) == 1 && isatty(1) == 1 }

  /// Text in one of the terminal's own colours, or as it is.
  public func styled(_ text: String, _ style: Style) -> String {
    guard usesColour, !text.isEmpty, let code = style.code else { return text }
    return "\u{1b}[\(code)m\(text)\u{1b}[0m"
  }

  /// A prompt for readline, which has to know what takes no room.
  public func prompt(_ text: String) -> String {
    guard usesColour, let code = Style.you.code else { return text }
    return "\u{01}\u{1b}[\(code)m\u{02}\(text)\u{01}\u{1b}[0m\u{02}"
  }

  public enum Style: Sendable {
    case bot, you, hint, good, bad

    var code: String? {
      switch self {
      case .bot: nil
      case .you: "1"
      case .hint: "2"
      case .good: "32"
      case .bad: "31"
      }
    }
  }
}
