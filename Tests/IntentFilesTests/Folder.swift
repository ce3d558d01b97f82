import Dialogue
import IntentFiles
import Matching

/// A small folder of intents for tests.
enum Folder {
  static let language = """
    expansions: { don't: do not, im: i am }
    negators: [not]
    forms: { be: [am, is] }
    person: { my: your, i: you, me: you, i am: you are }
    classes: { help: [help, a hand], family: [sister, brother] }
    """
  static let dialogue = """
    start: home
    layers: [happens]
    rhythm:
      - [simple-reflection, open-question]
    after: { open-question: asked }
    sets: { topics: [signs] }
    states:
      home:
        on:
          - heard: topics
            reply: topic
          - heard: anything
            reply: fallback
      asked: { in: home }
    greeting: { talk: [Hello.] }
    fallbacks:
      - { talk: ["You said {said}.", I did not get that., And that neither.] }
    stay: { simple-reflection: [So it is., That is so.] }
    """
  static let sources = """
    sources:
      "000": { title: T, author: A, publisher: P, date: "2025", ideas: { "1": one, "2": two } }
    """
  static let intent = """
    asking:
      about: asks
      named: asking
      hears:
        patterns:
          - ask ... ~help
        examples: [i never ask for help]
      says:
        happens:
          simple-reflection:
            - Asking is hard. [000.1]
            - { when: "my {who:~family}", say: "Even {who}. [000.2]" }
          open-question:
            - What happens then?
    """

  static func files(_ changes: [String: String?] = [:]) -> [SourceFile] {
    var files: [String: String] = [
      "language.yaml": language, "dialogue.yaml": dialogue, "sources.yaml": sources, "signs/asking.yaml": intent,
    ]
    for (path, text) in changes { files[path] = text }
    return files.map { SourceFile(path: $0.key, bytes: Array($0.value.utf8)) }
  }

  static func bot(_ changes: [String: String?] = [:]) -> Bot? {
    BotLoader.load(files(changes)).source.flatMap { Bot(CompiledBytes(Bot.compile($0))) }
  }
}
