#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Lines kept for the next conversation: one a line, oldest first, readable by the person alone.
public struct HistoryFile: Sendable {
  public struct Failure: Error, Equatable, CustomStringConvertible { public var description: String }

  public static let usualLimit = 500
  static let largest = 8 << 20

  public let path: String
  private let limit: Int
  /// The lines as they were before this conversation.
  private var earlier: [String]
  private var count: Int

  /// Reads the file; one that is missing is empty. Nothing is written.
  public init(_ path: String, limit: Int = usualLimit) throws(Failure) {
    self.path = path
    self.limit = max(1, limit)
    let bytes: [UInt8]
    do {
      bytes = try SmallFile.read(path, limit: HistoryFile.largest) ?? []
    } catch {
      throw Failure(description: "\(path): \(error)")
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
    earlier = lines.suffix(self.limit)
    count = lines.count
  }

  /// The lines of earlier conversations, oldest first.
  public var lines: [String] { earlier }

  /// Keeps a line. Once there are more than the limit, the oldest go.
  public mutating func add(_ line: String) throws(Failure) {
    let single = HistoryFile.single(line)
    guard !single.isEmpty else { return }
    do {
      try SmallFile.append(single + "\n", to: path)
      count += 1
      guard count > limit else { return }
      let bytes = try SmallFile.read(path, limit: HistoryFile.largest) ?? []
      let kept = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).suffix(limit)
      try SmallFile.write(kept.map { $0 + "\n" }.joined(), to: path)
      count = kept.count
    } catch {
      throw Failure(description: "\(path): \(error)")
    }
  }

  /// Takes back the lines of this conversation.
  public mutating func forget() throws(Failure) {
    guard access(path, F_OK) == 0 else { return }
    do {
      try SmallFile.write(earlier.map { $0 + "\n" }.joined(), to: path)
      count = earlier.count
    } catch {
      throw Failure(description: "\(path): \(error)")
    }
  }

  /// Removes the file: nothing of any conversation is left in it.
  public mutating func erase() throws(Failure) {
    earlier = []
    count = 0
    guard unlink(path) == 0 || errno == ENOENT else {
      throw Failure(description: "\(path): \(String(cString: strerror(errno)))")
    }
  }

  /// A line without line ends and without anything that a terminal would obey.
  static func single(_ line: String) -> String {
    Text.printable(String(line.map { $0.isNewline ? " " : $0 }))
  }
}
