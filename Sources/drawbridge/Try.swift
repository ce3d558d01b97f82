import ArgumentParser
import Dialogue
import Foundation
import IntentFiles
import Matching
import Terminal
import Transcripts

struct Try: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "try",
    abstract: "From a line of text to a rule: what is heard, and what a new pattern or example would change.",
    discussion: """
      drawbridge try "I never ask"
      drawbridge try "I never ask" --intent cant-ask-for-help --pattern "never ask"
      drawbridge try "I never ask" --intent cant-ask-for-help --example --save
      """)

  @Argument(help: "What someone might say.")
  var line: String

  @Option(help: ArgumentHelp("The folder of intents.", valueName: "folder"))
  var intents = "Intents"

  @Option(help: ArgumentHelp("The intent that the pattern or example is for.", valueName: "id"))
  var intent: String?

  @Option(help: ArgumentHelp("A pattern to try.", valueName: "pattern"))
  var pattern: String?

  @Flag(help: "The pattern has to hear the whole line.")
  var whole = false

  @Flag(help: "Try the line as an example of the intent.")
  var example = false

  @Option(
    help: ArgumentHelp("A folder of saved conversations whose lines are listened to as well.", valueName: "folder"))
  var transcripts: String?

  @Flag(help: "With --example: learn with it and show every line that changes; takes some seconds.")
  var thorough = false

  @Flag(help: "Write the pattern or example to the file of the intent.")
  var save = false

  func validate() throws {
    if pattern != nil || example {
      guard intent != nil else { throw ValidationError("name the intent it is for, as --intent exhausted") }
    }
    if pattern != nil, example { throw ValidationError("try a pattern or an example, one at a time") }
    if save, pattern == nil, !example { throw ValidationError("--save goes with --pattern or --example") }
  }

  func run() throws {
    let files = try BotOptions.files(intents)
    let loaded = BotLoader.load(files)
    let bot = try BotOptions.bot(loaded, folder: intents)
    try Output.put(Text.printable(Explain.text(line, bot, seed: 1)))
    guard let intent else { return }
    guard loaded.intentIDs.contains(intent) else {
      throw Failure.use("no intent is called '\(Diagnostic.printable(intent))'; \(loaded.mend(intent))")
    }
    guard let trial = Trial(loaded, bot: bot, others: try transcriptLines()) else { throw ExitCode(1) }
    if let pattern { try show(pattern, for: intent, trial) }
    if example { try showExample(for: intent, trial) }
    if save { try write(for: intent, loaded, files) }
  }

  // MARK: Showing

  private func show(_ pattern: String, for intent: String, _ trial: Trial) throws {
    let rule: PatternRule
    do {
      rule = try trial.parse(pattern, whole: whole)
    } catch {
      let mark = String(repeating: " ", count: error.offset) + "^"
      throw Failure.use("\(error.message); \(error.mend)\n  \(Diagnostic.printable(pattern))\n  \(mark)")
    }
    let effect = trial.effect(of: rule, on: intent)
    try say("\npattern  \(Text.printable(pattern))")
    try say(
      trial.hears(rule, line)
        ? "         hears the line"
        : "         does not hear the line: a pattern hears the words above, in this order, and those with ¬ only behind `not`"
    )
    let own = effect.heard.count { $0.intent == intent }
    try say("         hears \(effect.heard.count) lines of the examples and transcripts, \(own) of them of \(intent)")
    let strangers = effect.heard.filter { $0.intent != intent }
    for line in strangers.prefix(5) { try say("           \(line.intent ?? "transcript"): \(shown(line))") }
    if strangers.count > 5 { try say("           and \(strangers.count - 5) more of others") }
    try list(effect.changes)
  }

  private func showExample(for intent: String, _ trial: Trial) throws {
    try say("\nexample  of \(intent): \(Text.printable(line))")
    guard thorough else {
      try say("         --thorough learns with it, and shows every line that is then heard as something else")
      return
    }
    try list(trial.effect(ofExample: line, on: intent).changes)
  }

  private func list(_ changes: [Trial.Change]) throws {
    func list(_ title: String, _ changes: [Trial.Change]) throws {
      guard !changes.isEmpty else { return }
      try say("         \(title): \(changes.count)")
      for change in changes.prefix(8) {
        try say("           \(change.before ?? "nothing") -> \(change.after ?? "nothing"): \(shown(change.line))")
      }
      if changes.count > 8 { try say("           and \(changes.count - 8) more") }
    }
    try list("newly right", changes.filter { $0.isBetter == true })
    try list("newly wrong", changes.filter { $0.isBetter == false })
    try list("otherwise changed", changes.filter { $0.isBetter == nil })
    if changes.isEmpty { try say("         no line is heard as another intent") }
  }

  private func say(_ line: String) throws { try Output.put(Text.printable(line) + "\n") }

  private func shown(_ line: Trial.Line) -> String { Text.printable("\"\(line.text)\" (\(line.place))") }

  /// What people said in saved conversations.
  private func transcriptLines() throws -> [Trial.Line] {
    guard let transcripts else { return [] }
    guard let names = FileManager.default.enumerator(atPath: transcripts)?.compactMap({ $0 as? String }) else {
      throw Failure.files("\(Diagnostic.printable(transcripts)): there is no such folder")
    }
    return names.filter { $0.hasSuffix(".txt") }.sorted().flatMap { name -> [Trial.Line] in
      guard let text = try? String(contentsOfFile: transcripts + "/" + name, encoding: .utf8) else { return [] }
      return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { number, line in
        line.hasPrefix("you> ")
          ? Trial.Line(text: String(line.dropFirst(5)), intent: nil, place: "\(name):\(number + 1)") : nil
      }
    }
  }

  // MARK: Saving

  private func write(for intent: String, _ loaded: BotLoader.Result, _ files: [SourceFile]) throws {
    guard let (rules, list) = loaded.files(ofIntent: intent, in: files) else { throw ExitCode(1) }
    let file = example ? list ?? rules : rules
    let bytes: [UInt8]
    do {
      bytes = try edited(intent, rules, list)
    } catch {
      throw Failure.files(Diagnostic.printable(error.description))
    }
    let url = URL(fileURLWithPath: intents + "/" + file.path)
    let shown = Diagnostic.printable(url.relativePath)
    guard let now = try? Data(contentsOf: url), now.elementsEqual(file.bytes) else {
      throw Failure.files("\(shown) has changed in the meantime; nothing is written, try again")
    }
    do throws(PrivateFile.Failure) {
      try PrivateFile.replace(url.path, bytes)
    } catch {
      throw Failure.system("\(error); the file is as it was")
    }
    try say("\nwritten to \(shown)")
  }

  private func edited(
    _ intent: String, _ rules: SourceFile, _ list: SourceFile?
  ) throws(FileEdit.Failure) -> [UInt8] {
    if let pattern { return try FileEdit.add(pattern, to: whole ? .whole : .patterns, ofIntent: intent, in: rules) }
    if let list { return try FileEdit.append(line, to: list) }
    return try FileEdit.add(line, to: .examples, ofIntent: intent, in: rules)
  }
}
