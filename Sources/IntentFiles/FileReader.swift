import Matching

/// Reads the tables of one file and says where something does not fit.
struct FileReader {
  let file: String
  let report: (Diagnostic) -> Void

  func error(_ place: Position, _ message: String, _ mend: String, rule: Diagnostic.Rule = .schema) {
    report(Diagnostic(file: file, line: place.line, column: place.column, rule: rule, message: message, mend: mend))
  }

  func warn(_ place: Position, _ message: String, _ mend: String, rule: Diagnostic.Rule = .schema) {
    report(
      Diagnostic(
        file: file, line: place.line, column: place.column, severity: .warning, rule: rule, message: message,
        mend: mend))
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

/// What someone probably meant.
public enum Spelling {
  /// "did you mean 'asked'?", or the names that are known.
  public static func mend(_ name: String, _ known: [String]) -> String {
    if let close = nearest(name, known) { return "did you mean '\(close)'?" }
    let shown = known.sorted().prefix(12).joined(separator: ", ")
    return known.isEmpty ? "none is declared" : "known: \(shown)\(known.count > 12 ? ", ..." : "")"
  }

  /// The known name at most a third of its letters away.
  static func nearest(_ name: String, _ known: [String]) -> String? {
    let scored = known.map { ($0, distance(Array(name.utf8.prefix(64)), Array($0.utf8.prefix(64)))) }
    guard let best = scored.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }), best.1 <= max(1, best.0.count / 3) else {
      return nil
    }
    return best.0
  }

  /// Edits between two words, a swap of neighbours counting as one.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in 0...a.count { rows[i][0] = i }
    for j in 0...b.count { rows[0][j] = j }
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    for i in 1...a.count {
      for j in 1...b.count {
        let same = a[i - 1] == b[j - 1] ? 0 : 1
        rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + same)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
        }
      }
    }
    return rows[a.count][b.count]
  }
}
