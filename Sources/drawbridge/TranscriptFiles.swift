import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The transcripts that a command was told of, one after the other: files by name, and every `.txt` file below
/// the folders, by the bytes of their names. One folder's names are held at a time, never its files.
struct TranscriptFiles: Sequence, IteratorProtocol {
  enum Entry {
    case file(String)
    /// Something that cannot be looked into, with the reason.
    case unreadable(String, String)
  }

  /// What is still to be looked at, the next last.
  private var open: [(path: String, isNamed: Bool)]

  init(_ paths: [String]) { open = paths.reversed().map { ($0, true) } }

  mutating func next() -> Entry? {
    while let (path, isNamed) = open.popLast() {
      var status = stat()
      // Links to folders are followed where they are named only, so that no walk is endless.
      guard (isNamed ? stat(path, &status) : lstat(path, &status)) == 0 else {
        return .unreadable(path, String(cString: strerror(errno)))
      }
      switch status.st_mode & S_IFMT {
      case S_IFDIR:
        guard let names = TranscriptFiles.names(in: path) else {
          return .unreadable(path, String(cString: strerror(errno)))
        }
        let prefix = path.hasSuffix("/") ? path : path + "/"
        open += names.reversed().map { (prefix + $0, false) }
      case S_IFREG where isNamed || path.hasSuffix(".txt"), S_IFLNK where path.hasSuffix(".txt"): return .file(path)
      default: if isNamed { return .file(path) }
      }
    }
    return nil
  }

  /// Hidden files are left out, and those that are no transcripts by their names.
  private static func names(in folder: String) -> [String]? {
    guard let stream = opendir(folder) else { return nil }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      guard name.hasSuffix(".txt") || entry.pointee.d_type != UInt8(DT_REG) else { continue }
      names.append(name)
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// Files that may be anything: read whole, but only up to a size.
enum BoundedFile {
  struct Failure: Error { var reason: String }

  enum Content {
    case bytes([UInt8])
    /// With the size that was found.
    case tooLarge(Int)
  }

  static func read(_ path: String, atMost largest: Int) throws(Failure) -> Content {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure() }
    if status.st_mode & S_IFMT == S_IFREG, status.st_size > largest { return .tooLarge(Int(status.st_size)) }
    var bytes = [UInt8](repeating: 0, count: max(1 << 12, Int(status.st_size) + 1))
    var count = 0
    while true {
      let from = count
      let n = bytes.withUnsafeMutableBytes { raw in
        let rest = UnsafeMutableRawBufferPointer(rebasing: raw[from...])
        #if canImport(Glibc)
          return Glibc.read(descriptor, rest.baseAddress, rest.count)
        #else
          return Darwin.read(descriptor, rest.baseAddress, rest.count)
        #endif
      }
      if n < 0, errno == EINTR { continue }
      guard n >= 0 else { throw failure() }
      if n == 0 { break }
      count += n
      if count > largest { return .tooLarge(count) }
      if count == bytes.count { bytes += [UInt8](repeating: 0, count: bytes.count) }
    }
    bytes.removeLast(bytes.count - count)
    return .bytes(bytes)
  }

  private static func failure() -> Failure { Failure(reason: String(cString: strerror(errno))) }
}
