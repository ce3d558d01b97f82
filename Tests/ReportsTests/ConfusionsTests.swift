import Testing

@testable import Reports

@Suite struct ConfusionsTests {
  private func row(_ text: String, _ intent: String?, also: [String] = []) -> LabelledRow {
    LabelledRow(text: text, intent: intent, also: also)
  }

  @Test func utterancesAreGatheredByWhatWasExpectedAndHeard() {
    let confusions = Confusions([
      (row("1", "a"), "a"), (row("2", "a"), "b"), (row("3", "a"), "b"), (row("4", "b"), nil), (row("5", nil), nil),
    ])
    #expect(confusions.total == 5)
    #expect(confusions.right == 2)
    #expect(confusions.mistakes.map { [$0.expected, $0.heard] } == [["a", "b"], ["b", nil]])
    #expect(confusions.mistakes[0].rows.map(\.text) == ["2", "3"])
    #expect(confusions.expected == ["a": 3, "b": 1, nil: 1])
  }

  @Test func whatIsRightTooCountsAsRight() {
    let confusions = Confusions([(row("1", "a", also: ["b"]), "b"), (row("2", nil, also: ["b"]), "b")])
    #expect(confusions.right == 2)
    #expect(confusions.mistakes.isEmpty)
  }

  @Test func rowsAreReadWithTheirLines() throws {
    let text = """
      {"text": "a", "intent": "x", "also": ["y"], "source": 3}

      {"text": "b", "intent": null}\r
      {"text": "c"}
      """
    let rows = try LabelledRow.read(Array(text.utf8), file: "r.jsonl")
    #expect(rows.map(\.place) == ["r.jsonl:1", "r.jsonl:3", "r.jsonl:4"])
    #expect(rows.map(\.intent) == ["x", nil, nil])
    #expect(rows[0].also == ["y"])
  }

  @Test(arguments: ["{\"text\": 3}", "hello", "{\"intent\": \"a\"}", "[1]", "{\"text\": \"\u{0}\"}"])
  func aLineThatIsNoRowIsNamed(_ line: String) {
    #expect {
      _ = try LabelledRow.read(Array(("{\"text\": \"a\"}\n" + line).utf8), file: "r.jsonl")
    } throws: { error in
      "\(error)".hasPrefix("r.jsonl:2:1: error: this line is no labelled utterance; write")
    }
  }
}
