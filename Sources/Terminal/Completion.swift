/// What Tab offers: in a line that begins with `/`, commands and their arguments.
public struct Completion: Sendable {
  private let commands: [String: @Sendable () -> [String]]

  /// - Parameter commands: by name without the `/`, what its argument may be.
  public init(_ commands: [String: @Sendable () -> [String]]) { self.commands = commands }

  /// The words that may stand in place of the one being typed, in order.
  ///
  /// - Parameters:
  ///   - line: the line up to the cursor.
  ///   - start: the byte at which the word being typed begins.
  public func candidates(line: String, start: Int) -> [String] {
    guard line.hasPrefix("/") else { return [] }
    let parts = line.dropFirst().split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard start > 0, parts.count == 2 else {
      let typed = line.lowercased()
      return commands.keys.map { "/" + $0 }.filter { $0.hasPrefix(typed) }.sorted()
    }
    guard let arguments = commands[parts[0].lowercased()] else { return [] }
    let typed = parts[1].lowercased()
    let before = max(0, start - parts[0].utf8.count - 2)
    // An argument of several words is completed from the word that is being typed.
    return arguments().filter { $0.lowercased().hasPrefix(typed) }.map { argument in
      String(decoding: argument.utf8.dropFirst(before), as: UTF8.self)
    }.sorted()
  }
}
