import ArgumentParser
import Foundation
import IntentFiles
import Reports
import Terminal
import Transcripts

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Show what an edit of the intent files changes.",
    discussion: """
      Which examples, labelled utterances and turns of the transcripts are heard or answered otherwise than
      with an older version: a folder, or a commit, branch or tag of the Git repository that the intents lie
      in. Lines that were stand after -, lines that are after +.
      """)

  @OptionGroup var botOptions: BotOptions
  @OptionGroup var material: MaterialOptions

  @Argument(help: ArgumentHelp("The older version.", valueName: "folder or revision"))
  var before: String = "HEAD"

  func run() throws {
    var atFault = false
    let held = try material.readTranscripts(atFault: &atFault)
    let labelled = try material.readRows().flatMap(\.rows)
    let folder = botOptions.folder ?? BotOptions.usualFolder
    let new = try Version(BotOptions.files(folder), name: folder)
    let transcripts = material.fitting(held, new.bot, atFault: &atFault)
    let old = try Version(olderFiles(folder), name: before)
    let examples = new.examples + new.listedExamples
    let now = Set(examples.map(\.text))
    let removed = (old.examples + old.listedExamples).filter { !now.contains($0.text) }
    func located(_ rows: [LabelledRow], _ name: String) -> [LabelledRow] {
      rows.map { LabelledRow(text: $0.text, intent: $0.intent, also: $0.also, place: "\(name)/\($0.place)") }
    }
    let comparison = Comparison(
      before: old.bot, after: new.bot,
      rows: located(examples, folder) + located(removed, before) + labelled,
      transcripts: transcripts.map { ($0.path, $0.transcript) })
    var output = Output()
    do {
      try output.write(Text.printable(comparison.text))
      try output.flush()
    } catch is ClosedPipe {
      return
    }
    if atFault { throw ExitCode(1) }
  }

  /// A folder that is there is a folder; anything else is a revision.
  private func olderFiles(_ folder: String) throws -> [SourceFile] {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: before, isDirectory: &isFolder), isFolder.boolValue {
      return try BotOptions.files(before)
    }
    do {
      return try GitRevision.read(folder, at: before)
    } catch {
      throw Failure.files("\(error)")
    }
  }
}
