import Foundation

/// What the system says of a file: one call, where `FileManager` asks for its owner's name as well.
struct FileStatus: Equatable, Sendable {
  var isFolder: Bool
  /// Neither a folder nor a link, a pipe or a device.
  var isFile: Bool
  /// In bytes.
  var size: Int
  /// When it was changed last, in seconds and nanoseconds of the system's clock.
  var changed: [Int]

  /// Nil where there is no such file. A link is not followed.
  init?(_ path: String) {
    var status = stat()
    guard lstat(path, &status) == 0 else { return nil }
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    isFile = status.st_mode & S_IFMT == S_IFREG
    size = Int(status.st_size)
    #if canImport(Darwin)
      changed = [status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec]
    #else
      changed = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    #endif
  }
}
