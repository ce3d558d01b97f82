/// Adds a line to an intent file and leaves everything else as it is: comments, order, layout, line ends.
public enum FileEdit {
  public struct Failure: Error, Sendable, CustomStringConvertible {
    public var description: String
  }

  public enum List: String, Sendable { case patterns, whole, examples, not }

  /// The file with one more line at the end: for lists of examples.
  public static func append(_ example: String, to file: SourceFile) throws(Failure) -> [UInt8] {
    let line = try clean(example)
    var isThere = false
    file.forEachLine { _, known in isThere = isThere || known.elementsEqual(line.utf8) }
    if isThere { throw Failure(description: "\"\(line)\" stands in \(file.path) already") }
    var bytes = file.bytes
    let end = lineEnd(file.bytes)
    if let last = bytes.last, last != 10 { bytes += end }
    return bytes + Array(line.utf8) + end
  }

  /// The file with one more item in a list of what the intent hears. The list is begun where there is none.
  ///
  /// The result is read again: it differs from the file in this one item, or nothing is given.
  public static func add(
    _ text: String, to list: List, ofIntent id: String, in file: SourceFile
  ) throws(Failure) -> [UInt8] {
    let text = try clean(text)
    guard let before = tree(file), let intent = entry(id, in: before)?.value else {
      throw Failure(description: "\(file.path) cannot be read; mend it first")
    }
    let known = entry("hears", in: intent).flatMap { entry(list.rawValue, in: $0.value) }.map { plain($0.value) }
    if case .list(let items)? = known, items.contains(.scalar(text)) {
      throw Failure(description: "\"\(text)\" stands in \(file.path) already")
    }
    let bytes = try insert(text, list, intent, file)
    let changed = SourceFile(path: file.path, bytes: bytes)
    guard let after = tree(changed), differs(before, after, id, list, by: text) else {
      throw Failure(
        description: "\(file.path) is written in a way that cannot be added to; add \(quoted(text)) under "
          + "\(id), hears, \(list.rawValue) yourself")
    }
    return bytes
  }

  // MARK: Inserting

  private static func insert(
    _ text: String, _ list: List, _ intent: YAMLTree, _ file: SourceFile
  ) throws(Failure) -> [UInt8] {
    var lines = file.bytes.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
    let end = lineEnd(file.bytes).dropLast()
    func put(_ new: [String], after line: Int) {
      lines.insert(contentsOf: new.map { Array($0.utf8) + end }, at: line)
    }
    func spaces(_ n: Int) -> String { String(repeating: " ", count: max(0, n)) }
    let hears = entry("hears", in: intent)
    guard let hears, case .map(let keys, _) = hears.value, let firstKey = keys.first else {
      guard let about = entry("about", in: intent), hears == nil else {
        throw Failure(description: "\(file.path): `hears` holds nothing; write `\(list.rawValue):` below it first")
      }
      let indent = spaces(about.place.column - 1)
      put(
        [indent + "hears:", indent + "  \(list.rawValue):", indent + "    - " + quoted(text)],
        after: lastLine(of: about.value, from: about.place, lines))
      return joined(lines)
    }
    guard let found = entry(list.rawValue, in: hears.value) else {
      let indent = spaces(firstKey.place.column - 1)
      put([indent + list.rawValue + ":", indent + "  - " + quoted(text)], after: firstKey.place.line - 1)
      return joined(lines)
    }
    switch found.value {
    case .list(let items, let place):
      if let last = items.last, lines[last.place.line - 1].drop(while: { $0 == 32 }).first == UInt8(ascii: "-") {
        let dash = lines[last.place.line - 1].prefix { $0 == 32 }.count
        let at = Position(line: last.place.line, column: dash + 1)
        put([spaces(dash) + "- " + quoted(text)], after: lastLine(of: last, from: at, lines))
      } else if let close = closing(place, lines) {
        let comma = items.isEmpty ? "" : ", "
        lines[place.line - 1].insert(contentsOf: Array((comma + quoted(text, always: true)).utf8), at: close)
      }
    case .scalar(let value, _) where value.isEmpty:
      put([spaces(found.place.column + 1) + "- " + quoted(text)], after: found.place.line)
    default: break
    }
    return joined(lines)
  }

  /// The last line of a value that begins at `place`: further lines are indented more.
  private static func lastLine(of value: YAMLTree, from place: Position, _ lines: [[UInt8]]) -> Int {
    var last = value.place.line
    var next = last
    while next < lines.count {
      let indent = lines[next].prefix { $0 == 32 }.count
      let isBlank = lines[next].allSatisfy { $0 == 32 || $0 == 13 }
      if !isBlank {
        guard indent >= place.column, lines[next][indent] != UInt8(ascii: "#") else { break }
        last = next + 1
      }
      next += 1
    }
    return last
  }

  /// The place of the bracket that closes a list written in one line.
  private static func closing(_ place: Position, _ lines: [[UInt8]]) -> Int? {
    let line = lines[place.line - 1]
    guard let start = line.firstIndex(of: UInt8(ascii: "[")), line[..<start].allSatisfy({ $0 < 128 }),
      start == place.column - 1
    else { return nil }
    var quote: UInt8?
    for i in (start + 1)..<line.count {
      let c = line[i]
      if let open = quote {
        if c == open, line[i - 1] != UInt8(ascii: "\\") { quote = nil }
      } else if c == UInt8(ascii: "\"") || c == UInt8(ascii: "'") && ", [".utf8.contains(line[i - 1]) {
        quote = c
      } else if c == UInt8(ascii: "]") {
        return i
      }
    }
    return nil
  }

  // MARK: Text

  private static func clean(_ text: String) throws(Failure) -> String {
    let text = PartReader.trim(text)
    guard !text.isEmpty else { throw Failure(description: "there is nothing to add") }
    guard Diagnostic.printable(text) == text, text.utf8.count <= 2_000 else {
      throw Failure(description: "the text holds control characters, or is longer than 2,000 letters")
    }
    return text
  }

  /// The text as a YAML value: as it is where it can stand so, in double quotes elsewhere.
  static func quoted(_ text: String, always: Bool = false) -> String {
    let opener = text.first.map { "[]{}*&!%@`'\"#|>-?:,=~.0123456789".contains($0) } ?? true
    let words: Set = ["yes", "no", "true", "false", "null", "on", "off", "y", "n"]
    let isSafe =
      !opener && !text.contains(": ") && !text.contains(" #") && !text.hasSuffix(":")
      && !words.contains(text.lowercased())
    if isSafe, !always { return text }
    return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private static func lineEnd(_ bytes: [UInt8]) -> [UInt8] {
    guard let first = bytes.firstIndex(of: 10), first > 0 else { return [10] }
    return bytes[first - 1] == 13 ? [13, 10] : [10]
  }

  private static func joined(_ lines: [[UInt8]]) -> [UInt8] { Array(lines.joined(separator: [10])) }

  // MARK: Comparing

  /// A tree without places.
  private indirect enum Plain: Equatable {
    case scalar(String)
    case list([Plain])
    case map([String], [Plain])
  }

  private static func plain(_ tree: YAMLTree) -> Plain {
    switch tree {
    case .scalar(let text, _): .scalar(text)
    case .list(let items, _): .list(items.map(plain))
    case .map(let entries, _): .map(entries.map(\.key), entries.map { plain($0.value) })
    }
  }

  private static func tree(_ file: SourceFile) -> YAMLTree? {
    var isWhole = true
    let tree = YAMLTree.read(file) { if $0.severity == .error { isWhole = false } }
    return isWhole ? tree : nil
  }

  private static func entry(
    _ key: String, in tree: YAMLTree
  ) -> (key: String, place: Position, value: YAMLTree)? {
    guard case .map(let entries, _) = tree else { return nil }
    return entries.first { $0.key == key }
  }

  /// Whether `after` is `before` with one more item in the list.
  private static func differs(_ before: YAMLTree, _ after: YAMLTree, _ id: String, _ list: List, by text: String)
    -> Bool
  {
    func split(_ tree: YAMLTree) -> (rest: Plain, items: [Plain]) {
      guard case .map(var entries, let place) = tree, let i = entries.firstIndex(where: { $0.key == id }),
        case .map(var intent, let inner) = entries[i].value
      else { return (plain(tree), []) }
      var items: [Plain] = []
      if let h = intent.firstIndex(where: { $0.key == "hears" }), case .map(var hears, let at) = intent[h].value {
        if let l = hears.firstIndex(where: { $0.key == list.rawValue }) {
          if case .list(let found) = plain(hears[l].value) { items = found }
          hears.remove(at: l)
        }
        if hears.isEmpty { intent.remove(at: h) } else { intent[h].value = .map(hears, at) }
      }
      entries[i].value = .map(intent, inner)
      return (plain(.map(entries, place)), items)
    }
    let (one, other) = (split(before), split(after))
    return one.rest == other.rest && other.items == one.items + [.scalar(text)]
  }
}
