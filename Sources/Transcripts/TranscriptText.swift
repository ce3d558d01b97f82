import Dialogue

/// Writes the transcript format.
public enum TranscriptText {
  /// The first lines of a transcript.
  public static func header(_ header: Transcript.Header) -> String {
    var text = "drawbridge transcript \(Transcript.version)\n"
    if !header.title.isEmpty { text += "title: \(line(header.title))\n" }
    text += "seed: \(header.seed)\n"
    if let country = header.country { text += "country: \(line(country))\n" }
    if let bot = header.bot { text += "bot: \(line(bot))\n" }
    return text + "\n"
  }

  /// One turn, complete with its end.
  public static func turn(_ turn: Turn) -> String {
    var text = ""
    if turn.number > 0 { text += said(turn.you, "you>") }
    text += bot(turn)
    if turn.number > 0 {
      if let intent = turn.intent { text += "  = intent: \(intent)\n" }
      text += "  = state: \(turn.state)\n"
      if turn.risk.level != .none { text += "  = risk: \(turn.risk.level.rawValue)\n" }
    }
    return text + "\n"
  }

  /// The lines of the bot.
  public static func bot(_ turn: Turn) -> String { said(turn.reply, "bot>") }

  private static func said(_ text: String, _ mark: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "\(mark) \(line(String($0)))\n" }.joined()
  }

  /// Text that stays on one line and holds nothing a terminal would obey.
  private static func line(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { scalar in
          switch scalar.properties.generalCategory {
          case .control, .surrogate, .lineSeparator, .paragraphSeparator: false
          default: true
          }
        }))
  }
}
