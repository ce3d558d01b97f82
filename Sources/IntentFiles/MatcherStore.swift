import Dialogue
import Foundation
import Matching

/// Where compiled matchers are found again: learning from the examples takes seconds, and most changes of
/// an author leave patterns and examples as they were.
///
/// Files are named after a digest of everything that a matcher is compiled from, begin with a digest of
/// what they hold, and are read only if that is right. The last few are kept.
public struct MatcherStore: Sendable {
  /// A matcher built into the program, with the digest of its source.
  public typealias BuiltIn = (digest: String, matcher: Matcher)

  private let builtIn: BuiltIn?
  private let folder: URL?
  private let engine: String
  private static let kept = 4

  /// - Parameters:
  ///   - builtIn: the matcher of the program, if it has one.
  ///   - folder: nil to keep nothing.
  ///   - engine: what tells one build of the program from another: each may learn in its own way.
  public init(builtIn: BuiltIn? = nil, folder: URL? = nil, engine: String = "") {
    self.builtIn = builtIn
    self.folder = folder
    self.engine = engine
  }

  /// A bot for which nothing has to be learned, or nil.
  public func find(_ source: BotSource) -> Bot? {
    let digest = source.matcher.digest(conditions: source.conditions)
    if let builtIn, builtIn.digest == digest { return Bot(source, matcher: builtIn.matcher) }
    return read(digest).flatMap { Bot(source, matcher: $0) }
  }

  /// The same, or one that is compiled now and kept.
  public func compile(_ source: BotSource) -> Bot? {
    if let known = find(source) { return known }
    let bytes = MatcherCompiler(source.matcher, conditions: source.conditions).compile()
    keep(bytes, source.matcher.digest(conditions: source.conditions))
    var reader = CompiledReader(CompiledBytes(bytes))
    return Bot(source, matcher: Matcher(&reader))
  }

  /// The patterns without what is learned from examples, which takes no time.
  func compileWithoutExamples(_ source: BotSource) -> Matcher? {
    var reader = CompiledReader(
      CompiledBytes(MatcherCompiler(source.matcher.withoutExamples, conditions: source.conditions).compile()))
    return Matcher(&reader)
  }

  // MARK: Files

  private func url(_ digest: String) -> URL? {
    var name = Digest()
    name.add(digest)
    name.add(engine)
    return folder?.appendingPathComponent("matcher-\(name.text)")
  }

  private func read(_ digest: String) -> Matcher? {
    guard let url = url(digest), let data = try? Data(contentsOf: url) else { return nil }
    let bytes = [UInt8](data)
    guard bytes.count > 32, MatcherStore.mark(bytes[32...]).elementsEqual(bytes[..<32]) else { return nil }
    var reader = CompiledReader(CompiledBytes(Array(bytes[32...])))
    return Matcher(&reader)
  }

  /// Writes the matcher if it can; where it cannot, it is compiled again next time.
  private func keep(_ bytes: [UInt8], _ digest: String) {
    guard let folder, let url = url(digest) else { return }
    let files = FileManager.default
    try? files.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try? Data(MatcherStore.mark(bytes[...]) + bytes).write(to: url, options: .atomic)
    let known =
      (try? files.contentsOfDirectory(at: folder, includingPropertiesForKeys: [.contentModificationDateKey])) ?? []
    func age(_ url: URL) -> Date {
      (try? url.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate) ?? .distantPast
    }
    let matchers = known.filter { $0.lastPathComponent.hasPrefix("matcher-") }.sorted { age($0) > age($1) }
    for old in matchers.dropFirst(MatcherStore.kept) { try? files.removeItem(at: old) }
  }

  private static func mark(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var digest = Digest()
    bytes.withUnsafeBytes { digest.add($0) }
    return Array(digest.text.utf8)
  }
}
