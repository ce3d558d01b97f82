import Dialogue

/// A transcript with what is said now in place of what differs. Comments, other lines and the way lines end
/// stay as they are.
public struct TranscriptUpdate: Sendable {
  /// The whole file.
  public private(set) var bytes: [UInt8]
  /// Differences that a person has to settle: an expectation that no single value answers.
  public private(set) var left: [Replay.Difference] = []
  /// How many differences were settled.
  public private(set) var settled = 0

  /// The columns that several lines of the bot are set to, where it had several.
  private static let width = 100

  /// - Parameters:
  ///   - bytes: the file that `transcript` was read from.
  ///   - accepted: the differences of `replay` that are accepted.
  public init(
    _ bytes: [UInt8], _ transcript: Transcript, _ replay: Replay, accepting accepted: [Replay.Difference],
    version: String? = nil
  ) {
    self.bytes = bytes
    let lines = Array(SourceLines(bytes))
    var edits: [(lines: Range<Int>, texts: [String])] = []
    for difference in accepted {
      let turn = replay.turns[difference.turn]
      let reply = Escapes.escaped(difference.found)
      switch difference.subject {
      case .words:
        guard let exchange = transcript.turns.first(where: { $0.botLines.contains(difference.line) }) else { continue }
        edits.append((exchange.botLines, TranscriptUpdate.words(reply, lines: exchange.botLines.count)))
      case .expectation(.oneOf):
        edits.append((difference.line..<difference.line, ["  = one-of: \(reply)"]))
      case .expectation(let subject):
        guard let value = turn.value(of: subject) else {
          left.append(difference)
          continue
        }
        edits.append((difference.line..<(difference.line + 1), ["  = \(subject.rawValue): \(value)"]))
      }
      settled += 1
    }
    if settled > 0, let version, let old = transcript.header.botVersion, old != version,
      let line = TranscriptUpdate.versionLine(bytes, lines)
    {
      edits.append((line..<(line + 1), ["bot-version: \(Escapes.escaped(version))"]))
    }
    apply(edits, lines)
  }

  private static func words(_ reply: String, lines: Int) -> [String] {
    guard lines > 1 else { return ["bot> " + reply] }
    var texts: [String] = []
    for word in reply.split(separator: " ") {
      if let last = texts.last, last.count + 1 + word.count <= width {
        texts[texts.count - 1] += " " + word
      } else {
        texts.append("bot> " + word)
      }
    }
    return texts.isEmpty ? ["bot>"] : texts
  }

  private static func versionLine(_ bytes: [UInt8], _ lines: [SourceLines.Line]) -> Int? {
    lines.first { bytes[$0.content].starts(with: "bot-version:".utf8) }?.number
  }

  /// Puts `texts` in place of lines, from the last to the first. Comments in between stay, below.
  private mutating func apply(_ edits: [(lines: Range<Int>, texts: [String])], _ lines: [SourceLines.Line]) {
    let usual = lines.first.map { Array(bytes[$0.content.upperBound..<$0.next]) } ?? []
    let end = usual.isEmpty ? [0x0a] : usual
    for edit in edits.sorted(by: { $0.lines.lowerBound > $1.lines.lowerBound }) {
      let old = lines[(edit.lines.lowerBound - 1)..<(edit.lines.upperBound - 1)]
      let from = lines[edit.lines.lowerBound - 1].content.lowerBound
      let to = old.last?.next ?? from
      let lastEnd = old.last.map { Array(bytes[$0.content.upperBound..<$0.next]) } ?? end
      let comments = old.filter { bytes[$0.content].first == UInt8(ascii: "#") }
      var texts: [[UInt8]] = comments.map { Array(bytes[$0.content]) }
      texts += edit.texts.map { Array($0.utf8) }
      let joined = texts.enumerated().flatMap { i, text in text + (i + 1 < texts.count ? end : lastEnd) }
      bytes.replaceSubrange(from..<to, with: joined)
    }
  }
}
