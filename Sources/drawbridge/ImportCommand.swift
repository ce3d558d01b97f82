import ArgumentParser
import Dialogue
import Foundation
import Terminal
import Transcripts

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make transcripts of what people said elsewhere.",
    discussion: """
      A plain list has an utterance a line. A table (.csv, .tsv) has a row for each; the columns of AnnoMI and of \
      common chat exports are known by their names, others are named by options. The answers are those of the \
      bot as it is now.
      """)

  @OptionGroup var botOptions: BotOptions

  @Argument(help: ArgumentHelp("The list or table.", valueName: "file"), completion: .file())
  var path: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to: a file, or a folder for several conversations.", valueName: "path"),
    completion: .file())
  var output: String?

  @Option(help: ArgumentHelp("The column with what was said.", valueName: "column"))
  var text: String?

  @Option(help: ArgumentHelp("The column that says who speaks.", valueName: "column"))
  var speaker: String?

  @Option(help: ArgumentHelp("What stands in it where the person speaks. May be given again.", valueName: "name"))
  var person: [String] = []

  @Option(help: ArgumentHelp("The column that tells conversations apart.", valueName: "column"))
  var conversation: String?

  @Option(help: ArgumentHelp("The column with a title.", valueName: "column"))
  var title: String?

  @Option(
    help: ArgumentHelp(
      "The column that numbers utterances; of rows with the same number in a conversation the first counts.",
      valueName: "column"))
  var number: String?

  @Option(
    help: ArgumentHelp("What separates cells: a sign, or tab. Makes a table of a file of any name.", valueName: "sign"))
  var separator: String?

  @Option(help: ArgumentHelp("What of the answers to write down: words, structure or none.", valueName: "what"))
  var keep = "words"

  @Option(help: ArgumentHelp("Choose wordings by this number.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("The country whose crisis lines are given, as a two-letter code.", valueName: "code"))
  var country: String?

  @Flag(help: "Leave out names, numbers, addresses and e-mail addresses as far as they can be seen.")
  var redact = false

  @Flag(help: "Write over files that exist.")
  var overwrite = false

  /// The largest list or table, in bytes.
  private static let largest = 64 << 20

  private var detail: TranscriptText.Detail? { TranscriptText.Detail(rawValue: keep) }

  func validate() throws {
    if detail == nil { throw ValidationError("--keep \(keep): write words, structure or none.") }
    if let separator, separator != "tab", separator.utf8.count != 1 {
      throw ValidationError("--separator \(separator): give one sign, or the word tab.")
    }
  }

  func run() throws {
    let bot = try botOptions.load()
    let found = try read()
    func text(_ conversation: ImportedConversation) -> String {
      conversation.transcript(
        with: bot, seed: seed, country: country?.uppercased(), detail: detail ?? .words, redacting: redact)
    }
    if let only = found.first, found.count == 1, output.map({ !ImportCommand.isFolder($0) }) ?? true {
      guard let output else { return try show(text(only)) }
      return try write(text(only), to: PrivateFile.path(output))
    }
    guard let output else {
      throw Failure.use("there are \(found.count) conversations; name a folder for them with --output")
    }
    let folder = PrivateFile.path(output.hasSuffix("/") ? String(output.dropLast()) : output)
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure.system(Text.printable("\(folder): it cannot be made: \(error.localizedDescription)"))
    }
    var taken: Set<String> = []
    for (number, conversation) in found.enumerated() {
      // What the table calls it may be a name.
      let name = redact ? "\(number + 1)" : conversation.name
      try write(text(conversation), to: folder + "/" + ImportCommand.fileName(name, &taken) + ".txt")
    }
    StandardError.write(Text.printable("\(found.count) transcripts written to \(folder)"))
  }

  private func show(_ text: String) throws {
    var output = Output()
    do {
      try output.write(text)
      try output.flush()
    } catch is ClosedPipe {}
  }

  private func read() throws -> [ImportedConversation] {
    let content: BoundedFile.Content
    do throws(BoundedFile.Failure) {
      content = try BoundedFile.read(path, atMost: ImportCommand.largest)
    } catch {
      throw Failure.system(Text.printable("\(path): it cannot be read: \(error.reason)"))
    }
    guard case .bytes(let bytes) = content else {
      throw fault("the file is larger than \(ImportCommand.largest) bytes; divide it", 1)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let valid = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
        .prefix { String(validating: $0, as: UTF8.self) != nil }.count
      throw fault("this is not valid UTF-8; save the file as UTF-8", valid + 1)
    }
    let lower = path.lowercased()
    let isTable = separator != nil || lower.hasSuffix(".csv") || lower.hasSuffix(".tsv")
    guard isTable else {
      let list = ImportedConversation.list(text)
      guard !list.lines.isEmpty else { throw fault("there is no utterance in it; write one a line", 1) }
      return [list]
    }
    let sign = separator.map { $0 == "tab" ? "\t" : $0 } ?? (lower.hasSuffix(".tsv") ? "\t" : ",")
    var columns = ImportedConversation.Columns()
    columns.text = self.text
    columns.speaker = speaker
    columns.conversation = conversation
    columns.title = title
    columns.number = number
    columns.persons = person
    do throws(TranscriptError) {
      let table = try CSV(text, separator: sign.first ?? ",")
      return try ImportedConversation.conversations(of: table, columns)
    } catch {
      throw Failure.files(Text.printable("\(path):\(error)"))
    }
  }

  private func fault(_ what: String, _ line: Int) -> ExitCode {
    Failure.files(Text.printable("\(path):\(line):1: error: \(what)"))
  }

  private func write(_ text: String, to path: String) throws {
    do throws(PrivateFile.Failure) {
      let file = try DraftFile(path, mode: 0o600)
      try file.write(Array(text.utf8))
      try file.commit(overwriting: overwrite)
    } catch {
      throw Failure.system(Text.printable("\(error)"))
    }
  }

  /// Whether a folder is there, or meant by the slash at the end.
  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    if path.hasSuffix("/") { return true }
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }

  /// Letters, digits and hyphens of what the table calls the conversation.
  private static func fileName(_ name: String, _ taken: inout Set<String>) -> String {
    let plain = String(name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }.prefix(60))
    let stem = "conversation-" + (plain.isEmpty ? "1" : plain)
    var candidate = stem
    var number = 2
    while !taken.insert(candidate).inserted {
      candidate = "\(stem)-\(number)"
      number += 1
    }
    return candidate
  }
}
