import Foundation

/// A folder of intent files as it was at a revision of the Git repository it lies in. Nothing is checked out.
public enum GitRevision {
  /// Reads every file below `path` that `IntentFolder` would read, as it was at `revision`.
  public static func read(_ path: String, at revision: String) throws(IntentFolder.Failure) -> [SourceFile] {
    let named = try git(["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"], in: path)
    guard named.status == 0 else {
      throw IntentFolder.Failure(
        description: Diagnostic.printable(
          "'\(revision)' is neither a folder nor a revision of the repository that \(path) lies in; "
            + "name a folder, a commit, a branch or a tag"))
    }
    let commit = String(decoding: named.output, as: UTF8.self).filter { !$0.isNewline }
    let tree = try git(["ls-tree", "-r", "-z", commit, "."], in: path)
    let entries = tree.output.split(separator: 0).compactMap(Entry.init)
    guard tree.status == 0, !entries.isEmpty else {
      throw IntentFolder.Failure(
        description: Diagnostic.printable("\(path) has no intent files at \(revision); name an older or newer one"))
    }
    return try contents(of: entries, in: path)
  }

  /// A file of a tree: `100644 blob HASH<tab>PATH`.
  private struct Entry {
    var hash: String
    var path: String

    /// Nil for what is no readable intent file: links, hidden files, other kinds.
    init?(_ line: Data.SubSequence) {
      guard let text = String(validating: line, as: UTF8.self), let tab = text.firstIndex(of: "\t") else { return nil }
      let fields = text[..<tab].split(separator: " ")
      path = String(text[text.index(after: tab)...])
      guard fields.count == 3, fields[0] == "100644" || fields[0] == "100755", fields[1] == "blob",
        path.hasSuffix(".yaml") || path.hasSuffix(".yml") || path.hasSuffix(".txt"),
        !path.split(separator: "/").contains(where: { $0.hasPrefix(".") })
      else { return nil }
      hash = String(fields[2])
    }
  }

  private static func contents(of entries: [Entry], in path: String) throws(IntentFolder.Failure) -> [SourceFile] {
    let wanted = entries.map { $0.hash + "\n" }.joined()
    let batch = try git(["cat-file", "--batch"], in: path, input: Data(wanted.utf8))
    var rest = batch.output[...]
    var files: [SourceFile] = []
    for entry in entries {
      // `HASH blob SIZE`, a line end, the bytes, a line end.
      guard let end = rest.firstIndex(of: 10),
        let size = Int(String(decoding: rest[..<end], as: UTF8.self).split(separator: " ").last ?? ""),
        rest.distance(from: end, to: rest.endIndex) > size
      else {
        throw IntentFolder.Failure(description: "git did not give the content of \(Diagnostic.printable(entry.path))")
      }
      let start = end + 1
      files.append(
        SourceFile(path: entry.path, bytes: Array(rest[start..<(start + size)].prefix(SourceFile.limit + 1))))
      rest = rest[(start + size)...].dropFirst()
    }
    return files
  }

  private static func git(
    _ arguments: [String], in path: String, input: Data = Data()
  ) throws(IntentFolder.Failure) -> (output: Data, status: Int32) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", path] + arguments
    let (feed, answer) = (Pipe(), Pipe())
    process.standardInput = feed
    process.standardOutput = answer
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      throw IntentFolder.Failure(description: "git cannot be run; name a folder in place of a revision")
    }
    // Fed from aside: git answers before it has read everything.
    let feeder = Thread {
      try? feed.fileHandleForWriting.write(contentsOf: input)
      try? feed.fileHandleForWriting.close()
    }
    feeder.start()
    let output = answer.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus != 127 else {
      throw IntentFolder.Failure(description: "git is not installed; name a folder in place of a revision")
    }
    return (output, process.terminationStatus)
  }
}
