import Dialogue
import Matching

/// The checks of `drawbridge check`: what loading finds, and what only a compiled bot shows.
public enum BotChecker {
  public static func check(_ files: [SourceFile]) -> [Diagnostic] {
    let loaded = BotLoader.load(files)
    guard let source = loaded.source, let bot = Bot(CompiledBytes(Bot.compile(source))) else {
      return loaded.diagnostics
    }
    var found = loaded.diagnostics
    var workspace = bot.matcher.makeWorkspace()
    for expectation in loaded.expectations where !expectation.file.hasSuffix(".txt") {
      let heard = bot.matcher.hear(expectation.text, workspace: &workspace).best.map {
        bot.matcher.intentIDs[$0.intent]
      }
      guard (heard == expectation.intent) != expectation.expected else { continue }
      found.append(
        Diagnostic(
          file: expectation.file, line: expectation.line, column: expectation.column, severity: .warning,
          message: expectation.expected
            ? "\"\(expectation.text)\" is heard as \(heard ?? "nothing"), not as \(expectation.intent)"
            : "\"\(expectation.text)\" is heard as \(expectation.intent), though it must not be",
          mend: "look at it with `drawbridge explain`, then add a pattern or examples"))
    }
    return found.sorted()
  }
}
