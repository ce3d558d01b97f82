#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard input, output and error.
enum StandardDescriptors {
  /// Takes the places of those that are closed, so that no file is opened there and gets what was meant for
  /// them. Reading and writing them fails as before.
  static func takePlaces() {
    for descriptor in Int32(0)...2 where fcntl(descriptor, F_GETFD) < 0 {
      // The lowest place that is free: this one.
      _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }
}
