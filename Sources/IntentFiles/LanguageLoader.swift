import Matching

/// Gathers the language of a bot from the files that declare it.
struct LanguageLoader {
  static let keys = [
    "expansions", "negators", "absences", "clause-starters", "forms", "emoji", "classes", "phrases", "person",
  ]

  private(set) var language = Language()
  private(set) var person: [String: String] = [:]
  private var phrases: [(name: String, text: String, place: Position, textPlace: Position, reader: FileReader)] = []
  private var classPlaces: [String: (file: String, place: Position)] = [:]
  private var subclassPlaces: [(from: String, to: String, file: String, place: Position)] = []

  mutating func read(_ key: String, _ tree: YAMLTree, _ reader: FileReader) {
    switch key {
    case "expansions":
      for entry in reader.map(tree, key) {
        if let text = reader.text(entry.value, "an expansion") {
          language.expansions[entry.key.lowercased()] = LanguageLoader.words(text)
        }
      }
    case "negators": language.negators.formUnion(reader.texts(tree, key))
    case "absences": language.absences.formUnion(reader.texts(tree, key))
    case "clause-starters": language.clauseStarters.formUnion(reader.texts(tree, key))
    case "forms":
      for entry in reader.map(tree, key) {
        for form in reader.texts(entry.value, "forms of \(entry.key)") where form != entry.key {
          language.irregular[form] = entry.key
        }
      }
    case "emoji":
      for entry in reader.map(tree, key) {
        guard let scalar = entry.key.unicodeScalars.first, let word = reader.text(entry.value, "an emoji's word") else {
          continue
        }
        language.emoji[scalar] = word
      }
    case "classes":
      for entry in reader.map(tree, key) { readClass(entry.key, entry.place, entry.value, reader) }
    case "phrases":
      for entry in reader.map(tree, key) {
        guard let text = reader.text(entry.value, "a phrase") else { continue }
        let isBracketed = entry.key.hasPrefix("<") && entry.key.hasSuffix(">")
        let name = isBracketed ? String(entry.key.dropFirst().dropLast()) : entry.key
        phrases.append((name, text, entry.place, entry.value.place, reader))
      }
    case "person":
      for entry in reader.map(tree, key) {
        if let text = reader.text(entry.value, "a turned word") { person[entry.key.lowercased()] = text }
      }
    default: break
    }
  }

  mutating func readLexicon(_ file: SourceFile) {
    file.forEachLine { _, line in
      guard let first = line.first, first != UInt8(ascii: "#") else { return }
      let word = String(decoding: line, as: UTF8.self)
      let isLower = line.allSatisfy { (0x61...0x7a).contains($0) }
      language.lexicon.append(isLower ? word : word.lowercased())
    }
  }

  private mutating func readClass(_ written: String, _ place: Position, _ tree: YAMLTree, _ reader: FileReader) {
    let name = written.hasPrefix("~") ? String(written.dropFirst()) : written
    var members: [Language.ClassMember] = []
    for item in reader.list(tree, "the class ~\(name)") {
      guard let text = reader.text(item, "a member of ~\(name)") else { continue }
      if text.hasPrefix("~") {
        let other = String(text.dropFirst())
        members.append(.subclass(other))
        subclassPlaces.append((name, other, reader.file, item.place))
      } else {
        let words = LanguageLoader.words(text)
        if words.isEmpty {
          reader.error(item.place, "an empty member of ~\(name)", "write a word, or remove the line")
        } else {
          members.append(.words(words))
        }
      }
    }
    if let first = classPlaces[name], first.file != reader.file {
      language.classes[name, default: []] += members
    } else {
      language.classes[name] = members
      classPlaces[name] = (reader.file, place)
    }
  }

  /// Reports classes that do not exist or contain themselves, and breaks the circles.
  mutating func check(_ report: (Diagnostic) -> Void) {
    let known = Array(language.classes.keys)
    for link in subclassPlaces where language.classes[link.to] == nil {
      report(
        Diagnostic(
          file: link.file, line: link.place.line, column: link.place.column, rule: .name,
          message: "unknown word class: '~\(link.to)'", mend: Spelling.mend(link.to, known)))
    }
    for link in subclassPlaces where reaches(link.to, link.from, seen: []) {
      report(
        Diagnostic(
          file: link.file, line: link.place.line, column: link.place.column,
          message: "the class ~\(link.from) contains itself through ~\(link.to)", mend: "remove one of the two"))
      language.classes[link.from]?.removeAll { $0 == .subclass(link.to) }
    }
  }

  /// Reads the phrases, in the order of the files, when all else of the language is known; each may speak of those
  /// before it.
  mutating func readPhrases() {
    for (name, text, place, textPlace, reader) in phrases {
      guard language.phrases[name] == nil else {
        reader.error(place, "the phrase <\(name)> is declared a second time", "rename it, or merge the two")
        continue
      }
      // What cannot be read stands for its name, so that only the cause is told.
      let rule = PartReader.rule(text, textPlace, reader, language) ?? PatternRule(required: [.word(name)])
      if rule.required.count > 1 || !rule.forbidden.isEmpty {
        reader.error(
          textPlace, "a phrase with & in it", "write the & where <\(name)> is used, or use ...", rule: .pattern)
      }
      language.phrases[name] = rule.required.first
    }
  }

  private func reaches(_ from: String, _ to: String, seen: Set<String>) -> Bool {
    if from == to { return true }
    guard !seen.contains(from) else { return false }
    for case .subclass(let next) in language.classes[from] ?? [] where reaches(next, to, seen: seen.union([from])) {
      return true
    }
    return false
  }

  static func words(_ text: String) -> [String] {
    let isPlain = text.utf8.allSatisfy { c in (0x61...0x7a).contains(c) || c == 32 || c == UInt8(ascii: "'") }
    if isPlain { return text.split(separator: " ").map(String.init) }
    return text.lowercased().split { $0.isWhitespace || $0 == "-" }.map { $0.replacing("’", with: "'") }.map(
      String.init)
  }
}
