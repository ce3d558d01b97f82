import Dialogue
import IntentFiles
import Matching
import Testing
import Transcripts

/// A bot of two intents and four states, with the files it comes from.
enum SmallBot {
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
      never: { in: home }
    greeting: { talk: [Hello.] }
    fallbacks:
      - talk:
          - I did not get that.
    """
  static let intents = """
    asking:
      about: asks
      hears:
        examples: [i never ask for help, asking for help is hard]
      says:
        happens:
          simple-reflection:
            - Asking is hard. [000.1]
          open-question:
            - What happens <then>?
    resting:
      about: rests
      hears:
        examples: [i cannot rest at all, resting is hard for me]
      says:
        happens:
          simple-reflection:
            - Rest is hard. [000.2]
    """
  static let sources = """
    sources:
      "000": { title: T, author: A, publisher: P, date: "2025", ideas: { "1": one, "2": two } }
    """
  static let texts = ["dialogue.yaml": dialogue, "signs/two.yaml": intents, "sources.yaml": sources]

  static func bot(_ changes: [String: String] = [:]) throws -> Bot {
    let files = texts.merging(changes) { $1 }.map { SourceFile(path: $0.key, bytes: Array($0.value.utf8)) }
    let loaded = BotLoader.load(files)
    let source = try #require(loaded.source, "\(loaded.diagnostics)")
    return try #require(Bot(CompiledBytes(Bot.compile(source))))
  }

  static func transcript(_ lines: [String]) throws -> Transcript {
    try TranscriptParser.parse("drawbridge transcript 1\ntitle: A <b>\n\n" + lines.joined(separator: "\n"))
  }
}
