import Dialogue
import Foundation
import IntentFiles
import Matching

/// The bots that are talked to.
enum Bots {
  /// The small bot that `drawbridge new bot` writes, learned examples and all.
  static var small: Bot { bot(smallFiles) }

  static var smallFiles: [SourceFile] {
    BotTemplate.files.filter { $0.path.hasSuffix(".yaml") }.map {
      SourceFile(path: $0.path, bytes: Array($0.text.utf8))
    }
  }

  /// The folder of `$FUZZ_INTENTS` with all its patterns. Its examples are left out: to learn from them takes
  /// minutes here, and the small bot has some.
  static var large: Bot {
    guard let folder = ProcessInfo.processInfo.environment["FUZZ_INTENTS"], let files = try? IntentFolder.read(folder)
    else { fatalError("FUZZ_INTENTS has to name the folder of intents") }
    return bot(files) { source in
      for i in source.matcher.intents.indices { source.matcher.intents[i].examples = [] }
    }
  }

  private static func bot(_ files: [SourceFile], change: (inout BotSource) -> Void = { _ in }) -> Bot {
    let loaded = BotLoader.load(files)
    guard var source = loaded.source else { fatalError("the files are at fault: \(loaded.diagnostics)") }
    change(&source)
    guard let bot = Bot(CompiledBytes(Bot.compile(source))) else { fatalError("no bot came out of the files") }
    return bot
  }
}

/// Promises about text.
enum Promise {
  /// Nothing in it that a terminal would obey.
  static func isPrintable(_ text: String, _ what: String) {
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0a: continue
      case 0x00...0x1f, 0x7f...0x9f, 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069:
        hold(false, "\(what) holds U+\(String(scalar.value, radix: 16)): \(text.debugDescription)")
      default: continue
      }
    }
  }

  /// A complaint about something a person wrote: a place and a mend, nothing for the terminal to obey.
  static func isHelpful(_ diagnostic: Diagnostic) {
    hold(!diagnostic.message.isEmpty && !diagnostic.mend.isEmpty, "a diagnostic says what and how: \(diagnostic)")
    hold(diagnostic.line >= 0 && diagnostic.column >= 0, "a diagnostic has a place: \(diagnostic)")
    isPrintable(diagnostic.description, "a diagnostic")
    hold(!diagnostic.description.contains("\n"), "a diagnostic is one line: \(diagnostic)")
  }

  /// What is wrapped is what was there, but for the spaces at which it was broken.
  static func isWhole(_ lines: [String], of text: String) {
    let before = text.unicodeScalars.filter { !$0.properties.isWhitespace }
    let after = lines.joined().unicodeScalars.filter { !$0.properties.isWhitespace }
    hold(before.elementsEqual(after), "wrapping keeps every character: \(text.debugDescription)")
  }
}
