/// What a check found, and how it is shown.
public struct CheckReport: Sendable {
  public var fileCount: Int
  public var diagnostics: [Diagnostic]
  /// What was left out, and how to have it looked at.
  public var notLookedAt: [String] = []
  /// Errors and warnings outside of the part that was asked for.
  public private(set) var elsewhere = (errors: 0, warnings: 0)

  public var errors: Int { diagnostics.count { $0.severity == .error } }
  public var warnings: Int { diagnostics.count - errors }

  init(fileCount: Int, diagnostics: [Diagnostic]) {
    self.fileCount = fileCount
    self.diagnostics = diagnostics
  }

  /// Errors come first: warnings are worth a look once there are none.
  mutating func sort() {
    diagnostics.sort { ($0.severity == .error ? 0 : 1, $0) < ($1.severity == .error ? 0 : 1, $1) }
    var last: Diagnostic?
    diagnostics.removeAll { diagnostic in
      defer { last = diagnostic }
      return diagnostic == last
    }
  }

  public var summary: String {
    func count(_ n: Int, _ what: String) -> String { "\(n) \(what)\(n == 1 ? "" : "s")" }
    let found = "\(count(errors, "error")), \(count(warnings, "warning"))"
    guard elsewhere.errors + elsewhere.warnings == 0 else {
      return found + " here; elsewhere \(count(elsewhere.errors, "error")), \(count(elsewhere.warnings, "warning")) in "
        + count(fileCount, "file")
    }
    return found + " in " + count(fileCount, "file")
  }

  /// How many there are of each kind, the most frequent first: `3 style-length, 1 overlap`.
  public var kinds: String {
    var counts: [Diagnostic.Rule: Int] = [:]
    for diagnostic in diagnostics { counts[diagnostic.rule, default: 0] += 1 }
    return counts.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
      .map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", ")
  }

  /// What stands in a part of the folder alone; the rest is counted in `elsewhere`.
  ///
  /// - Parameter part: a folder or a file of the folder, by its path from there.
  public func within(_ part: String) -> CheckReport {
    var report = self
    report.diagnostics = diagnostics.filter { $0.file == part || $0.file.hasPrefix(part + "/") }
    report.elsewhere = (errors - report.errors, warnings - report.warnings)
    return report
  }

  // MARK: For people

  /// Every problem with the line that it stands in, the place marked.
  ///
  /// - Parameters:
  ///   - prefix: what stands before the names of files, such as the folder.
  ///   - files: the files that were checked, for the lines that are shown.
  ///   - style: sets a run of text off, such as by colour.
  public func text(prefix: String, files: [SourceFile], style: (String, Diagnostic.Severity?) -> String) -> String {
    let byPath = Dictionary(files.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var text = ""
    for diagnostic in diagnostics {
      var shown = diagnostic
      shown.file = CheckReport.joined(prefix, diagnostic.file)
      text += style(shown.description, diagnostic.severity) + "\n"
      if let line = byPath[diagnostic.file]?.line(diagnostic.line) {
        text += CheckReport.excerpt(line, number: diagnostic.line, column: diagnostic.column, style)
      }
    }
    for left in notLookedAt { text += "not looked at: \(Diagnostic.printable(left))\n" }
    if !diagnostics.isEmpty { text += "of these kinds: \(kinds)\n" }
    return text + summary + "\n"
  }

  static func joined(_ prefix: String, _ file: String) -> String {
    if file == "." { return prefix.isEmpty ? "." : prefix }
    return prefix.isEmpty || prefix.hasSuffix("/") ? prefix + file : prefix + "/" + file
  }

  private static let widest = 100

  /// The line with its number, and below it a caret under the place and a wave under the rest of the word.
  static func excerpt(
    _ line: String, number: Int, column: Int, _ style: (String, Diagnostic.Severity?) -> String
  ) -> String {
    let scalars = Array(line.unicodeScalars)
    let column = max(1, min(column, scalars.count + 1))
    // Of a long line the part around the place is shown.
    let from = column > widest * 3 / 4 ? column - widest / 2 : 1
    var shown = scalars[(from - 1)..<min(scalars.count, from - 1 + widest)].map { $0 == "\t" ? " " : $0 }
    let length = markLength(scalars, at: column - 1)
    if from > 1 { shown = ["…"] + shown.dropFirst() }
    if from - 1 + widest < scalars.count { shown.append("…") }
    let text = Diagnostic.printable(String(String.UnicodeScalarView(shown)))
    let label = String(number)
    let margin = String(repeating: " ", count: max(0, 5 - label.count)) + label
    let mark =
      String(repeating: " ", count: column - from) + "^"
      + String(repeating: "~", count: max(0, min(length, widest - (column - from)) - 1))
    return "\(margin) | \(text)\n      | \(style(mark, nil))\n"
  }

  /// From the place to the end of the word, the quotation or the bracket that begins there.
  private static func markLength(_ line: [Unicode.Scalar], at start: Int) -> Int {
    guard start < line.count else { return 1 }
    let closers: [Unicode.Scalar: Unicode.Scalar] = ["\"": "\"", "'": "'", "(": ")", "[": "]", "{": "}"]
    if let closer = closers[line[start]] {
      return line[(start + 1)...].firstIndex(of: closer).map { $0 - start + 1 } ?? 1
    }
    let run = line[start...].prefix { !" \t:,]})|".unicodeScalars.contains($0) }
    return max(1, run.count)
  }

  // MARK: For programs

  /// One JSON object.
  public func json(prefix: String) -> String {
    let problems = diagnostics.map { diagnostic in
      JSON.table([
        "file": .text(CheckReport.joined(prefix, diagnostic.file)), "line": .number(diagnostic.line),
        "column": .number(diagnostic.column), "severity": .text(diagnostic.severity.rawValue),
        "rule": .text(diagnostic.rule.rawValue), "message": .text(Diagnostic.printable(diagnostic.message)),
        "mend": .text(Diagnostic.printable(diagnostic.mend)),
      ])
    }
    return JSON.table([
      "errors": .number(errors), "warnings": .number(warnings), "files": .number(fileCount),
      "problems": .list(problems), "notLookedAt": .texts(notLookedAt),
    ]).written() + "\n"
  }

  /// The Static Analysis Results Interchange Format, version 2.1.0, which code hosts show in place.
  public func sarif(prefix: String, version: String) -> String {
    let used = Diagnostic.Rule.allCases.filter { rule in diagnostics.contains { $0.rule == rule } }
    let rules = used.map { rule in
      JSON.table(["id": .text(rule.rawValue), "shortDescription": .table(["text": .text(rule.explanation)])])
    }
    let results = diagnostics.map { sarif($0, prefix: prefix, used) }
    let driver = JSON.table([
      "name": .text("drawbridge check"), "semanticVersion": .text(version), "rules": .list(rules),
    ])
    let notes = notLookedAt.map { left in
      JSON.table(["level": .text("note"), "message": .table(["text": .text("not looked at: " + left)])])
    }
    return JSON.table([
      "$schema": .text("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"),
      "version": .text("2.1.0"),
      "runs": .list([
        .table([
          "tool": .table(["driver": driver]), "columnKind": .text("unicodeCodePoints"),
          "invocations": .list([
            .table(["executionSuccessful": .flag(true), "toolExecutionNotifications": .list(notes)])
          ]),
          "results": .list(results),
        ])
      ]),
    ]).written() + "\n"
  }

  private func sarif(_ diagnostic: Diagnostic, prefix: String, _ used: [Diagnostic.Rule]) -> JSON {
    let region = JSON.table([
      "startLine": .number(diagnostic.line), "startColumn": .number(max(1, diagnostic.column)),
    ])
    let place = JSON.table([
      "artifactLocation": .table(["uri": .text(CheckReport.uri(CheckReport.joined(prefix, diagnostic.file)))]),
      "region": diagnostic.line > 0 ? region : nil,
    ])
    return .table([
      "ruleId": .text(diagnostic.rule.rawValue), "ruleIndex": used.firstIndex(of: diagnostic.rule).map { .number($0) },
      "level": .text(diagnostic.severity.rawValue),
      "message": .table(["text": .text(Diagnostic.printable(diagnostic.message + "; " + diagnostic.mend))]),
      "locations": .list([.table(["physicalLocation": place])]),
    ])
  }

  /// A path as a relative URI reference.
  private static func uri(_ path: String) -> String {
    path.utf8.map { c in
      switch c {
      case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: String(UnicodeScalar(c))
      case _ where "-._~/".utf8.contains(c): String(UnicodeScalar(c))
      default: "%" + (c < 16 ? "0" : "") + String(c, radix: 16, uppercase: true)
      }
    }.joined()
  }
}
