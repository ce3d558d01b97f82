import ArgumentParser
import Dialogue
import Foundation
import Terminal
import Transcripts

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Hold saved conversations again and show what differs.",
    discussion:
      "Exit status: 0 nothing differs, 1 something does or a transcript is at fault, 3 a file cannot be read or written."
  )

  @OptionGroup var botOptions: BotOptions

  @Argument(help: ArgumentHelp("Transcripts, or folders of them.", valueName: "files"))
  var paths: [String] = ["Transcripts"]

  @Flag(help: "Write what is said now into the transcripts, in place of what differs.")
  var update = false

  func run() throws {
    let bot = try botOptions.load()
    let screen = Screen { ProcessInfo.processInfo.environment[$0] }
    var tally = Tally()
    var output = Output()
    let files = try ReplayCommand.files(paths)
    for path in files { try replay(path, bot, screen, &tally, &output) }
    try output.write("\(tally.passed) passed, \(tally.differing) differ, \(tally.broken) broken\n")
    try output.flush()
    if tally.unwritten > 0 { throw ExitCode(3) }
    if tally.broken > 0 || (tally.differing > 0 && !update) { throw ExitCode(1) }
  }

  private struct Tally {
    var passed = 0
    var differing = 0
    var broken = 0
    var unwritten = 0
  }

  private func replay(_ path: String, _ bot: Bot, _ screen: Screen, _ tally: inout Tally, _ output: inout Output) throws
  {
    guard let data = FileManager.default.contents(atPath: path) else {
      StandardError.write(Text.printable("\(path): error: the file cannot be read; check its name and permissions"))
      tally.broken += 1
      return
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      StandardError.write(Text.printable("\(path):1:1: error: this is not valid UTF-8; save the file as UTF-8"))
      tally.broken += 1
      return
    }
    let transcript: Transcript
    do {
      transcript = try TranscriptParser.parse(text)
    } catch {
      StandardError.write(Text.printable("\(path):\(error)"))
      tally.broken += 1
      return
    }
    let replay = Replay.run(transcript, with: bot)
    guard !replay.differences.isEmpty else {
      tally.passed += 1
      return
    }
    tally.differing += 1
    for difference in replay.differences {
      try output.write(
        Text.printable("\(path):\(difference.line): turn \(difference.turn): \(difference.subject.name)") + "\n"
          + screen.styled("  - " + Text.printable(difference.expected), .bad) + "\n"
          + screen.styled("  + " + Text.printable(difference.found), .good) + "\n")
    }
    if update {
      do {
        let update = TranscriptUpdate(Array(data), transcript, replay, accepting: replay.differences)
        try PrivateFile.replace(path, update.bytes)
      } catch {
        StandardError.write(Text.printable("\(path): error: not updated: \(error)"))
        tally.unwritten += 1
      }
    }
  }

  /// The files named, and every `.txt` file below the folders named, in order.
  static func files(_ paths: [String]) throws -> [String] {
    var files: [String] = []
    for path in paths {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        throw Failure.system("\(path): there is no such file or folder")
      }
      guard isFolder.boolValue else {
        files.append(path)
        continue
      }
      let below = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
      files += below.filter { $0.hasSuffix(".txt") }.sorted().map { path + "/" + $0 }
    }
    return files
  }
}
