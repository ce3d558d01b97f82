import Dialogue
import Transcripts

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A conversation on its way into a file, turn by turn. Whatever ends the program or fills the disk, the file
/// is a transcript of all complete turns.
final class Recording {
  /// The full path of the file.
  var path: String { file.path }
  /// Whether something could not be written.
  private(set) var hasFailed = false
  private let file: DraftFile
  /// Where in the file each turn ends.
  private var ends: [off_t] = []
  /// Where personal data is left out: the conversation as it goes with the lines that are written, so that the
  /// answers hold nothing that was left out, and the transcript replays.
  private var redacted: (conversation: Conversation, redaction: Redaction)?

  /// Begins with the turns that `conversation` has, the opening at least. The file appears with them in it.
  init(
    _ name: String, following conversation: Conversation, redacting: Bool, overwriting: Bool
  ) throws(PrivateFile.Failure) {
    let path = PrivateFile.path(name)
    if !overwriting, PrivateFile.exists(path) {
      throw PrivateFile.Failure(description: "\(path) exists already; choose another name, or add --overwrite")
    }
    file = try DraftFile(path, mode: 0o600)
    if redacting {
      let copy = Conversation(bot: conversation.bot, seed: conversation.seed, country: conversation.country)
      redacted = (copy, Redaction())
    }
    let header = Transcript.Header(
      seed: conversation.seed, country: conversation.country, bot: conversation.bot.name,
      botVersion: conversation.bot.version, isRecording: true)
    var text = TranscriptText.header(header)
    for turn in conversation.turns {
      text += self.text(of: turn)
      ends.append(off_t(text.utf8.count))
    }
    try file.write(Array(text.utf8))
    try file.commit(overwriting: overwriting)
  }

  /// Brings the file up to the turns of `conversation`: new ones are added, those taken back are removed.
  ///
  /// - Returns: what went wrong, once; nothing is written any more then.
  func follow(_ conversation: Conversation) -> String? {
    guard !hasFailed else { return nil }
    while ends.count > conversation.turns.count, ends.count > 1 {
      ends.removeLast()
      _ = redacted?.conversation.undo()
      guard ftruncate(file.descriptor, ends[ends.count - 1]) == 0 else { return fail() }
    }
    for turn in conversation.turns.dropFirst(ends.count) {
      let bytes = Array(text(of: turn).utf8)
      let end = ends.last ?? 0
      guard lseek(file.descriptor, end, SEEK_SET) == end, DraftFile.write(bytes, to: file.descriptor),
        fsync(file.descriptor) == 0
      else { return fail() }
      ends.append(end + off_t(bytes.count))
    }
    return nil
  }

  private func fail() -> String {
    let reason = String(cString: strerror(errno))
    hasFailed = true
    ftruncate(file.descriptor, ends.last ?? 0)
    return "\(path): \(reason); the conversation is not recorded any more, what was said before stands in the file"
  }

  private func text(of turn: Turn) -> String {
    guard redacted != nil else { return TranscriptText.turn(turn) }
    guard turn.number > 0 else { return TranscriptText.turn(redacted?.conversation.open() ?? turn) }
    let line = redacted?.redaction.redact(turn.you) ?? ""
    return TranscriptText.turn(redacted?.conversation.hear(line) ?? turn)
  }
}
