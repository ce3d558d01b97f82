import Dialogue
import IntentFiles
import Matching
import Testing

@Suite struct LoadingTests {
  @Test func loadsAFolderWithoutFault() {
    let loaded = BotLoader.load(Folder.files())
    #expect(loaded.diagnostics == [])
    #expect(loaded.source?.intents.map(\.id) == ["asking"])
    #expect(loaded.source?.intents.first?.group == "signs")
  }

  @Test func theOrderOfFilesDoesNotMatter() throws {
    let one = try #require(BotLoader.load(Folder.files()).source)
    let other = try #require(BotLoader.load(Folder.files().reversed()).source)
    #expect(Bot.compile(one) == Bot.compile(other))
  }

  /// `<name>` in an `if` stands for its list, which may name one before it.
  @Test func aListOfGuardsStandsForAllOfThem() throws {
    func load(_ lists: String, _ more: String? = nil) -> BotLoader.Result {
      let dialogue = Folder.dialogue.replacing(
        "        reply: topic", with: "        reply: topic\n        if: [<late>, words >= 3]")
      return BotLoader.load(Folder.files(["dialogue.yaml": lists + dialogue, "more.yaml": more]))
    }
    let lists = "guards: { <first>: not told, <late>: [<first>, turns-here >= 2] }\n"
    let source = try #require(load(lists).source)
    #expect(
      source.machine.states.first?.transitions.first?.guards == [
        Guard("told", .below, 1), Guard("turns-here", .atLeast, 2), Guard("words", .atLeast, 3),
      ])
    let twice = load(lists, "guards: { <late>: told }\n").diagnostics
    #expect(twice.map(\.message) == ["the list of guards <late> is declared a second time"])
  }

  @Test func readsIdeasConditionsAndTargets() throws {
    let intent = Folder.intent + "\n      offer:\n        - Shall we look? [000.2] -> asking\n"
    let source = try #require(BotLoader.load(Folder.files(["signs/asking.yaml": intent])).source)
    let parts = try #require(source.intents.first?.sections.first?.parts)
    #expect(parts.map(\.kind) == [.simpleReflection, .simpleReflection, .openQuestion, .offer])
    #expect(parts[0].text == "Asking is hard.")
    #expect(parts[0].ideas == ["000.1"])
    #expect(parts[1].condition == 0)
    #expect(parts[3].leadsTo == .intent("asking"))
  }

  @Test func examplesMayStandInAPlainListBesideTheRules() throws {
    let loaded = BotLoader.load(Folder.files(["signs/asking.txt": "# comment\nI hate asking\n\n  please help  \n"]))
    #expect(loaded.source?.matcher.intents.first?.examples == ["i never ask for help", "I hate asking", "please help"])
  }
}

/// Mistakes an author makes: each is found at its place, with a mend.
@Suite struct MistakeTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var name: String
    var path: String
    var text: String?
    var place: String
    var says: String
    var testDescription: String { name }
  }

  static let mistakes: [Mistake] = [
    Mistake(name: "a tab", path: "signs/a.yaml", text: "a:\n\tabout: x\n", place: "signs/a.yaml:2:1", says: "spaces"),
    Mistake(
      name: "a colon in a sentence", path: "signs/a.yaml",
      text: "a:\n  about: x\n  says:\n    happens:\n      talk:\n        - one: two: three\n", place: "signs/a.yaml:6",
      says: "double quotes"),
    Mistake(
      name: "a duplicate key", path: "signs/a.yaml", text: "a:\n  about: x\n  about: y\n", place: "signs/a.yaml:3:3",
      says: "second time"),
    Mistake(
      name: "an alias", path: "signs/a.yaml", text: "a: &x\n  about: x\nb: *x\n", place: "signs/a.yaml:1:4",
      says: "anchors"),
    Mistake(
      name: "an unknown key", path: "signs/a.yaml", text: "a:\n  about: x\n  heers: {}\n", place: "signs/a.yaml:3:3",
      says: "did you mean 'hears'?"),
    Mistake(
      name: "an unknown kind", path: "signs/a.yaml",
      text: "a:\n  about: x\n  says:\n    happens:\n      simple-reflexion: [A.]\n", place: "signs/a.yaml:5:7",
      says: "did you mean 'simple-reflection'?"),
    Mistake(
      name: "an unknown class", path: "signs/a.yaml",
      text: "a:\n  about: x\n  hears:\n    patterns:\n      - my ~famly\n", place: "signs/a.yaml:5:12",
      says: "did you mean 'family'?"),
    Mistake(
      name: "a bracket left open", path: "signs/a.yaml",
      text: "a:\n  about: x\n  hears:\n    patterns:\n      - ask (me\n", place: "signs/a.yaml:5:13",
      says: "never closed"),
    Mistake(
      name: "a pattern that matches everything", path: "signs/a.yaml",
      text: "a:\n  about: x\n  hears:\n    patterns:\n      - \"[ask] ...\"\n", place: "signs/a.yaml:5:10",
      says: "match everything"),
    Mistake(
      name: "an unknown idea", path: "signs/a.yaml",
      text: "a:\n  about: x\n  says:\n    happens:\n      talk:\n        - A. [000.9]\n", place: "signs/a.yaml:6:11",
      says: "unknown idea: '000.9'"),
    Mistake(
      name: "an offer that leads nowhere", path: "signs/a.yaml",
      text: "a:\n  about: x\n  says:\n    happens:\n      offer:\n        - Shall we? -> askin\n",
      place: "signs/a.yaml:6:11",
      says: "did you mean 'asking'?"),
    Mistake(
      name: "an intent twice", path: "signs/z.yaml",
      text: "asking:\n  about: x\n  says:\n    happens:\n      talk: [A.]\n", place: "signs/z.yaml:1:1",
      says: "signs/asking.yaml:1"),
    Mistake(
      name: "an unknown section", path: "signs/a.yaml",
      text: "a:\n  about: x\n  says:\n    hapens:\n      talk: [A.]\n", place: "signs/a.yaml",
      says: "did you mean 'happens'?"),
    Mistake(
      name: "a weight out of range", path: "signs/a.yaml", text: "a:\n  about: x\n  hears:\n    keywords: { ask: 7 }\n",
      place: "signs/a.yaml:4:22", says: "1 to 3"),
    Mistake(
      name: "a class that contains itself", path: "more.yaml", text: "classes: { a: [~b], b: [~a] }\n",
      place: "more.yaml:1:",
      says: "contains itself"),
    Mistake(
      name: "a transition to nowhere", path: "more.yaml",
      text: "states:\n  x:\n    on:\n      - heard: anything\n        to: hom\n", place: "more.yaml:5:13",
      says: "did you mean 'home'?"),
    Mistake(
      name: "a trigger nobody knows", path: "more.yaml", text: "states:\n  x:\n    on:\n      - heard: askin\n",
      place: "more.yaml:4:16", says: "did you mean 'asking'?"),
    Mistake(
      name: "a condition not understood", path: "more.yaml",
      text: "states:\n  x:\n    on:\n      - heard: anything\n        if: a = b = c\n", place: "more.yaml:5:13",
      says: "not understood"),
    Mistake(name: "no start", path: "dialogue.yaml", text: "states:\n  home: {}\n", place: ".", says: "start"),
    Mistake(
      name: "examples of nothing", path: "signs/askin.txt", text: "x\n", place: "signs/askin.txt:1:1",
      says: "did you mean 'asking'?"),
    Mistake(
      name: "two documents", path: "signs/a.yaml", text: "a:\n  about: x\n---\nb: 1\n", place: "signs/a.yaml",
      says: "YAML"),
    Mistake(
      name: "a list where a table belongs", path: "signs/a.yaml", text: "- a\n- b\n", place: "signs/a.yaml:1:1",
      says: "table of keys"),
  ]

  @Test(arguments: mistakes)
  func isFoundAtItsPlaceWithAMend(_ mistake: Mistake) {
    let found = BotLoader.load(Folder.files([mistake.path: mistake.text])).diagnostics
    let lines = found.map(\.description)
    #expect(lines.contains { $0.hasPrefix(mistake.place) && $0.contains(mistake.says) }, "\(lines)")
  }

  @Test func invalidUTF8IsFoundAtItsLine() {
    var files = Folder.files()
    files.append(SourceFile(path: "signs/a.yaml", bytes: Array("a:\n  about: ".utf8) + [0xe9, 0x0a]))
    #expect(BotLoader.load(files).diagnostics.contains { $0.file == "signs/a.yaml" && $0.line == 2 && $0.column == 10 })
  }

  @Test func aBombOfAliasesIsRefusedAtOnce() {
    var text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for (from, to) in zip("abcdefgh", "bcdefghi") {
      text += "\(to): &\(to) [" + (0..<9).map { _ in "*\(from)" }.joined(separator: ", ") + "]\n"
    }
    #expect(BotLoader.load(Folder.files(["bomb.yaml": text])).diagnostics.contains { $0.message.contains("anchors") })
  }

  @Test func deepNestingIsRefused() {
    let text = "a: " + String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
    #expect(BotLoader.load(Folder.files(["deep.yaml": text])).hasErrors)
  }

  @Test func aByteOrderMarkAndWindowsLineEndsAreFine() {
    let windows = "\u{feff}" + Folder.intent.replacing("\n", with: "\r\n")
    #expect(BotLoader.load(Folder.files(["signs/asking.yaml": windows])).diagnostics == [])
  }

  @Test func diagnosticsCarryNoControlCharacters() {
    let found = BotLoader.load(Folder.files(["signs/a\u{1b}[31m.yaml": "x: [\n"]))
    #expect(found.diagnostics.allSatisfy { !$0.description.contains("\u{1b}") })
  }
}
