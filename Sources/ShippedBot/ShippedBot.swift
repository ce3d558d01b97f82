import Dialogue
import Matching

/// The bot built from `Intents/`.
public enum ShippedBot {
  /// The bot, read in place from the binary.
  public static func load() -> Bot? { Bot(CompiledBytes(CompiledBot.bytes)) }

  /// The digest of what its matcher is compiled from.
  public static var digest: String { CompiledBot.digest }

  /// The digest of the files that it is compiled from.
  public static var filesDigest: String { CompiledBot.filesDigest }

  /// Its compiled form.
  public static var compiled: StaticString { CompiledBot.bytes }
}
