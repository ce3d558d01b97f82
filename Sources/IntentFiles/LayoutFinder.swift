/// Finds the line whose layout spoils a file: YAML tells of it further down, or takes it for something else.
struct LayoutFinder {
  struct Fault: Equatable {
    let place: Position
    let message: String
    let mend: String
  }

  private let lines: [Line]

  init(_ bytes: [UInt8]) {
    var lines: [Line] = []
    // How deep the line stands that opened a block of text.
    var block: Int?
    for (i, raw) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      let line = Line(number: i + 1, raw)
      guard let first = line.text.first else { continue }
      if let open = block, line.indent > open { continue }
      block = line.opensBlock ? line.indent : nil
      if first != UInt8(ascii: "#") { lines.append(line) }
    }
    self.lines = lines
  }

  /// The fault for which reading stopped in line `stop`.
  func fault(before stop: Int) -> Fault? {
    guard let last = lines.lastIndex(where: { $0.number <= stop }) else { return nil }
    if let misread = misread.last(where: { $0.place.line <= stop }) { return misread }
    return (0...last).reversed().lazy.compactMap { i in fault(of: i) }.first
  }

  private func fault(of i: Int) -> Fault? {
    let line = lines[i]
    let before = i > 0 ? lines[i - 1] : nil
    let after = i + 1 < lines.count ? lines[i + 1] : nil
    if line.hasDash {
      guard let before, before.hasDash, line.indent < before.indent,
        let above = lines[..<i].last(where: { $0.indent < before.indent }), above.indent < line.indent, !above.hasDash
      else { return nil }
      return Fault(
        place: line.place, message: "the dashes of a list stand at different depths",
        mend: "let them stand under one another")
    }
    guard line.colon == nil, line.isPlain else { return nil }
    if let word = line.word {
      let isAlone = line.text.count == word.utf8.count
      let isAmongKeys = [before, after].contains { $0.map { $0.indent == line.indent && $0.colon != nil } ?? false }
      if isAlone ? (after.map { $0.indent > line.indent } ?? false) : isAmongKeys {
        return Fault(
          place: line.place, message: "there is no colon behind '\(word)'",
          mend: isAlone ? "write \(word):" : "write \(word): and then the text")
      }
    }
    guard let before, before.hasDash, before.isPlain, line.indent <= before.indent else { return nil }
    return Fault(place: line.place, message: "a line of the list has no dash", mend: "put a dash and a space before it")
  }

  /// What YAML takes for something else without a word: lines of a list that it takes into the sentence above them, and
  /// texts of which it takes the beginning for a tag.
  var misread: [Fault] {
    let swallowed = zip(lines, lines.dropFirst()).filter { above, line in
      line.hasDash && line.indent > above.indent && above.isPlain && (above.hasDash || above.colon != nil)
    }.map { above, line in
      Fault(
        place: line.place, message: "this line is taken into the sentence above it",
        mend: above.hasDash
          ? "let its dash stand under the dash above" : "put the sentence above into the list, with a dash of its own")
    }
    let tagged = lines.filter { ($0.hasDash || $0.colon != nil) && $0.value.first == UInt8(ascii: "!") }.map { line in
      Fault(
        place: line.place, message: "a text begins with !, which YAML keeps for itself",
        mend: "put the whole text in double quotes")
    }
    let glued = lines.indices.filter { i in
      let line = lines[i]
      let beside = [i - 1, i + 1].filter(lines.indices.contains).map { lines[$0] }
      return line.isGlued && beside.contains { $0.hasDash && $0.indent == line.indent }
    }.map { i in
      Fault(place: lines[i].place, message: "a dash has no space behind it", mend: "put a space behind the dash")
    }
    return swallowed + tagged + glued
  }

  /// A line that is neither empty nor a comment, and not a part of a block of text.
  private struct Line {
    let number: Int
    let indent: Int
    /// Without spaces at its ends.
    let text: ArraySlice<UInt8>

    init(number: Int, _ raw: ArraySlice<UInt8>) {
      self.number = number
      let inner = raw.drop { $0 == space }
      indent = inner.startIndex - raw.startIndex
      let end = inner.lastIndex { $0 != space && $0 != 0x0d }
      text = end.map { inner[...$0] } ?? []
    }

    var place: Position { Position(line: number, column: indent + 1) }
    var hasDash: Bool { text.first == dash && text.dropFirst().first == space }
    /// A dash and a text without a space between them.
    var isGlued: Bool { text.first == dash && text.dropFirst().first.map { $0 != space && $0 != dash } ?? false }

    /// The colon behind a key.
    var colon: Int? {
      text.indices.first { text[$0] == UInt8(ascii: ":") && ($0 + 1 == text.endIndex || text[$0 + 1] == space) }
    }

    /// What stands behind the dash, or behind the key.
    var value: ArraySlice<UInt8> {
      if hasDash { return text.dropFirst(2).drop { $0 == space } }
      return colon.map { text[($0 + 1)...].drop { $0 == space } } ?? text
    }

    /// Whether the value is text without quotes, which goes on in lines that stand deeper.
    var isPlain: Bool {
      guard let first = value.first else { return false }
      let opens = Array("\"'[{|>-!&*#".utf8).contains(first)
      return !opens && !(hasDash && colon != nil)
    }

    /// Whether a block of text follows, of all that stands deeper.
    var opensBlock: Bool {
      guard let sign = (colon.map { text[($0 + 1)...].drop { $0 == space } } ?? value).first else { return false }
      return sign == UInt8(ascii: "|") || sign == UInt8(ascii: ">")
    }

    /// The first word, if it may be a key.
    var word: String? {
      let word = text.prefix { $0 != space }
      let isKey = word.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == dash }
      return isKey ? String(decoding: word, as: UTF8.self) : nil
    }
  }
}

private let space = UInt8(ascii: " ")
private let dash = UInt8(ascii: "-")
