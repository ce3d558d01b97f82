import Dialogue

/// Writes the transcript format.
public enum TranscriptText {
  /// What of a turn is written down.
  public enum Detail: String, Sendable, CaseIterable {
    /// The words, the intent, the state and the risk.
    case words
    /// Everything but the words: what survives a change of wording.
    case structure
    /// Nothing of the answers: what the person said only.
    case none
  }

  /// A whole transcript. Reading it again gives the same, places aside.
  public static func whole(_ transcript: Transcript) -> String {
    var text = header(transcript.header)
    for exchange in transcript.turns {
      text += comments(exchange.comments)
      if let you = exchange.you { text += said(you, "you>") }
      text += comments(exchange.botComments)
      if let bot = exchange.bot { text += said(bot, "bot>") }
      for expectation in exchange.expectations {
        text += comments(expectation.comments)
        text += line("  = \(expectation.subject.rawValue):", expectation.value)
      }
      text += "\n"
    }
    return text + comments(transcript.ending)
  }

  /// The first lines of a transcript, with the empty line that ends them.
  public static func header(_ header: Transcript.Header) -> String {
    var text = "drawbridge transcript \(Transcript.version)\n"
    if !header.title.isEmpty { text += line("title:", header.title) }
    text += "seed: \(header.seed)\n"
    if let country = header.country { text += line("country:", country) }
    if let bot = header.bot { text += line("bot:", bot) }
    if let version = header.botVersion { text += line("bot-version:", version) }
    if header.isRecording { text += "recorded: turn by turn\n" }
    return text + comments(header.comments) + "\n"
  }

  /// One turn, complete with the empty line that ends it.
  public static func turn(_ turn: Turn, _ detail: Detail = .words) -> String {
    var text = turn.number > 0 ? said(turn.you, "you>") : ""
    if detail == .words { text += said(Transcript.singleLine(turn.reply), "bot>") }
    switch detail {
    case .none:
      if turn.number == 0 { return "" }
    case .words where turn.number == 0: break
    case .words, .structure:
      if turn.number > 0, detail == .structure || turn.intent != nil {
        text += line("  = intent:", turn.intent ?? "none")
      }
      text += line("  = state:", turn.state)
      if turn.risk.level != .none { text += line("  = risk:", turn.risk.level.rawValue) }
      if detail == .structure { text += line("  = parts:", turn.value(of: .parts) ?? "") }
    }
    return text + "\n"
  }

  private static func comments(_ comments: [String]) -> String { comments.map { "#\($0)\n" }.joined() }

  /// A line of the file for every line of the text.
  private static func said(_ text: String, _ mark: String) -> String {
    text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line(mark, String($0)) }.joined()
  }

  private static func line(_ mark: String, _ text: String) -> String {
    text.isEmpty ? mark + "\n" : "\(mark) \(Escapes.escaped(text))\n"
  }
}
