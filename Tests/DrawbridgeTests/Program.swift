import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The program under test, run as a person or a pipe would run it.
enum Program {
  struct Failure: Error, CustomStringConvertible { var description: String }

  struct Outcome {
    var output: String
    var errors: String
    var status: Int32
  }

  /// The project's folder.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The program lies beside the tests.
  static let path: String = {
    let tests = CommandLine.arguments.first.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
    let places = [tests, executableFolder].compactMap { $0?.appendingPathComponent("drawbridge").path }
    return places.first { FileManager.default.isExecutableFile(atPath: $0) } ?? "drawbridge"
  }()

  private static var executableFolder: URL? {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")).map {
      URL(fileURLWithPath: $0).deletingLastPathComponent()
    }
  }

  /// Runs the program with `input` on a pipe.
  static func run(
    _ arguments: [String], input: Data = Data(), environment: [String: String] = [:], folder: URL? = nil
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.currentDirectoryURL = folder ?? root
    let pipes = (Pipe(), Pipe(), Pipe())
    process.standardInput = pipes.0
    process.standardOutput = pipes.1
    process.standardError = pipes.2
    try process.run()
    let feeder = Thread {
      try? pipes.0.fileHandleForWriting.write(contentsOf: input)
      try? pipes.0.fileHandleForWriting.close()
    }
    feeder.start()
    let reader = BackgroundRead(pipes.2.fileHandleForReading)
    let output = pipes.1.fileHandleForReading.readDataToEndOfFile()
    let errors = reader.finish()
    process.waitUntilExit()
    return Outcome(
      output: String(decoding: output, as: UTF8.self), errors: String(decoding: errors, as: UTF8.self),
      status: process.terminationStatus)
  }

  /// Runs a script of bash in which `$1` is the program.
  static func bash(_ script: String) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", script, "bash", path]
    let pipes = (Pipe(), Pipe())
    process.standardOutput = pipes.0
    process.standardError = pipes.1
    try process.run()
    let output = pipes.0.fileHandleForReading.readDataToEndOfFile()
    let errors = pipes.1.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(
      output: String(decoding: output, as: UTF8.self), errors: String(decoding: errors, as: UTF8.self),
      status: process.terminationStatus)
  }

  static func run(_ arguments: [String], lines: [String]) throws -> Outcome {
    try run(arguments, input: Data(lines.map { $0 + "\n" }.joined().utf8))
  }

  private final class BackgroundRead: @unchecked Sendable {
    private var data = Data()
    private let done = DispatchSemaphore(value: 0)

    init(_ handle: FileHandle) {
      let thread = Thread { [self] in
        data = handle.readDataToEndOfFile()
        done.signal()
      }
      thread.start()
    }

    func finish() -> Data {
      done.wait()
      return data
    }
  }
}

/// The program on a pseudo-terminal.
final class TerminalProgram {
  private let controller: Int32
  private let process: pid_t
  private var seen: [UInt8] = []
  private var place = 0
  private var isClosed = false

  /// - Parameter folder: where it is run; where the tests are, if nil.
  init(
    _ arguments: [String], columns: UInt16 = 80, environment: [String: String?] = [:], folder: URL? = nil
  ) throws {
    var leader: Int32 = 0
    var follower: Int32 = 0
    var name = [CChar](repeating: 0, count: 128)
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&leader, &follower, &name, nil, &size) == 0 else {
      throw Program.Failure(description: "openpty: \(errno)")
    }
    close(follower)
    _ = fcntl(leader, F_SETFD, FD_CLOEXEC)
    controller = leader
    process = try TerminalProgram.spawn(arguments, terminal: name, environment, folder)
  }

  private static func spawn(
    _ arguments: [String], terminal: [CChar], _ extra: [String: String?], _ folder: URL?
  ) throws -> pid_t {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The first terminal that the leader of a session opens becomes its own.
    posix_spawn_file_actions_addopen(&actions, 0, terminal, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    #if canImport(Glibc)
      let newSession: Int32 = 0x80
    #else
      let newSession: Int32 = 0x0400
    #endif
    posix_spawnattr_setflags(
      &attributes, Int16(newSession | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)))
    var environment = ["TERM": "xterm-256color", "LANG": "C.UTF-8", "INPUTRC": "/dev/null", "HOME": "/nonexistent"]
    for (name, value) in extra { environment[name] = value }
    let shell = folder.map { ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", $0.path] } ?? []
    let command = shell + [Program.path] + arguments
    let words = command.map { strdup($0) } + [nil]
    let settings = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for pointer in words + settings { free(pointer) } }
    var child: pid_t = 0
    let status = posix_spawn(&child, command[0], &actions, &attributes, words, settings)
    guard status == 0 else { throw Program.Failure(description: "posix_spawn: \(status)") }
    return child
  }

  deinit {
    kill(process, SIGKILL)
    if !isClosed { close(controller) }
  }

  /// Closes the terminal as closing its window does; how the program ended, or nil if it did not in time.
  func closeWindow(seconds: Double = 10) -> Int32? {
    close(controller)
    isClosed = true
    let end = Date().addingTimeInterval(seconds)
    var status: Int32 = 0
    while waitpid(process, &status, WNOHANG) == 0 {
      guard Date() < end else { return nil }
      usleep(10_000)
    }
    return TerminalProgram.outcome(status)
  }

  private static func outcome(_ status: Int32) -> Int32 {
    status & 0x7f == 0 ? (status >> 8) & 0xff : -(status & 0x7f)
  }

  func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(controller, bytes, bytes.count)
  }

  func signal(_ number: Int32) { kill(process, number) }

  func resize(columns: UInt16) {
    var size = winsize(ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(controller, UInt(TIOCSWINSZ), &size)
  }

  /// Waits until `text` is shown after what was expected last; returns what was shown up to its end.
  @discardableResult
  func expect(_ text: String, seconds: Double = 10) throws -> String {
    let wanted = Array(text.utf8)
    let end = Date().addingTimeInterval(seconds)
    while true {
      if let found = TerminalProgram.find(wanted, in: seen, from: place) {
        defer { place = found + wanted.count }
        return String(decoding: seen[place..<(found + wanted.count)], as: UTF8.self)
      }
      var ready = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
      let left = Int32(max(0, end.timeIntervalSinceNow * 1000))
      guard left > 0, poll(&ready, 1, left) > 0 else { throw failure("nothing more was shown", text) }
      var buffer = [UInt8](repeating: 0, count: 4096)
      let count = read(controller, &buffer, buffer.count)
      guard count > 0 else { throw failure("the program ended", text) }
      seen += buffer[..<count]
    }
  }

  private func failure(_ what: String, _ text: String) -> Program.Failure {
    Program.Failure(
      description: "\(what) while waiting for \(text.debugDescription); shown: "
        + String(decoding: seen[place...], as: UTF8.self).debugDescription)
  }

  private static func find(_ wanted: [UInt8], in bytes: [UInt8], from place: Int) -> Int? {
    guard bytes.count - place >= wanted.count else { return nil }
    return (place...(bytes.count - wanted.count)).first { bytes[$0..<($0 + wanted.count)].elementsEqual(wanted) }
  }

  /// Waits for the prompt and types Ctrl-D. Before the prompt the terminal still edits lines itself and
  /// would keep the key from the program.
  func leave() throws -> Int32? {
    try expect("> ")
    send("\u{4}")
    return finish()
  }

  /// Reads until the program ends; its exit status, or minus the signal that ended it; `nil` if it does not
  /// end in time.
  func finish(seconds: Double = 10) -> Int32? {
    let end = Date().addingTimeInterval(seconds)
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      var ready = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
      let left = Int32(max(0, end.timeIntervalSinceNow * 1000))
      guard left > 0, poll(&ready, 1, left) > 0 else { return nil }
      let count = read(controller, &buffer, buffer.count)
      guard count > 0 else { break }
      seen += buffer[..<count]
    }
    var status: Int32 = 0
    waitpid(process, &status, 0)
    return TerminalProgram.outcome(status)
  }

  var shown: String { String(decoding: seen, as: UTF8.self) }
}
