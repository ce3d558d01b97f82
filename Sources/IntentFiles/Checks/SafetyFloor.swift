import Dialogue
import Matching

/// Lines that every bot has to hear as danger, by its patterns alone, whatever else it is about; and that danger is
/// answered, with somebody to call.
struct SafetyFloor {
  let folder: LoadedFolder
  let source: BotSource
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
    checkAnswers()
    checkNumbers()
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

  // MARK: Answers

  /// Every danger that is heard is waited for where a conversation begins, by a transition that says something.
  private func checkAnswers() {
    let machine = source.machine
    let transitions =
      machine.interrupts + machine.line(of: machine.start).flatMap { $0.interrupts + $0.transitions }
    for loaded in folder.intents {
      let declared = [loaded.rules.risk] + loaded.rules.riskPatterns.map(\.1)
      for risk in declared where risk.level > .unclear {
        let answers = transitions.filter { waits($0, for: risk, loaded.intent.id) }
        guard !answers.contains(where: says) else { continue }
        let name = [risk.level.rawValue, risk.kind?.rawValue].compactMap { $0 }.joined(separator: " ")
        report(
          Diagnostic(
            file: loaded.file, line: loaded.place.line, column: loaded.place.column, rule: .safetyFloor,
            message: "danger (\(name)) is heard here, and "
              + (answers.isEmpty ? "no transition waits for it" : "what it leads to says nothing"),
            mend: "add `heard: risk \(name)` to the `interrupts`, with `says:` or `to:` a state that says something"))
        return
      }
    }
  }

  private func waits(_ transition: Transition, for risk: Risk, _ id: String) -> Bool {
    transition.triggers.contains { trigger in
      switch trigger {
      case .risk(let level, let kind):
        risk.level >= (Risk.Level(rawValue: level) ?? .imminent) && (kind == nil || kind == risk.kind?.rawValue)
      case .intent(let name): name == id
      // A set of topics is no place for danger.
      default: false
      }
    }
  }

  private func says(_ transition: Transition) -> Bool {
    !transition.says.isEmpty || !transition.plan.isEmpty
      || transition.target.flatMap { source.machine.state($0) }.map { !$0.entry.isEmpty } ?? false
  }

  /// There are lines for everywhere, and a sentence that names them, and one that names the emergency number.
  private func checkNumbers() {
    func missing(_ message: String, _ mend: String) {
      report(Diagnostic(file: "safety", severity: .error, rule: .safetyFloor, message: message, mend: mend))
    }
    if folder.lines.first(where: { $0.country == "*" })?.services.isEmpty ?? true {
      missing(
        "there is no crisis line for those whose country has none",
        "add a service under `\"*\":` to the `lines` in safety/lines.yaml")
    }
    let slots = Set((folder.intents.flatMap(\.parts) + folder.dialogue.parts).flatMap(\.part.slots))
    for slot in ["lines", "emergency"] where !slots.contains(slot) {
      missing("nothing that the bot says to danger names {\(slot)}", "name it in what it says to those who are at risk")
    }
  }

  // MARK: Hearing

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
