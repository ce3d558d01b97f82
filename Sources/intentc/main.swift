// Compiles a folder of intents into a Swift file that holds the bot: run by the build, not by people.

import Dialogue
import Foundation
import IntentFiles
import Matching

let arguments = CommandLine.arguments
guard arguments.count == 3 else {
  FileHandle.standardError.write(Data("usage: intentc OUTPUT.swift FOLDER\n".utf8))
  exit(2)
}

func fail(_ lines: [String]) -> Never {
  FileHandle.standardError.write(Data((lines.joined(separator: "\n") + "\n").utf8))
  exit(1)
}

/// A Swift string literal of the bytes, which are UTF-8.
func literal(_ bytes: [UInt8]) -> [UInt8] {
  var out: [UInt8] = [UInt8(ascii: "\"")]
  out.reserveCapacity(bytes.count * 5 / 4)
  for c in bytes {
    switch c {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), c]
    case 0..<32, 127: out += Array("\\u{\(String(c, radix: 16))}".utf8)
    default: out.append(c)
    }
  }
  out.append(UInt8(ascii: "\""))
  return out
}

do {
  let folder = arguments[2]
  let files = try IntentFolder.read(folder)
  let loaded = BotLoader.load(files)
  guard let source = loaded.source else { fail(loaded.diagnostics.map { "\(folder)/\($0)" }) }
  var text = Array(
    "/// The bot that is built into the program.\nenum CompiledBot {\n  static let bytes: StaticString = ".utf8)
  text += literal(Bot.compile(source))
  text += Array(
    """

      static let digest = "\(source.matcher.digest(conditions: source.conditions))"
      static let filesDigest = "\(SourceFile.digest(of: files))"
    }

    """.utf8)
  try Data(text).write(to: URL(fileURLWithPath: arguments[1]))
} catch {
  fail(["\(error)"])
}
