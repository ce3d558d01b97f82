import Matching
import Yams

/// A YAML value with its place in the file.
indirect enum YAMLTree: Sendable {
  case scalar(String, Position)
  case list([YAMLTree], Position)
  case map([(key: String, place: Position, value: YAMLTree)], Position)

  var place: Position {
    switch self {
    case .scalar(_, let place), .list(_, let place), .map(_, let place): place
    }
  }

  var kindName: String {
    switch self {
    case .scalar: "a single value"
    case .list: "a list"
    case .map: "a table of keys"
    }
  }

  /// The key, if this is a table only because a text has a colon in it: `- One thing: you stayed.`
  var keyOfASentence: String? {
    guard case .map(let entries, let place) = self, let entry = entries.first, entries.count == 1,
      case .scalar(let text, let at) = entry.value, !text.isEmpty, at.line == entry.place.line,
      // Where brackets make the table, it begins before its key.
      entry.place == place
    else { return nil }
    return entry.key
  }

  /// The key, if this is a name in braces: `{who}`.
  var keyInBraces: String? {
    guard case .map(let entries, let place) = self, let entry = entries.first, entries.count == 1,
      case .scalar("", _) = entry.value, entry.place.line == place.line, entry.place.column > place.column
    else { return nil }
    return entry.key
  }

  /// Reads a file; nil where nothing can be read.
  static func read(_ file: SourceFile, report: (Diagnostic) -> Void) -> YAMLTree? {
    func fail(_ place: Position, _ message: String, _ mend: String) -> YAMLTree? {
      report(
        Diagnostic(
          file: file.path, line: place.line, column: place.column, rule: .yaml, message: message, mend: mend))
      return nil
    }
    guard file.bytes.count <= SourceFile.limit else {
      return fail(Position(line: 0, column: 0), "the file is larger than 4 MB", "split it into several files")
    }
    let bytes = file.withoutMark
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return fail(file.invalidPlace, SourceFile.notUTF8.message, SourceFile.notUTF8.mend)
    }
    if let place = anchor(in: bytes) {
      return fail(
        place, "anchors and aliases (& and *) are not used here",
        "write the text out, in double quotes if it begins with & or *")
    }
    do {
      guard let node = try Yams.compose(yaml: text, .basic) else { return .map([], Position(line: 1, column: 1)) }
      var reader = TreeReader(file: file.path, mostNodes: bytes.count, comments: CloseComments(bytes))
      let tree = reader.convert(node, depth: 0)
      reader.diagnostics.forEach(report)
      for fault in LayoutFinder(bytes).misread { _ = fail(fault.place, fault.message, fault.mend) }
      return tree
    } catch let error as YamlError {
      let (place, message, mend) = explain(error, text, bytes)
      return fail(place, message, mend)
    } catch {
      return fail(
        Position(line: 1, column: 1), "the file could not be read as YAML", "compare it with another file of the folder"
      )
    }
  }

  /// Reads files side by side, on all cores; gives them and their problems in the order of `files`.
  static func readAll(_ files: [SourceFile], report: (Diagnostic) -> Void) -> [YAMLTree?] {
    // The largest first, so that no core ends long after the others.
    let order = files.indices.sorted { (files[$1].bytes.count, $0) < (files[$0].bytes.count, $1) }
    let results = SideBySide.map(files.count) { k in
      var problems: [Diagnostic] = []
      let tree = read(files[order[k]]) { problems.append($0) }
      return (place: order[k], tree: tree, problems: problems)
    }
    let inOrder = results.sorted { $0.place < $1.place }
    for result in inOrder { result.problems.forEach(report) }
    return inOrder.map(\.tree)
  }

  /// The first anchor or alias: a value that begins with & or * and a letter. The library resolves them
  /// before they can be seen, so they are looked for in the text.
  private static func anchor(in bytes: [UInt8]) -> Position? {
    guard bytes.contains(UInt8(ascii: "&")) || bytes.contains(UInt8(ascii: "*")) else { return nil }
    var line = 1
    var column = 0
    var before = UInt8(ascii: ":")
    var skips = false
    for (i, c) in bytes.enumerated() {
      if c == 10 {
        (line, column, before, skips) = (line + 1, 0, UInt8(ascii: ":"), false)
        continue
      }
      if c & 0xc0 != 0x80 { column += 1 }
      if skips { continue }
      switch c {
      case UInt8(ascii: "#"), UInt8(ascii: "\""), UInt8(ascii: "'"): skips = true
      case UInt8(ascii: "&"), UInt8(ascii: "*"):
        if [":", "-", "[", ","].contains(UnicodeScalar(before)), i + 1 < bytes.count,
          UnicodeScalar(bytes[i + 1]).properties.isAlphabetic || (0x30...0x39).contains(bytes[i + 1])
        {
          return Position(line: line, column: column)
        }
        before = c
      case 9, 13, 32: break
      default: before = c
      }
    }
    return nil
  }

  private static func explain(_ error: YamlError, _ text: String, _ bytes: [UInt8]) -> (Position, String, String) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      var quotes = QuoteFinder(bytes)
      switch quotes.fault(at: mark.line) {
      case .leftOpen(let place)?:
        return (
          place, "the quote that opens here is not closed in its line",
          "put the same sign at the end of the text; a text that begins with a quotation or an apostrophe goes into "
            + "double quotes as a whole"
        )
      case .closedEarly(let place)?:
        return (
          place, "the text goes on behind the quote that closes it",
          "put the whole text in double quotes, and \\\" for each double quote inside"
        )
      case nil: break
      }
      if let fault = LayoutFinder(bytes).fault(before: mark.line) { return (fault.place, fault.message, fault.mend) }
      return (Position(line: mark.line, column: mark.column), "YAML: " + problem, mend(for: problem))
    case .duplicatedKeysInMapping(let duplicates, let context):
      let name = duplicates.first.map { "\($0)" } ?? "?"
      let place = secondPlace(of: name, in: text, after: context.mark.line)
      return (place, "the key '\(name)' stands here a second time", "merge the two, or rename one of them")
    case .reader(let problem, let offset, _, _):
      let before = text.prefix(offset ?? 0)
      let line = before.count { $0.isNewline } + 1
      return (Position(line: line, column: 1), "YAML: " + problem, "remove the control character")
    default:
      return (
        Position(line: 1, column: 1), "YAML: \(error)".replacing("\n", with: " "),
        "compare it with another file of the folder"
      )
    }
  }

  private static func mend(for problem: String) -> String {
    if problem.contains("tab") || problem.contains("cannot start any token") {
      return "indent with spaces, not tabs, and put double quotes around text that begins with a sign"
    }
    if problem.contains("mapping values") { return "put double quotes around a sentence that has a colon in it" }
    if problem.contains("block end") || problem.contains("block mapping") {
      return "check the indentation and the dash before this line"
    }
    if problem.contains("'-' indicator") {
      return "check the indentation, and put double quotes around a line that begins with [ or {"
    }
    if problem.contains("escape") { return "write two backslashes for one, or take the double quotes away" }
    if problem.contains("alias") { return "put double quotes around text that begins with *" }
    return "check quotes, colons and indentation here"
  }

  private static func secondPlace(of key: String, in text: String, after line: Int) -> Position {
    var seen = 0
    for (i, raw) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() where i + 1 >= line {
      let trimmed = raw.drop { $0 == " " }
      let bare = trimmed.drop { $0 == "\"" || $0 == "'" }
      if bare.hasPrefix(key),
        bare.dropFirst(key.count).drop(while: { $0 == "\"" || $0 == "'" || $0 == " " }).first == ":"
      {
        seen += 1
        if seen == 2 { return Position(line: i + 1, column: raw.count - trimmed.count + 1) }
      }
    }
    return Position(line: line, column: 1)
  }
}

/// Comments that begin right behind their sign, as in `a #1 friend`: mostly these are no comments, but sentences cut off.
private struct CloseComments {
  /// Lines with such a sign, up to it.
  private var lines: [Int: [Unicode.Scalar]] = [:]

  init(_ bytes: [UInt8]) {
    var from = bytes.startIndex
    while let sign = bytes[from...].firstIndex(of: UInt8(ascii: "#")) {
      from = sign + 1
      guard sign > 0, bytes[sign - 1] == 32, from < bytes.count, ![9, 10, 13, 32, 35].contains(bytes[from]) else {
        continue
      }
      let start = bytes[..<sign].lastIndex(of: 10).map { $0 + 1 } ?? 0
      let number = bytes[..<sign].count { $0 == 10 } + 1
      if lines[number] == nil {
        lines[number] = Array(String(decoding: bytes[start..<sign], as: UTF8.self).unicodeScalars)
      }
    }
  }

  /// The column of the sign, if it cuts the value off that stands at `place`.
  func column(behind value: String, at place: Position) -> Int? {
    guard !lines.isEmpty, let line = lines[place.line], place.column <= line.count else { return nil }
    let text = String(String.UnicodeScalarView(line[(place.column - 1)...]))
    return !value.isEmpty && PartReader.trim(text) == value ? line.count + 1 : nil
  }
}

private struct TreeReader {
  let file: String
  /// No file has more values than bytes, unless a few stand for many.
  let mostNodes: Int
  let comments: CloseComments
  private(set) var diagnostics: [Diagnostic] = []
  private var nodes = 0
  private static let deepest = 12

  init(file: String, mostNodes: Int, comments: CloseComments) {
    self.file = file
    self.mostNodes = mostNodes
    self.comments = comments
  }

  private mutating func report(_ place: Position, _ message: String, _ mend: String) {
    diagnostics.append(
      Diagnostic(file: file, line: place.line, column: place.column, rule: .yaml, message: message, mend: mend))
  }

  mutating func convert(_ node: Node, depth: Int) -> YAMLTree? {
    var place = Position(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    nodes += 1
    guard nodes <= mostNodes + 1 else {
      if nodes == mostNodes + 2 {
        report(place, "anchors and aliases (& and *) are not used here", "write the text out")
      }
      return nil
    }
    guard depth <= TreeReader.deepest else {
      report(place, "nested more than \(TreeReader.deepest) deep", "intent files need no more than six levels")
      return nil
    }
    switch node {
    case .scalar(let scalar):
      if scalar.style == .doubleQuoted || scalar.style == .singleQuoted {
        place.inset = 1
      } else if let column = comments.column(behind: scalar.string, at: place) {
        diagnostics.append(
          Diagnostic(
            file: file, line: place.line, column: column, severity: .warning, rule: .yaml,
            message: "from the # on this is a comment, and only \"\(scalar.string)\" is read",
            mend: "put the whole text in double quotes; if it is meant as a comment, put a space behind the #"))
      }
      return .scalar(scalar.string, place)
    case .sequence(let items):
      var list: [YAMLTree] = []
      list.reserveCapacity(items.count)
      for item in items { if let tree = convert(item, depth: depth + 1) { list.append(tree) } }
      return .list(list, place)
    case .mapping(let mapping):
      var map: [(key: String, place: Position, value: YAMLTree)] = []
      map.reserveCapacity(mapping.count)
      for (key, value) in mapping {
        let at = Position(line: key.mark?.line ?? place.line, column: key.mark?.column ?? place.column)
        guard case .scalar(let name) = key else {
          report(at, "a key has to be a plain word", "put double quotes around text that begins with [ or {")
          continue
        }
        if let tree = convert(value, depth: depth + 1) { map.append((name.string, at, tree)) }
      }
      return .map(map, place)
    case .alias: return nil
    }
  }
}
