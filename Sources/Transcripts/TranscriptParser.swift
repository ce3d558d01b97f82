/// Reads the transcript format.
///
///     drawbridge transcript 1
///     title: A tired nurse
///     seed: 1
///
///     # a comment
///     bot> Hello. What brings you here?
///
///     you> I can't ask anyone for help
///     bot> Asking does not come easily to you.
///       = intent: cant-ask-for-help
///
/// Several lines of the person are joined by line ends, several of the bot by spaces.
public struct TranscriptParser {
  private var transcript = Transcript()
  private var current: Transcript.Exchange?
  private var inHeader = true

  public static func parse(_ text: String) throws(TranscriptError) -> Transcript {
    var parser = TranscriptParser()
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (i, line) in lines.enumerated() { try parser.read(line, number: i + 1) }
    parser.finishExchange()
    guard !parser.transcript.turns.isEmpty else {
      throw TranscriptError(
        line: lines.count, message: "there is no turn in it", mend: "add a line that begins with `you> `")
    }
    return parser.transcript
  }

  private mutating func read(_ line: Substring, number: Int) throws(TranscriptError) {
    if number == 1 { return try readFirst(line) }
    if line.allSatisfy(\.isWhitespace) {
      inHeader = false
      return
    }
    if line.hasPrefix("#") { return }
    if let you = content(of: line, after: "you>") { return hear(you, number) }
    if let bot = content(of: line, after: "bot>") { return answer(bot, number) }
    if line.drop(while: \.isWhitespace).hasPrefix("= ") {
      return try expect(line.drop(while: \.isWhitespace).dropFirst(2), number)
    }
    guard inHeader, let colon = line.firstIndex(of: ":") else {
      throw TranscriptError(
        line: number, message: "this line is neither `you>`, `bot>`, `=` nor a comment",
        mend: "begin it with one of them, or with #")
    }
    try readHeader(String(line[..<colon]), Transcript.trim(line[line.index(after: colon)...]), number)
  }

  private func readFirst(_ line: Substring) throws(TranscriptError) {
    let words = line.split(separator: " ")
    guard words.count == 3, words[0] == "drawbridge", words[1] == "transcript" else {
      throw TranscriptError(
        line: 1, message: "this is no transcript",
        mend: "the first line has to be `drawbridge transcript \(Transcript.version)`")
    }
    guard words[2] == "\(Transcript.version)" else {
      throw TranscriptError(
        line: 1, message: "version \(words[2].prefix(20)) of the format is not known here",
        mend: "this program reads version \(Transcript.version); a newer program may read it")
    }
  }

  private mutating func readHeader(_ key: String, _ value: String, _ number: Int) throws(TranscriptError) {
    switch key {
    case "title": transcript.header.title = value
    case "seed":
      guard let seed = UInt64(value) else {
        throw TranscriptError(line: number, message: "the seed is '\(value)'", mend: "write a number")
      }
      transcript.header.seed = seed
    case "country": transcript.header.country = value.uppercased()
    case "bot": transcript.header.bot = value
    default:
      throw TranscriptError(
        line: number, message: "unknown key in the header: '\(key)'", mend: "known: title, seed, country, bot")
    }
  }

  private func content(of line: Substring, after mark: String) -> String? {
    guard line.hasPrefix(mark) else { return nil }
    let rest = line.dropFirst(mark.count)
    return String(rest.first == " " ? rest.dropFirst() : rest)
  }

  private mutating func hear(_ text: String, _ number: Int) {
    inHeader = false
    if var open = current, open.you != nil, open.bot == nil, open.expectations.isEmpty {
      open.you = (open.you ?? "") + "\n" + text
      open.botLines = (number + 1)..<(number + 1)
      current = open
      return
    }
    finishExchange()
    current = Transcript.Exchange(you: text, line: number, botLines: (number + 1)..<(number + 1))
  }

  private mutating func answer(_ text: String, _ number: Int) {
    inHeader = false
    var open = current ?? Transcript.Exchange(you: nil, line: number, botLines: number..<number)
    if let words = open.bot {
      open.bot = words + " " + Transcript.trim(text)
      open.botLines = open.botLines.lowerBound..<(number + 1)
    } else {
      open.bot = Transcript.trim(text)
      open.botLines = number..<(number + 1)
    }
    current = open
  }

  private mutating func expect(_ text: Substring, _ number: Int) throws(TranscriptError) {
    guard var open = current else {
      throw TranscriptError(
        line: number, message: "nothing was said yet that this could be true of", mend: "move it below a `you>` line")
    }
    guard let colon = text.firstIndex(of: ":"),
      let subject = Transcript.Expectation.Subject(rawValue: String(text[..<colon]))
    else {
      let known = Transcript.Expectation.Subject.allCases.map(\.rawValue).joined(separator: ", ")
      throw TranscriptError(
        line: number, message: "this expectation is not understood",
        mend: "write `= NAME: VALUE`, NAME being one of \(known)")
    }
    let value = Transcript.trim(text[text.index(after: colon)...])
    open.expectations.append(Transcript.Expectation(subject: subject, value: value, line: number))
    current = open
  }

  private mutating func finishExchange() {
    if let current { transcript.turns.append(current) }
    current = nil
  }
}

extension Transcript {
  static func trim(_ text: some StringProtocol) -> String {
    var part = text[...]
    while let c = part.first, c.isWhitespace { part = part.dropFirst() }
    while let c = part.last, c.isWhitespace { part = part.dropLast() }
    return String(part)
  }
}
