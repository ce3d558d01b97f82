import ArgumentParser
import Foundation
import IntentFiles
import Terminal

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find everything that is wrong with a folder of intent files.",
    discussion: """
      Each problem as file:line:column with the line and a mend. Exit status 1 if there is an error.
      What is heard in the examples is looked at if their intents were learned before; --thorough learns
      now where that is needed, and listens to all of them.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, sarif }

  @Argument(
    help: ArgumentHelp(
      "The folder, or a part of it; $DRAWBRIDGE_INTENTS or Intents where none is named.", valueName: "folder"),
    completion: .file())
  var named: String?

  @Option(help: ArgumentHelp("text, json, or sarif (2.1.0), which code hosts show in place.", valueName: "format"))
  var format = Format.text

  @Flag(help: "Learn from the examples where needed, and listen to every one; takes some seconds.")
  var thorough = false

  func run() throws {
    var folder = named ?? BotOptions.environmentFolder ?? BotOptions.usualFolder
    let enclosing = IntentFolder.enclosing(folder)
    if let enclosing {
      StandardError.write(
        "drawbridge: \(folder) is a part of the bot in \(enclosing.folder): all of it is checked, and what stands in "
          + "this part is shown")
      folder = enclosing.folder
    }
    let files = try BotOptions.files(folder)
    var report = BotChecker.check(files, depth: thorough ? .thorough : .quick, store: BotOptions.store)
    let isBroken = report.errors > 0
    if let enclosing { report = report.within(enclosing.part) }
    switch format {
    case .text:
      let screen = Screen { ProcessInfo.processInfo.environment[$0] }
      let text = report.text(prefix: folder, files: files) { text, severity in
        screen.styled(text, severity.map { $0 == .error ? .bad : .bot } ?? .good)
      }
      try Output.put(text)
    case .json: try Output.put(report.json(prefix: folder))
    case .sarif:
      try Output.put(report.sarif(prefix: folder, version: Drawbridge.configuration.version))
    }
    if isBroken { throw ExitCode(1) }
  }
}
