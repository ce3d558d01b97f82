import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files that only their owner may read.
enum PrivateFile {
  struct Failure: Error, CustomStringConvertible { var description: String }

  /// The full path of what a person called `name`: `~/` is their home folder.
  static func path(_ name: String) -> String {
    if name.hasPrefix("~/"), let home = ProcessInfo.processInfo.environment["HOME"], home.hasPrefix("/") {
      return home + name.dropFirst()
    }
    return name.hasPrefix("/") ? name : FileManager.default.currentDirectoryPath + "/" + name
  }

  /// `name`, or the next like it that is free: `talk.txt`, `talk-2.txt`.
  static func freeName(_ name: String) -> String {
    let (stem, ending) = name.hasSuffix(".txt") ? (String(name.dropLast(4)), ".txt") : (name, "")
    let names = [name] + (2..<1000).map { "\(stem)-\($0)\(ending)" }
    return names.first { !exists(path($0)) } ?? name
  }

  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Writes a new file; one that exists is never written over. The file appears whole or not at all.
  ///
  /// - Returns: its full path.
  static func create(_ name: String, _ text: String) throws(Failure) -> String {
    let draft = try DraftFile(path(name), mode: 0o600)
    try draft.write(Array(text.utf8))
    try draft.commit(overwriting: false)
    return draft.path
  }

  /// Replaces a file whole: the old text stays if anything goes wrong. Who may read it stays as it was.
  static func replace(_ path: String, _ bytes: [UInt8]) throws(Failure) {
    var status = stat()
    guard let resolved = realpath(path, nil) else { throw failure(path) }
    defer { free(resolved) }
    guard stat(resolved, &status) == 0 else { throw failure(path) }
    let draft = try DraftFile(String(cString: resolved), mode: status.st_mode & 0o777)
    try draft.write(bytes)
    try draft.commit(overwriting: true)
  }

  static func failure(_ path: String) -> Failure {
    Failure(description: "\(path): \(String(cString: strerror(errno)))")
  }
}

/// A file in the making: it appears under its name when it is whole, or not at all.
final class DraftFile {
  let path: String
  private let draft: String
  /// Open for writing as long as this lives; nothing is written behind what is there by others.
  let descriptor: Int32
  private var isCommitted = false
  private var waiting: [UInt8] = []

  private static let bufferSize = 1 << 16

  init(_ path: String, mode: mode_t) throws(PrivateFile.Failure) {
    self.path = path
    var name = ""
    var opened: Int32 = -1
    for attempt in 0..<10 {
      name = "\(path).part-\(getpid())\(attempt == 0 ? "" : "-\(attempt)")"
      opened = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
      if opened >= 0 || errno != EEXIST { break }
    }
    guard opened >= 0 else { throw PrivateFile.failure(path) }
    draft = name
    descriptor = opened
    fchmod(opened, mode)
  }

  deinit {
    close(descriptor)
    if !isCommitted { unlink(draft) }
  }

  func write(_ bytes: [UInt8]) throws(PrivateFile.Failure) {
    waiting += bytes
    if waiting.count >= DraftFile.bufferSize { try flush() }
  }

  private func flush() throws(PrivateFile.Failure) {
    guard DraftFile.write(waiting, to: descriptor) else { throw PrivateFile.failure(path) }
    waiting.removeAll(keepingCapacity: true)
  }

  /// Puts the file under its name, safe from a loss of power.
  func commit(overwriting: Bool) throws(PrivateFile.Failure) {
    try flush()
    guard fsync(descriptor) == 0 else { throw PrivateFile.failure(path) }
    if overwriting {
      var status = stat()
      if lstat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
        throw PrivateFile.Failure(description: "\(path) is not an ordinary file; choose another name")
      }
      guard rename(draft, path) == 0 else { throw PrivateFile.failure(path) }
    } else {
      guard link(draft, path) == 0 else {
        if errno == EEXIST { throw PrivateFile.Failure(description: "\(path) exists already; choose another name") }
        throw PrivateFile.failure(path)
      }
      unlink(draft)
    }
    isCommitted = true
    syncFolder()
  }

  private func syncFolder() {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let opened = open(folder, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { return }
    fsync(opened)
    close(opened)
  }

  /// Writes all of `bytes`; false, with `errno`, where that fails.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var from = 0
    while from < bytes.count {
      let n = bytes.withUnsafeBytes { raw in
        let rest = UnsafeRawBufferPointer(rebasing: raw[from...])
        #if canImport(Glibc)
          return Glibc.write(descriptor, rest.baseAddress, rest.count)
        #else
          return Darwin.write(descriptor, rest.baseAddress, rest.count)
        #endif
      }
      if n < 0, errno == EINTR { continue }
      guard n > 0 else { return false }
      from += n
    }
    return true
  }
}
