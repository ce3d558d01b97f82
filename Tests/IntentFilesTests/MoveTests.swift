import Dialogue
import IntentFiles
import Testing

/// What somebody does by saying something, heard by likeness to examples beside the topic.
@Suite struct MoveTests {
  private static let moves = """
    move-offer:
      about: tells of an offer
      in-context: move
      hears:
        patterns: [gave me the key]
        examples: [she offered to hold the rope, he offered me his boat, they offered a lift home, somebody offered to stay]
      says: { home: { talk: [An offer.] } }
    move-gift:
      about: tells of a gift
      in-context: move
      hears:
        examples: [she brought me plums, he brought a lamp along, they brought bread and salt, somebody brought a chair]
      says: { home: { talk: [A gift.] } }
    move-grumble:
      about: grumbles
      in-context: move
      hears:
        examples: [that was useless again, what useless rubbish, useless the lot of it, a useless remark]
      says: { home: { talk: ["You had told me this. {told}."] } }
    """
  private static let dialogue = Folder.dialogue
    .replacing(
      "      - heard: topics",
      with: """
              - heard: [move-offer, move-gift, move-grumble]
                reply: talk
              - heard: kind
                says: { talk: [Somebody was kind.] }
              - heard: topics
        """
    )
    .replacing("sets: { topics: [signs] }", with: "sets: { topics: [signs], kind: [move-offer, move-gift] }")

  private func conversation() throws -> Conversation {
    let bot = try #require(Folder.bot(["dialogue.yaml": Self.dialogue, "moves/moves.yaml": Self.moves]))
    var talk = Conversation(bot: bot, seed: 1)
    _ = talk.open()
    return talk
  }

  @Test(arguments: [
    ("the neighbours offered to come over", "An offer."), ("my uncle brought a melon", "A gift."),
    ("aunt vera gave me the key", "An offer."),
  ])
  func aMoveIsHeardWhateverItIsAbout(_ line: String, _ reply: String) throws {
    var talk = try conversation()
    let turn = talk.hear(line)
    #expect(turn.reply == reply)
    #expect(turn.intent == nil)
  }

  @Test func aTopicIsHeardBesideIt() throws {
    var talk = try conversation()
    #expect(talk.hear("she offered, and i never ask for help").intent == "asking")
  }

  /// A third of each, so none is probable enough by itself.
  @Test func aSetOfMovesIsHeardByItsMembersTogether() throws {
    var talk = try conversation()
    #expect(talk.hear("he offered, he brought, all useless").reply == "Somebody was kind.")
  }

  @Test func whatWasToldIsComeBackTo() throws {
    var talk = try conversation()
    _ = talk.hear("The big barn is full of my hay.")
    #expect(talk.hear("that was useless").reply == "You had told me this. The big barn is full of your hay.")
  }

  @Test func nothingIsComeBackToWhereNothingWasTold() throws {
    var talk = try conversation()
    #expect(!talk.hear("that was useless").reply.contains("told"))
  }
}
