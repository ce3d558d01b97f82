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
      The picture goes to standard output: drawbridge graph > dialogue.svg. Arrows are labelled with what \
      has to be heard. Dashed ones belong to a state around this one, dotted ones follow from what was said. \
      A dialogue of many states is drawn as a map with a box for each file.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case svg, mermaid, dot }

  @OptionGroup var botOptions: BotOptions

  @Option(help: "svg for any browser, mermaid for code hosts, dot for Graphviz.")
  var format: Format = .svg

  @Option(
    help: ArgumentHelp(
      "Only this state, or this box of the map, with all that leads to it and away from it.", valueName: "name"))
  var focus: String?

  @Flag(help: "Every state of a large dialogue in one picture.")
  var all = false

  func run() throws {
    let dialogue = try botOptions.loadDialogue()
    let graph: Graph
    if let focus {
      guard let focused = dialogue.focus(on: focus) ?? dialogue.drawing(ofArea: focus) else {
        throw Failure.use(
          Text.printable("there is no state '\(focus)'; \(Spelling.mend(focus, dialogue.states + dialogue.areas))"))
      }
      graph = focused
    } else {
      graph = dialogue.isLarge && !all ? dialogue.map() : dialogue.whole()
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
