import Dialogue
import Matching

/// The checks of `drawbridge check`: what loading finds, and what only shows when all files are seen together.
public enum BotChecker {
  public enum Depth: Sendable {
    /// Nothing is learned from the examples: what is learned already is used, if the files that it was
    /// learned from are unchanged.
    case quick
    /// Learns from the examples where that is needed, and listens to the examples in lists too.
    case thorough
  }

  /// Checks the files of a folder.
  ///
  /// - Parameters:
  ///   - files: all files of the folder.
  ///   - depth: whether examples are listened to where that needs learning.
  ///   - store: where matchers are found that were compiled before.
  public static func check(_ files: [SourceFile], depth: Depth = .quick, store: MatcherStore) -> CheckReport {
    let loaded = BotLoader.load(files)
    var report = CheckReport(fileCount: files.count, diagnostics: loaded.diagnostics)
    let folder = loaded.folder
    guard let source = loaded.source else {
      readWordings(of: folder) { report.diagnostics.append($0) }
      report.notLookedAt.append("what is heard, and what leads where: mend the errors first")
      report.sort()
      return report
    }
    let findings = SideBySide.map(4) { k in
      var found = Findings()
      switch k {
      case 0: hear(loaded, source, depth, store, &found)
      case 1: readWordings(of: folder) { found.diagnostics.append($0) }
      case 2: DeclarationChecks(folder: folder, source: source) { found.diagnostics.append($0) }.run()
      default: ReachChecks(folder: folder, source: source) { found.diagnostics.append($0) }.run()
      }
      return found
    }
    for found in findings {
      report.diagnostics += found.diagnostics
      report.notLookedAt += found.notLookedAt
    }
    report.sort()
    return report
  }

  private static func readWordings(of folder: LoadedFolder, _ report: @escaping (Diagnostic) -> Void) {
    WordingChecks(folder: folder, longestReply: folder.dialogue.script.longest, report: report).run()
  }

  /// What one of the checks found.
  private struct Findings: Sendable {
    var diagnostics: [Diagnostic] = []
    var notLookedAt: [String] = []
  }

  // MARK: What is heard

  private static func hear(
    _ loaded: BotLoader.Result, _ source: BotSource, _ depth: Depth, _ store: MatcherStore, _ found: inout Findings
  ) {
    var diagnostics: [Diagnostic] = []
    defer { found.diagnostics += diagnostics }
    func add(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }
    let folder = loaded.folder
    let learned = depth == .thorough ? store.compile(source) : store.find(source)
    let matcher = learned?.matcher ?? store.compileWithoutExamples(source)
    if let matcher {
      let rules = source.matcher.ruleNames
      PatternChecks(folder: folder, matcher: matcher, rules: rules, report: add).run()
      SafetyFloor(folder: folder, source: source, matcher: matcher, rules: rules, report: add).run()
    }
    guard let learned else {
      found.notLookedAt.append(
        "how \(loaded.expectations.count) examples are heard: these patterns and examples have not been learned from "
          + "on this machine, or not lately; --thorough learns and listens (it takes a minute or two, once)")
      return
    }
    listen(to: loaded.expectations, learned.matcher, add)
    if depth == .thorough {
      listen(toListsOf: folder, learned.matcher, add)
    } else {
      found.notLookedAt.append("the examples in .txt files; --thorough listens to them")
    }
  }

  // MARK: Examples

  private static func listen(
    to expectations: [BotLoader.Expectation], _ matcher: Matcher, _ report: (Diagnostic) -> Void
  ) {
    let heard = hear(expectations.map(\.text), matcher)
    for (expectation, heard) in zip(expectations, heard) {
      guard heard.contains(expectation.intent) != expectation.expected else { continue }
      report(
        Diagnostic(
          file: expectation.file, line: expectation.line, column: expectation.column, severity: .warning,
          rule: .example,
          message: expectation.expected
            ? "this example is heard as \(heard.first ?? "nothing"), not as \(expectation.intent)"
            : "this is heard as \(expectation.intent), though it must not be",
          mend: "look at it with `drawbridge try`, then add a pattern or an example"))
    }
  }

  /// One line a file: lists are long, and some of their lines fit two intents.
  private static func listen(toListsOf folder: LoadedFolder, _ matcher: Matcher, _ report: (Diagnostic) -> Void) {
    for loaded in folder.intents {
      let lines = loaded.examples.filter { $0.file.hasSuffix(".txt") }
      let heard = hear(lines.map(\.text), matcher)
      let missed = zip(lines, heard).filter { !$1.contains(loaded.intent.id) }
      guard let first = missed.first, missed.count * 10 > lines.count else { continue }
      var counts: [String: Int] = [:]
      for (_, intents) in missed { counts[intents.first ?? "nothing", default: 0] += 1 }
      let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
      report(
        Diagnostic(
          file: first.0.file, line: first.0.place.line, column: 1, severity: .warning, rule: .example,
          message: "\(missed.count) of \(lines.count) examples are heard as something else, most often as "
            + "\(most?.key ?? "nothing"); this is the first", mend: "look at them with `drawbridge match`"))
    }
  }

  /// For each text the intent heard, then the contextual ones that were heard beside it, the likeliest move, and what
  /// would be asked.
  private static func hear(_ texts: [String], _ matcher: Matcher) -> [[String]] {
    SideBySide.flatMap(texts.count) { range in
      var workspace = matcher.makeWorkspace()
      return range.map { i in
        let hearing = matcher.hear(texts[i], workspace: &workspace)
        let asks = matcher.asks(about: hearing, workspace: &workspace)
        let likeliest = [hearing.best?.intent, hearing.moves.first?.intent, asks.first?.intent].compactMap { $0 }
        return (likeliest.prefix(1) + hearing.heardInContext + likeliest.dropFirst()).map { matcher.intentIDs[$0] }
      }
    }
  }
}
