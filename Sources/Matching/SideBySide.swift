import Dispatch

/// Work on all cores.
package enum SideBySide {
  /// What `body` gives for each number below `count`, in their order. Each result has a place of its own, so nothing
  /// has to be locked.
  package static func map<T: Sendable>(_ count: Int, _ body: @Sendable (Int) -> T) -> [T] {
    [T](unsafeUninitializedCapacity: count) { places, initialised in
      nonisolated(unsafe) let places = places
      DispatchQueue.concurrentPerform(iterations: count) { k in places.initializeElement(at: k, to: body(k)) }
      initialised = count
    }
  }

  /// The same in a few runs of numbers, for small pieces of work.
  package static func flatMap<T: Sendable>(_ count: Int, _ work: @Sendable (Range<Int>) -> [T]) -> [T] {
    let runs = max(1, min(8, count / 16))
    return map(runs) { k in work((count * k / runs)..<(count * (k + 1) / runs)) }.flatMap { $0 }
  }
}
