// A conversation in a program of your own: a folder of intents in, lines in, replies out.
//
//     swift run -c release example Intents

import Dialogue
import Foundation
import IntentFiles
import Matching

guard let folder = CommandLine.arguments.dropFirst().first else { exit(2) }
let loaded = BotLoader.load(try IntentFolder.read(folder))
for diagnostic in loaded.diagnostics { print(diagnostic) }
guard let source = loaded.source, let bot = Bot(CompiledBytes(Bot.compile(source))) else { exit(1) }

var conversation = Conversation(bot: bot, seed: 1, country: "GB")
print(conversation.open().reply)
while let line = readLine() {
  let turn = conversation.hear(line)
  print(turn.reply, "[\(turn.intent ?? "nothing heard"), risk: \(turn.risk.level)]")
}
print(conversation.leave().reply)
