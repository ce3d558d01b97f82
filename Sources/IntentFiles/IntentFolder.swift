import Foundation

/// A folder of intent files on disk.
public enum IntentFolder {
  public struct Failure: Error, Sendable, CustomStringConvertible {
    public var description: String
    /// Not the author's doing: something exists and cannot be read.
    public var isOfSystem = false
  }

  private static let mostFiles = 20_000

  /// Reads every `.yaml`, `.yml` and `.txt` file below `path`. Hidden files and links are passed over.
  public static func read(_ path: String) throws(Failure) -> [SourceFile] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure(description: "\(shown(path)): there is no such folder; check the name, or leave out --intents")
    }
    guard isFolder.boolValue else {
      throw Failure(description: "\(shown(path)): this is a file; name the folder that holds it")
    }
    var files: [SourceFile] = []
    try visit(path) { (name, full, _) throws(Failure) in
      files.append(SourceFile(path: name, bytes: try bytes(of: full)))
      if files.count > mostFiles {
        throw Failure(description: "\(shown(path)): more than \(mostFiles) intent files; name a smaller folder")
      }
    }
    return files
  }

  /// Calls `body` for every file that `read` reads: its name from the folder on, its path, what the system says of it.
  static func visit(
    _ path: String, _ body: (_ name: String, _ path: String, _ status: FileStatus) throws(Failure) -> Void
  ) throws(Failure) {
    var pending = [""]
    while let prefix = pending.popLast() {
      let folder = path + "/" + prefix
      let names: [String]
      do {
        names = try FileManager.default.contentsOfDirectory(atPath: folder)
      } catch {
        throw Failure(
          description: "\(shown(folder)): the folder cannot be read; check its permissions", isOfSystem: true)
      }
      for name in names.sorted() where !name.hasPrefix(".") {
        guard let status = FileStatus(folder + name) else { continue }
        if status.isFolder {
          pending.append(prefix + name + "/")
        } else if status.isFile, endings.contains(where: name.hasSuffix) {
          try body(prefix + name, folder + name, status)
        }
      }
    }
  }

  private static let endings = [".yaml", ".yml", ".txt"]

  /// The folder of a whole bot in which `path` lies, and the way from there; nil where it is none, or lies in none. The
  /// files of a bot are one whole: a part of them cannot be understood alone.
  public static func enclosing(_ path: String) -> (folder: String, part: String)? {
    let url = URL(fileURLWithPath: path).standardizedFileURL
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder),
      !(isFolder.boolValue && namesStart(url))
    else { return nil }
    var folder = url
    var parts: [String] = []
    for _ in 0..<deepest {
      guard folder.path != "/" else { break }
      parts.insert(folder.lastPathComponent, at: 0)
      folder.deleteLastPathComponent()
      if namesStart(folder) { return (shortest(folder), parts.joined(separator: "/")) }
    }
    return nil
  }

  private static let deepest = 4

  /// Whether a file right in the folder names the state in which a bot begins.
  private static func namesStart(_ folder: URL) -> Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.contains { name in
      guard name.hasSuffix(".yaml") || name.hasSuffix(".yml"),
        let bytes = try? bytes(of: folder.appendingPathComponent(name).path)
      else { return false }
      return SourceFile(path: name, bytes: bytes).hasLine(startingWith: "start:")
    }
  }

  /// The path from the folder one is in, where it lies below.
  private static func shortest(_ url: URL) -> String {
    let here = URL(fileURLWithPath: ".").standardizedFileURL.path
    if url.path == here { return "." }
    return url.path.hasPrefix(here + "/") ? String(url.path.dropFirst(here.count + 1)) : url.path
  }

  private static func bytes(of path: String) throws(Failure) -> [UInt8] {
    guard let file = FileHandle(forReadingAtPath: path),
      let bytes = try? file.read(upToCount: SourceFile.limit + 1) ?? Data()
    else {
      throw Failure(description: "\(shown(path)): the file cannot be read; check its permissions", isOfSystem: true)
    }
    return Array(bytes)
  }

  private static func shown(_ path: String) -> String { Diagnostic.printable(path) }
}
