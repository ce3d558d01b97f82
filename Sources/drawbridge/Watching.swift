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
  mutating func refresh(_ conversation: inout Conversation) -> String? {
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
    let known = store.find(source)
    guard let bot = known ?? store.compile(source) else { return nil }
    conversation.goOn(with: bot)
    return known == nil
      ? "The changed files are taken over, and the examples learned again." : "The changed files are taken over."
  }
}
