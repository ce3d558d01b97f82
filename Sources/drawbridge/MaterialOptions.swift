import ArgumentParser
import Dialogue
import Foundation
import IntentFiles
import Matching
import Reports
import Terminal
import Transcripts

/// What a version of a bot is looked at with: labelled utterances and transcripts.
struct MaterialOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Labelled utterances, one JSON object a line: {\"text\", \"intent\"}.", valueName: "file"),
    completion: .file())
  var rows: [String] = []

  @Option(
    help: ArgumentHelp("Transcripts, or folders of them; Transcripts where none is named.", valueName: "files"),
    completion: .file())
  var transcripts: [String] = []

  /// A transcript with its file.
  struct File {
    var path: String
    var text: String
    var transcript: Transcript
  }

  /// The transcripts. What is at fault goes to standard error and is left out; `atFault` says so.
  func readTranscripts(atFault: inout Bool) throws -> [File] {
    try MaterialOptions.readTranscripts(transcripts, atFault: &atFault)
  }

  /// The transcripts of files and folders; those of `Transcripts`, if it is there, where none is named.
  static func readTranscripts(_ named: [String], atFault: inout Bool) throws -> [File] {
    var paths = named
    if paths.isEmpty, FileManager.default.fileExists(atPath: "Transcripts") { paths = ["Transcripts"] }
    var files: [File] = []
    for entry in TranscriptFiles(paths) {
      switch entry {
      case .unreadable(let path, let reason): throw MaterialOptions.unreadable(path, reason)
      case .file(let path):
        do {
          let bytes = try MaterialOptions.bytes(of: path, atMost: TranscriptParser.largest)
          files.append(
            File(
              path: path, text: String(decoding: bytes, as: UTF8.self), transcript: try TranscriptParser.parse(bytes)))
        } catch let error as TranscriptError {
          StandardError.write(Text.printable("\(path):\(error)"))
          atFault = true
        }
      }
    }
    return files
  }

  /// Those that were held with this bot; the others are named on standard error.
  func fitting(_ files: [File], _ bot: Bot, atFault: inout Bool) -> [File] {
    var fitting: [File] = []
    for file in files {
      if let refusal = Replay.refusal(of: file.transcript, with: bot) {
        StandardError.write(Text.printable("\(file.path):\(refusal)"))
        atFault = true
      } else {
        fitting.append(file)
      }
    }
    return fitting
  }

  /// The labelled utterances of each file.
  func readRows() throws -> [(path: String, text: String, rows: [LabelledRow])] {
    try rows.map { path in
      let bytes = try MaterialOptions.bytes(of: path, atMost: MaterialOptions.mostBytesOfRows)
      do {
        return (path, String(decoding: bytes, as: UTF8.self), try LabelledRow.read(bytes, file: path))
      } catch {
        throw Failure.files(Text.printable("\(error)"))
      }
    }
  }

  private static let mostBytesOfRows = 256 << 20

  private static func bytes(of path: String, atMost largest: Int) throws -> [UInt8] {
    do {
      switch try BoundedFile.read(path, atMost: largest) {
      case .bytes(let bytes): return bytes
      case .tooLarge(let count):
        throw Failure.files(
          Text.printable("\(path): error: the file has \(count) bytes, more than \(largest); split it into several"))
      }
    } catch let error as BoundedFile.Failure {
      throw unreadable(path, error.reason)
    }
  }

  private static func unreadable(_ path: String, _ reason: String) -> ExitCode {
    Failure.system(Text.printable("\(path): cannot be read: \(reason); check its name and permissions"))
  }
}

/// A folder of intent files, compiled, with its examples.
struct Version {
  var bot: Bot
  var files: [SourceFile]
  /// Those beside the rules.
  var examples: [LabelledRow]
  /// Those in lists, one a line.
  var listedExamples: [LabelledRow]

  /// Errors in the files go to standard error.
  ///
  /// - Parameter name: what stands before the paths in messages.
  init(_ files: [SourceFile], name: String) throws {
    let loaded = BotLoader.load(files)
    for diagnostic in loaded.diagnostics where diagnostic.severity == .error {
      StandardError.write("\(name)/\(diagnostic)")
    }
    guard let source = loaded.source else { throw ExitCode(1) }
    let store = BotOptions.store
    if store.find(source) == nil {
      BotOptions.announceLearning(source, "learning from the examples of \(name); this takes some seconds, once")
    }
    guard let bot = store.compile(source) else { throw ExitCode(1) }
    self.bot = bot
    self.files = files
    // Those of contextual intents are heard in their place in a conversation, or not at all.
    let rivals = Set(source.matcher.intents.filter { $0.standing == .rival }.map(\.id))
    examples = loaded.expectations.filter { $0.expected && rivals.contains($0.intent) }.map {
      LabelledRow(text: $0.text, intent: $0.intent, place: "\($0.file):\($0.line)")
    }
    listedExamples = loaded.listedExamples.filter { $0.intent.map(rivals.contains) ?? false }.map {
      LabelledRow(text: $0.text, intent: $0.intent, place: $0.place)
    }
  }
}
