#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Memory that is there for the asking. What the Swift library does where there is none is to end the program in the
/// middle of a word; so the program looks before it begins.
enum Room {
  /// What a conversation, or a file of usual size, needs at the most.
  private static let bytes = 16 << 20

  static func isEnough() -> Bool {
    guard let place = mmap(nil, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), place != MAP_FAILED else {
      return false
    }
    munmap(place, bytes)
    return true
  }
}
