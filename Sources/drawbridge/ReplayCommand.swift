import ArgumentParser
import Dialogue
import Foundation
import Terminal
import Transcripts

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Hold saved conversations again and show what differs.",
    discussion: """
      Exit status: 0 nothing differs, 1 something does or a transcript is at fault, 2 wrong use, 3 a file cannot \
      be read or written. Results come in the order of the files, however many cores are used.
      """)

  @OptionGroup var botOptions: BotOptions

  @Argument(
    help: ArgumentHelp("Transcripts, or folders of them; Transcripts where none is named.", valueName: "files"),
    completion: .file())
  var paths: [String] = []

  @Flag(
    help: ArgumentHelp(
      "Write what is said now into the transcripts, in place of what differs. Comments stay.",
      discussion: "Where no file or folder is named, it asks first, on a terminal, and needs --yes elsewhere."))
  var update = false

  @Flag(help: "With --update and no file named: write to all of Transcripts that differ, and do not ask.")
  var yes = false

  @Flag(help: "With --update: ask turn by turn.")
  var interactive = false

  @Flag(help: "Stop at the first transcript that differs or is at fault.")
  var failFast = false

  @Option(
    help: ArgumentHelp(
      "Look only at turns with this intent, state, risk or kind, such as intent:exhausted. May be given again.",
      valueName: "what:name"))
  var only: [String] = []

  @Option(
    help: ArgumentHelp(
      "Write a report: a file that ends in .xml (JUnit) or .tap, or junit or tap for standard output. May be given again.",
      valueName: "file"),
    completion: .file())
  var report: [String] = []

  @Flag(help: "One JSON object a transcript on standard output, and a last one with the sums.")
  var json = false

  @Option(help: ArgumentHelp("Replay every Nth transcript, from the Kth on.", valueName: "k/n"))
  var shard: String?

  @Option(
    help: ArgumentHelp(
      "Compare with the intents of this folder, side by side, in place of the words of the files.",
      valueName: "folder"))
  var against: String?

  @Option(help: ArgumentHelp("Choose wordings by this number, whatever the files say.", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("How many cores to use; all where it is not given.", valueName: "n"))
  var jobs: Int?

  @Flag(help: "Show every turn that differs, however many there are.")
  var all = false

  @Flag(help: "Tell how much of the bot the transcripts reach: intents, states, transitions, wordings and ideas.")
  var coverage = false

  @Option(
    help: ArgumentHelp(
      "The same, and a failure where fewer transitions are reached than this, in percent.", valueName: "percent"))
  var leastCoverage: Int?

  func validate() throws {
    if yes, !update { throw ValidationError("--yes says that --update need not ask; add --update.") }
    if interactive, !update { throw ValidationError("--interactive asks what to update; add --update.") }
    if update, against != nil || seed != nil {
      throw ValidationError(
        "--update writes what the transcripts' own bot and seed say; leave out --against and --seed.")
    }
    if let leastCoverage, !(0...100).contains(leastCoverage) {
      throw ValidationError("--least-coverage \(leastCoverage): give a number from 0 to 100.")
    }
    if let jobs, jobs < 1 { throw ValidationError("--jobs is \(jobs); give 1 or more.") }
    for text in only where OnlyFilter(text) == nil {
      throw ValidationError("--only \(text) is not understood; write intent:, state:, risk: or kind: and a name.")
    }
    if shard != nil { _ = try readShard() }
    for name in report where ReportKind(name) == nil {
      throw ValidationError("--report \(name): give a file that ends in .xml or .tap, or the word junit or tap.")
    }
    let toOutput = report.count { ReportKind($0)?.path == nil } + (json ? 1 : 0)
    if toOutput > 1 { throw ValidationError("Only one report can go to standard output; name files for the others.") }
    if interactive, toOutput > 0 { throw ValidationError("--interactive needs standard output for its questions.") }
  }

  private func readShard() throws -> (index: Int, count: Int)? {
    guard let shard else { return nil }
    let numbers = shard.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let index = numbers[0], let count = numbers[1], index >= 1, index <= count else {
      throw ValidationError("--shard \(shard) is not understood; write K/N with K from 1 to N, such as 2/8.")
    }
    return (index, count)
  }

  func run() throws {
    // Who closes a pipe early is told by the write that fails, so that reports are put away in order.
    signal(SIGPIPE, SIG_IGN)
    let asksFirst = update && !interactive && !yes && paths.isEmpty
    if asksFirst, isatty(0) != 1 || isatty(1) != 1 {
      throw Failure.use(
        "--update without a file would write to all transcripts that differ; name files or folders, or add --yes")
    }
    let covers = coverage || leastCoverage != nil
    let run = ReplayRun(
      bot: try botOptions.load(), other: try against.map(BotOptions.load), seed: seed,
      only: only.compactMap(OnlyFilter.init), keepsTurns: covers)
    for filter in run.only {
      if let problem = filter.problem(with: run.bot) { throw Failure.use(Text.printable(problem)) }
    }
    var results = try ReplayResults(
      bot: run.bot, reports: makeReports(), showsText: !json && !report.contains { ReportKind($0)?.path == nil },
      most: all ? .max : 10)
    results.updates = update && !asksFirst
    results.asks = interactive
    if covers { results.coverage = Coverage(of: run.bot) }
    do {
      try hold(run, &results)
      try results.finish()
      if asksFirst, try results.agreesToUpdate() {
        results = try ReplayResults(bot: run.bot, reports: [], showsText: true, showsTurns: false, most: 0)
        results.updates = true
        try hold(run, &results)
        try results.finish()
      }
    } catch is ClosedPipe {
      // Whoever read the output has seen enough; what was found still counts.
    }
    if let status = results.status(comparing: against != nil, sharded: shard != nil) { throw ExitCode(status) }
    if let leastCoverage, let reached = results.coverage?.transitions.share, reached * 100 < Double(leastCoverage) {
      throw Failure.files("the transcripts reach fewer than \(leastCoverage) % of the transitions")
    }
  }

  private func hold(_ run: ReplayRun, _ results: inout ReplayResults) throws {
    var files = TranscriptFiles(paths.isEmpty ? ["Transcripts"] : paths)
    var number = 0
    let shard = try readShard()
    let next = { () -> TranscriptFiles.Entry? in
      while let entry = files.next() {
        number += 1
        guard let shard else { return entry }
        if (number - 1) % shard.count == shard.index - 1 { return entry }
      }
      return nil
    }
    let threads = jobs ?? ProcessInfo.processInfo.activeProcessorCount
    guard threads > 1, !interactive else {
      var workspace = ReplayRun.Workspace()
      while let entry = next() {
        guard try results.add(run.outcome(of: entry, &workspace)), !(failFast && results.hasFailures) else { return }
      }
      return
    }
    let work = OrderedWork<TranscriptFiles.Entry, ReplayOutcome>(window: threads * 16, next: next)
    defer { work.stop() }
    work.start(
      threads: threads, makeState: { ReplayRun.Workspace() },
      work: { entry, workspace in run.outcome(of: entry, &workspace) })
    while let outcome = work.result() {
      guard try results.add(outcome), !(failFast && results.hasFailures) else { return }
    }
  }

  private func makeReports() throws -> [any ReplayReport] {
    var reports: [any ReplayReport] = json ? [JSONReport(sink: try ReportSink(path: nil))] : []
    for kind in report.compactMap(ReportKind.init) {
      let sink = try ReportSink(path: kind.path)
      reports.append(kind.isTAP ? try TAPReport(sink: sink) : try JUnitReport(sink: sink))
    }
    return reports
  }
}

/// A report as it was asked for.
private struct ReportKind {
  var isTAP: Bool
  /// Nil for standard output.
  var path: String?

  init?(_ name: String) {
    switch name {
    case "tap": isTAP = true
    case "junit": isTAP = false
    default:
      guard name.hasSuffix(".tap") || name.hasSuffix(".xml") else { return nil }
      isTAP = name.hasSuffix(".tap")
      path = PrivateFile.path(name)
    }
  }
}
