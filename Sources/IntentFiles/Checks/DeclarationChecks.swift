import Dialogue
import Matching

/// Declarations that are sound by themselves and do nothing: flags that nobody asks for or sets, states that cannot be
/// left, intents without rules, examples of two intents.
struct DeclarationChecks {
  let folder: LoadedFolder
  let source: BotSource
  let report: (Diagnostic) -> Void

  /// Fewer lines are not enough to tell one kind of line from all the others.
  private static let fewestLines = 12

  func run() {
    checkFlags()
    checkFallbacks()
    for state in source.machine.states { checkExit(of: state) }
    for loaded in folder.intents { check(loaded) }
    checkExamples()
    for placed in folder.intents.flatMap(\.parts) + folder.dialogue.parts { check(placed) }
  }

  // MARK: Flags

  private func checkFlags() {
    var set: [String: String] = [:]
    var asked: [String: String] = [:]
    func note(_ guards: [Guard], _ place: String) {
      for guarded in guards { asked[guarded.counter] = asked[guarded.counter] ?? place }
    }
    let machine = source.machine
    for transition in machine.interrupts + machine.states.flatMap({ $0.interrupts + $0.transitions }) {
      note(transition.guards, transition.place)
      for effect in transition.effects where effect.change != .clear {
        set[effect.counter] = set[effect.counter] ?? transition.place
      }
      for part in transition.says { note(part.guards, part.place) }
    }
    for part in folder.intents.flatMap(\.parts) + folder.dialogue.parts { note(part.part.guards, part.part.place) }
    func warn(_ place: String, _ message: String, _ mend: String) {
      let (file, position) = Position.declared(place)
      report(.warning(file, position, .idle, message, mend))
    }
    for (name, place) in set where asked[name] == nil && !Memory.ownCounters.contains(name) {
      warn(place, "the flag '\(name)' is set, and nothing asks for it", "remove it, or ask for it in an `if:`")
    }
    for (name, place) in asked where set[name] == nil && !Memory.ownCounters.contains(name) {
      let names = Array(set.keys) + Memory.ownCounters
      warn(place, "the flag '\(name)' is asked for, and nothing sets it", Spelling.mend(name, names))
    }
  }

  // MARK: What is said at last

  private func checkFallbacks() {
    let script = source.script
    guard script.fallbacks.allSatisfy(\.isEmpty), script.stay.isEmpty,
      let (file, _) = folder.dialogue.statePlaces[source.machine.start]
    else { return }
    report(
      .warning(
        file, Position(line: 1, column: 1), .idle, "nothing is said to a line that is not understood",
        "add `fallbacks:` with sentences for it"))
  }

  // MARK: States

  /// Danger leads out of every state; something else should, too.
  private func checkExit(of state: State) {
    guard !state.isFinal, let (file, place) = folder.dialogue.statePlaces[state.id] else { return }
    if let parent = state.parent, source.machine.line(of: parent).contains(where: { $0.id == state.id }) {
      return report(
        Diagnostic(
          file: file, line: place.line, column: place.column, severity: .error, rule: .unreachableState,
          message: "the state '\(state.id)' lies in itself: in '\(parent)', which lies in it",
          mend: "remove `in:` of one of them"))
    }
    let leads = source.machine.line(of: state.id).flatMap { $0.interrupts + $0.transitions }
    guard leads.allSatisfy({ ($0.target ?? state.id) == state.id && !$0.plan.contains(.accept) }),
      state.id != source.machine.start, !source.script.after.values.contains(state.id)
    else { return }
    report(
      .warning(
        file, place, .unreachableState, "no transition leads out of the state '\(state.id)'",
        "add one with `to:`, put the state `in:` one that can be left, or make it `final: true`"))
  }

  // MARK: Intents

  private func check(_ loaded: LoadedIntent) {
    let rules = loaded.rules
    func warn(_ message: String, _ mend: String) {
      report(.warning(loaded.file, loaded.place, .idle, message, mend))
    }
    let hearsNothing =
      rules.patterns.isEmpty && rules.keywords.isEmpty && loaded.examples.isEmpty && rules.riskPatterns.isEmpty
      && rules.riskHints.isEmpty && rules.harmless.isEmpty
    if hearsNothing, loaded.intent.sections.isEmpty {
      warn(
        "the intent '\(loaded.intent.id)' neither hears nor says anything",
        "add `hears:` with examples or patterns, and `says:`; or remove it")
    }
    let isLearned = rules.standing == .move || rules.standing == .ask
    if isLearned, loaded.examples.count < DeclarationChecks.fewestLines, !hearsNothing {
      warn(
        "'\(loaded.intent.id)' has \(loaded.examples.count) lines, too few to be told from the others",
        "add lines of many people to \(loaded.intent.id).txt; a hundred are a beginning")
    }
  }

  /// The same line in two intents that are chosen against each other teaches neither.
  private func checkExamples() {
    for standing in [IntentRules.Standing.rival, .move, .ask] {
      let rivals = folder.intents.filter { $0.rules.standing == standing }
      var first = [String: (Int, Int)](minimumCapacity: rivals.reduce(0) { $0 + $1.examples.count })
      for (i, loaded) in rivals.enumerated() {
        for (k, (text, file, place)) in loaded.examples.enumerated() {
          guard let (j, other) = first[text] else {
            first[text] = (i, k)
            continue
          }
          guard j != i else { continue }
          let known = rivals[j].examples[other]
          report(
            .warning(
              file, place, .example,
              "this line is an example of '\(rivals[j].intent.id)' too (\(known.file):\(known.place.line))",
              "leave it where it belongs, and remove the other"))
        }
      }
    }
  }

  // MARK: Wordings

  private func check(_ placed: PlacedPart) {
    func warn(_ message: String, _ mend: String) {
      report(.warning(placed.file, placed.place, .styleKind, message, mend))
    }
    switch placed.part.kind {
    case .idea where placed.part.ideas.isEmpty && !source.sources.isEmpty:
      warn("an idea without a source", "end it with the number of the idea in brackets, as sources.yaml has it")
    case .offer where placed.part.leadsTo == nil:
      warn("an offer that leads nowhere", "end it with where a yes leads: -> NAME of a state or an intent")
    default: break
    }
  }

}
