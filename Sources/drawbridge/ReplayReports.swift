import Foundation
import Terminal
import Transcripts

/// Counts and causes over all transcripts.
struct ReplayTally {
  var counts: [ReplayOutcome.Verdict: Int] = [:]
  var turns = 0
  var updated = 0
  /// Transcripts with differences that stay, because nobody accepted them or no single value settles them.
  var unsettled = 0
  var unwritten = 0
  var causes = Causes()

  subscript(verdict: ReplayOutcome.Verdict) -> Int { counts[verdict, default: 0] }

  mutating func add(_ outcome: ReplayOutcome) {
    counts[outcome.verdict, default: 0] += 1
    turns += outcome.verdict == .skipped ? 0 : outcome.turns
    causes.add(outcome.causes, in: outcome.path)
  }

  /// "17 passed, 0 differ, 0 broken, 190 turns".
  var summary: String {
    var text = "\(self[.passed]) passed, \(self[.differs]) differ, \(self[.broken]) broken"
    if self[.unreadable] > 0 { text += ", \(self[.unreadable]) unreadable" }
    if self[.skipped] > 0 { text += ", \(self[.skipped]) left out" }
    if updated > 0 { text += ", \(updated) updated" }
    return text + ", \(turns) turns"
  }
}

/// A report for a program, made transcript by transcript.
protocol ReplayReport {
  mutating func add(_ outcome: ReplayOutcome) throws
  mutating func finish(_ tally: ReplayTally) throws
}

/// One object a line for each transcript, and a last one with the sums.
struct JSONReport: ReplayReport {
  var sink: ReportSink

  mutating func add(_ outcome: ReplayOutcome) throws {
    var fields = [
      "\"file\": " + JSONText.string(outcome.path), "\"title\": " + JSONText.string(outcome.title),
      "\"result\": " + JSONText.string(outcome.verdict.rawValue), "\"turns\": \(outcome.turns)",
    ]
    if let complaint = outcome.complaint ?? outcome.warning {
      fields.append("\"message\": " + JSONText.string(complaint))
    }
    if let other = outcome.other {
      fields.append("\"differences\": [" + JSONReport.parting(outcome.replay, other).joined(separator: ", ") + "]")
    } else {
      fields.append("\"causes\": " + JSONText.list(outcome.causes.map(\.text)))
      let list = outcome.replay.differences.map { JSONReport.object($0, outcome.replay) }
      fields.append("\"differences\": [" + list.joined(separator: ", ") + "]")
    }
    try sink.write("{" + fields.joined(separator: ", ") + "}\n")
  }

  mutating func finish(_ tally: ReplayTally) throws {
    let causes = tally.causes.sorted.map { cause, count, first in
      "{\"cause\": " + JSONText.string(cause.text) + ", \"transcripts\": \(count), \"first\": " + JSONText.string(first)
        + "}"
    }
    try sink.write(
      "{\"passed\": \(tally[.passed]), \"differ\": \(tally[.differs]), \"broken\": \(tally[.broken]), "
        + "\"unreadable\": \(tally[.unreadable]), \"skipped\": \(tally[.skipped]), \"updated\": \(tally.updated), "
        + "\"turns\": \(tally.turns), \"causes\": [" + causes.joined(separator: ", ") + "]}\n")
    try sink.finish()
  }

  private static func object(_ difference: Replay.Difference, _ replay: Replay) -> String {
    let turn = replay.turns[difference.turn]
    return "{\"turn\": \(difference.turn), \"line\": \(difference.line), \"subject\": "
      + JSONText.string(difference.subject.name) + ", \"expected\": " + JSONText.string(difference.expected)
      + ", \"found\": " + JSONText.string(difference.found) + ", \"you\": " + JSONText.string(turn.you)
      + ", \"intent\": " + JSONText.string(turn.intent) + ", \"state\": " + JSONText.string(turn.state) + "}"
  }

  private static func parting(_ left: Replay, _ right: Replay) -> [String] {
    zip(left.turns, right.turns).filter { !$0.isLike($1) }.map { one, two in
      "{\"turn\": \(one.number), \"you\": " + JSONText.string(one.you) + ", \"reply\": " + JSONText.string(one.reply)
        + ", \"intent\": " + JSONText.string(one.intent) + ", \"state\": " + JSONText.string(one.state)
        + ", \"other\": {\"reply\": " + JSONText.string(two.reply) + ", \"intent\": " + JSONText.string(two.intent)
        + ", \"state\": " + JSONText.string(two.state) + "}}"
    }
  }
}

/// Test Anything Protocol, version 14.
struct TAPReport: ReplayReport {
  var sink: ReportSink
  private var number = 0

  init(sink: ReportSink) throws {
    self.sink = sink
    try self.sink.write("TAP version 14\n")
  }

  mutating func add(_ outcome: ReplayOutcome) throws {
    number += 1
    let name = "\(number) - " + Escapes.visible(outcome.path).replacing("#", with: "\\#")
    switch outcome.verdict {
    case .passed: try sink.write("ok \(name)\n")
    case .skipped: try sink.write("ok \(name) # SKIP left out by --only\n")
    case .differs, .broken, .unreadable:
      var text = "not ok \(name)\n  ---\n"
      if let cause = outcome.causes.first { text += "  message: \(JSONText.string(cause.text))\n" }
      if let complaint = outcome.complaint { text += "  message: \(JSONText.string(complaint))\n" }
      if !outcome.replay.differences.isEmpty { text += "  differences:\n" }
      for difference in outcome.replay.differences {
        text += "    - at: \"turn \(difference.turn), line \(difference.line)\"\n"
        text += "      subject: \(difference.subject.name)\n"
        text += "      expected: \(JSONText.string(difference.expected))\n"
        text += "      found: \(JSONText.string(difference.found))\n"
      }
      try sink.write(text + "  ...\n")
    }
  }

  mutating func finish(_ tally: ReplayTally) throws {
    try sink.write("1..\(number)\n")
    try sink.finish()
  }
}

/// The XML that JUnit writes and CI servers read. A suite without counts: they are not known before the end,
/// and no reader that we know of needs them.
struct JUnitReport: ReplayReport {
  var sink: ReportSink

  init(sink: ReportSink) throws {
    self.sink = sink
    try self.sink.write(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n<testsuite name=\"drawbridge replay\">\n")
  }

  mutating func add(_ outcome: ReplayOutcome) throws {
    let name = outcome.title.isEmpty ? outcome.path : outcome.title
    let head =
      "<testcase classname=\"\(JUnitReport.escaped(outcome.path))\" name=\"\(JUnitReport.escaped(name))\" "
      + "file=\"\(JUnitReport.escaped(outcome.path))\""
    switch outcome.verdict {
    case .passed: try sink.write(head + "/>\n")
    case .skipped: try sink.write(head + "><skipped/></testcase>\n")
    case .differs:
      let cause = outcome.causes.first?.text ?? "the two bots part"
      let details = outcome.replay.differences.map {
        "turn \($0.turn), line \($0.line), \($0.subject.name)\n- \($0.expected)\n+ \($0.found)\n"
      }
      try sink.write(
        head + "><failure message=\"\(JUnitReport.escaped(cause))\">\(JUnitReport.escaped(details.joined()))"
          + "</failure></testcase>\n")
    case .broken, .unreadable:
      let message = JUnitReport.escaped(outcome.complaint ?? "")
      try sink.write(head + "><error message=\"\(message)\"/></testcase>\n")
    }
  }

  mutating func finish(_ tally: ReplayTally) throws {
    try sink.write("</testsuite>\n</testsuites>\n")
    try sink.finish()
  }

  /// Characters that XML cannot hold are written as escapes of the transcript format.
  private static func escaped(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var result = ""
      for scalar in Escapes.visible(line).unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        case "\u{fffe}", "\u{ffff}": result += "\u{fffd}"
        default: result.unicodeScalars.append(scalar)
        }
      }
      return result
    }.joined(separator: "\n")
  }
}

/// Where a report goes: standard output, or a file that appears when it is whole.
final class ReportSink {
  private var output = Output()
  private var file: DraftFile?

  /// - Parameter path: the file; nil for standard output.
  init(path: String?) throws {
    do {
      file = try path.map { try DraftFile($0, mode: 0o644) }
    } catch let error as PrivateFile.Failure {
      throw Failure.system("the report cannot be written: \(Text.printable("\(error)"))")
    }
  }

  func write(_ text: String) throws {
    guard let file else { return try output.write(text) }
    do throws(PrivateFile.Failure) { try file.write(Array(text.utf8)) } catch {
      throw Failure.system("the report cannot be written: \(Text.printable("\(error)"))")
    }
  }

  func finish() throws {
    guard let file else { return try output.flush() }
    do throws(PrivateFile.Failure) { try file.commit(overwriting: true) } catch {
      throw Failure.system("the report cannot be written: \(Text.printable("\(error)"))")
    }
  }
}
