import Testing

@testable import Reports

@Suite struct ComparisonTests {
  @Test func theSameVersionChangesNothing() throws {
    let bot = try SmallBot.bot()
    let rows = [LabelledRow(text: "i never ask for help", intent: "asking")]
    let talk = try SmallBot.transcript(["you> i never ask for help"])
    let comparison = Comparison(before: bot, after: bot, rows: rows, transcripts: [("t.txt", talk)])
    #expect(comparison.isEmpty)
    #expect(comparison.right == (1, 1))
    #expect(comparison.text == comparison.summary)
  }

  @Test func anEditShowsWhatIsMendedAndLost() throws {
    let before = try SmallBot.bot()
    let after = try SmallBot.bot([
      "signs/two.yaml": SmallBot.intents.replacing("[i never ask for help, asking for help is hard]", with: "[i swim]")
        .replacing(
          "[i cannot rest at all, resting is hard for me]", with: "[i never ask for help, i cannot rest at all]")
    ])
    let rows = [
      LabelledRow(text: "i never ask for help", intent: "asking", place: "a:1"),
      LabelledRow(text: "I never ask for help", intent: "resting", place: "a:2"),
    ]
    let comparison = Comparison(before: before, after: after, rows: rows, transcripts: [])
    #expect(comparison.changes.map(\.verdict) == [.lost, .mended])
    #expect(comparison.right == (1, 1))
    #expect(
      comparison.text.contains(
        "\n\na:1: lost: \"i never ask for help\"\n  - asking\n  + resting\na:2: mended: \"I never ask for help\"\n"))
  }

  @Test func turnsThatAreAnsweredOtherwiseAreShown() throws {
    let before = try SmallBot.bot()
    let after = try SmallBot.bot([
      "signs/two.yaml": SmallBot.intents.replacing("Asking is hard.", with: "Asking weighs.")
    ])
    let talk = try SmallBot.transcript(["you> i never ask for help"])
    let comparison = Comparison(before: before, after: after, rows: [], transcripts: [("t.txt", talk)])
    #expect(
      comparison.text == """
        utterances     0: 0 heard otherwise (0 mended, 0 lost, 0 other), 0 with another risk; right 0 -> 0
        conversations  1: 1 go otherwise, in 1 turns (0 heard otherwise, 1 answered otherwise)

        t.txt:4: turn 1: "i never ask for help"
          - Asking is hard. What happens <then>?
          + Asking weighs. What happens <then>?

        """)
  }
}
