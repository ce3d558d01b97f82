import ArgumentParser
import Dialogue
import Graphs
import IntentFiles
import Matching
import Terminal

struct GraphCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Draw the dialogue: its states, and what leads where.",
    discussion: """
      The picture goes to standard output: drawbridge graph > dialogue.svg. Arrows are labelled with what
      has to be heard. Dashed ones belong to a state around this one, dotted ones follow from what was said.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case svg, mermaid, dot }

  @OptionGroup var botOptions: BotOptions

  @Option(help: "svg for any browser, mermaid for code hosts, dot for Graphviz.")
  var format: Format = .svg

  @Option(help: ArgumentHelp("Only this state, with all that leads to it and away from it.", valueName: "state"))
  var focus: String?

  func run() throws {
    let dialogue = try botOptions.loadDialogue()
    let graph: Graph
    if let focus {
      guard let focused = dialogue.focus(on: focus) else {
        throw Failure.use(
          Text.printable("there is no state '\(focus)'; \(Spelling.mend(focus, dialogue.states))"))
      }
      graph = focused
    } else {
      graph = dialogue.whole()
    }
    var output = Output()
    do {
      switch format {
      case .svg: try output.write(SVGPicture().file(graph).text)
      case .mermaid: try output.write(GraphText.mermaid(graph))
      case .dot: try output.write(GraphText.dot(graph))
      }
      try output.flush()
    } catch is ClosedPipe {
      return
    }
  }
}

extension BotOptions {
  /// The dialogue alone: a folder need not be compiled for it.
  fileprivate func loadDialogue() throws -> DialogueGraph {
    guard let folder else { return DialogueGraph(try load()) }
    let source = try BotOptions.loadSource(folder)
    return DialogueGraph(machine: source.machine, script: source.script, intents: source.intents)
  }
}
