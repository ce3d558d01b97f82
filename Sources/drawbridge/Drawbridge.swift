import ArgumentParser
import CBuild
import Foundation
import Terminal

struct Drawbridge: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drawbridge",
    abstract: "A quiet conversation for people who carry everything alone.",
    discussion: """
      A program, not a person: no therapist, no crisis service. It runs on this machine only and keeps
      nothing unless you save it.
      """,
    version: version,
    subcommands: [
      Chat.self, Match.self, Explain.self, ReplayCommand.self, ImportCommand.self, Check.self, Try.self,
      CompareCommand.self, GraphCommand.self, ReportCommand.self, New.self, Schema.self, SettingsCommand.self,
    ],
    defaultSubcommand: Chat.self)

  /// The version (semver.org), the commit where it is known, and that of readline.
  private static var version: String {
    let commit = String(cString: build_commit())
    return "0.1.0 (" + (commit.isEmpty ? "" : "commit \(commit), ") + "GNU Readline \(LineEditor.version))"
  }
}

@main
enum Program {
  /// Runs the command; wrong use exits with 2 in place of the library's 64.
  static func main() {
    StandardDescriptors.takePlaces()
    // A limit on the size of files is told by the write that fails.
    signal(SIGXFSZ, SIG_IGN)
    do {
      guard Room.isEnough() else {
        throw Failure.system("there is too little memory; `ulimit -v` shows whether a limit is set")
      }
      var command = try Drawbridge.parseAsRoot()
      try command.run()
    } catch {
      let message = Drawbridge.fullMessage(for: error)
      switch Drawbridge.exitCode(for: error) {
      case .success: show(message)
      case .validationFailure:
        StandardError.write(message)
        Drawbridge.exit(withError: ExitCode(2))
      default: Drawbridge.exit(withError: error)
      }
    }
  }

  /// What was asked for: the help, the version.
  private static func show(_ message: String) {
    do {
      if !message.isEmpty { try Output.put(message + "\n") }
    } catch {
      Drawbridge.exit(withError: error)
    }
  }
}
