import Dialogue

/// Lists of guards that stand under a name: `<name>` in an `if` stands for all of its list.
struct NamedGuards: Sendable {
  static let key = "guards"

  private var lists: [String: [Guard]] = [:]

  /// Reads lists in the order of the file; each may name those before it.
  mutating func read(_ tree: YAMLTree, _ reader: FileReader) {
    for entry in reader.map(tree, NamedGuards.key) {
      if !NamedGuards.isName(entry.key) {
        reader.error(entry.place, "the name of a list of guards stands in <>", "write `<\(entry.key)>: ...`")
      } else if lists[entry.key] != nil {
        reader.error(
          entry.place, "the list of guards \(entry.key) is declared a second time", "rename it, or merge the two")
      } else {
        lists[entry.key] = guards(entry.value, reader)
      }
    }
  }

  /// `name`, `not name`, `name >= 2`, `name < 2`, `<list>`, one or several.
  func guards(_ tree: YAMLTree, _ reader: FileReader) -> [Guard] {
    reader.list(tree, "if").flatMap { item -> [Guard] in
      guard let text = reader.text(item, "a condition") else { return [] }
      let words = text.split(separator: " ").map(String.init)
      switch words.count {
      case 1 where NamedGuards.isName(text):
        if let list = lists[text] { return list }
        reader.unknown(text, "list of guards", Array(lists.keys), at: item.place)
        return []
      case 2 where NamedGuards.isName(words[1]):
        reader.error(item.place, "a list of guards cannot be denied", "write out what may not hold")
        return []
      case 1: return [Guard(words[0], .atLeast, 1)]
      case 2 where words[0] == "not": return [Guard(words[1], .below, 1)]
      case 3:
        if let comparison = Guard.Comparison(rawValue: words[1]), let number = Int(words[2]),
          (0...10_000).contains(number)
        {
          return [Guard(words[0], comparison, number)]
        }
      default: break
      }
      reader.error(
        item.place, "the condition '\(text)' is not understood",
        "write `name`, `not name`, `name >= 2`, `name < 2`, or `<name>` for a list under `guards`")
      return []
    }
  }

  static func isName(_ text: String) -> Bool { text.count > 2 && text.hasPrefix("<") && text.hasSuffix(">") }
}
