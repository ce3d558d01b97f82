import Foundation
import Testing

extension ProgramTests {
  /// `graph`, `report` and `compare`, run as a person would run them.
  @Suite(.serialized, .timeLimit(.minutes(5))) struct PictureTests {
    private static let files = [
      "Intents/dialogue.yaml": """
      start: home
      layers: [happens]
      rhythm: [[simple-reflection]]
      sets: { topics: [signs] }
      states:
        home:
          on:
            - heard: topics
              reply: topic
            - heard: anything
              reply: fallback
      greeting: { talk: [Hello.] }
      fallbacks: [{ talk: [I did not get that.] }]
      """,
      "Intents/signs/two.yaml": """
      asking:
        about: asks
        hears: { examples: [i never ask for help, asking for help is hard] }
        says: { happens: { simple-reflection: [Asking is hard.] } }
      resting:
        about: rests
        hears: { examples: [i cannot rest at all, resting is hard for me] }
        says: { happens: { simple-reflection: [Rest is hard.] } }
      """,
      "Transcripts/one.txt": "drawbridge transcript 1\n\nyou> i never ask for help\n",
      "rows.jsonl": "{\"text\": \"i cannot rest at all\", \"intent\": \"resting\"}\n",
    ]

    private func withFolder(_ body: (URL) throws -> Void) throws {
      let root = FileManager.default.temporaryDirectory.appendingPathComponent("drawbridge-\(UUID().uuidString)")
      defer { try? FileManager.default.removeItem(at: root) }
      for (path, text) in Self.files {
        let file = root.appendingPathComponent(path)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
      try body(root)
    }

    @Test(arguments: [("svg", "<svg "), ("mermaid", "flowchart LR\n"), ("dot", "digraph ")])
    func graphComesInEveryFormat(_ format: String, _ beginning: String) throws {
      let shown = [
        ([], "states-abuse"), (["--all"], "listening"), (["--focus", "listening"], "listening"),
        (["--focus", "safety/states-abuse"], "safety-abuse"),
      ]
      for (options, name) in shown {
        let outcome = try Program.run(["graph", "--format", format] + options)
        #expect(outcome.status == 0)
        #expect(outcome.output.hasPrefix(beginning))
        #expect(outcome.output.contains(name))
      }
    }

    @Test func everyStateHasAPicture() throws {
      let whole = try Program.run(["graph", "--all", "--format", "dot"]).output
      let states = Set(whole.matches(of: /\n *"([a-z-]+)" \[label/).map { String($0.1) })
      #expect(states.count > 50)
      for state in ["safety", "safety-line", "step", "small-ask", "farewell"] {
        #expect(states.contains(state))
        #expect(try Program.run(["graph", "--focus", state]).status == 0)
      }
    }

    @Test func aStateThatIsNotThereIsWrongUse() throws {
      let outcome = try Program.run(["graph", "--focus", "lisening\u{1b}"])
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("did you mean 'listening'?"))
      #expect(!outcome.errors.contains("\u{1b}"))
      #expect(outcome.output == "")
    }

    @Test func reportIsOnePage() throws {
      try withFolder { folder in
        let outcome = try Program.run(["report", "--rows", "rows.jsonl"], folder: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("<!DOCTYPE html>"))
        #expect(outcome.output.hasSuffix("</html>\n"))
        #expect(outcome.output.contains("<h3>rows.jsonl</h3>"))
        #expect(outcome.output.contains("<summary>Transcripts/one.txt</summary>"))
      }
    }

    @Test func aBrokenTranscriptIsNamedAndLeftOut() throws {
      try withFolder { folder in
        try Data("nonsense".utf8).write(to: folder.appendingPathComponent("Transcripts/two.txt"))
        let outcome = try Program.run(["report"], folder: folder)
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix("Transcripts/two.txt:1:1: error: "))
        #expect(outcome.output.contains("1 transcript with 2 replies"))
      }
    }

    private static let badUse: [([String], Int32)] = [
      (["report", "--rows", "none.jsonl"], 3), (["report", "--rows", "Transcripts/one.txt"], 1),
      (["report", "--intents", "none"], 1), (["report", "--link", "javascript:{file}"], 2),
      (["report", "--transcripts", "none"], 3), (["compare", "nonsense"], 1), (["compare", "--nonsense"], 2),
    ]

    @Test(arguments: badUse)
    func badInputHasItsStatus(_ arguments: [String], _ status: Int32) throws {
      try withFolder { folder in
        let outcome = try Program.run(arguments, folder: folder)
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(!outcome.errors.isEmpty)
        #expect(outcome.output == "")
      }
    }

    @Test func compareShowsWhatAnEditChanges() throws {
      try withFolder { folder in
        try FileManager.default.copyItem(
          at: folder.appendingPathComponent("Intents"), to: folder.appendingPathComponent("Old"))
        let file = folder.appendingPathComponent("Intents/signs/two.yaml")
        try Data((Self.files["Intents/signs/two.yaml"] ?? "").replacing("Asking is hard.", with: "It is hard.").utf8)
          .write(to: file)
        let outcome = try Program.run(["compare", "Old", "--rows", "rows.jsonl"], folder: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(
          outcome.output == """
            utterances     5: 0 heard otherwise (0 mended, 0 lost, 0 other), 0 with another risk; right 5 -> 5
            conversations  1: 1 go otherwise, in 1 turns (0 heard otherwise, 1 answered otherwise)

            Transcripts/one.txt:3: turn 1: "i never ask for help"
              - Asking is hard.
              + It is hard.

            """)
      }
    }
  }
}
