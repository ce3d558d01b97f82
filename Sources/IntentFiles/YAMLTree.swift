import Yams

/// A YAML value with its place in the file.
indirect enum YAMLTree {
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

  /// Reads a file. Problems go to `report`; nil where nothing can be read.
  static func read(_ file: SourceFile, report: @escaping (Diagnostic) -> Void) -> YAMLTree? {
    func fail(_ line: Int, _ column: Int, _ message: String, _ mend: String) -> YAMLTree? {
      report(Diagnostic(file: file.path, line: line, column: column, message: message, mend: mend))
      return nil
    }
    guard file.bytes.count <= SourceFile.limit else {
      return fail(0, 0, "the file is larger than 4 MB", "split it into several files")
    }
    guard let text = String(validating: file.bytes, as: UTF8.self) else {
      let (line, column) = invalidPlace(file.bytes)
      return fail(line, column, "this is not valid UTF-8", "save the file as UTF-8 in your editor")
    }
    if let place = anchor(in: text) {
      return fail(
        place.line, place.column, "anchors and aliases (& and *) are not used here",
        "write the text out, in double quotes if it begins with & or *")
    }
    do {
      guard let node = try Yams.compose(yaml: text) else { return .map([], Position(line: 1, column: 1)) }
      var reader = TreeReader(file: file.path, report: report)
      return reader.convert(node, depth: 0)
    } catch let error as YamlError {
      let (place, message, mend) = explain(error, text)
      return fail(place.line, place.column, message, mend)
    } catch {
      return fail(1, 1, "the file could not be read as YAML", "compare it with another file of the folder")
    }
  }

  /// The first anchor or alias: a value that begins with & or * and a letter. The library resolves them
  /// before they can be seen, so they are looked for in the text.
  private static func anchor(in text: String) -> Position? {
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      var before: Character = ":"
      for (column, c) in line.enumerated() {
        if c == "#" || c == "\"" || c == "'" { break }
        if c == "&" || c == "*", ":-[,".contains(before) {
          let next = line.dropFirst(column + 1).first
          if let next, next.isLetter || next.isNumber { return Position(line: number + 1, column: column + 1) }
        }
        if !c.isWhitespace { before = c }
      }
    }
    return nil
  }

  private static func invalidPlace(_ bytes: [UInt8]) -> (Int, Int) {
    var line = 1
    var start = 0
    for (i, c) in bytes.enumerated() where c == 10 {
      if String(validating: bytes[start..<i], as: UTF8.self) == nil { break }
      line += 1
      start = i + 1
    }
    let rest = bytes[start...].prefix { $0 != 10 }
    var good = rest
    while !good.isEmpty, String(validating: good, as: UTF8.self) == nil { good = good.dropLast() }
    return (line, String(decoding: good, as: UTF8.self).count + 1)
  }

  private static func explain(_ error: YamlError, _ text: String) -> (Position, String, String) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
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

private struct TreeReader {
  let file: String
  let report: (Diagnostic) -> Void
  private static let deepest = 12

  init(file: String, report: @escaping (Diagnostic) -> Void) {
    self.file = file
    self.report = report
  }

  mutating func convert(_ node: Node, depth: Int) -> YAMLTree? {
    let place = Position(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    guard depth <= TreeReader.deepest else {
      report(
        Diagnostic(
          file: file, line: place.line, column: place.column, message: "nested more than \(TreeReader.deepest) deep",
          mend: "intent files need no more than six levels"))
      return nil
    }
    switch node {
    case .scalar(let scalar): return .scalar(scalar.string, place)
    case .sequence(let items):
      var list: [YAMLTree] = []
      for item in items { if let tree = convert(item, depth: depth + 1) { list.append(tree) } }
      return .list(list, place)
    case .mapping(let mapping):
      var map: [(key: String, place: Position, value: YAMLTree)] = []
      for (key, value) in mapping {
        let at = Position(line: key.mark?.line ?? place.line, column: key.mark?.column ?? place.column)
        guard case .scalar(let name) = key else {
          report(
            Diagnostic(
              file: file, line: at.line, column: at.column, message: "a key has to be a plain word",
              mend: "put double quotes around text that begins with [ or {"))
          continue
        }
        if let tree = convert(value, depth: depth + 1) { map.append((name.string, at, tree)) }
      }
      return .map(map, place)
    case .alias: return nil
    }
  }
}
