import Foundation
import Testing

extension ProgramTests {
  /// Every way by which text from a file, a pipe or a person comes to a terminal. What would be obeyed there, or
  /// turns the direction of writing, does not come along; the rest does.
  @Suite(.serialized, .timeLimit(.minutes(3))) final class InjectionTests {
    /// What a terminal would obey, between two words that may be seen.
    private static let hostile =
      "nee\u{1b}]0;owned\u{7}\u{9b}31m\u{1b}[2J\u{202e}\u{2066}\u{200e}\u{200f}\u{61c}\u{7f}\u{8}\rdle9"
    /// The same in a double-quoted value of YAML.
    private static let quoted =
      #""nee\e]0;owned\a\x9b31m\e[2J\u202e\u2066\u200e\u200f\u061c\x7f\b\rdle9""#
    /// What is left of it.
    private static let rest = "dle9"

    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "drawbridge-\(UUID().uuidString)")
    private var bot: String { folder.path + "/bot" }

    init() throws {
      try FileManager.default.createDirectory(atPath: bot + "/talk", withIntermediateDirectories: true)
      try write("bot/bot.yaml", "name: \(Self.quoted)\nversion: \(Self.quoted)\n")
      try write("bot/language.yaml", "person: { my: your, i: you }\n")
      try write(
        "bot/dialogue.yaml",
        """
        start: \(Self.quoted)
        layers: [happens]
        rhythm: [[simple-reflection]]
        sets: { topics: [talk] }
        states:
          \(Self.quoted):
            on:
              - { heard: topics, reply: topic }
              - { heard: anything, reply: fallback }
        greeting: { talk: [\(Self.quoted)] }
        fallbacks: [{ talk: ["You said {said}."] }]
        stay: { simple-reflection: [\(Self.quoted)] }
        summary: { talk: ["You spoke of {topics}."] }
        summary-of-nothing: { talk: [\(Self.quoted)] }
        """)
      try write(
        "bot/sources.yaml",
        """
        sources:
          "000": { title: \(Self.quoted), author: \(Self.quoted), publisher: P, date: "2025", ideas: { "1": \(Self.quoted) } }
        """)
      try write(
        "bot/lines.yaml",
        """
        lines:
          "*":
            name: \(Self.quoted)
            emergency: \(Self.quoted)
            services:
              - { name: \(Self.quoted), reach: \(Self.quoted), hours: \(Self.quoted), languages: x, source: x, verified: 2026-11-21 }
        """)
      try write(
        "bot/talk/asking.yaml",
        """
        asking:
          about: \(Self.quoted)
          named: \(Self.quoted)
          hears:
            patterns: [ask ... help]
            examples: [i never ask for help, \(Self.quoted)]
          says:
            happens:
              simple-reflection: ["\(Self.quoted.dropFirst().dropLast()) [000.1]"]
        """)
      try write("transcript.txt", transcript(Self.escaped))
      try write("broken.txt", "drawbridge transcript 1\n\(Self.escaped): \(Self.escaped)\n")
      try write("raw.txt", "drawbridge transcript 1\ntitle: \(Self.hostile)\n")
      try write("words.txt", "drawbridge transcript 1\n\nyou> x\n  = pattern: \(Self.escaped) (\n")
      try write("table.csv", "\(Self.hostile.replacing("\r", with: "")),b\nx,y\n")
      try write("list.txt", Self.hostile.replacing("\r", with: "") + "\n")
      try write("settings", "colour = \(Self.hostile)\n\(Self.hostile) = 1\n")
      try FileManager.default.copyItem(atPath: bot, toPath: folder.path + "/at-fault")
      try write("at-fault/\(Self.hostile).yaml", "\(Self.quoted): \(Self.quoted)\n")
      try FileManager.default.createDirectory(
        atPath: folder.path + "/" + Self.hostile, withIntermediateDirectories: true)
      try write("\(Self.hostile)/rows.jsonl", "{\(Self.hostile)\n")
      try write("\(Self.hostile)/a.txt", transcript("x"))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// As transcripts write what is not seen.
    private static let escaped = hostile.unicodeScalars.map { scalar in
      scalar.properties.isAlphabetic || scalar.isASCII && scalar.value > 0x1f && scalar.value != 0x7f
        ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
    }.joined()

    private func transcript(_ text: String) -> String {
      "drawbridge transcript 1\ntitle: \(text)\n\nbot> \(text)\n\nyou> \(text)\nbot> \(text)\n  = state: \(text)\n"
    }

    private func write(_ name: String, _ text: String) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path + "/" + name))
    }

    private struct Path {
      var name: String
      var arguments: [String]
      var input = ""
      var environment: [String: String] = [:]
    }

    private var paths: [Path] {
      let text = Self.hostile
      let (own, own2) = (["--intents", bot], ["--transcripts", folder.path + "/transcript.txt"])
      func chat(_ name: String, _ line: String, _ options: [String] = []) -> Path {
        Path(name: name, arguments: ["chat", "--seed", "1"] + own + options, input: line + "\n")
      }
      let talk = [
        chat("a reply that quotes the person", text), chat("wordings of files", "i never ask for help"),
        chat("/help", "/help \(text)"), chat("an unknown command", "/\(text)"), chat("/lines", "/lines \(text)"),
        chat("crisis lines of files", "/lines"), chat("/plan", "/plan who \(text)"),
        chat("/plan ...", "/plan \(text)\n"),
        chat("/plan save", "/plan who x\n/plan save \(folder.path)/\(text).1"),
        chat("/save", "/save \(folder.path)/\(text).2"),
        chat("/save that fails", "/save \(folder.path)/missing/\(text)"),
        chat("/save off", "/save \(folder.path)/\(text).3\n/save off"),
        chat("/forget", "/save \(folder.path)/\(text).4\n/forget"),
        chat("/why", "i never ask for help\n/why"), chat("/sources", "/sources"),
        chat("/summary", "i never ask for help\n/summary"),
        chat("--record", "x", ["--record", "\(folder.path)/\(text).5"]),
        chat("--record that fails", "x", ["--record", "\(folder.path)/missing/\(text)"]),
        chat("--jsonl", text, ["--jsonl"]), chat("a file of settings", "x", ["--settings", folder.path + "/settings"]),
        chat("the name of a file of settings", "x", ["--settings", "\(folder.path)/\(text)"]),
      ]
      let commands: [(String, [String])] = [
        ("explain", ["explain", text] + own), ("try", ["try", text, "--intents", bot]),
        ("try, a pattern", ["try", "x", "--intents", bot, "--intent", "asking", "--pattern", "dle9 " + text]),
        ("try, an intent", ["try", "x", "--intents", bot, "--intent", text]),
        ("try, an example", ["try", text, "--intents", bot, "--intent", "asking", "--example", "--thorough"]),
        ("check", ["check", folder.path + "/at-fault"]),
        ("check as JSON", ["check", folder.path + "/at-fault", "--format", "json"]),
        ("check as SARIF", ["check", folder.path + "/at-fault", "--format", "sarif"]),
        ("check, a folder", ["check", text]),
        ("chat with files at fault", ["chat", "--intents", folder.path + "/at-fault"]),
        ("chat with no folder", ["chat", "--intents", text]),
        ("replay", ["replay", folder.path + "/transcript.txt"] + own),
        ("replay as JSON", ["replay", folder.path + "/transcript.txt", "--json"] + own),
        ("replay as TAP", ["replay", folder.path + "/transcript.txt", "--report", "tap"] + own),
        ("replay as JUnit", ["replay", folder.path + "/transcript.txt", "--report", "junit"] + own),
        ("replay, side by side", ["replay", folder.path + "/transcript.txt", "--against", Tmux.bot] + own),
        ("replay, a name", ["replay", folder.path + "/" + text] + own),
        ("replay, no such name", ["replay", folder.path + "/missing/" + text] + own),
        ("replay, a header", ["replay", folder.path + "/broken.txt"] + own),
        ("replay, control characters", ["replay", folder.path + "/raw.txt", folder.path + "/\(text)/a.txt"] + own),
        ("replay, a pattern", ["replay", folder.path + "/words.txt"] + own),
        (
          "replay, a report",
          ["replay", folder.path + "/transcript.txt", "--report", "\(folder.path)/missing/\(text).xml"] + own
        ),
        ("import", ["import", folder.path + "/list.txt"] + own),
        ("import, a column", ["import", folder.path + "/table.csv"]),
        ("import, no such name", ["import", folder.path + "/missing/" + text]),
        ("import, a file", ["import", folder.path + "/list.txt", "-o", "\(folder.path)/missing/\(text)"]),
        ("import, an option", ["import", "x", "--keep", text]),
        ("graph as SVG", ["graph"] + own), ("graph, a state", ["graph", "--focus", text] + own),
        ("report", ["report"] + own + own2),
        ("report, rows", ["report", "--rows", folder.path + "/missing/" + text] + own),
        ("report, rows at fault", ["report", "--rows", folder.path + "/\(text)/rows.jsonl"] + own),
        ("report, a link", ["report", "--link", text]), ("compare", ["compare", Tmux.bot] + own + own2),
        ("compare, a revision", ["compare", text] + own),
        ("new bot", ["new", "bot", folder.path + "/\(text).6"]),
        ("new bot in use", ["new", "bot", folder.path + "/" + text]),
        ("new intent", ["new", "intent", text, "--intents", bot]),
        ("new intent, a group", ["new", "intent", "x-y", "--intents", bot, "--group", text + "/"]),
        ("an unknown option", ["--" + text]), ("an unknown command", [text]), ("--seed", ["--seed", text]),
        ("--country", ["--country", text]), ("--shard", ["replay", "--shard", text]),
        ("--only", ["replay", "--only", text]),
        ("--report", ["replay", "--report", text]),
      ]
      let places = [
        Path(name: "match", arguments: ["match"] + own, input: text + "\n"),
        Path(
          name: "settings --where", arguments: ["settings", "--where"], environment: ["XDG_CONFIG_HOME": "/" + text]),
        Path(name: "DRAWBRIDGE_INTENTS", arguments: ["chat"], environment: ["DRAWBRIDGE_INTENTS": text]),
      ]
      return talk + commands.map { Path(name: $0, arguments: $1) } + places
    }

    private static func obeyed(_ text: String) -> [Unicode.Scalar] {
      text.unicodeScalars.filter { scalar in
        switch scalar.value {
        case 0x09, 0x0a: false
        case 0x00...0x1f, 0x7f...0x9f, 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069: true
        default: false
        }
      }
    }

    @Test func nothingIsObeyedWhateverWayItComes() throws {
      for path in paths {
        let outcome = try Program.run(
          path.arguments, input: Data(path.input.utf8),
          environment: ["DRAWBRIDGE_CACHE": "", "CLICOLOR_FORCE": "", "NO_COLOR": "1"].merging(path.environment) { $1 },
          folder: folder)
        let shown = outcome.output + outcome.errors
        #expect(Self.obeyed(shown).isEmpty, "\(path.name): \(shown.debugDescription.prefix(400))")
        #expect(shown.contains(Self.rest), "\(path.name) shows nothing of it: \(shown.debugDescription.prefix(400))")
      }
    }

    @Test func noPictureForOtherProgramsHoldsIt() throws {
      for format in ["mermaid", "dot"] {
        let outcome = try Program.run(["graph", "--format", format, "--intents", bot], folder: folder)
        #expect(outcome.status == 0)
        #expect(Self.obeyed(outcome.output).isEmpty)
      }
    }

    /// On a terminal the program writes sequences of its own; those of the file are not among them.
    @Test func nothingIsObeyedOnATerminal() throws {
      let program = try TerminalProgram(["chat", "--seed", "1", "--intents", bot])
      try program.expect("dle9")
      try program.expect("> ")
      program.send("i never ask for help\r")
      try program.expect("dle9")
      try program.expect("> ")
      program.send("/lines\r")
      try program.expect("dle9")
      #expect(try program.leave() == 0)
      for sequence in ["\u{1b}]0;", "\u{9b}31m", "\u{1b}[2J", "\u{202e}", "\u{2066}", "\u{200f}", "\u{61c}"] {
        #expect(!program.shown.contains(sequence), "\(sequence.debugDescription)")
      }
    }

    /// Tab shows names of folders; one that would be obeyed is left out.
    @Test(.enabled(if: Tmux.isThere, "tmux is needed")) func tabShowsNoNameThatWouldBeObeyed() throws {
      try FileManager.default.createDirectory(atPath: folder.path + "/plain", withIntermediateDirectories: true)
      let script = "cd \"$2\" && exec \"$1\" chat --seed 1 --no-hints --intents \"$3\""
      let tmux = try Tmux(
        columns: 60, rows: 20, command: ["bash", "-c", script, "bash", Program.path, folder.path, Tmux.bot])
      try tmux.waitForPrompt()
      try tmux.type("/save ")
      try tmux.keys(["Tab", "Tab"])
      try tmux.wait("plain/")
      #expect(try !tmux.everything().contains("dle9"))
    }
  }
}
