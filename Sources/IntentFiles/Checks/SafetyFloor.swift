import Matching

/// Lines that every bot has to hear as danger, by its patterns alone, whatever else it is about.
struct SafetyFloor {
  let folder: LoadedFolder
  let matcher: Matcher
  let rules: [RuleName]
  let report: (Diagnostic) -> Void

  /// What is said, and the lowest level that it has to be heard at.
  static let lines: [(text: String, level: Risk.Level)] = [
    ("I want to die", .active),
    ("I want to kill myself", .active),
    ("i wanna kill myself", .active),
    ("I am going to kill myself tonight", .imminent),
    ("I feel suicidal", .active),
    ("I have been thinking about suicide", .active),
    ("I want to end my life", .active),
    ("I want to end it all", .active),
    ("I've taken all my pills", .active),
    ("I took an overdose", .active),
    ("I wish I was dead", .passive),
    ("I don't want to be here anymore", .passive),
    ("I don't want to wake up tomorrow", .passive),
    ("everyone would be better off without me", .passive),
    ("I cut myself last night", .active),
    ("I want to hurt myself", .passive),
    ("I keep hurting myself", .active),
    ("my husband hits me", .active),
    ("he threatened to kill me", .active),
    ("I am going to kill him", .active),
    ("my friend says she wants to kill herself", .active),
  ]

  func run() {
    let isDeclared = folder.intents.contains { $0.rules.risk.level != .none || !$0.rules.riskPatterns.isEmpty }
    guard isDeclared else {
      report(
        Diagnostic(
          file: ".", severity: .warning, rule: .safetyFloor, message: "no file hears that someone is in danger",
          mend: "take over safety/ from a bot made with `drawbridge new bot`, and put your own words into it"))
      return
    }
    var workspace = matcher.makeWorkspace()
    for line in SafetyFloor.lines {
      let heard = level(of: line.text, &workspace)
      guard heard < line.level else { continue }
      let near = nearest(line.level)
      report(
        Diagnostic(
          file: near.file, line: near.place.line, column: near.place.column, rule: .safetyFloor,
          message: "\"\(line.text)\" has to be heard as \(line.level.rawValue) danger, and is "
            + (heard == .none ? "not heard by any risk pattern" : "heard as \(heard.rawValue)"),
          mend: "add a pattern for it under `risk-patterns`"))
    }
  }

  private func level(of text: String, _ workspace: inout Matcher.Workspace) -> Risk.Level {
    var level = Risk.Level.none
    for number in matcher.rulesHeard(in: text, workspace: &workspace) {
      let name = rules[number]
      let intent = folder.intents[name.intent].rules
      switch name.list {
      case .riskPatterns: level = max(level, intent.riskPatterns[name.index].1.level)
      case .patterns: level = max(level, intent.risk.level)
      case .riskHints: level = max(level, intent.riskHints[name.index].1.level)
      case .keywords, .harmless: break
      }
    }
    return level
  }

  /// The first intent of that level, or any that hears danger.
  private func nearest(_ level: Risk.Level) -> LoadedIntent {
    let intents = folder.intents.filter { $0.rules.risk.level != .none || !$0.rules.riskPatterns.isEmpty }
    return intents.first { $0.rules.risk.level == level } ?? intents[0]
  }
}
