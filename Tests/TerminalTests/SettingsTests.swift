import Foundation
import Testing

@testable import Terminal

@Suite struct SettingsTests {
  @Test func readsWhatWasChosen() {
    let file = SettingsFile(
      """
      # mine
      country = gb
        pace = gentle

      plain = yes
      colour=never
      width = 60
      hints = off
      editing = vi
      history = yes
      history-lines = 20
      """, path: "s")
    #expect(file.problems == [])
    var wanted = Settings()
    wanted.country = "GB"
    wanted.pace = .gentle
    wanted.plain = true
    wanted.colour = .never
    wanted.width = 60
    wanted.hints = false
    wanted.editing = .vi
    wanted.history = true
    wanted.historyLines = 20
    #expect(file.settings == wanted)
  }

  @Test func saysWhatIsWrongWhereAndHowToMendIt() {
    let file = SettingsFile(
      "colr = never\n  nonsense\nwidth = 7\ncountry = Norway\nhints = no\nhints = yes\nplain = perhaps\nzzzzzz = 1\n",
      path: "s")
    #expect(
      file.problems == [
        "s:1:1: warning: there is no setting `colr`; did you mean `colour`?",
        "s:2:3: warning: this line says nothing; write a setting as `name = value`, a comment after #",
        "s:3:1: warning: `width` cannot be `7`; write a number from 20 to 200",
        "s:4:1: warning: `country` cannot be `Norway`; write a two-letter code such as GB",
        "s:6:1: warning: `hints` was set above already; this line is passed over",
        "s:7:1: warning: `plain` cannot be `perhaps`; write yes or no",
        "s:8:1: warning: there is no setting `zzzzzz`; `drawbridge settings` lists them all",
      ])
    var wanted = Settings()
    wanted.hints = false
    #expect(file.settings == wanted)
  }

  @Test func whatIsShownReadsBack() {
    #expect(SettingsFile(SettingsFile.text(Settings()), path: "s") == SettingsFile())
    var settings = Settings()
    settings.country = "NO"
    settings.pace = .gentle
    settings.historyLines = 7
    #expect(SettingsFile(SettingsFile.text(settings), path: "s").settings == settings)
  }

  @Test func anOptionWinsOverTheFile() {
    var option = Settings()
    option.pace = Settings.Pace.none
    var file = Settings()
    file.pace = .gentle
    file.width = 50
    let both = option.over(file)
    #expect(both.pace == Settings.Pace.none)
    #expect(both.width == 50)
  }

  @Test func aFileThatCannotBeReadIsSaidOnce() throws {
    let folder = try Scratch()
    #expect(SettingsFile.read(folder.path + "/missing") == SettingsFile())
    #expect(SettingsFile.read(folder.path).problems.count == 1)
    try Data([0xff, 0xfe, 0x00]).write(to: URL(fileURLWithPath: folder.path + "/binary"))
    #expect(SettingsFile.read(folder.path + "/binary").problems.count == 1)
    try Data(repeating: 10, count: 100_000).write(to: URL(fileURLWithPath: folder.path + "/large"))
    #expect(SettingsFile.read(folder.path + "/large").problems.first?.contains("larger") == true)
  }

  @Test func placesFollowTheXDGDirectories() {
    let chosen = ["HOME": "/h", "XDG_CONFIG_HOME": "/c", "XDG_STATE_HOME": "relative"]
    #expect(Places { chosen[$0] }.settings == "/c/drawbridge/settings")
    #if os(Linux)
      #expect(Places { chosen[$0] }.history == "/h/.local/state/drawbridge/history")
      #expect(Places { ["HOME": "/h"][$0] }.settings == "/h/.config/drawbridge/settings")
    #endif
    #expect(Places { _ in nil }.settings == nil)
    #expect(Places { _ in nil }.history == nil)
  }
}

@Suite struct HistoryFileTests {
  @Test func keepsLinesForThePersonAlone() throws {
    let folder = try Scratch()
    let path = folder.path + "/state/drawbridge/history"
    var history = try HistoryFile(path)
    #expect(history.lines == [])
    try history.add("one\ntwo")
    try history.add("\u{1b}[31mthree")
    try history.add("")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "one two\n[31mthree\n")
    #expect(try folder.mode("state/drawbridge/history") == 0o600)
    #expect(try folder.mode("state/drawbridge") == 0o700)
    #expect(try HistoryFile(path).lines == ["one two", "[31mthree"])
  }

  @Test func readingWritesNothing() throws {
    let folder = try Scratch()
    _ = try HistoryFile(folder.path + "/a/history")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test func staysWithinItsBounds() throws {
    let folder = try Scratch()
    let path = folder.path + "/history"
    var history = try HistoryFile(path, limit: 10)
    for i in 1...40 { try history.add("line \(i)") }
    let kept = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(kept.count <= 15)
    #expect(kept.last == "line 40")
    #expect(try HistoryFile(path, limit: 10).lines == (31...40).map { "line \($0)" })
  }

  @Test func forgetsThisConversationOrAll() throws {
    let folder = try Scratch()
    let path = folder.path + "/history"
    try Data("earlier\n".utf8).write(to: URL(fileURLWithPath: path))
    var history = try HistoryFile(path)
    try history.add("now")
    #expect(try folder.mode("history") == 0o600)
    try history.forget()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "earlier\n")
    try history.erase()
    #expect(history.lines == [])
    #expect(!FileManager.default.fileExists(atPath: path))
    try history.erase()
  }

  @Test func aLinkIsNotFollowed() throws {
    let folder = try Scratch()
    try Data("mine".utf8).write(to: URL(fileURLWithPath: folder.path + "/other"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/history", withDestinationPath: folder.path + "/other")
    var history = try HistoryFile(folder.path + "/history")
    #expect(throws: HistoryFile.Failure.self) { try history.add("x") }
    #expect(try String(contentsOfFile: folder.path + "/other", encoding: .utf8) == "mine")
  }
}

/// A folder that is gone when the test is over.
private final class Scratch {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("drawbridge-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func mode(_ name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path + "/" + name)[.posixPermissions] as? Int
  }
}
