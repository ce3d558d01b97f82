import Foundation
import Testing

extension ProgramTests {
  /// What `make install` installs beside the program.
  @Suite(.serialized, .timeLimit(.minutes(2))) struct InstallTests {
    private struct Help: Decodable {
      struct Command: Decodable {
        var commandName: String
        var subcommands: [Command]?
        var arguments: [Argument]?
      }
      struct Argument: Decodable {
        struct Name: Decodable { var name: String }
        var names: [Name]?
        var shouldDisplay: Bool
      }
      var command: Command
    }

    @Test func theManualPageNamesEveryCommandAndOption() throws {
      let dump = try Program.run(["--experimental-dump-help"]).output
      let page = try String(
        contentsOf: Program.root.appendingPathComponent("packaging/drawbridge.1"), encoding: .utf8)
      var commands = [try JSONDecoder().decode(Help.self, from: Data(dump.utf8)).command]
      var count = 0
      while let command = commands.popLast() {
        #expect(page.contains(command.commandName), "make man writes it anew")
        commands += command.subcommands ?? []
        for argument in command.arguments ?? [] where argument.shouldDisplay {
          for name in argument.names ?? [] {
            count += 1
            #expect(
              page.replacingOccurrences(of: "\\", with: "").contains("-" + name.name),
              "\(name.name): make man writes it anew")
          }
        }
      }
      #expect(count > 30)
      let end = try String(contentsOf: Program.root.appendingPathComponent("packaging/end.1"), encoding: .utf8)
      #expect(page.hasSuffix(end), "make man writes it anew")
    }

    @Test(arguments: [("bash", ["-n"]), ("zsh", ["-n"]), ("fish", ["--no-execute"])])
    func completionsAreScriptsOfTheirShell(_ shell: String, _ check: [String]) throws {
      let script = try Program.run(["--generate-completion-script", shell])
      #expect(script.status == 0)
      #expect(script.output.contains("history-lines"))
      guard let path = ["/bin/", "/usr/bin/"].map({ $0 + shell }).first(where: FileManager.default.isExecutableFile)
      else { return }
      let file = FileManager.default.temporaryDirectory.appendingPathComponent("drawbridge-\(UUID().uuidString)")
      defer { try? FileManager.default.removeItem(at: file) }
      try script.output.write(to: file, atomically: true, encoding: .utf8)
      let process = try Process.run(URL(fileURLWithPath: path), arguments: check + [file.path])
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }

    @Test func theVersionNamesReadline() throws {
      let version = try Program.run(["--version"]).output
      #expect(version.hasPrefix("0.1.0 ("))
      #expect(version.contains("GNU Readline 8"))
    }

    @Test func theExampleHoldsAConversation() throws {
      let example = URL(fileURLWithPath: Program.path).deletingLastPathComponent().appendingPathComponent("example")
      let process = Process()
      process.executableURL = example
      process.arguments = [Tmux.bot]
      let (input, output) = (Pipe(), Pipe())
      process.standardInput = input
      process.standardOutput = output
      try process.run()
      try input.fileHandleForWriting.write(contentsOf: Data("I never ask for help\n".utf8))
      try input.fileHandleForWriting.close()
      let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      #expect(said.contains("[asking, risk: none]"))
      #expect(said.hasSuffix("You spoke of asking.\n") || said.hasSuffix("Go well. You spoke of asking.\n"))
    }
  }
}
