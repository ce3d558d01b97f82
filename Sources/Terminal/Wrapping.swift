extension Text {
  /// `text` broken at spaces into lines of at most `width` columns. Nothing is lost: a word longer than a
  /// line is cut between characters, and a character wider than a line stands alone.
  ///
  /// Later lines of a paragraph begin where its first one does.
  ///
  /// - Parameter isList: a term and its explanation, with two spaces or more between, are set with the
  ///   explanation's later lines below its first.
  public static func lines(_ text: String, width: Int, isList: Bool = false) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
      paragraph($0, width: max(1, width), isList: isList)
    }
  }

  private static func paragraph(_ text: Substring, width: Int, isList: Bool) -> [String] {
    let leading = text.prefix { $0 == " " }.count
    let hanging = isList ? explanation(in: text, width: width) ?? leading : leading
    var line = LineBeingSet(width: width, indent: leading < width / 2 ? leading : 0)
    var lines: [String] = []
    var rest = text.dropFirst(leading)
    while !rest.isEmpty {
      let spaces = rest.prefix { $0 == " " }.count
      let word = rest.dropFirst(spaces).prefix { $0 != " " }
      rest = rest.dropFirst(spaces + word.count)
      if word.isEmpty { break }
      func breakLine() {
        lines.append(line.text)
        line = LineBeingSet(width: width, indent: hanging + 2 <= width ? hanging : 0)
      }
      if !line.isEmpty, !line.hasRoom(for: spaces + columns(of: word)) {
        breakLine()
      } else if !line.isEmpty {
        line.add(String(repeating: " ", count: spaces), columns: spaces)
      }
      for character in word {
        let columns = columns(of: character)
        if !line.isEmpty, !line.hasRoom(for: columns) { breakLine() }
        line.add(String(character), columns: columns)
      }
    }
    return lines + [line.text]
  }

  /// The column at which the explanation of a term begins, if there is one; where that leaves it too little
  /// room, two columns further in than the term.
  private static func explanation(in text: Substring, width: Int) -> Int? {
    let leading = text.prefix { $0 == " " }
    var column = leading.count
    var rest = text.dropFirst(column)
    while !rest.isEmpty {
      let word = rest.prefix { $0 != " " }
      let spaces = rest.dropFirst(word.count).prefix { $0 == " " }
      rest = rest.dropFirst(word.count + spaces.count)
      column += columns(of: word) + spaces.count
      if spaces.count >= 2, !rest.isEmpty { return column <= width / 2 ? column : min(leading.count + 2, width / 2) }
    }
    return nil
  }

  private struct LineBeingSet {
    let width: Int
    private(set) var text: String
    private(set) var isEmpty = true
    private var column: Int

    init(width: Int, indent: Int) {
      self.width = width
      text = String(repeating: " ", count: indent)
      column = indent
    }

    func hasRoom(for columns: Int) -> Bool { column + columns <= width }

    mutating func add(_ piece: String, columns: Int) {
      text += piece
      column += columns
      isEmpty = false
    }
  }
}
