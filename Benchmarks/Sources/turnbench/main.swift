// In-process times on the shipped intents: turnbench INTENTS UTTERANCES [ROUNDS]
//
// UTTERANCES holds one utterance a line. Prints microseconds of a full `hear`, of a full turn of a
// conversation, and of reading the words alone (the reference to which the others are ratios).
import Dialogue
import Foundation
import IntentFiles
import Matching

let clock = ContinuousClock()

func microseconds(_ duration: Duration, _ count: Int) -> Double {
  (Double(duration.components.seconds) * 1e6 + Double(duration.components.attoseconds) * 1e-12) / Double(max(1, count))
}

guard CommandLine.arguments.count > 2 else {
  print("usage: turnbench INTENTS UTTERANCES [ROUNDS]")
  exit(2)
}
let rounds = CommandLine.arguments.dropFirst(3).first.flatMap(Int.init) ?? 5
let loaded = BotLoader.load(try IntentFolder.read(CommandLine.arguments[1]))
guard let source = loaded.source, let bot = Bot(CompiledBytes(Bot.compile(source))) else {
  for diagnostic in loaded.diagnostics { print(diagnostic) }
  exit(1)
}
let utterances = try String(contentsOfFile: CommandLine.arguments[2], encoding: .utf8).split(separator: "\n")
  .map(String.init)
var workspace: Matcher.Workspace? = bot.matcher.makeWorkspace()
var ear = bot.matcher.makeWorkspace()
var best = (words: Double.infinity, hear: Double.infinity, turn: Double.infinity)
var sum = 0
for _ in 0..<rounds {
  var start = clock.now
  for text in utterances { sum &+= bot.matcher.words(of: text) }
  best.words = min(best.words, microseconds(clock.now - start, utterances.count))
  start = clock.now
  for text in utterances { sum &+= bot.matcher.hear(text, workspace: &ear).candidates.count }
  best.hear = min(best.hear, microseconds(clock.now - start, utterances.count))
  var conversation = Conversation(bot: bot)
  start = clock.now
  for (i, text) in utterances.enumerated() {
    if i % 40 == 0 { conversation = Conversation(bot: bot, seed: UInt64(i)) }
    sum &+= conversation.hear(text, workspace: &workspace).parts.count
  }
  best.turn = min(best.turn, microseconds(clock.now - start, utterances.count))
}
print("utterances \(utterances.count), rounds \(rounds), best round, microseconds an utterance (checksum \(sum))")
for (name, value) in [("words", best.words), ("hear ", best.hear), ("turn ", best.turn)] {
  print(name, String(format: "%8.2f", value), String(format: "%6.2f x words", value / best.words))
}
