import Dialogue
import Transcripts

/// A transcript: read, written, read again, replayed and brought up to date.
final class TranscriptTarget {
  private let bot = Bots.small

  func run(_ bytes: [UInt8]) {
    let transcript: Transcript
    do throws(TranscriptError) {
      transcript = try TranscriptParser.parse(bytes)
    } catch {
      hold(error.line > 0 && error.column > 0, "an error has a place: \(error)")
      hold(!error.message.isEmpty && !error.mend.isEmpty, "what is wrong, and how to mend it: \(error)")
      return
    }
    rewrite(transcript)
    guard Replay.refusal(of: transcript, with: bot) == nil else { return }
    let replay = Replay.run(transcript, with: bot)
    let update = TranscriptUpdate(
      bytes, transcript, replay, accepting: replay.differences, version: bot.version)
    do throws(TranscriptError) {
      let updated = try TranscriptParser.parse(update.bytes)
      let left = Replay.run(updated, with: bot).differences
      hold(left.count <= update.left.count, "after an update only that differs which could not be settled: \(left)")
      hold(updated.turns.map(\.you) == transcript.turns.map(\.you), "an update leaves what was said")
    } catch {
      hold(false, "an updated transcript can be read: \(error)")
    }
  }

  private func rewrite(_ transcript: Transcript) {
    let plain = transcript.withoutPlaces
    do throws(TranscriptError) {
      let again = try TranscriptParser.parse(TranscriptText.whole(plain))
      hold(again.withoutPlaces == plain, "written and read it is the same: \(plain) \(again.withoutPlaces)")
    } catch {
      hold(false, "what was written can be read: \(error): \(TranscriptText.whole(plain).debugDescription)")
    }
  }
}
