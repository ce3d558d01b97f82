import Foundation

/// What is fed to one part of the program, and what has to be true of it whatever is fed.
///
/// `FUZZ_TARGET` chooses. There is one target in a process, made before the first input comes.
enum Target: String, CaseIterable {
  case utterance, pattern, intents, transcript, table, repl

  func make() -> ([UInt8]) -> Void {
    switch self {
    case .utterance: UtteranceTarget().run
    case .pattern: PatternTarget().run
    case .intents: IntentsTarget().run
    case .transcript: TranscriptTarget().run
    case .table: TableTarget().run
    case .repl: SessionTarget().run
    }
  }

  static func chosen() -> ([UInt8]) -> Void {
    let name = ProcessInfo.processInfo.environment["FUZZ_TARGET"] ?? ""
    guard let target = Target(rawValue: name) else {
      let known = Target.allCases.map(\.rawValue).joined(separator: ", ")
      fatalError("FUZZ_TARGET is '\(name)'; name one of \(known)")
    }
    return target.make()
  }
}

/// Ends the process, which the fuzzer takes for a finding, unless what has to be true is.
func hold(_ isTrue: Bool, _ what: @autoclosure () -> String) {
  if !isTrue { fatalError("broken promise: \(what())") }
}

private enum Entry {
  nonisolated(unsafe) static let run = Target.chosen()
}

@_cdecl("fuzz_prepare")
public func prepare() { _ = Entry.run }

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  Entry.run(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}
