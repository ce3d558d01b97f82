import Dialogue
import IntentFiles

/// Takes changed files over between two turns; where they are broken, the last good rules stay.
struct Watching {
  private let folder: String
  private let store: MatcherStore
  private var watch: FolderWatch

  /// - Parameter store: where matchers are found that were compiled before.
  init(_ folder: String, store: MatcherStore) {
    self.folder = folder
    self.store = store
    watch = FolderWatch(folder)
  }

  /// Goes on with the files as they are now. What there is to say of it, or nil if nothing has changed.
  ///
  /// - Parameter learning: called before the examples are learned anew, which may take up to a minute.
  mutating func refresh(_ conversation: inout Conversation, learning: () throws -> Void) rethrows -> String? {
    guard watch.hasChanged() else { return nil }
    let files: [SourceFile]
    do {
      files = try IntentFolder.read(folder)
    } catch {
      return "\(error)\nThe last good rules stay."
    }
    let loaded = BotLoader.load(files)
    guard let source = loaded.source else {
      let errors = loaded.diagnostics.filter { $0.severity == .error }
      let shown = errors.prefix(3).map { "\(folder)/\($0)" }
      let more = errors.count > shown.count ? ["and \(errors.count - shown.count) more errors"] : []
      return (shown + more + ["The last good rules stay."]).joined(separator: "\n")
    }
    if let known = store.find(source) {
      conversation.goOn(with: known)
      return "The changed files are taken over."
    }
    try learning()
    let clock = ContinuousClock()
    let start = clock.now
    guard let bot = store.compile(source) else { return nil }
    conversation.goOn(with: bot)
    return "The changed files are taken over; learning the examples anew took \(Watching.seconds(clock.now - start))."
  }

  /// `12.4 s`
  static func seconds(_ duration: Duration) -> String {
    let tenths = duration.components.seconds * 10 + duration.components.attoseconds / 100_000_000_000_000_000
    return "\(tenths / 10).\(tenths % 10) s"
  }
}
