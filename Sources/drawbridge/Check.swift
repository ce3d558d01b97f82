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

  @Argument(help: ArgumentHelp("The folder; Intents where none is named.", valueName: "folder"))
  var folder: String = "Intents"

  @Option(help: ArgumentHelp("text, json, or sarif (2.1.0), which code hosts show in place.", valueName: "format"))
  var format = Format.text

  @Flag(help: "Learn from the examples where needed, and listen to every one; takes some seconds.")
  var thorough = false

  func run() throws {
    let files = try BotOptions.files(folder)
    let report = BotChecker.check(files, depth: thorough ? .thorough : .quick, store: BotOptions.store)
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
    if report.errors > 0 { throw ExitCode(1) }
  }
}
