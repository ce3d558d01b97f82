#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Small files of the person's own: settings and history.
enum SmallFile {
  struct Failure: Error, Equatable, CustomStringConvertible { var description: String }

  /// The bytes of a file, or nil if there is none. Never waits: a pipe or a device is a failure.
  static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw Failure(description: "the file cannot be read (\(String(cString: strerror(errno))))")
    }
    defer { close(descriptor) }
    var about = stat()
    guard fstat(descriptor, &about) == 0, about.st_mode & S_IFMT == S_IFREG else {
      throw Failure(description: "this is not a file")
    }
    guard about.st_size <= limit else { throw Failure(description: "the file is larger than \(limit >> 10) KiB") }
    var bytes = [UInt8](repeating: 0, count: limit)
    var count = 0
    while count < limit {
      #if canImport(Glibc)
        let n = bytes.withUnsafeMutableBytes {
          Glibc.read(descriptor, $0.baseAddress.map { $0 + count }, limit - count)
        }
      #else
        let n = bytes.withUnsafeMutableBytes {
          Darwin.read(descriptor, $0.baseAddress.map { $0 + count }, limit - count)
        }
      #endif
      if n < 0, errno == EINTR { continue }
      guard n >= 0 else { throw Failure(description: "the file cannot be read (\(String(cString: strerror(errno))))") }
      if n == 0 { break }
      count += n
    }
    return Array(bytes[..<count])
  }

  /// Makes the folders of a path that are missing, for the person alone.
  static func makeFolder(of path: String) {
    var made = ""
    for part in path.split(separator: "/").dropLast() {
      made += "/" + part
      mkdir(made, 0o700)
    }
  }

  /// Writes a file for the person alone. It appears whole or stays as it was.
  static func write(_ text: String, to path: String) throws(Failure) {
    makeFolder(of: path)
    let draft = path + ".part-\(getpid())"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure() }
    do throws(Failure) {
      try write(text, to: descriptor)
    } catch {
      close(descriptor)
      unlink(draft)
      throw error
    }
    close(descriptor)
    guard rename(draft, path) == 0 else {
      let error = failure()
      unlink(draft)
      throw error
    }
  }

  /// Adds to a file for the person alone.
  static func append(_ text: String, to path: String) throws(Failure) {
    makeFolder(of: path)
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    guard fchmod(descriptor, 0o600) == 0 else { throw failure() }
    try write(text, to: descriptor)
  }

  private static func write(_ text: String, to descriptor: Int32) throws(Failure) {
    let bytes = Array(text.utf8)
    var from = 0
    while from < bytes.count {
      #if canImport(Glibc)
        let n = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + from }, bytes.count - from) }
      #else
        let n = bytes.withUnsafeBytes { Darwin.write(descriptor, $0.baseAddress.map { $0 + from }, bytes.count - from) }
      #endif
      if n < 0, errno == EINTR { continue }
      guard n > 0 else { throw failure() }
      from += n
    }
  }

  private static func failure() -> Failure { Failure(description: String(cString: strerror(errno))) }
}
