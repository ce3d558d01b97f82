import Dialogue
import Foundation
import Terminal
import Transcripts

@testable import Session

/// Lines typed in a conversation, commands among them. Files are written to a folder of its own.
final class SessionTarget {
  private let bot = Bots.small
  private let folder: String
  private static let mostLines = 12

  init() {
    folder = NSTemporaryDirectory() + "drawbridge-fuzz-\(getpid())"
    try? FileManager.default.removeItem(atPath: folder)
    guard (try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)) != nil,
      chdir(folder) == 0
    else { fatalError("there is no folder to write to") }
  }

  func run(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes.dropFirst(), as: UTF8.self).split(
      separator: "\n", maxSplits: SessionTarget.mostLines - 1, omittingEmptySubsequences: false
    ).map(String.init)
    var session = Session(conversation: Conversation(bot: bot, seed: UInt64(bytes.first ?? 0), country: "GB"))
    _ = session.open()
    for line in lines where isHarmless(line) {
      let said = session.conversation.turns.count
      let reply = session.take(line)
      show(reply, to: line)
      if GivenCommand(line) != nil, GivenCommand(line)?.command == nil {
        hold(session.conversation.turns.count == said, "a mistyped command is no talk: \(line.debugDescription)")
      }
      complete(line)
      if reply.ends { break }
    }
    _ = session.leave()
    check()
  }

  /// Nothing is written anywhere else than in the folder.
  private func isHarmless(_ line: String) -> Bool {
    guard let given = GivenCommand(line), given.command == .save || given.command == .plan else { return true }
    return !given.argument.contains("/")
  }

  private func show(_ reply: Session.Reply, to line: String) {
    let text = Text.printable(reply.text)
    Promise.isPrintable(text, "what is shown")
    for width in [1, 20, 76] {
      let lines = Text.lines(text, width: width, isList: reply.isList)
      Promise.isWhole(lines, of: text)
      hold(
        lines.allSatisfy { Text.columns(of: $0) <= max(width, 2) || $0.count == 1 },
        "lines fit: \(text.debugDescription)"
      )
    }
    hold(!reply.text.isEmpty || line.isEmpty, "there is an answer to \(line.debugDescription)")
  }

  private func complete(_ line: String) {
    let completion = SlashCommand.completion(countries: ["GB", "United Kingdom"])
    let spaces = line.utf8.indices.filter { line.utf8[$0] == 0x20 }.map {
      line.utf8.distance(from: line.startIndex, to: $0) + 1
    }
    for start in [0] + spaces.suffix(3) { _ = completion.candidates(line: line, start: start) }
  }

  /// Whatever was saved as a conversation can be read; nothing half-written is left.
  private func check() {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
      hold(!name.contains(".part-"), "no draft is left: \(name)")
      if let data = FileManager.default.contents(atPath: folder + "/" + name),
        !data.starts(with: Data("Your plan".utf8))
      {
        do throws(TranscriptError) {
          let saved = try TranscriptParser.parse(Array(data))
          hold(
            Replay.run(saved, with: bot).differences.isEmpty, "a saved conversation replays: \(name.debugDescription)")
        } catch {
          hold(false, "a saved conversation can be read: \(error)")
        }
      }
      try? FileManager.default.removeItem(atPath: folder + "/" + name)
    }
  }
}
