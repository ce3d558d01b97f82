import ArgumentParser
import Foundation
import IntentFiles

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find everything that is wrong with a folder of intent files.",
    discussion: "Each problem as file:line:column with a mend. Exit status 1 if there is an error.")

  @Argument(help: ArgumentHelp("The folder; Intents where none is named.", valueName: "folder"))
  var folder: String = "Intents"

  func run() throws {
    let files: [SourceFile]
    do {
      files = try IntentFolder.read(folder)
    } catch {
      throw Failure.files("\(error)")
    }
    let found = BotChecker.check(files)
    for diagnostic in found { print("\(folder)/\(diagnostic)") }
    let errors = found.count { $0.severity == .error }
    print("\(errors) errors, \(found.count - errors) warnings in \(files.count) files")
    if errors > 0 { throw ExitCode(1) }
  }
}
