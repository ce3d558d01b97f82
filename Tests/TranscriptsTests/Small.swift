import Dialogue
import IntentFiles
import Matching

/// A small bot for tests: it hears of help and of tiredness.
enum Small {
  static let dialogue = """
    start: home
    layers: [happens]
    rhythm:
      - [simple-reflection, open-question]
    after: { open-question: asked }
    sets: { topics: [asking, tired] }
    states:
      home:
        on:
          - heard: topics
            reply: topic
          - heard: anything
            reply: fallback
      asked: { in: home }
      never: { in: home }
    greeting: { talk: [Hello.] }
    fallbacks:
      - { talk: ["You said {said}.", I did not get that.] }
    stay: { simple-reflection: [So it is.] }
    """

  static func intents(reflection: String) -> String {
    """
    asking:
      about: asks
      named: asking
      hears:
        patterns: [ask ... help]
        examples: [i never ask for help]
      says:
        happens:
          simple-reflection:
            - \(reflection) [000.1]
          open-question:
            - What happens then?
    tired:
      about: is tired
      named: being tired
      hears:
        patterns: [tired]
        examples: [i am tired]
      says:
        happens:
          simple-reflection:
            - It wears you out. [000.2]
    """
  }

  /// - Parameter reflection: what is said to asking for help.
  static func bot(reflection: String = "Asking is hard.") -> Bot? {
    let files = [
      "language.yaml": "person: { my: your, i: you }\nclasses: { help: [help, a hand] }",
      "dialogue.yaml": dialogue,
      "bot.yaml": "name: Small\nversion: \"3\"",
      "sources.yaml": """
      sources:
        "000": { title: T, author: A, publisher: P, date: "2025", ideas: { "1": one, "2": two, "3": three } }
      """,
      "signs/asking.yaml": intents(reflection: reflection),
    ]
    let loaded = BotLoader.load(files.map { SourceFile(path: $0.key, bytes: Array($0.value.utf8)) })
    return loaded.source.flatMap { Bot(CompiledBytes(Bot.compile($0))) }
  }

  static let transcript = """
    drawbridge transcript 1
    title: Asking
    bot: Small

    bot> Hello.

    # She asks.
    you> I never ask for help
    bot> Asking is hard. What happens then?
      = intent: asking
      = state: asked

    you> xyzzy
      = part: talk

    """
}
