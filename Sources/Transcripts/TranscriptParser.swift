import Matching

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
/// Several lines of the person are joined by line ends, several of the bot by spaces. Time and memory grow
/// with the length of the text.
public struct TranscriptParser {
  private var transcript = Transcript()
  private var current: Transcript.Exchange?
  /// Comments that belong to whatever comes next.
  private var comments: [String] = []
  private var headerKeys: Set<String> = []
  private var inHeader = true
  private var afterBlank = false

  /// The largest file that is read, in bytes: some 100,000 turns.
  public static let largest = 16 << 20

  public static func parse(_ text: String) throws(TranscriptError) -> Transcript { try parse(Array(text.utf8)) }

  /// Reads the bytes of a file.
  public static func parse(_ bytes: [UInt8]) throws(TranscriptError) -> Transcript {
    guard bytes.count <= largest else { throw tooLarge(bytes.count) }
    var parser = TranscriptParser()
    var lineCount = 0
    for line in SourceLines(bytes) {
      lineCount = line.number
      if parser.transcript.header.isRecording, !line.hasEnd {
        parser.transcript.cutOff = line.number
        break
      }
      try parser.read(parser.text(bytes[line.content], line.number)[...], number: line.number)
    }
    return try parser.finish(lineCount)
  }

  /// The complaint about a file of so many bytes.
  public static func tooLarge(_ count: Int) -> TranscriptError {
    TranscriptError(
      line: 1, message: "the file has \(count) bytes; a transcript may have \(largest)",
      mend: "divide it into several conversations")
  }

  // MARK: Lines

  private func text(_ bytes: ArraySlice<UInt8>, _ number: Int) throws(TranscriptError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw TranscriptError(line: number, message: "this is not valid UTF-8", mend: "save the file as UTF-8")
    }
    guard let bad = bytes.firstIndex(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7f }) else { return text }
    let column = String(decoding: bytes[..<bad], as: UTF8.self).count + 1
    let name = String(bytes[bad], radix: 16, uppercase: true)
    throw TranscriptError(
      line: number, column: column, message: "there is a control character, U+00\(bytes[bad] < 16 ? "0" : "")\(name)",
      mend: "remove it, or write it as \\u{\(name)}")
  }

  private mutating func read(_ line: Substring, number: Int) throws(TranscriptError) {
    if number == 1 { return try readFirst(line) }
    if line.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return readBlank() }
    // By scalars, here and below: a mark above a letter may follow a sign and belongs to it as a character.
    if line.unicodeScalars.first == "#" {
      comments.append(String(line.unicodeScalars.dropFirst()))
      return
    }
    // A comment does not take away the empty line above it: what follows is another turn.
    defer { afterBlank = false }
    if let you = content(of: line, after: "you>") { return hear(you, number) }
    if let bot = content(of: line, after: "bot>") { return try answer(bot, number) }
    let inner = line.unicodeScalars.drop { $0 == " " || $0 == "\t" }
    if inner.first == "=" { return try expect(Substring(inner.dropFirst()), number) }
    guard inHeader, let colon = line.unicodeScalars.firstIndex(of: ":") else {
      throw TranscriptError(
        line: number, message: "this line is neither `you>`, `bot>`, `=` nor a comment",
        mend: "begin it with one of them, or with #")
    }
    try readHeader(
      String(line[..<colon]), Escapes.unescaped(Transcript.trim(line.unicodeScalars[colon...].dropFirst())), number)
  }

  private mutating func readBlank() {
    if inHeader, current == nil {
      transcript.header.comments += comments
      comments = []
    }
    inHeader = false
    afterBlank = true
  }

  private func readFirst(_ line: Substring) throws(TranscriptError) {
    let words = line.split { $0 == " " || $0 == "\t" }
    guard words.count == 3, words[0] == "drawbridge", words[1] == "transcript" else {
      throw TranscriptError(
        line: 1, message: "this is no transcript",
        mend: "the first line has to be `drawbridge transcript \(Transcript.version)`")
    }
    guard words[2] == "\(Transcript.version)" else {
      throw TranscriptError(
        line: 1, column: 23, message: "version \(words[2].prefix(20)) of the format is not known here",
        mend: "this program reads version \(Transcript.version); a newer program may read it")
    }
  }

  private mutating func readHeader(_ key: String, _ value: String, _ number: Int) throws(TranscriptError) {
    guard headerKeys.insert(key).inserted else {
      throw TranscriptError(line: number, message: "'\(key)' stands in the header twice", mend: "remove one of them")
    }
    switch key {
    case "title": transcript.header.title = value
    case "seed":
      guard let seed = UInt64(value) else {
        throw TranscriptError(
          line: number, column: 7, message: "the seed is '\(value)'", mend: "write a whole number from 0 on")
      }
      transcript.header.seed = seed
    case "country":
      guard value.utf8.count == 2, value.allSatisfy({ $0.isASCII && $0.isLetter }) else {
        throw TranscriptError(
          line: number, column: 10, message: "the country is '\(value)'",
          mend: "write the two letters of its ISO 3166 code, or leave the line out")
      }
      transcript.header.country = value.uppercased()
    case "bot":
      transcript.header.bot = value
      transcript.header.botLine = number
    case "bot-version": transcript.header.botVersion = value
    case "recorded":
      guard value == "turn by turn" else {
        throw TranscriptError(
          line: number, column: 11, message: "'\(value)' is no way of recording", mend: "write `turn by turn`")
      }
      transcript.header.isRecording = true
    default:
      throw TranscriptError(
        line: number, message: "unknown key in the header: '\(key)'",
        mend: "known: title, seed, country, bot, bot-version, recorded")
    }
  }

  private func content(of line: Substring, after mark: String) -> String? {
    guard line.unicodeScalars.starts(with: mark.unicodeScalars) else { return nil }
    let rest = line.unicodeScalars.dropFirst(mark.unicodeScalars.count)
    return Escapes.unescaped(Substring(rest.first == " " ? rest.dropFirst() : rest))
  }

  // MARK: Turns

  private mutating func hear(_ text: String, _ number: Int) {
    inHeader = false
    if !afterBlank, var open = current, open.you != nil, open.bot == nil, open.expectations.isEmpty {
      open.you = (open.you ?? "") + "\n" + text
      open.comments += takeComments()
      open.botLines = (number + 1)..<(number + 1)
      current = open
      return
    }
    finishExchange()
    begin(Transcript.Exchange(you: text), number, botLines: (number + 1)..<(number + 1))
  }

  private mutating func answer(_ text: String, _ number: Int) throws(TranscriptError) {
    inHeader = false
    if current == nil, transcript.turns.isEmpty {
      begin(Transcript.Exchange(you: nil), number, botLines: number..<number)
    }
    guard var open = current, open.bot == nil || !afterBlank else {
      throw TranscriptError(
        line: number, message: "two answers in a row", mend: "a line of the person that begins with `you>` is missing")
    }
    guard open.expectations.isEmpty else {
      throw TranscriptError(
        line: number, message: "the bot's words come after what has to be true of them",
        mend: "move this line above those with `=`, or put a `you>` line before it")
    }
    let words = Transcript.singleLine(text)
    // Nothing is said before an opening: what stands between its lines stands above all of it.
    if open.you == nil { open.comments += takeComments() } else { open.botComments += takeComments() }
    open.bot = open.bot.map { $0.isEmpty || words.isEmpty ? $0 + words : $0 + " " + words } ?? words
    open.botLines = (open.botLines.isEmpty ? number : open.botLines.lowerBound)..<(number + 1)
    current = open
  }

  private mutating func expect(_ text: Substring, _ number: Int) throws(TranscriptError) {
    if current == nil, transcript.turns.isEmpty, !inHeader {
      begin(Transcript.Exchange(you: nil), number, botLines: number..<number)
    }
    guard var open = current else {
      throw TranscriptError(
        line: number, message: "nothing was said yet that this could be true of", mend: "move it below a `you>` line")
    }
    guard let colon = text.unicodeScalars.firstIndex(of: ":"),
      let subject = Transcript.Expectation.Subject(rawValue: Transcript.trim(text[..<colon]))
    else {
      let known = Transcript.Expectation.Subject.allCases.map(\.rawValue).joined(separator: ", ")
      throw TranscriptError(
        line: number, message: "this expectation is not understood",
        mend: "write `= NAME: VALUE`, NAME being one of \(known)")
    }
    let value = Transcript.singleLine(Escapes.unescaped(Substring(text.unicodeScalars[colon...].dropFirst())))
    try TranscriptParser.check(subject, value, number)
    var expectation = Transcript.Expectation(subject, value)
    expectation.line = number
    expectation.comments = takeComments()
    open.expectations.append(expectation)
    current = open
  }

  /// Values that could never be found are mistakes.
  private static func check(
    _ subject: Transcript.Expectation.Subject, _ value: String, _ number: Int
  ) throws(TranscriptError) {
    func refuse(_ what: String, _ known: [String]) -> TranscriptError {
      TranscriptError(
        line: number, message: "'\(value)' is no \(what)", mend: "known: \(known.joined(separator: ", "))")
    }
    if value.isEmpty, subject != .parts {
      throw TranscriptError(
        line: number, message: "nothing stands after `\(subject.rawValue):`", mend: "write a value, or remove the line")
    }
    switch subject {
    case .risk where Risk.Level(rawValue: value) == nil:
      throw refuse("level of risk", Risk.Level.allCases.map(\.rawValue))
    case .kind where value != "none" && Risk.Kind(rawValue: value) == nil:
      throw refuse("kind of risk", ["none"] + Risk.Kind.allCases.map(\.rawValue))
    case .part where PartName.kinds(value) == nil, .noPart where PartName.kinds(value) == nil:
      throw refuse("kind of sentence", PartName.all)
    case .parts:
      for name in Transcript.list(value) where PartName.kinds(name) == nil {
        throw TranscriptError(
          line: number, message: "'\(name)' is no kind of sentence",
          mend: "known: \(PartName.all.joined(separator: ", "))")
      }
    case .pattern, .says, .notSays:
      do throws(WordPattern.Failure) {
        _ = try subject == .pattern ? WordPattern(value) : WordPattern(words: value)
      } catch {
        throw TranscriptError(line: number, message: error.message, mend: error.mend)
      }
    default: break
    }
  }

  // MARK: Putting together

  private mutating func takeComments() -> [String] {
    defer { comments = [] }
    return comments
  }

  private mutating func begin(_ exchange: Transcript.Exchange, _ number: Int, botLines: Range<Int>) {
    var exchange = exchange
    exchange.comments = takeComments()
    exchange.line = number
    exchange.botLines = botLines
    current = exchange
  }

  private mutating func finishExchange() {
    if let current { transcript.turns.append(current) }
    current = nil
  }

  private mutating func finish(_ lineCount: Int) throws(TranscriptError) -> Transcript {
    if transcript.header.isRecording, !afterBlank, let open = current {
      transcript.cutOff = open.line
      current = nil
    }
    finishExchange()
    transcript.ending = takeComments()
    guard !transcript.turns.isEmpty else {
      throw TranscriptError(
        line: max(1, lineCount), message: lineCount == 0 ? "the file is empty" : "there is no turn in it",
        mend: lineCount == 0
          ? "begin it with `drawbridge transcript \(Transcript.version)`" : "add a line that begins with `you>`")
    }
    return transcript
  }
}

extension Transcript {
  static func trim(_ text: some StringProtocol) -> String { trim(Substring(text).unicodeScalars) }

  static func trim(_ scalars: Substring.UnicodeScalarView) -> String {
    var part = scalars
    while let c = part.first, c.properties.isWhitespace { part = part.dropFirst() }
    while let c = part.last, c.properties.isWhitespace { part = part.dropLast() }
    return String(part)
  }

  /// The words of `text` with one space between them.
  static func singleLine(_ text: some StringProtocol) -> String {
    var spaces = true
    for byte in text.utf8 {
      if byte >= 0x80 || byte < 0x20 || (byte == 0x20 && spaces) {
        return Substring(text).unicodeScalars.split(whereSeparator: \.properties.isWhitespace).map { String($0) }
          .joined(separator: " ")
      }
      spaces = byte == 0x20
    }
    return spaces ? trim(text) : String(text)
  }

  /// Items between commas.
  static func list(_ text: String) -> [String] {
    text.split(separator: ",").map { trim($0) }.filter { !$0.isEmpty }
  }
}
