import Dialogue

/// What a person said in a conversation that was held elsewhere.
public struct ImportedConversation: Sendable, Equatable {
  /// What the table calls it; empty where there is one only.
  public var name = ""
  public var title = ""
  /// Utterances in order; one may have several lines.
  public var lines: [String] = []

  public init(name: String = "", title: String = "", lines: [String] = []) {
    self.name = name
    self.title = title
    self.lines = lines
  }

  /// A plain list: an utterance a line. Empty lines are left out.
  public static func list(_ text: String) -> ImportedConversation {
    let lines = text.split(whereSeparator: \.isNewline).map { Transcript.trim($0.filter { $0 != "\u{feff}" }) }
    return ImportedConversation(lines: lines.filter { !$0.isEmpty })
  }

  /// Which columns of a table mean what. Nil stands for the first known name that the table has.
  public struct Columns: Sendable {
    public var text: String?
    public var speaker: String?
    public var conversation: String?
    public var title: String?
    /// Tells utterances apart: where several people marked up a conversation, each has a row for each.
    public var number: String?
    /// What stands in the column of speakers where the person speaks; empty for the usual names.
    public var persons: [String] = []

    public init() {}

    /// AnnoMI (Wu and others 2022), OpenAI's and other chat exports, messengers.
    static let usualTexts = ["utterance_text", "text", "message", "content", "body", "utterance"]
    static let usualSpeakers = ["interlocutor", "speaker", "role", "sender", "author", "from", "name"]
    static let usualConversations = [
      "transcript_id", "conversation_id", "conversation", "chat_id", "session_id", "thread",
    ]
    static let usualNumbers = ["utterance_id", "message_id", "msg_id"]
    static let usualTitles = ["video_title", "title", "topic"]
    static let usualPersons = ["client", "user", "human", "person", "patient", "customer", "me", "you"]
  }

  /// The conversations of a table, in the order of their first rows.
  public static func conversations(
    of table: CSV, _ columns: Columns
  ) throws(TranscriptError) -> [ImportedConversation] {
    func column(_ name: String?, _ usual: [String]) throws(TranscriptError) -> Int? {
      let names = table.header.map { $0.lowercased() }
      guard let name else { return usual.lazy.compactMap { names.firstIndex(of: $0) }.first }
      if let index = names.firstIndex(of: name.lowercased()) { return index }
      throw TranscriptError(
        line: 1, message: "there is no column '\(name)'", mend: "there are: \(table.header.joined(separator: ", "))")
    }
    guard let text = try column(columns.text, Columns.usualTexts) else {
      throw TranscriptError(
        line: 1, message: "no column is known to hold what was said",
        mend: "name one with --text; there are: \(table.header.joined(separator: ", "))")
    }
    let speaker = try column(columns.speaker, Columns.usualSpeakers)
    let conversation = try column(columns.conversation, Columns.usualConversations)
    let title = try column(columns.title, Columns.usualTitles)
    let utterance = try column(columns.number, Columns.usualNumbers)
    let persons = Set((columns.persons.isEmpty ? Columns.usualPersons : columns.persons).map { $0.lowercased() })
    var found: [ImportedConversation] = []
    var numbers: [String: Int] = [:]
    var seen: Set<[String]> = []
    for row in table.rows {
      if let speaker, !persons.contains(Transcript.trim(row.cells[speaker]).lowercased()) { continue }
      let line = Transcript.trim(row.cells[text])
      guard !line.isEmpty else { continue }
      let name = conversation.map { row.cells[$0] } ?? ""
      if let utterance, !row.cells[utterance].isEmpty, !seen.insert([name, row.cells[utterance]]).inserted { continue }
      let number = numbers[name] ?? found.count
      if number == found.count {
        numbers[name] = number
        found.append(ImportedConversation(name: name, title: title.map { row.cells[$0] } ?? ""))
      }
      found[number].lines.append(line)
    }
    guard !found.isEmpty else {
      throw TranscriptError(
        line: 1, message: "nobody in it is known to be the person",
        mend: "say with --person what stands in the column of speakers where the person speaks")
    }
    return found
  }

  /// Holds the conversation with `bot` and writes it down as a transcript.
  public func transcript(
    with bot: Bot, seed: UInt64, country: String?, detail: TranscriptText.Detail, redacting: Bool
  ) -> String {
    var redaction = Redaction()
    var conversation = Conversation(bot: bot, seed: seed, country: country)
    let header = Transcript.Header(
      title: redacting ? redaction.redact(title) : title, seed: seed, country: country, bot: bot.name,
      botVersion: bot.version)
    var text = TranscriptText.header(header) + TranscriptText.turn(conversation.open(), detail)
    for line in lines {
      text += TranscriptText.turn(conversation.hear(redacting ? redaction.redact(line) : line), detail)
    }
    return text
  }
}
