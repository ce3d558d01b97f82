/// Notices that the files of a folder have changed: names, sizes and times, looked at when asked.
public struct FolderWatch: Sendable {
  private let path: String
  private var seen: [String: FileStatus]

  public init(_ path: String) {
    self.path = path
    seen = FolderWatch.files(path)
  }

  /// Whether anything has changed since it was asked last.
  public mutating func hasChanged() -> Bool {
    let now = FolderWatch.files(path)
    defer { seen = now }
    return now != seen
  }

  private static func files(_ path: String) -> [String: FileStatus] {
    var files: [String: FileStatus] = [:]
    try? IntentFolder.visit(path) { name, _, status in files[name] = status }
    return files
  }
}
