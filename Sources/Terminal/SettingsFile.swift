/// The file of settings: a `name = value` a line, and comments that begin with `#`.
public struct SettingsFile: Sendable, Equatable {
  public var settings = Settings()
  /// What is wrong with it, as `file:line:column: warning: what; how to mend it`.
  public var problems: [String] = []

  /// The largest file that is read, in bytes.
  static let limit = 64 << 10

  /// No more problems than these are told one by one.
  static let mostProblems = 10

  /// Reads the file; one that cannot be read is a problem.
  ///
  /// - Parameter isNamed: somebody named it, so that it has to be there; otherwise one that is not there is empty.
  public static func read(_ path: String, isNamed: Bool = false) -> SettingsFile {
    do {
      guard let bytes = try SmallFile.read(path, limit: limit) else {
        return isNamed
          ? SettingsFile(broken: "\(path): error: there is no such file, so the usual settings are used")
          : SettingsFile()
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        return SettingsFile(broken: "\(path): error: this is not UTF-8 text, so the usual settings are used")
      }
      return SettingsFile(text, path: path)
    } catch {
      return SettingsFile(broken: "\(path): error: \(error), so the usual settings are used")
    }
  }

  private init(broken: String) { problems = [broken] }

  init() {}

  init(_ text: String, path: String) {
    let text = text.hasPrefix("\u{feff}") ? String(text.unicodeScalars.dropFirst()) : text
    defer {
      let more = problems.count - SettingsFile.mostProblems
      if more > 0 {
        problems = problems.prefix(SettingsFile.mostProblems) + ["\(path): warning: \(more) more lines are at fault"]
      }
    }
    var seen: Set<Settings.Key> = []
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let content = SettingsFile.trim(line)
      if content.isEmpty || content.hasPrefix("#") { continue }
      let column = line.prefix { $0.isWhitespace }.count + 1
      func warn(_ message: String) { problems.append("\(path):\(number + 1):\(column): warning: \(message)") }
      guard let sign = content.firstIndex(of: "=") else {
        warn("this line says nothing; write a setting as `name = value`, a comment after #")
        continue
      }
      let name = SettingsFile.trim(content[..<sign])
      let value = SettingsFile.trim(content[content.index(after: sign)...])
      guard let key = Settings.Key(rawValue: name) else {
        let near = Nearest.words(to: name, among: Settings.Key.allCases.map(\.rawValue))
        let mend = near.first.map { "did you mean `\($0)`?" } ?? "`drawbridge settings` lists them all"
        warn("there is no setting `\(name.prefix(40))`; \(mend)")
        continue
      }
      guard seen.insert(key).inserted else {
        warn("`\(name)` was set above already; this line is passed over")
        continue
      }
      if let wanted = set(key, value) { warn("`\(name)` cannot be `\(value.prefix(40))`; \(wanted)") }
    }
  }

  /// Sets a value; what it has to be like, if it is not.
  private mutating func set(_ key: Settings.Key, _ value: String) -> String? {
    func oneOf<Choice: RawRepresentable & CaseIterable>(_: Choice.Type) -> (Choice?, String)
    where Choice.RawValue == String {
      (
        Choice(rawValue: value.lowercased()),
        "write " + Choice.allCases.map(\.rawValue).joined(separator: ", ")
      )
    }
    func number(_ range: ClosedRange<Int>) -> (Int?, String) {
      (
        Int(value).flatMap { range.contains($0) ? $0 : nil },
        "write a number from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    func flag() -> (Bool?, String) {
      let words = ["yes": true, "true": true, "on": true, "no": false, "false": false, "off": false]
      return (words[value.lowercased()], "write yes or no")
    }
    var wanted = ""
    switch key {
    case .country:
      settings.country = Settings.country(value)
      return settings.country == nil ? "write a two-letter code such as GB" : nil
    case .pace: (settings.pace, wanted) = oneOf(Settings.Pace.self)
    case .plain: (settings.plain, wanted) = flag()
    case .colour: (settings.colour, wanted) = oneOf(Settings.Colour.self)
    case .width: (settings.width, wanted) = number(Settings.widths)
    case .hints: (settings.hints, wanted) = flag()
    case .editing: (settings.editing, wanted) = oneOf(Settings.Editing.self)
    case .history: (settings.history, wanted) = flag()
    case .historyLines: (settings.historyLines, wanted) = number(Settings.historyLengths)
    }
    return settings.written(key) == nil ? wanted : nil
  }

  /// A file that sets what `settings` chose, and explains everything that can be set.
  public static func text(_ settings: Settings) -> String {
    var text = """
      # Settings of drawbridge. A line that begins with # is a comment; take the # away to choose.
      # Each of them is also an option: `pace = gentle` is --pace gentle.
      """
    for key in Settings.Key.allCases {
      let lines = Text.lines("\(key.explanation). Usually: \(key.usual).", width: 90)
      text += "\n\n" + lines.map { "# " + $0 }.joined(separator: "\n") + "\n"
      text += settings.written(key).map { "\(key.rawValue) = \($0)" } ?? "#\(key.rawValue) = \(key.example)"
    }
    return text + "\n"
  }

  private static func trim(_ text: some StringProtocol) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}

extension Settings {
  /// The code of a country in capitals, or nil if it is none by its form.
  public static func country(_ text: String) -> String? {
    text.utf8.count == 2 && text.allSatisfy { $0.isASCII && $0.isLetter } ? text.uppercased() : nil
  }
}
