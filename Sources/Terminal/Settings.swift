/// What a person chose once and for all; nil where they chose nothing.
public struct Settings: Sendable, Equatable {
  public enum Pace: String, Sendable, CaseIterable { case none, gentle }
  public enum Colour: String, Sendable, CaseIterable { case auto, always, never }
  public enum Editing: String, Sendable, CaseIterable { case inputrc, emacs, vi }

  /// ISO 3166 code in capitals.
  public var country: String?
  public var pace: Pace?
  public var plain: Bool?
  public var colour: Colour?
  public var width: Int?
  public var hints: Bool?
  public var editing: Editing?
  public var history: Bool?
  public var historyLines: Int?

  public init() {}

  /// These settings, and where one was not chosen, that of `other`.
  public func over(_ other: Settings) -> Settings {
    var both = self
    both.country = country ?? other.country
    both.pace = pace ?? other.pace
    both.plain = plain ?? other.plain
    both.colour = colour ?? other.colour
    both.width = width ?? other.width
    both.hints = hints ?? other.hints
    both.editing = editing ?? other.editing
    both.history = history ?? other.history
    both.historyLines = historyLines ?? other.historyLines
    return both
  }

  /// The names of the settings, in the file and as options.
  public enum Key: String, Sendable, CaseIterable {
    case country, pace, plain, colour, width, hints, editing, history
    case historyLines = "history-lines"

    /// What it does, in a sentence without its full stop.
    public var explanation: String {
      switch self {
      case .country: "The country whose crisis lines are given, as a two-letter code"
      case .pace: "Whether replies come at once (none) or word by word (gentle); any key skips the wait"
      case .plain: "For screen readers: no colour, nothing written over, speakers by name"
      case .colour: "Whether to use colour: auto, always or never"
      case .width: "The most columns that a reply takes, 20 to 200"
      case .hints: "Whether commands are hinted at in the first minutes"
      case .editing: "The keys of line editing: emacs, vi, or as your inputrc says"
      case .history:
        "Whether lines are kept for the next conversation, in a file that only you can read; "
          + "never from the first sign on that you may be at risk"
      case .historyLines: "How many lines are kept at most, 1 to 10000"
      }
    }

    /// What holds where nothing is chosen, as it would be written.
    public var usual: String {
      switch self {
      case .country: "that of your locale"
      case .pace: "none"
      case .plain: "no"
      case .colour: "auto"
      case .width: "\(Screen.widest)"
      case .hints: "yes"
      case .editing: "inputrc"
      case .history: "no"
      case .historyLines: "\(HistoryFile.usualLimit)"
      }
    }

    /// A value as it may be written.
    var example: String { self == .country ? "GB" : usual }
  }

  /// What the setting is, as it would be written; nil where nothing was chosen.
  public func written(_ key: Key) -> String? {
    func word(_ flag: Bool?) -> String? { flag.map { $0 ? "yes" : "no" } }
    return switch key {
    case .country: country
    case .pace: pace?.rawValue
    case .plain: word(plain)
    case .colour: colour?.rawValue
    case .width: width.map(String.init)
    case .hints: word(hints)
    case .editing: editing?.rawValue
    case .history: word(history)
    case .historyLines: historyLines.map(String.init)
    }
  }

  /// The bounds of `width` and `history-lines`.
  public static let widths = 20...200
  public static let historyLengths = 1...10_000
}
