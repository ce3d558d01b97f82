import Dialogue
import IntentFiles
import Matching

/// A file of a folder of intents; its first byte says which, the others of the small bot stay.
final class IntentsTarget {
  private let files = Bots.smallFiles
  private static let paths = [
    "talk/talk.yaml", "plants/yellow-leaves.yaml", "safety/danger.yaml", "safety/lines.yaml", "dialogue.yaml",
    "language.yaml", "plants/forgot-to-water.txt", "lexicon.txt",
  ]
  private let store = MatcherStore()

  func run(_ bytes: [UInt8]) {
    let path = IntentsTarget.paths[Int(bytes.first ?? 0) % IntentsTarget.paths.count]
    let file = SourceFile(path: path, bytes: Array(bytes.dropFirst()))
    let folder = files.filter { $0.path != path } + [file]
    let loaded = BotLoader.load(folder)
    for diagnostic in loaded.diagnostics { Promise.isHelpful(diagnostic) }
    hold(loaded.hasErrors == (loaded.source == nil), "a bot comes out unless there is an error")
    // The checks take longest, so not every input is given to them: chosen by the input, for a finding to come back.
    if bytes.reduce(0, &+) % 4 == 0 { check(folder) }
    if let source = loaded.source { talk(source) }
    edit(file)
  }

  private func check(_ folder: [SourceFile]) {
    let report = BotChecker.check(folder, store: store)
    for diagnostic in report.diagnostics { Promise.isHelpful(diagnostic) }
    Promise.isPrintable(report.text(prefix: "Intents", files: folder) { text, _ in text }, "a report of check")
    Promise.isPrintable(report.json(prefix: "Intents"), "a report as JSON")
    Promise.isPrintable(report.sarif(prefix: "Intents", version: "0"), "a report as SARIF")
  }

  private func talk(_ loaded: BotSource) {
    var source = loaded
    for i in source.matcher.intents.indices { source.matcher.intents[i].examples = [] }
    guard let bot = Bot(CompiledBytes(Bot.compile(source))) else { return hold(false, "what was compiled can be read") }
    var conversation = Conversation(bot: bot)
    _ = conversation.open()
    for line in ["hello", "my fern is dying and i forgot to water it", "no", "yes", "", "bye"] {
      _ = conversation.hear(line)
    }
    _ = conversation.leave()
    hold(conversation.turns.count == 8, "every line has its turn")
  }

  /// A line is added as it was meant, or nothing is.
  private func edit(_ file: SourceFile) {
    guard file.isYAML, let added = try? FileEdit.add("a new line", to: .examples, ofIntent: "yellow-leaves", in: file)
    else {
      return
    }
    hold(added.count > file.bytes.count, "nothing is taken away")
  }
}
