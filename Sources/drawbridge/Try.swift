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

      The first lines say what the line is heard as now, and what it would be heard as; then come the lines of the
      examples and of the transcripts that would be won or lost, and why it is heard as it is.
      """)

  @OptionGroup var botOptions: BotOptions

  @Argument(help: "What someone might say.")
  var line: String

  @Option(help: ArgumentHelp("The intent that the pattern or example is for.", valueName: "id"))
  var intent: String?

  @Option(help: ArgumentHelp("A pattern to try.", valueName: "pattern"))
  var pattern: String?

  @Flag(help: "The pattern has to hear the whole line.")
  var whole = false

  @Flag(help: "Try the line as an example of the intent. The examples are learned with it, which takes some seconds.")
  var example = false

  @Option(
    help: ArgumentHelp(
      "Saved conversations, or folders of them, whose lines are listened to as well; Transcripts where none is named.",
      valueName: "files"))
  var transcripts: [String] = []

  @Flag(help: "With --pattern: learn with it, too. Exact, and takes some seconds.")
  var thorough = false

  @Flag(help: "Write the pattern or example to the file of the intent.")
  var save = false

  private var folder: String { botOptions.folder ?? BotOptions.usualFolder }

  func validate() throws {
    if pattern != nil || example {
      guard intent != nil else { throw ValidationError("name the intent it is for, as --intent exhausted") }
    }
    if pattern != nil, example { throw ValidationError("try a pattern or an example, one at a time") }
    if save, pattern == nil, !example { throw ValidationError("--save goes with --pattern or --example") }
  }

  func run() throws {
    let files = try BotOptions.files(folder)
    let loaded = BotLoader.load(files)
    let bot = try BotOptions.bot(loaded, folder: folder)
    if let intent, !loaded.intentIDs.contains(intent) {
      throw Failure.use("no intent is called '\(Diagnostic.printable(intent))'; \(loaded.mend(intent))")
    }
    guard let trial = Trial(loaded, bot: bot, others: try transcriptLines(of: bot)) else { throw ExitCode(1) }
    var reachesLine = true
    if let intent, let pattern {
      reachesLine = try show(pattern, for: intent, trial, loaded)
    } else if let intent, example {
      try showExample(for: intent, trial, loaded)
    } else {
      try say("now      " + TryText.verdict(trial.verdict(on: line, for: intent ?? ""), intent))
    }
    try say("\nwhy it is heard as it is now:\n")
    try Output.put(Text.printable(Explain.text(line, bot, seed: 1)))
    guard save, let intent else { return }
    guard reachesLine else {
      throw Failure.use("nothing is written: the pattern does not hear the line; mend one of the two")
    }
    try write(for: intent, loaded, files)
  }

  // MARK: Showing

  /// Returns whether the pattern hears the line.
  private func show(
    _ pattern: String, for intent: String, _ trial: Trial, _ loaded: BotLoader.Result
  ) throws -> Bool {
    let rule: Trial.Rule
    do {
      rule = try trial.parse(pattern, whole: whole)
    } catch {
      let mark = String(repeating: " ", count: error.offset) + "^"
      throw Failure.use("\(error.message); \(error.mend)\n  \(Diagnostic.printable(pattern))\n  \(mark)")
    }
    let learned = thorough ? try learn(loaded) { trial.learned(with: rule, for: intent, store: $0) } : nil
    let hears = trial.hears(rule, line)
    try show(
      trial.verdict(on: line, for: intent),
      learned.map { trial.verdict(on: line, for: intent, by: $0) } ?? trial.verdict(on: line, for: intent, with: rule),
      intent, "the pattern \(pattern)", reachesLine: hears)
    if !hears {
      try say("         a pattern hears the words below, in this order, and those with ¬ only behind `not`")
    }
    let heard = trial.heard(by: rule)
    let own = heard.count { $0.intent == intent }
    try say("\nhears    \(heard.count) lines of the examples and transcripts, \(own) of them of \(intent)")
    let strangers = heard.filter { $0.intent != intent }
    for line in strangers.prefix(5) { try say("           \(line.intent ?? "transcript"): \(TryText.shown(line))") }
    if strangers.count > 5 { try say("           and \(strangers.count - 5) more of others") }
    try list(learned.map(trial.changes) ?? trial.effect(of: rule, on: intent).changes)
    return hears
  }

  private func showExample(for intent: String, _ trial: Trial, _ loaded: BotLoader.Result) throws {
    let learned = try learn(loaded) { trial.learned(with: line, for: intent, store: $0) }
    try show(
      trial.verdict(on: line, for: intent), trial.verdict(on: line, for: intent, by: learned), intent,
      "the line as an example", reachesLine: true)
    try list(trial.changes(with: learned))
  }

  private func learn(_ loaded: BotLoader.Result, _ compile: (MatcherStore) -> Bot?) throws -> Bot {
    if let source = loaded.source { BotOptions.announceLearning(source, "learning with it; this takes some seconds") }
    guard let bot = compile(BotOptions.store) else { throw ExitCode(1) }
    return bot
  }

  private func show(
    _ now: Trial.Verdict, _ then: Trial.Verdict, _ intent: String, _ what: String, reachesLine: Bool
  ) throws {
    try say("now      " + TryText.verdict(now, intent))
    try say("with it  " + TryText.verdict(then, intent) + ": " + TryText.change(now, then, intent, reachesLine))
    try say("         (\(what), for \(intent))")
  }

  private func list(_ changes: [Trial.Change]) throws {
    let kinds: [(title: String, isBetter: Bool?)] = [
      ("won", true), ("lost", false), ("changed, for better or worse", nil),
    ]
    for (title, isBetter) in kinds {
      let found = changes.filter { $0.isBetter == isBetter }
      guard !found.isEmpty else { continue }
      try say("\n\(title): \(found.count)")
      for change in found.prefix(8) {
        let (before, after) = (change.before ?? "nothing", change.after ?? "nothing")
        try say("           \(before) -> \(after): \(TryText.shown(change.line))")
      }
      if found.count > 8 { try say("           and \(found.count - 8) more") }
    }
    if changes.isEmpty { try say("\nno line of the examples and transcripts is heard as another intent") }
  }

  private func say(_ line: String) throws { try Output.put(Text.printable(line) + "\n") }

  /// What people said in saved conversations with this bot, with the intent where one is asserted.
  private func transcriptLines(of bot: Bot) throws -> [Trial.Line] {
    var atFault = false
    let files = try MaterialOptions.readTranscripts(transcripts, atFault: &atFault)
    return files.filter { Replay.refusal(of: $0.transcript, with: bot) == nil }.flatMap { file in
      file.transcript.turns.compactMap { turn in
        turn.you.map { you in
          Trial.Line(
            text: you, intent: turn.expectations.first { $0.subject == .intent }?.value,
            place: "\(file.path):\(turn.line)")
        }
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
    let url = URL(fileURLWithPath: folder + "/" + file.path)
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

/// What `try` says of a line.
enum TryText {
  /// `exhausted 0.412 (plays-down-needs 0.071)`
  static func verdict(_ verdict: Trial.Verdict, _ tried: String?) -> String {
    var text = verdict.intent.map { "\($0) \(JSONText.number(verdict.score))" } ?? "nothing"
    if let tried, tried != verdict.intent {
      text +=
        verdict.isInContext
        ? " (and \(tried), where a state waits for it)" : " (\(tried) \(JSONText.number(verdict.own)))"
    }
    return text
  }

  /// What has become of a line for which something was tried.
  static func change(_ now: Trial.Verdict, _ then: Trial.Verdict, _ tried: String, _ reachesLine: Bool) -> String {
    func isHeard(_ verdict: Trial.Verdict) -> Bool { verdict.intent == tried || verdict.isInContext }
    if isHeard(then) { return isHeard(now) ? "heard so before" : "the line is won" }
    if isHeard(now) { return "the line is lost" }
    if !reachesLine { return "the pattern does not hear the line" }
    if then.isDanger { return "danger comes first" }
    guard let other = then.intent else {
      return "not enough, \(JSONText.number(Matcher.floor)) is needed"
    }
    return now.intent == other ? "not enough, \(other) stays ahead" : "it is heard as \(other) instead"
  }

  static func shown(_ line: Trial.Line) -> String { "\"\(line.text)\" (\(line.place))" }
}
