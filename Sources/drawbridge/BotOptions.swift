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
      "The folder of intents. Where none is named: $DRAWBRIDGE_INTENTS, then ./Intents (not for chat and match), then those built in.",
      valueName: "folder"),
    completion: .directory)
  var intents: String?

  /// The folder named by the option or the environment.
  var named: String? { intents ?? BotOptions.environmentFolder }

  /// The folder to work on: the one named, or the one that lies here. Nil where there is neither.
  var folder: String? { named ?? BotOptions.folderHere }

  /// The folder of `$DRAWBRIDGE_INTENTS`.
  static var environmentFolder: String? {
    guard let value = ProcessInfo.processInfo.environment["DRAWBRIDGE_INTENTS"], !value.isEmpty else { return nil }
    return value
  }

  /// The folder that authors write in, by its usual name.
  static let usualFolder = "Intents"

  private static var folderHere: String? {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: usualFolder, isDirectory: &isFolder)
    return isThere && isFolder.boolValue ? usualFolder : nil
  }

  /// The bot to work on. Problems in its files go to standard error.
  func load() throws -> Bot { try folder.map(BotOptions.load) ?? BotOptions.builtIn() }

  /// The bot to talk to. What lies in the folder that someone happens to be in does not speak to them; where it is
  /// another bot than the one built in, that is said on a terminal.
  func loadToTalk() throws -> Bot {
    if let named { return try BotOptions.load(named) }
    if isatty(2) == 1, let here = BotOptions.folderHere, let files = try? IntentFolder.read(here),
      SourceFile.digest(of: files) != ShippedBot.filesDigest
    {
      StandardError.write(
        "drawbridge: the rules built into the program answer; those in ./\(here) differ, --intents \(here) takes them")
    }
    return try BotOptions.builtIn()
  }

  private static func builtIn() throws -> Bot {
    guard let bot = ShippedBot.load() else {
      throw Failure.system("the built-in intents cannot be read; build the program again")
    }
    _ = Unmanaged.passRetained(Kept(bot))
    return bot
  }

  /// Holds a bot to the end of the program: taking its states and wordings apart, one by one, costs a tenth of the
  /// instructions of an empty conversation, and the system takes the memory back anyway.
  private final class Kept {
    let bot: Bot
    init(_ bot: Bot) { self.bot = bot }
  }

  /// Where matchers are kept that were compiled before: in the platform's folder for caches, or in
  /// `$DRAWBRIDGE_CACHE`; nowhere if that is empty.
  static var store: MatcherStore {
    let named = ProcessInfo.processInfo.environment["DRAWBRIDGE_CACHE"]
    let usual = FileManager.default.urls(for: .cachesDirectory, in: .userDomainMask).first?
      .appendingPathComponent("drawbridge")
    let folder = named.map { $0.isEmpty ? nil : URL(fileURLWithPath: $0) } ?? usual
    return MatcherStore(
      builtIn: ShippedBot.load().map { (ShippedBot.digest, $0.matcher) }, folder: folder, engine: build)
  }

  /// What tells this build of the program from others, which may learn in another way.
  private static var build: String {
    let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
    let facts = try? FileManager.default.attributesOfItem(atPath: program)
    let date = (facts?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
    return "\(facts?[.size] ?? 0) \(date)"
  }

  /// The files of a folder.
  static func files(_ folder: String) throws -> [SourceFile] {
    do {
      return try IntentFolder.read(folder)
    } catch {
      throw error.isOfSystem ? Failure.system("\(error)") : Failure.files("\(error)")
    }
  }

  static func load(_ folder: String) throws -> Bot {
    let files = try files(folder)
    // What the program was built from is there already, compiled.
    if SourceFile.digest(of: files) == ShippedBot.filesDigest { return try builtIn() }
    return try bot(BotLoader.load(files), folder: folder)
  }

  /// What a bot is compiled from.
  static func loadSource(_ folder: String) throws -> BotSource { try source(BotLoader.load(try files(folder)), folder) }

  private static func source(_ loaded: BotLoader.Result, _ folder: String) throws -> BotSource {
    for diagnostic in loaded.diagnostics where diagnostic.severity == .error {
      StandardError.write("\(folder)/\(diagnostic)")
    }
    guard let source = loaded.source else { throw ExitCode(1) }
    return source
  }

  /// Learning from so many takes no time that a person would notice.
  private static let fewExamples = 1_000

  /// Says on a terminal that something is learned, where that takes a while.
  static func announceLearning(_ source: BotSource, _ what: String) {
    let examples = source.matcher.intents.reduce(0) { $0 + $1.examples.count }
    if isatty(2) == 1, examples > fewExamples { StandardError.write(what) }
  }

  /// The bot of files that were loaded. Their errors go to standard error.
  static func bot(_ loaded: BotLoader.Result, folder: String) throws -> Bot {
    let source = try source(loaded, folder)
    let store = BotOptions.store
    if let bot = store.find(source) { return bot }
    announceLearning(source, "learning from the examples; this takes some seconds, once")
    guard let bot = store.compile(source) else { throw ExitCode(1) }
    return bot
  }
}
