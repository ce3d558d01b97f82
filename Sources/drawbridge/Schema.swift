import ArgumentParser
import IntentFiles

struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of intent files.",
    discussion: """
      Editors complete and validate by it. Intents/schema.json is what this prints; each file names it in
      its first line.
      """)

  func run() throws { try Output.put(IntentSchema.text) }
}
