import Matching

/// Reads the tables of one file and says where something does not fit.
struct FileReader {
  let file: String
  let report: (Diagnostic) -> Void

  func error(_ place: Position, _ message: String, _ mend: String, rule: Diagnostic.Rule = .schema) {
    report(Diagnostic(file: file, line: place.line, column: place.column, rule: rule, message: message, mend: mend))
  }

  func warn(_ place: Position, _ message: String, _ mend: String, rule: Diagnostic.Rule = .schema) {
    report(.warning(file, place, rule, message, mend))
  }

  func text(_ tree: YAMLTree, _ what: String) -> String? {
    guard case .scalar(let text, _) = tree else {
      if let key = tree.keyOfASentence {
        error(
          tree.place, "a colon stands in this text, so '\(key)' is taken for a key",
          "put the whole text in double quotes"
        )
        return nil
      }
      error(
        tree.place, "\(what) has to be a single value, here stands \(tree.kindName)",
        "write one line of text, in double quotes if it begins with [ or {")
      return nil
    }
    return text
  }

  func number(_ tree: YAMLTree, _ what: String, _ range: ClosedRange<Int>) -> Int? {
    guard let text = text(tree, what) else { return nil }
    guard let value = Int(text), range.contains(value) else {
      error(tree.place, "\(what) is '\(text)'", "write a number from \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return value
  }

  func list(_ tree: YAMLTree, _ what: String) -> [YAMLTree] {
    switch tree {
    case .list(let items, _): return items
    case .scalar(let text, _) where !text.isEmpty: return [tree]
    case .scalar: return []
    case .map:
      error(tree.place, "\(what) has to be a list, here stands \(tree.kindName)", "begin each item with a dash")
      return []
    }
  }

  func texts(_ tree: YAMLTree, _ what: String) -> [String] {
    list(tree, what).compactMap { text($0, what) }
  }

  func map(_ tree: YAMLTree, _ what: String) -> [(key: String, place: Position, value: YAMLTree)] {
    switch tree {
    case .map(let entries, _): return entries
    case .scalar(let text, _) where text.isEmpty || text == "~" || text == "null": return []
    default:
      error(tree.place, "\(what) has to be a table of keys, here stands \(tree.kindName)", "write `key: value` lines")
      return []
    }
  }

  /// The entries whose keys are known; the others are reported with what was probably meant.
  func fields(_ tree: YAMLTree, _ what: String, _ known: [String]) -> [String: YAMLTree] {
    var fields: [String: YAMLTree] = [:]
    for entry in map(tree, what) {
      if known.contains(entry.key) {
        fields[entry.key] = entry.value
      } else {
        unknown(entry.key, "key in \(what)", known, at: entry.place)
      }
    }
    return fields
  }

  func unknown(_ name: String, _ what: String, _ known: [String], at place: Position) {
    error(place, "unknown \(what): '\(name)'", Spelling.mend(name, known))
  }
}
