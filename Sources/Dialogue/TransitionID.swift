/// Which of the declared transitions: where it stands and its number there.
public struct TransitionID: Sendable, Hashable {
  public enum List: Sendable, Hashable {
    /// The interrupts that are looked at before every state.
    case interrupts
    /// The interrupts of a state.
    case interruptsOf(String)
    /// The transitions of a state.
    case state(String)
  }

  public var list: List
  /// From 0, in the order of the file.
  public var index: Int

  public init(_ list: List, _ index: Int) {
    self.list = list
    self.index = index
  }
}

extension StateMachine {
  /// The transition of that name, or nil if there is none.
  public subscript(_ id: TransitionID) -> Transition? {
    let transitions: [Transition] =
      switch id.list {
      case .interrupts: Array(interrupts)
      case .interruptsOf(let state): self.state(state)?.interrupts ?? []
      case .state(let name): state(name)?.transitions ?? []
      }
    return transitions.indices.contains(id.index) ? transitions[id.index] : nil
  }

  /// Of what was heard in the turn, the intent that was answered: the first that its transition waits for.
  public func answered(in turn: Turn) -> String? {
    let triggers = turn.transition.flatMap { self[$0] }?.triggers ?? []
    return turn.heard.first { heard in
      triggers.contains { trigger in
        switch trigger {
        case .intent(let id): id == heard
        case .set(let name): sets[name]?.contains(heard) ?? false
        default: false
        }
      }
    }
  }

  /// Every declared transition with its identity, in the order of the files.
  public var allTransitions: [(id: TransitionID, transition: Transition)] {
    func numbered(
      _ transitions: some Sequence<Transition>, _ list: TransitionID.List
    ) -> [(TransitionID, Transition)] {
      transitions.enumerated().map { (TransitionID(list, $0), $1) }
    }
    return numbered(interrupts, .interrupts)
      + states.flatMap {
        numbered($0.interrupts, .interruptsOf($0.id)) + numbered($0.transitions, .state($0.id))
      }
  }
}
