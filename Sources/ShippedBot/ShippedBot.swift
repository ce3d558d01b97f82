import Dialogue
import Matching

/// The bot built from `Intents/`.
public enum ShippedBot {
  /// The bot, read in place from the binary.
  public static func load() -> Bot? { Bot(CompiledBytes(CompiledBot.bytes)) }

  /// Its compiled form.
  public static var compiled: StaticString { CompiledBot.bytes }
}
