import Dialogue
import Transcripts

/// A list or a table of what was said elsewhere; the first byte is the sign between cells.
final class TableTarget {
  private let bot = Bots.small
  private static let signs: [Character] = [",", "\t", ";"]

  func run(_ bytes: [UInt8]) {
    let text = String(decoding: bytes.dropFirst(), as: UTF8.self)
    keep(ImportedConversation.list(text))
    let sign = TableTarget.signs[Int(bytes.first ?? 0) % TableTarget.signs.count]
    do throws(TranscriptError) {
      let table = try CSV(text, separator: sign)
      hold(table.rows.allSatisfy { $0.cells.count == table.header.count }, "every row has all cells")
      for conversation in try ImportedConversation.conversations(of: table, ImportedConversation.Columns()).prefix(4) {
        keep(conversation)
      }
    } catch {
      hold(error.line > 0 && !error.mend.isEmpty, "what is wrong, where, and how to mend it: \(error)")
    }
  }

  private func keep(_ conversation: ImportedConversation) {
    var short = conversation
    short.lines = Array(conversation.lines.prefix(6))
    for redacting in [false, true] {
      let text = short.transcript(with: bot, seed: 1, country: "GB", detail: .words, redacting: redacting)
      do throws(TranscriptError) {
        let read = try TranscriptParser.parse(text)
        hold(read.turns.count == short.lines.count + 1, "every line has its turn: \(text)")
        if !redacting { hold(read.turns.dropFirst().map(\.you) == short.lines.map { $0 }, "what was said is kept") }
        hold(Replay.run(read, with: bot).differences.isEmpty, "an imported conversation replays: \(text)")
      } catch {
        hold(false, "an imported conversation can be read: \(error)")
      }
    }
  }
}
