import ArgumentParser
import Foundation
import Terminal

/// The settings as options, over those of the file.
struct ChatSettings: ParsableArguments {
  @Option(help: ChatSettings.help(.country, "code"))
  var country: String?

  @Option(help: ChatSettings.help(.pace, "pace"))
  var pace: Settings.Pace?

  @Flag(inversion: .prefixedNo, help: ChatSettings.help(.plain))
  var plain: Bool?

  @Option(name: [.long, .customLong("color")], help: ChatSettings.help(.colour, "when"))
  var colour: Settings.Colour?

  @Option(help: ChatSettings.help(.width, "columns"))
  var width: Int?

  @Flag(inversion: .prefixedNo, help: ChatSettings.help(.hints))
  var hints: Bool?

  @Option(help: ChatSettings.help(.editing, "keys"))
  var editing: Settings.Editing?

  @Flag(inversion: .prefixedNo, help: ChatSettings.help(.history))
  var history: Bool?

  @Option(help: ChatSettings.help(.historyLines, "n"))
  var historyLines: Int?

  @Option(
    name: .customLong("settings"),
    help: ArgumentHelp("Read the settings from this file in place of your own.", valueName: "file"),
    completion: .file())
  var file: String?

  private static func help(_ key: Settings.Key, _ value: String? = nil) -> ArgumentHelp {
    ArgumentHelp("\(key.explanation). Usually: \(key.usual).", valueName: value)
  }

  mutating func validate() throws {
    if let country, Settings.country(country) == nil {
      throw ValidationError("The country '\(Text.printable(country))' is not a two-letter code such as GB.")
    }
    if let width, !Settings.widths.contains(width) { throw ValidationError("The width has to be 20 to 200.") }
    if let historyLines, !Settings.historyLengths.contains(historyLines) {
      throw ValidationError("The number of lines kept has to be 1 to 10000.")
    }
  }

  /// The settings that hold. What is wrong with the file goes to standard error, once.
  func load() -> Settings {
    var settings = Settings()
    settings.country = country.flatMap(Settings.country)
    settings.pace = pace
    settings.plain = plain
    settings.colour = colour
    settings.width = width
    settings.hints = hints
    settings.editing = editing
    settings.history = history
    settings.historyLines = historyLines
    guard let path = file ?? Places.own.settings else { return settings }
    let read = SettingsFile.read(path, isNamed: file != nil)
    for problem in read.problems { StandardError.write(Text.printable(problem)) }
    return settings.over(read.settings)
  }
}

extension Places {
  static var own: Places { Places { ProcessInfo.processInfo.environment[$0] } }
}

extension Settings.Pace: ExpressibleByArgument {}
extension Settings.Colour: ExpressibleByArgument {}
extension Settings.Editing: ExpressibleByArgument {}
