import ArgumentParser
import Foundation
import IntentFiles

struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Begin a bot or an intent.", subcommands: [NewBot.self, NewIntent.self])
}

struct NewBot: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bot", abstract: "Write a small working bot on another subject, to learn from and to change.")

  @Argument(help: ArgumentHelp("A folder that does not exist yet, or is empty.", valueName: "folder"))
  var folder: String

  func run() throws {
    let found = try? FileManager.default.contentsOfDirectory(atPath: folder)
    if found.map({ !$0.isEmpty }) ?? FileManager.default.fileExists(atPath: folder) {
      throw Failure.use("\(Diagnostic.printable(folder)) exists already and is not empty; name another folder")
    }
    for (path, text) in BotTemplate.files { try NewFile.write(text, to: folder + "/" + path) }
    try Output.put(
      """
      \(BotTemplate.files.count) files in \(Diagnostic.printable(folder)). Now:
        drawbridge chat --intents \(Diagnostic.printable(folder))
        drawbridge check \(Diagnostic.printable(folder))

      """)
  }
}

struct NewIntent: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "intent", abstract: "Write the file of a new intent, with the parts to fill in.")

  @Argument(help: ArgumentHelp("Its name: lower-case words with hyphens.", valueName: "id"))
  var id: String

  @OptionGroup var botOptions: BotOptions

  @Option(help: ArgumentHelp("The folder inside it that the file goes to.", valueName: "name"))
  var group: String?

  func run() throws {
    guard IntentTemplate.isName(id) else {
      throw Failure.use(
        "'\(Diagnostic.printable(id))' is no name; write lower-case words with hyphens, as not-sleeping")
    }
    let intents = botOptions.folder ?? BotOptions.usualFolder
    let folder = BotLoader.load(try BotOptions.files(intents))
    if let place = folder.place(ofIntent: id) { throw Failure.use("the intent '\(id)' exists already, in \(place)") }
    let answered = folder.answeredGroups
    guard let group = group ?? answered.first else {
      throw Failure.use("name the folder that the file goes to, as --group signs")
    }
    guard !group.isEmpty, !group.hasPrefix("."), !group.contains("/") else {
      throw Failure.use(
        "'\(Diagnostic.printable(group))' is no name of a folder inside of \(Diagnostic.printable(intents))")
    }
    let path = "\(intents)/\(group)/\(id).yaml"
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Failure.use("\(Diagnostic.printable(path)) exists already")
    }
    try NewFile.write(IntentTemplate.text(id: id, layer: folder.firstLayer ?? "listening", depth: 1), to: path)
    var text = "written: \(Diagnostic.printable(path))\n"
    if !answered.contains(group) {
      text += "add \(id) (or \(Diagnostic.printable(group))) to a set in dialogue.yaml, so that it is answered\n"
    }
    try Output.put(text + "fill in the parts, then: drawbridge check \(Diagnostic.printable(intents))\n")
  }
}

enum NewFile {
  static func write(_ text: String, to path: String) throws {
    let url = URL(fileURLWithPath: path)
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      let draft = try DraftFile(path, mode: 0o644)
      try draft.write(Array(text.utf8))
      try draft.commit(overwriting: false)
    } catch let error as PrivateFile.Failure {
      throw Failure.system("\(error)")
    } catch {
      throw Failure.system("\(Diagnostic.printable(path)) cannot be written: \(error.localizedDescription)")
    }
  }
}
