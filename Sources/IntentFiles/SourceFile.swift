import Matching

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

  static let notUTF8 = (message: "this is not valid UTF-8", mend: "save the file as UTF-8 in your editor")

  /// The mark of the byte order that some editors put before a text.
  private static let mark: [UInt8] = [0xef, 0xbb, 0xbf]

  /// The bytes without such a mark, which has no place in a line.
  var withoutMark: [UInt8] { bytes.starts(with: SourceFile.mark) ? Array(bytes.dropFirst(3)) : bytes }

  /// The place of the first byte that is not UTF-8.
  var invalidPlace: Position {
    var line = 1
    var start = 0
    for (i, c) in bytes.enumerated() where c == 10 {
      if String(validating: bytes[start..<i], as: UTF8.self) == nil { break }
      line += 1
      start = i + 1
    }
    let rest = bytes[start...].prefix { $0 != 10 }
    var good = rest.prefix(SourceFile.longestShown)
    while !good.isEmpty, String(validating: good, as: UTF8.self) == nil { good = good.dropLast() }
    return Position(line: line, column: String(decoding: good, as: UTF8.self).unicodeScalars.count + 1)
  }

  private static let longestShown = 10_000

  /// Calls `body` with every line, from 1, without its end and the spaces around it. A mark of the byte
  /// order at the start is passed over.
  func forEachLine(_ body: (Int, ArraySlice<UInt8>) -> Void) {
    var start = bytes.starts(with: SourceFile.mark) ? SourceFile.mark.count : 0
    var number = 1
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 10) ?? bytes.count
      var line = bytes[start..<end]
      while let c = line.first, c == 32 || c == 9 { line.removeFirst() }
      while let c = line.last, c == 32 || c == 9 || c == 13 { line.removeLast() }
      body(number, line)
      number += 1
      start = end + 1
    }
  }

  func hasLine(startingWith prefix: String) -> Bool {
    let prefix = Array(prefix.utf8)
    return bytes.starts(with: prefix) || bytes.split(separator: 10).contains { $0.starts(with: prefix) }
  }

  /// A line as it is written, from 1; nil if there is none.
  public func line(_ number: Int) -> String? {
    guard number > 0 else { return nil }
    var found: String?
    var start = bytes.starts(with: SourceFile.mark) ? SourceFile.mark.count : 0
    var n = 1
    while n < number, let end = bytes[start...].firstIndex(of: 10) {
      start = end + 1
      n += 1
    }
    if n == number { found = String(decoding: bytes[start...].prefix { $0 != 10 }.prefix(4_000), as: UTF8.self) }
    return found.map { $0.hasSuffix("\r") ? String($0.dropLast()) : $0 }
  }

  /// A digest of the paths and bytes of files, the same in any order.
  public static func digest(of files: [SourceFile]) -> String {
    var digest = Digest()
    for file in files.sorted(by: { $0.path < $1.path }) {
      digest.add(file.path)
      file.bytes.withUnsafeBytes { digest.add($0) }
    }
    return digest.text
  }

  /// The longest file that is read, in bytes.
  public static let limit = 4 << 20
}
