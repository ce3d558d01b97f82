import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Files that only their owner may read.
enum PrivateFile {
  struct Failure: Error, CustomStringConvertible { var description: String }

  /// Writes a new file; one that exists is never overwritten. The file appears whole or not at all.
  ///
  /// - Returns: its full path.
  static func create(_ name: String, _ text: String) throws(Failure) -> String {
    let path = name.hasPrefix("/") ? name : FileManager.default.currentDirectoryPath + "/" + name
    guard access(path, F_OK) != 0 else {
      throw Failure(description: "\(path) exists already; choose another name")
    }
    let draft = path + ".part-\(getpid())"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    do throws(Failure) {
      try write(Array(text.utf8), to: descriptor, path)
      guard fsync(descriptor) == 0 else { throw failure(path) }
    } catch {
      close(descriptor)
      unlink(draft)
      throw error
    }
    close(descriptor)
    guard link(draft, path) == 0 else {
      let error = failure(path)
      unlink(draft)
      throw error
    }
    unlink(draft)
    return path
  }

  /// Replaces a file whole: the old text stays if anything goes wrong.
  static func replace(_ path: String, _ bytes: [UInt8]) throws(Failure) {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw Failure(description: "\(path): \(error.localizedDescription)")
    }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(Failure) {
    var from = 0
    while from < bytes.count {
      let n = bytes.withUnsafeBytes { raw in
        #if canImport(Glibc)
          Glibc.write(descriptor, raw.baseAddress! + from, raw.count - from)
        #else
          Darwin.write(descriptor, raw.baseAddress! + from, raw.count - from)
        #endif
      }
      if n < 0, errno == EINTR { continue }
      guard n > 0 else { throw failure(path) }
      from += n
    }
  }

  private static func failure(_ path: String) -> Failure {
    Failure(description: "\(path): \(String(cString: strerror(errno)))")
  }
}
