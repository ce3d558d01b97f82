/// One file of a folder of intents.
public struct SourceFile: Sendable {
  /// Its path from the folder, with `/` between the parts.
  public var path: String
  public var bytes: [UInt8]

  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  public var name: String { path.split(separator: "/").last.map(String.init) ?? path }
  public var folder: String {
    let parts = path.split(separator: "/")
    return parts.count > 1 ? String(parts[parts.count - 2]) : ""
  }
  /// The name without what follows its last dot.
  public var stem: String {
    guard let dot = name.lastIndex(of: ".") else { return name }
    return String(name[..<dot])
  }
  public var isYAML: Bool { path.hasSuffix(".yaml") || path.hasSuffix(".yml") }

  /// The longest file that is read, in bytes.
  public static let limit = 4 << 20
}
