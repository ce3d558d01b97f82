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
