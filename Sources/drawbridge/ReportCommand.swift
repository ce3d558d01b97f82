import ArgumentParser
import Reports
import Terminal
import Transcripts

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a page about a folder of intents and its transcripts.",
    discussion: """
      One HTML page on standard output, complete in itself: drawbridge report > report.html. It shows how the
      bot talks, what the transcripts cover, what is confused with what, the wordings and the states. Every
      number links to the lines behind it.
      """)

  @OptionGroup var botOptions: BotOptions
  @OptionGroup var material: MaterialOptions

  @Option(
    help: ArgumentHelp(
      "Link to lines by this address, with {file} and {line} in it, in place of a listing in the page.",
      valueName: "address"))
  var link: String?

  func run() throws {
    if let link, !["https://", "http://", "file://", "vscode://"].contains(where: { link.hasPrefix($0) }) {
      throw Failure.use(
        Text.printable("--link '\(link)' is no address; begin it with https://, http://, file:// or vscode://"))
    }
    var atFault = false
    let held = try material.readTranscripts(atFault: &atFault)
    let labelled = try material.readRows()
    let folder = botOptions.folder ?? BotOptions.usualFolder
    let version = try Version(BotOptions.files(folder), name: folder)
    let bot = version.bot
    let transcripts = material.fitting(held, bot, atFault: &atFault)
    var rows = [
      ReportPage.Rows(
        name: "Examples", about: "The examples in the intent files, from which the bot was made.",
        confusions: Confusions(version.examples, heardBy: bot.matcher))
    ]
    rows += labelled.map { path, _, rows in
      ReportPage.Rows(
        name: path, about: "Labelled utterances.", confusions: Confusions(rows, heardBy: bot.matcher))
    }
    let files =
      version.files.map {
        SourceListing.File(
          path: $0.path, shown: "\(folder)/\($0.path)", text: String(decoding: $0.bytes, as: UTF8.self))
      } + transcripts.map { SourceListing.File(path: $0.path, shown: $0.path, text: $0.text) }
      + labelled.map { SourceListing.File(path: $0.path, shown: $0.path, text: $0.text) }
    let page = ReportPage(
      bot: bot, conversations: transcripts.map { HeldConversation($0.transcript, file: $0.path, with: bot) },
      rows: rows,
      lines: SourceListing(files, template: link))
    var output = Output()
    do {
      try output.write(page.html())
      try output.flush()
    } catch is ClosedPipe {
      return
    }
    if atFault { throw ExitCode(1) }
  }
}
