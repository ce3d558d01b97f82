import ArgumentParser
import Dialogue
import Foundation
import IntentFiles
import Matching
import ShippedBot

/// Where the intents come from.
struct BotOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Use the intents of this folder (or of $DRAWBRIDGE_INTENTS) in place of the built-in ones.", valueName: "folder"))
  var intents: String?

  /// The folder named by the option or the environment.
  var folder: String? {
    if let intents { return intents }
    guard let value = ProcessInfo.processInfo.environment["DRAWBRIDGE_INTENTS"], !value.isEmpty else { return nil }
    return value
  }

  /// The bot to talk to. Problems in its files go to standard error.
  func load() throws -> Bot {
    guard let folder else {
      guard let bot = ShippedBot.load() else {
        throw Failure.system("the built-in intents cannot be read; build the program again")
      }
      return bot
    }
    return try BotOptions.load(folder)
  }

  static func load(_ folder: String) throws -> Bot {
    guard let bot = Bot(CompiledBytes(Bot.compile(try loadSource(folder)))) else { throw ExitCode(1) }
    return bot
  }

  /// What a bot is compiled from.
  static func loadSource(_ folder: String) throws -> BotSource {
    let files: [SourceFile]
    do {
      files = try IntentFolder.read(folder)
    } catch {
      throw Failure.files("\(error)")
    }
    let loaded = BotLoader.load(files)
    for diagnostic in loaded.diagnostics where diagnostic.severity == .error {
      StandardError.write("\(folder)/\(diagnostic)")
    }
    guard let source = loaded.source else { throw ExitCode(1) }
    return source
  }
}
