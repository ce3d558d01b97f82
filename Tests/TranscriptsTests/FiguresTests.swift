import Matching
import Testing

@testable import Dialogue
@testable import Transcripts

@Suite struct FiguresTests {
  private func turn(
    _ parts: [(PartKind, String)], intent: String? = "a", you: String = "x", risk: Risk = .none
  ) -> Turn {
    Turn(
      number: 0, you: you, parts: parts.map { SpokenPart(kind: $0.0, text: $0.1, ideas: [], place: "") },
      intent: intent, heard: [], state: "s", risk: risk)
  }

  private func words(_ count: Int) -> String { (1...count).map { "w\($0)" }.joined(separator: " ") + "." }

  @Test func countsKindsOverAllConversations() {
    let figures = Figures([
      [
        turn([(.simpleReflection, "One."), (.openQuestion, "Two?")]),
        turn([(.complexReflection, "Three."), (.complexReflection, "Four."), (.closedQuestion, "Five?")]),
      ],
      [turn([(.complexReflection, "Six."), (.offer, "Seven?"), (.idea, "Eight.")])],
    ])
    #expect(figures.conversations == 2)
    #expect(figures.turns == 3)
    #expect(figures.reflectionsPerQuestion == 2)
    #expect(figures.complexAmongReflections == 0.75)
    #expect(figures.openAmongQuestions == 0.5)
  }

  @Test func nothingSaidGivesNoFigureAndMeetsNoGoal() {
    let figures = Figures([])
    #expect(figures.reflectionsPerQuestion == nil)
    #expect(figures.complexAmongReflections == nil)
    #expect(figures.medianWords == nil)
    #expect(figures.longest == nil)
    #expect(figures.goals.first?.isMet == nil)
  }

  @Test func theMedianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
    let figures = Figures([[3, 10, 20, 61].map { turn([(.talk, words($0))]) }])
    #expect(figures.medianWords == 15)
    #expect(figures.longest?.count == 61)
    #expect(figures.longest?.place == Figures.Place(0, 3))
  }

  @Test func longTurnsAreCountedUnlessTheyInform() {
    let figures = Figures([
      [
        turn([(.talk, words(60))]), turn([(.talk, words(61))]),
        turn([(.information, words(70))]),
      ]
    ])
    #expect(figures.tooLong.map(\.place) == [Figures.Place(0, 1)])
  }

  @Test func aSentenceSaidAgainWithinFortyTurnsIsFound() {
    var turns = [turn([(.talk, "All right. Go on.")])]
    turns += (1...38).map { turn([(.talk, "Filler \($0).")]) }
    let soon = Figures([turns + [turn([(.talk, "Yes. \"Go on.\" And GO ON.")])]])
    #expect(soon.repetitions.isEmpty)
    let again = Figures([turns + [turn([(.talk, "Now go on. Go on.")])]])
    #expect(
      again.repetitions == [
        Figures.Repetition(sentence: "Go on.", first: Figures.Place(0, 0), again: Figures.Place(0, 39))
      ])
    let later = Figures([turns + [turn([(.talk, "Other.")]), turn([(.talk, "Go on.")])]])
    #expect(later.repetitions.isEmpty)
  }

  @Test func crisisLinesAndWhatWasAskedForMayBeSaidAgain() {
    let lines = turn([(.crisisLine, "Call 123.")])
    #expect(Figures([[lines, lines]]).repetitions.isEmpty)
    let said = turn([(.talk, "So it is.")])
    let asked = turn([(.talk, "So it is.")], intent: "repeat")
    #expect(Figures([[said, asked]], repeating: ["repeat"]).repetitions.isEmpty)
    #expect(Figures([[said, asked]]).repetitions.count == 1)
    #expect(Figures([[said], [said]]).repetitions.isEmpty)
  }

  @Test(arguments: [
    (PartKind.talk, "You should call her.", Phrases.Kind.advice),
    (.talk, "Maybe you need to rest.", .advice),
    (.idea, "Why don’t you ask?", .advice),
    (.simpleReflection, "You’re so strong.", .praise),
    (.talk, "That's not true, you know.", .confronting),
    (.talk, "Rest, or else.", .warning),
    (.simpleReflection, "I understand.", .claim),
  ])
  func findsWordsThatDoNotBelong(_ kind: PartKind, _ text: String, _ found: Phrases.Kind) {
    #expect(Figures([[turn([(kind, text)])]]).findings.map(\.kind) == [found])
  }

  @Test(arguments: [
    (PartKind.complexReflection, "You have to do it all."),
    (.talk, "You do not have to do it all."),
    (.openQuestion, "What do you need to hear?"),
    (.step, "Try to breathe out."),
    (.complexReflection, "It feels as if you should manage."),
    (.talk, "What you hear is misunderstanding."),
  ])
  func leavesOrdinaryWordsAlone(_ kind: PartKind, _ text: String) {
    #expect(Figures([[turn([(kind, text)])]]).findings.isEmpty)
  }

  @Test func linesInWhichNothingWasHeardAreListed() {
    let figures = Figures([
      [
        turn([(.talk, "a.")], intent: nil, you: ""), turn([(.talk, "b.")], intent: nil),
        turn([(.talk, "c.")], intent: nil, risk: Risk(.unclear)),
      ]
    ])
    #expect(figures.unheard == [Figures.Place(0, 1)])
  }

  @Test func goalsSayWhetherTheyAreMet() {
    let figures = Figures([[turn([(.complexReflection, "A."), (.complexReflection, "B."), (.openQuestion, "C?")])]])
    #expect(figures.goals.map(\.isMet) == [true, true, true, true, true, true, true])
    let poor = Figures([[turn([(.simpleReflection, "A."), (.closedQuestion, "A. You should go.")])]])
    #expect(poor.goals.map(\.isMet) == [false, false, true, true, false, false, false])
  }

  @Test func sentencesKeepTheirQuotes() {
    #expect(
      Sentences.split("\"I am here.\" He said: no! What? Dr 3.5 is fine")
        == ["\"I am here.\"", "He said: no!", "What?", "Dr 3.5 is fine"])
  }
}
