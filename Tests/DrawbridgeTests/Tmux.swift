import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program in a terminal of tmux, whose screen can be read.
final class Tmux {
  static let isThere = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].contains {
    FileManager.default.isExecutableFile(atPath: $0 + "/tmux")
  }

  private static let screens = Program.root.appendingPathComponent("Tests/DrawbridgeTests/Screens")
  /// A small bot whose words do not change with those of `Intents/`.
  static let bot = screens.appendingPathComponent("Bot").path

  private let socket = "drawbridge-\(UUID().uuidString.prefix(8))"

  init(columns: Int, rows: Int, command: [String], environment: [String: String] = [:]) throws {
    let settings = [
      "LC_ALL=C.UTF-8", "INPUTRC=/dev/null", "HOME=/nonexistent", "DRAWBRIDGE_CACHE=", "PATH=/usr/bin:/bin",
    ]
    let words = ["env"] + settings + environment.map { "\($0)=\($1)" } + command
    let quoted = words.map { "'" + $0.replacingOccurrences(of: "'", with: "'\\''") + "'" }.joined(separator: " ")
    // The shell outlives the program, so that the last screen can be read.
    let shell = quoted + "; printf '(it has ended)\\n'; sleep 60"
    try tmux([
      "-f", "/dev/null", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "sleep 60", ";", "set", "-g",
      "status",
      "off", ";", "set", "-g", "window-size", "manual", ";", "resize-window", "-x", "\(columns)", "-y", "\(rows)", ";",
      "respawn-pane", "-k", shell,
    ])
  }

  deinit { _ = try? tmux(["kill-server"]) }

  /// Spawned by hand: Foundation's `Process` waits until the server, which goes on, has ended as well.
  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    #if canImport(Glibc)
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #else
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #endif
    // The threads of tests block signals, which would be passed on to the program.
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(Int32(POSIX_SPAWN_SETSIGDEF) | Int32(POSIX_SPAWN_SETSIGMASK)))
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let output = NSTemporaryDirectory() + "/" + socket
    defer { unlink(output) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_RDWR, 0)
    let line: [String] = ["tmux", "-u", "-L", socket] + arguments
    let environment: [String] = ["LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin:/usr/local/bin:/opt/homebrew/bin"]
    let words = line.map { strdup($0) } + [nil]
    let settings = environment.map { strdup($0) } + [nil]
    defer { for pointer in words + settings { free(pointer) } }
    var child: pid_t = 0
    let status = posix_spawnp(&child, "tmux", &actions, &attributes, words, settings)
    guard status == 0 else { throw Program.Failure(description: "posix_spawnp: \(status)") }
    var outcome: Int32 = 0
    waitpid(child, &outcome, 0)
    return (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
  }

  func type(_ text: String) throws { try tmux(["send-keys", "-l", text]) }

  func keys(_ names: [String]) throws { try tmux(["send-keys"] + names) }

  /// Waits for a prompt, types a line and Return.
  func say(_ text: String) throws {
    try waitForPrompt()
    try type(text)
    try keys(["Enter"])
  }

  func waitForPrompt() throws {
    try wait { screen in [">", ".", "You:", "$"].contains(screen.split(separator: "\n").last ?? "") }
  }

  func paste(_ text: String) throws { try tmux(["set-buffer", text, ";", "paste-buffer", "-p"]) }

  func resize(_ columns: Int, _ rows: Int) throws {
    try tmux(["resize-window", "-x", "\(columns)", "-y", "\(rows)"])
  }

  /// The screen without what is empty at its end.
  func screen() throws -> String { Tmux.trimmed(try tmux(["capture-pane", "-p"])) }

  /// The screen and what can be scrolled back to.
  func everything() throws -> String { try tmux(["capture-pane", "-p", "-S", "-"]) }

  private static func trimmed(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  func wait(_ text: String) throws { try wait { $0.contains(text) } }

  func wait(seconds: Double = 10, _ isReached: (String) -> Bool) throws {
    let end = Date().addingTimeInterval(seconds)
    while true {
      let shown = try screen()
      if isReached(shown) { return }
      guard Date() < end else { throw Program.Failure(description: "not reached; shown:\n\(shown)") }
      usleep(20_000)
    }
  }

  /// Compares the screen with the one that is kept, once it comes to be so or does not within ten seconds.
  func expect(_ name: String, _ place: SourceLocation = #_sourceLocation) throws {
    let file = Tmux.screens.appendingPathComponent(name + ".txt")
    if ProcessInfo.processInfo.environment["UPDATE_SCREENS"] != nil {
      var before = ""
      repeat {
        before = try screen()
        usleep(1_000_000)
      } while try screen() != before
      try before.write(to: file, atomically: true, encoding: .utf8)
      return
    }
    let wanted = try String(contentsOf: file, encoding: .utf8)
    do {
      try wait { $0 == wanted }
    } catch {
      let shown = try screen()
      Issue.record("\(name) is not as it was; wanted:\n\(wanted)\nshown:\n\(shown)", sourceLocation: place)
    }
  }
}
