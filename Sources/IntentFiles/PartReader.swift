import Dialogue
import Matching

/// Reads wordings: sentences with their ideas, conditions and targets.
struct PartReader {
  let reader: FileReader
  let language: Language
  let named: NamedGuards
  /// Enters a condition and gives its number.
  let condition: (PatternRule) -> Int
  let nextID: () -> Int

  /// A table of kinds, each with its wordings, in the order of the file.
  func parts(_ tree: YAMLTree, _ what: String) -> [PlacedPart] {
    let kinds = PartKind.allCases.map(\.rawValue)
    var parts: [PlacedPart] = []
    for entry in reader.map(tree, what) {
      guard let kind = PartKind(rawValue: entry.key) else {
        reader.unknown(entry.key, "kind of sentence in \(what)", kinds, at: entry.place)
        continue
      }
      for item in reader.list(entry.value, entry.key) {
        if let part = part(item, kind) { parts.append(part) }
      }
    }
    return parts
  }

  /// Wordings of one kind in a plain list.
  func parts(_ tree: YAMLTree, _ what: String, kind: PartKind) -> [PlacedPart] {
    reader.list(tree, what).compactMap { part($0, kind) }
  }

  private func part(_ tree: YAMLTree, _ kind: PartKind) -> PlacedPart? {
    var when: (PatternRule, [String])?
    var guards: [Guard] = []
    var sentence = tree
    if case .map = tree {
      let known = ["when", "say", "if"]
      if let key = tree.keyOfASentence, Spelling.nearest(key, known) == nil {
        _ = reader.text(tree, "a sentence")
        return nil
      }
      if let key = tree.keyInBraces, !known.contains(key) {
        reader.error(
          tree.place, "a sentence that begins with { is taken for a table of keys",
          "put the whole of it in double quotes")
        return nil
      }
      let fields = reader.fields(tree, "a sentence", known)
      guard let say = fields["say"] else {
        reader.error(tree.place, "a sentence with a condition has no words", "add `say: ...`")
        return nil
      }
      sentence = say
      if let tree = fields["when"], let text = reader.text(tree, "when"), let rule = pattern(text, tree.place) {
        when = (rule, rule.captureNames)
      }
      if let tree = fields["if"] { guards = named.guards(tree, reader) }
    }
    guard let written = reader.text(sentence, "a sentence") else { return nil }
    let (text, ideas, target) = PartReader.split(written)
    guard !text.isEmpty else {
      reader.error(sentence.place, "an empty sentence", "write the sentence, or remove the line")
      return nil
    }
    var part = Part(
      kind: kind, text: text, ideas: ideas, condition: when.map { condition($0.0) }, guards: guards, id: nextID(),
      place: "\(reader.file):\(sentence.place.line)")
    part.leadsTo = target.map { name in
      name.hasPrefix("step:") ? .state(String(name.dropFirst(5))) : .intent(name)
    }
    return PlacedPart(part: part, place: sentence.place, file: reader.file, captures: when?.1 ?? [])
  }

  func pattern(_ text: String, _ place: Position, whole: Bool = false) -> PatternRule? {
    PartReader.rule(text, place, reader, language, whole: whole)
  }

  /// The rule that `text` describes in a language; what is wrong with it is reported.
  static func rule(
    _ text: String, _ place: Position, _ reader: FileReader, _ language: Language, whole: Bool = false
  ) -> PatternRule? {
    do {
      let rule = try PatternParser.parse(text, whole: whole, language: language)
      for name in rule.classNames where language.classes[name] == nil {
        reader.error(
          place.inside(PartReader.offset(of: "~" + name, in: text)), "unknown word class: '~\(name)'",
          Spelling.mend(name, Array(language.classes.keys)), rule: .name)
        return nil
      }
      return rule
    } catch {
      reader.error(place.inside(error.offset), error.message, error.mend, rule: .pattern)
      return nil
    }
  }

  private static func offset(of part: String, in text: String) -> Int {
    text.ranges(of: part).first.map { text.distance(from: text.startIndex, to: $0.lowerBound) } ?? 0
  }

  /// A sentence, the ideas in brackets at its end, and where it leads.
  static func split(_ written: String) -> (text: String, ideas: [String], target: String?) {
    var text = Substring(written)
    var target: String?
    if let arrow = lastArrow(in: written) {
      target = trim(text[arrow.upperBound...])
      text = text[..<arrow.lowerBound]
    }
    text = Substring(trim(text))
    var ideas: [String] = []
    if text.hasSuffix("]"), let open = text.lastIndex(of: "[") {
      let inside = text[text.index(after: open)...].dropLast()
      if inside.allSatisfy({ $0.isNumber || $0 == "." || $0 == " " || $0 == "," }) {
        ideas = inside.split { $0 == " " || $0 == "," }.map(String.init)
        text = Substring(trim(text[..<open]))
      }
    }
    return (String(text), ideas, target)
  }

  /// The last ` -> `.
  private static func lastArrow(in text: String) -> Range<String.Index>? {
    var end = text.utf8.endIndex
    while let tip = text.utf8[..<end].lastIndex(of: UInt8(ascii: ">")) {
      let before = text.utf8[..<tip].suffix(2)
      let after = text.utf8.index(after: tip)
      if before.elementsEqual(" -".utf8), after < text.utf8.endIndex, text.utf8[after] == 32 {
        return before.startIndex..<text.utf8.index(after: after)
      }
      end = tip
    }
    return nil
  }

  static func trim(_ text: some StringProtocol) -> String {
    if let first = text.utf8.first, let last = text.utf8.suffix(1).first, (33...126).contains(first),
      (33...126).contains(last)
    {
      return String(text)
    }
    var part = text[...]
    while let c = part.first, c.isWhitespace { part = part.dropFirst() }
    while let c = part.last, c.isWhitespace { part = part.dropLast() }
    return String(part)
  }
}

/// A wording with its place in the file, for checks.
struct PlacedPart: Sendable {
  var part: Part
  var place: Position
  var file: String
  /// The names its own condition captures.
  var captures: [String]
  /// The section of the intent it stands in.
  var section = ""
}
