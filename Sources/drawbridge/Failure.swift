import ArgumentParser

/// A failure with its exit status: 1 the files are at fault, 2 wrong use, 3 the system failed.
enum Failure {
  static func files(_ message: String) -> ExitCode { report(message, 1) }
  static func use(_ message: String) -> ExitCode { report(message, 2) }
  static func system(_ message: String) -> ExitCode { report(message, 3) }

  private static func report(_ message: String, _ status: Int32) -> ExitCode {
    StandardError.write("drawbridge: \(message)")
    return ExitCode(status)
  }
}
