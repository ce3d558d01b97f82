import Dialogue
import Foundation
import IntentFiles
import Testing

@Suite struct TemplateTests {
  private static let files = BotTemplate.files.map { SourceFile(path: $0.path, bytes: Array($0.text.utf8)) }
    .filter { $0.isYAML }

  @Test func theNewBotHasNothingToMend() {
    let report = BotChecker.check(Self.files, depth: .thorough, store: MatcherStore())
    #expect(report.diagnostics.isEmpty, "\(report.diagnostics.map(\.description))")
  }

  @Test func theNewBotTalks() throws {
    let source = try #require(BotLoader.load(Self.files).source)
    let bot = try #require(MatcherStore().compile(source))
    var talk = Conversation(bot: bot, seed: 1)
    _ = talk.open()
    let plant = talk.hear("my monstera looks sick")
    #expect(plant.intent == "yellow-leaves")
    #expect(plant.reply.contains("monstera") || plant.reply.contains("changed colour"))
    #expect(talk.hear("I want to die").state == "danger")
  }

  @Test func theNewIntentHasNothingToMend() {
    let text = IntentTemplate.text(id: "too-much-sun", layer: "happens", depth: 1)
    let files = Self.files + [SourceFile(path: "plants/too-much-sun.yaml", bytes: Array(text.utf8))]
    let found = BotChecker.check(files, depth: .thorough, store: MatcherStore()).diagnostics
    #expect(found.isEmpty, "\(found.map(\.description))")
  }

  @Test(arguments: ["not-sleeping", "a1", "x"]) func namesOfIntents(_ id: String) { #expect(IntentTemplate.isName(id)) }

  @Test(arguments: ["", "-", "Not", "a--b", "a_b", "../a", "1a", "a\n"])
  func noNamesOfIntents(_ id: String) { #expect(!IntentTemplate.isName(id)) }
}

@Suite struct FileEditTests {
  private func edited(_ text: String, _ added: String, _ list: FileEdit.List = .patterns) throws -> String {
    let file = SourceFile(path: "a.yaml", bytes: Array(text.utf8))
    return String(decoding: try FileEdit.add(added, to: list, ofIntent: "a", in: file), as: UTF8.self)
  }

  private static let intent = """
    # A comment.
    a:
      about: rest   # what for
      hears:
        patterns:
          - tired   # of it
          - >-
            worn
            out
        # and more
        keywords: { tired: 1 }
      says:
        happens:
          talk: [So it is.]

    b:
      about: other
      hears:
        patterns:
          - else

    """

  @Test func addsAnItemAndKeepsTheRest() throws {
    let text = try edited(Self.intent, "exhausted | spent")
    #expect(text == Self.intent.replacing("        out\n", with: "        out\n      - exhausted | spent\n"))
  }

  @Test func beginsAListWhereThereIsNone() throws {
    let text = try edited(Self.intent, "no: never #1", .examples)
    #expect(
      text
        == Self.intent.replacing(
          "  hears:\n    patterns:\n      - tired",
          with: "  hears:\n    examples:\n      - \"no: never #1\"\n    patterns:\n      - tired"))
  }

  @Test func beginsWhatIsHeardWhereNothingIs() throws {
    #expect(
      try edited("a:\n  about: rest\n  named: rest\n", "[so] tired")
        == "a:\n  about: rest\n  hears:\n    patterns:\n      - \"[so] tired\"\n  named: rest\n")
  }

  @Test func addsToAListInOneLine() throws {
    #expect(
      try edited("a:\n  about: rest\n  hears:\n    patterns: [tired, \"a ] b\"]\n", "spent")
        == "a:\n  about: rest\n  hears:\n    patterns: [tired, \"a ] b\", \"spent\"]\n")
  }

  @Test func keepsWindowsLineEnds() throws {
    let text = "a:\r\n  about: rest\r\n  hears:\r\n    patterns:\r\n      - tired\r\n"
    #expect(try edited(text, "spent") == text + "      - spent\r\n")
  }

  @Test func refusesWhatStandsThereAlready() {
    #expect(throws: FileEdit.Failure.self) { try edited(Self.intent, "tired") }
  }

  @Test func refusesControlCharacters() {
    #expect(throws: FileEdit.Failure.self) { try edited(Self.intent, "ti\u{1b}red") }
    #expect(throws: FileEdit.Failure.self) { try edited(Self.intent, "ti\nred") }
  }

  @Test func refusesLayoutsItDoesNotKnow() {
    #expect(throws: FileEdit.Failure.self) { try edited("a:\n  about: rest\n  hears:\n    patterns: tired\n", "spent") }
  }

  @Test func appendsALineToAListOfExamples() throws {
    let file = SourceFile(path: "a.txt", bytes: Array("one\ntwo".utf8))
    #expect(String(decoding: try FileEdit.append(" three ", to: file), as: UTF8.self) == "one\ntwo\nthree\n")
    #expect(throws: FileEdit.Failure.self) { try FileEdit.append("two", to: file) }
  }
}

/// The ten rules that the guide sets beside other languages.
@Suite struct TenRulesTests {
  static let rules: [(pattern: String, whole: Bool, hears: [String], not: [String])] = [
    ("hello | hi", true, ["hello", "Hi!"], ["hello there", "hi hello"]),
    ("ask for help", false, ["I asked for help", "asking for help is hard"], ["ask for some help", "help"]),
    ("ask for [some] help", false, ["ask for help", "she asks for some help"], ["ask for no help"]),
    (
      "never ... help", false, ["I never help", "never a word of any help"], ["never one two three four five six help"]
    ),
    ("~family", false, ["my sister came", "a brother"], ["a friend"]),
    ("my {who:~family}", false, ["my sister came"], ["the sister came"]),
    ("trust", false, ["I trust them", "trusting is hard"], ["I don't trust them"]),
    ("boss & deadline", false, ["my boss set a deadline", "the deadline of my boss"], ["my boss"]),
    ("not know", false, ["I don't know", "do not really know"], ["I know"]),
    ("no", true, ["no", "No."], ["no way"]),
  ]

  @Test(arguments: rules.indices) func hearsWhatTheGuideSays(_ number: Int) throws {
    let rule = Self.rules[number]
    let loaded = BotLoader.load(Folder.files())
    let bot = try #require(loaded.source.flatMap { MatcherStore().compile($0) })
    let trial = try #require(Trial(loaded, bot: bot))
    let parsed = try trial.parse(rule.pattern, whole: rule.whole)
    for line in rule.hears { #expect(trial.hears(parsed, line), "\(rule.pattern) and \(line)") }
    for line in rule.not { #expect(!trial.hears(parsed, line), "\(rule.pattern) and \(line)") }
  }

  /// The rows of the guide's table: the rule in each language, as the pieces of code in its cell.
  private func table() throws -> [[[String]]] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let guide = try String(contentsOf: root.appendingPathComponent("Intents/README.md"), encoding: .utf8)
    let section = guide.components(separatedBy: "## The same ten rules elsewhere").last ?? ""
    let rows = section.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.dropFirst(2).first?.isNumber == true }
    return rows.prefix(10).map { row in
      row.replacing("\\|", with: "\u{1}").split(separator: "|").dropFirst(2).map { cell in
        cell.split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }
          .map { String($0.element).replacing("\u{1}", with: "|") }
      }.prefix(4).map { $0 }
    }
  }

  @Test func theGuideShowsTheRulesThatAreTested() throws {
    let rows = try table()
    #expect(rows.count == Self.rules.count)
    for (row, rule) in zip(rows, Self.rules) { #expect(row[0].joined(separator: " ").contains(rule.pattern), "\(row)") }
  }

  /// Every character that has to be typed and read counts; a language is measured by the rules that it can write.
  @Test func oursIsTheShortestToRead() throws {
    let lengths = try table().map { $0.map { $0.reduce(0) { $0 + $1.count } } }
    let ours = lengths.reduce(0) { $0 + $1[0] }
    let sums = (1...3).map { language in
      let rows = lengths.filter { $0[language] > 0 }
      return (theirs: rows.reduce(0) { $0 + $1[language] }, ours: rows.reduce(0) { $0 + $1[0] }, rules: rows.count)
    }
    #expect(ours == 130)
    #expect(sums.map(\.theirs) == [286, 175, 276] && sums.map(\.rules) == [10, 10, 8])
    for sum in sums { #expect(sum.ours < sum.theirs) }
    // Row by row, the exceptions that the guide names.
    let longer = lengths.enumerated().filter { row in row.element.dropFirst().contains { $0 > 0 && $0 < row.element[0] }
    }
    #expect(longer.map { $0.offset + 1 } == [1, 6, 10])
  }
}

@Suite struct SchemaTests {
  @Test func thePublishedSchemaIsTheOneOfTheProgram() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let published = try String(contentsOf: root.appendingPathComponent("Intents/schema.json"), encoding: .utf8)
    // Compared outside of the expectation, which would describe both.
    let same = published == IntentSchema.text
    #expect(same, "write it anew with `drawbridge schema > Intents/schema.json`")
  }

  @Test func everyKeyThatTheLoaderKnowsIsInTheSchema() throws {
    let tree = try JSONSerialization.jsonObject(with: Data(IntentSchema.text.utf8)) as? [String: Any]
    let known = try #require((tree?["properties"] as? [String: Any])?.keys)
    #expect(Set(known) == Set(BotLoader.topLevelKeys))
    let intent = (tree?["$defs"] as? [String: Any])?["intent"] as? [String: Any]
    let keys = try #require((intent?["properties"] as? [String: Any])?.keys)
    #expect(Set(keys) == ["about", "named", "hears", "says", "risk", "in-context"])
  }
}

@Suite struct TrialTests {
  private static let resting =
    "resting:\n  about: rests\n  hears:\n    examples: [i lie down, my day of rest, no help for me]\n"
    + "    patterns: [my day]\n"

  private func trial(_ others: [Trial.Line] = []) throws -> Trial {
    let loaded = BotLoader.load(Folder.files(["signs/resting.yaml": Self.resting]))
    let bot = try #require(loaded.source.flatMap { MatcherStore().compile($0) })
    return try #require(Trial(loaded, bot: bot, others: others))
  }

  @Test func tellsWhatAPatternWouldHear() throws {
    let trial = try trial([.init(text: "help", intent: nil, place: "t:1")])
    let rule = try trial.parse("help", whole: false)
    #expect(trial.hears(rule, "they help"))
    #expect(!trial.hears(rule, "they hurt"))
    let effect = trial.effect(of: rule, on: "asking")
    #expect(effect.heard.map(\.text).sorted() == ["help", "i never ask for help", "no help for me"])
    #expect(effect.heard.map(\.place).contains("signs/resting.yaml:4"))
  }

  @Test func tellsWhatALineWouldBecomeWithAPattern() throws {
    let trial = try trial()
    let line = "my day of rest"
    let now = trial.verdict(on: line, for: "asking")
    #expect(now.intent == "resting")
    let whole = try trial.parse("my day of rest", whole: true)
    let then = trial.verdict(on: line, for: "asking", with: whole)
    #expect(then.intent == "asking" && then.own == then.score && then.own > now.own)
    #expect(trial.verdict(on: line, for: "asking", with: try trial.parse("nights", whole: false)) == now)
  }

  @Test func aLineIsLostToThePatternThatWinsIt() throws {
    let trial = try trial([.init(text: "my day of rest", intent: "asking", place: "t:1")])
    let changes = trial.effect(of: try trial.parse("my day of rest", whole: true), on: "asking").changes
    #expect(changes.map(\.before) == ["resting", "resting"] && changes.map(\.after) == ["asking", "asking"])
    #expect(changes.map(\.isBetter) == [false, true])
  }

  @Test func whatIsLearnedForATrialIsFoundOnceItIsWrittenDown() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = MatcherStore(folder: folder, engine: "1")
    let trial = try trial()
    let line = "could someone carry this"
    _ = try #require(trial.learned(with: line, for: "asking", store: store))
    let whole = try #require(trial.learned(with: try trial.parse("ask me", whole: true), for: "asking", store: store))
    #expect(trial.verdict(on: "ask me", for: "asking", by: whole).intent == "asking")
    func saved(_ text: String, _ list: FileEdit.List) throws -> BotSource {
      let file = SourceFile(path: "signs/asking.yaml", bytes: Array(Folder.intent.utf8))
      let bytes = try FileEdit.add(text, to: list, ofIntent: "asking", in: file)
      let files = Folder.files([
        "signs/resting.yaml": Self.resting, "signs/asking.yaml": String(decoding: bytes, as: UTF8.self),
      ])
      return try #require(BotLoader.load(files).source)
    }
    #expect(store.find(try saved(line, .examples)) != nil)
    #expect(store.find(try saved("ask me", .whole)) != nil)
  }
}

@Suite struct MatcherStoreTests {
  @Test func findsWhatItKeptAndNothingElse() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = MatcherStore(folder: folder, engine: "1")
    let source = try #require(BotLoader.load(Folder.files()).source)
    #expect(store.find(source) == nil)
    let bot = try #require(store.compile(source))
    let found = try #require(store.find(source))
    #expect(found.matcher.hear("i never ask for help").best == bot.matcher.hear("i never ask for help").best)
    #expect(MatcherStore(folder: folder, engine: "2").find(source) == nil)
    // A change of what is said needs no learning, a change of what is heard does.
    let said = Folder.intent.replacing("Asking is hard.", with: "So you ask.")
    let heard = Folder.intent.replacing("i never ask for help", with: "i never ask them")
    #expect(store.find(try #require(BotLoader.load(Folder.files(["signs/asking.yaml": said])).source)) != nil)
    #expect(store.find(try #require(BotLoader.load(Folder.files(["signs/asking.yaml": heard])).source)) == nil)
    let file = try #require(
      try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).first)
    var bytes = try Data(contentsOf: file)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: file)
    #expect(store.find(source) == nil)
  }
}

@Suite struct TakingOverTests {
  @Test func aConversationGoesOnWithChangedFiles() throws {
    var talk = Conversation(bot: try #require(Folder.bot()), seed: 3)
    _ = talk.open()
    _ = talk.hear("I ask nobody for help")
    let changed = Folder.intent.replacing("What happens then?", with: "And then, what comes?")
    talk.goOn(with: try #require(Folder.bot(["signs/asking.yaml": changed])))
    #expect(talk.state == "asked")
    #expect(talk.memory.topics.map(\.intent) == ["asking"])
    #expect(talk.hear("I ask for help").parts.last?.text == "And then, what comes?")
  }

  @Test func whatIsGoneIsForgotten() throws {
    var talk = Conversation(bot: try #require(Folder.bot()), seed: 3)
    _ = talk.open()
    _ = talk.hear("I ask nobody for help")
    let other = Folder.intent.replacing("asking:\n", with: "begging:\n")
    let dialogue = Folder.dialogue.replacing("asked: { in: home }", with: "quiet: { in: home }")
      .replacing("open-question: asked", with: "open-question: quiet")
    talk.goOn(with: try #require(Folder.bot(["signs/asking.yaml": other, "dialogue.yaml": dialogue])))
    #expect(talk.state == "home")
    #expect(talk.memory.topics.isEmpty)
  }
}
