import ArgumentParser
import Terminal

struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings",
    abstract: "Show the settings, as a file that you can keep.",
    discussion: """
      Nothing is written. To begin a file of your own: drawbridge settings > FILE, with the FILE that \
      `drawbridge settings --where` names.
      """)

  @OptionGroup var settings: ChatSettings

  @Flag(help: "Show where the file is looked for, and nothing else.")
  var `where` = false

  func run() throws {
    var output = Output()
    do {
      if `where` {
        guard let path = Places.own.settings else {
          throw Failure.system("there is no home folder, so there is no file of settings; set HOME or use --settings")
        }
        try output.write(Text.printable(path) + "\n")
      } else {
        try output.write(SettingsFile.text(settings.load()))
      }
      try output.flush()
    } catch is ClosedPipe {
      return
    }
  }
}
