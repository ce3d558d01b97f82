import Foundation

/// Does work on several threads and gives the results out in the order of the inputs. Only a bounded number of
/// results waits at any time, however many inputs there are.
final class OrderedWork<Input, Result>: @unchecked Sendable {
  private let condition = NSCondition()
  private let next: () -> Input?
  private var taken = 0
  private var given = 0
  private var isExhausted = false
  private var isStopped = false
  private var results: [Int: Result] = [:]
  private let window: Int

  /// - Parameter next: the next input, or nil at the end; called by one thread at a time.
  init(window: Int, next: @escaping () -> Input?) {
    self.window = window
    self.next = next
  }

  /// Starts `count` threads, each with a state of its own from `makeState`.
  func start<State>(
    threads count: Int, makeState: @escaping @Sendable () -> State,
    work: @escaping @Sendable (Input, inout State) -> Result
  ) {
    for _ in 0..<count {
      let thread = Thread { [self] in
        var state = makeState()
        while let (number, input) = take() {
          let result = work(input, &state)
          condition.withLock {
            results[number] = result
            condition.broadcast()
          }
        }
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  private func take() -> (Int, Input)? {
    condition.withLock {
      while !isStopped, !isExhausted, taken - given >= window { condition.wait() }
      guard !isStopped, !isExhausted else { return nil }
      guard let input = next() else {
        isExhausted = true
        condition.broadcast()
        return nil
      }
      taken += 1
      return (taken - 1, input)
    }
  }

  /// The next result in the order of the inputs; nil after the last.
  func result() -> Result? {
    condition.withLock {
      while true {
        if let result = results.removeValue(forKey: given) {
          given += 1
          condition.broadcast()
          return result
        }
        if isStopped || (isExhausted && given == taken) { return nil }
        condition.wait()
      }
    }
  }

  /// No further inputs are taken.
  func stop() {
    condition.withLock {
      isStopped = true
      condition.broadcast()
    }
  }
}
