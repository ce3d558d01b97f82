import Dialogue

/// States, transitions and replies that nothing leads to.
struct ReachChecks {
  let folder: LoadedFolder
  let source: BotSource
  let report: (Diagnostic) -> Void

  func run() {
    let reached = reachedStates()
    for state in source.machine.states where !reached.contains(state.id) {
      guard let (file, place) = folder.dialogue.statePlaces[state.id] else { continue }
      warn(
        file, place, .unreachableState, "nothing leads to the state '\(state.id)'",
        "add a transition or an offer to it, or remove it")
    }
    checkOrder(Array(source.machine.interrupts))
    for state in source.machine.states {
      checkOrder(state.interrupts)
      checkOrder(state.transitions)
    }
    checkReplies(reached)
  }

  // MARK: States

  private func reachedStates() -> Set<String> {
    let machine = source.machine
    var reached: Set<String> = []
    var pending = [machine.start] + machine.interrupts.compactMap(\.target) + Array(source.script.after.values)
    for part in folder.intents.flatMap(\.parts) + folder.dialogue.parts {
      if case .state(let id)? = part.part.leadsTo { pending.append(id) }
      if case .intent(let id)? = part.part.leadsTo { pending.append(id) }
    }
    while let id = pending.popLast() {
      for state in machine.line(of: id) where reached.insert(state.id).inserted {
        pending += (state.interrupts + state.transitions).compactMap(\.target)
      }
    }
    return reached
  }

  /// A transition is never taken where, for each thing that it waits for, one above it waits for that too and asks for
  /// no more.
  private func checkOrder(_ transitions: [Transition]) {
    var above: [Trigger: [Transition]] = [:]
    for transition in transitions {
      let takers = transition.triggers.map { trigger in
        triggers(hearing: trigger).lazy.flatMap { above[$0] ?? [] }.first { $0.asksNoMore(than: transition) }
      }
      if let taker = takers.first ?? nil, takers.allSatisfy({ $0 != nil }) {
        let (file, place) = Position.declared(transition.place)
        warn(
          file, place, .unreachableState, "a transition above takes all that this one waits for, so it is never taken",
          "move it above line \(Position.declared(taker.place).place.line), or remove it")
      }
      for trigger in transition.triggers { above[trigger, default: []].append(transition) }
    }
  }

  /// The triggers that hear all that this one hears.
  private func triggers(hearing trigger: Trigger) -> [Trigger] {
    guard case .intent(let id) = trigger else { return [trigger, .anything] }
    return [trigger, .anything] + source.machine.sets(of: id).map { .set(source.machine.setNames[$0]) }
  }

  // MARK: Replies

  /// How each intent is answered somewhere: by its plans, and the states in whose sections talk is looked for.
  private struct Uses {
    var plans: Set<Plan> = []
    var states: Set<String> = []
  }

  private func checkReplies(_ reached: Set<String>) {
    var uses = [String: Uses]()
    let lines = source.machine.states.map { source.machine.line(of: $0.id).map(\.id) }
    for state in source.machine.states where reached.contains(state.id) {
      let below = lines.filter { $0.contains(state.id) }
      for transition in state.interrupts + state.transitions {
        note(transition, in: Set(below.flatMap { $0 }), &uses)
      }
    }
    for transition in source.machine.interrupts { note(transition, in: reached, &uses) }
    for part in folder.intents.flatMap(\.parts) + folder.dialogue.parts {
      guard case .intent(let id)? = part.part.leadsTo else { continue }
      uses[id, default: Uses()].plans.insert(.topic)
    }
    for loaded in folder.intents { checkSections(of: loaded, uses[loaded.intent.id] ?? Uses()) }
  }

  private func note(_ transition: Transition, in states: Set<String>, _ uses: inout [String: Uses]) {
    var ids: [String] = []
    for trigger in transition.triggers {
      switch trigger {
      case .intent(let id): ids.append(id)
      case .set(let name): ids += source.machine.sets[name] ?? []
      case .risk, .silence, .nothing, .doubt, .askedBack: break
      case .anything: if transition.plan.contains(.talk) { ids += folder.intents.map(\.intent.id) }
      }
    }
    for id in ids {
      uses[id, default: Uses()].plans.formUnion(transition.plan)
      uses[id, default: Uses()].states.formUnion(states)
    }
  }

  private func checkSections(of loaded: LoadedIntent, _ uses: Uses) {
    // A conversation that is left without a word says goodbye. What is asked belongs to the fallbacks.
    if loaded.intent.id == "goodbye" || loaded.rules.standing == .ask { return }
    var used: Set<String> = []
    if !uses.plans.isDisjoint(with: [.topic, .deepen, .answer, .accept]) {
      used.formUnion(source.script.layers + ["someone-else", "answer", "more"])
    }
    if uses.plans.contains(.answer) { used.formUnion(["answer", "more"]) }
    if !uses.plans.isDisjoint(with: [.talk, .decline]) { used.formUnion(uses.states.union(["listening"])) }
    if source.script.layers.isEmpty, uses.plans.contains(.topic) { return }
    for (section, place) in zip(loaded.intent.sections, loaded.sectionPlaces) where !used.contains(section.name) {
      warn(
        loaded.file, place, .unreachableReply,
        uses.plans.isEmpty
          ? "no state answers the intent '\(loaded.intent.id)', so this is never said"
          : "the ways in which '\(loaded.intent.id)' is answered never come to '\(section.name)'",
        uses.plans.isEmpty
          ? "add `\(loaded.intent.id)` to a set or a `heard:` in dialogue.yaml"
          : "move the sentences to another section, or remove them")
    }
  }

  private func warn(_ file: String, _ place: Position, _ rule: Diagnostic.Rule, _ message: String, _ mend: String) {
    report(.warning(file, place, rule, message, mend))
  }
}

extension Transition {
  /// Whether it may be taken wherever the other one may, as far as memory goes.
  fileprivate func asksNoMore(than other: Transition) -> Bool {
    guards.allSatisfy { mine in
      other.guards.contains { theirs in
        theirs.counter == mine.counter && theirs.comparison == mine.comparison
          && (mine.comparison == .atLeast ? theirs.number >= mine.number : theirs.number <= mine.number)
      }
    }
  }
}
