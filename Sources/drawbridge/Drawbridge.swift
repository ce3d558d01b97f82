import ArgumentParser

@main
struct Drawbridge: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drawbridge",
    abstract: "A quiet conversation for people who carry everything alone.",
    discussion: """
      A program, not a person: no therapist, no crisis service. It runs on this machine only and keeps
      nothing unless you save it.
      """,
    version: "0.1.0",
    subcommands: [Chat.self, Match.self, Explain.self, ReplayCommand.self, Check.self],
    defaultSubcommand: Chat.self)
}
