import Dialogue

/// A few lines that help someone through the next hours. They stand on the screen and nowhere else, unless
/// they are saved.
struct Plan: Equatable {
  /// What a line is about.
  enum Line: String, CaseIterable {
    case helps, who, safer

    var heading: String {
      switch self {
      case .helps: "What helps for an hour"
      case .who: "Who to be with or call"
      case .safer: "Where it is safer"
      }
    }
  }

  static let help = """
    /plan shows your plan. It is only on this screen, until you save it.
    /plan helps WORDS  write down what helps for an hour
    /plan who WORDS    write down who to be with or call
    /plan safer WORDS  write down where it is safer
    /plan drop NUMBER  take a line away
    /plan save NAME    write it to a file only you can read
    /plan clear        take all of it away
    """

  private(set) var lines: [(line: Line, text: String)] = []

  var isEmpty: Bool { lines.isEmpty }

  static func == (a: Plan, b: Plan) -> Bool { a.lines.elementsEqual(b.lines) { $0 == $1 } }

  /// How many lines there may be, and how long; more would be no help in a hard hour.
  static let most = 12
  static let longest = 200

  /// Writes a line down; false if there is no room for it.
  mutating func add(_ line: Line, _ text: String) -> Bool {
    guard lines.count < Plan.most else { return false }
    lines.append((line, String(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(Plan.longest))))
    // In the order of the headings, so that the numbers go down the page.
    lines = Line.allCases.flatMap { kind in lines.filter { $0.line == kind } }
    return true
  }

  /// Takes the line of a number, from 1, away; false if there is none.
  mutating func drop(_ number: Int) -> Bool {
    guard lines.indices.contains(number - 1) else { return false }
    lines.remove(at: number - 1)
    return true
  }

  mutating func clear() { lines = [] }

  /// The plan as it is shown and saved.
  ///
  /// - Parameter services: whom to reach in the person's country.
  func text(services: CrisisLines?) -> String {
    var text = "Your plan"
    for kind in Line.allCases {
      text += "\n\(kind.heading)"
      let written = lines.enumerated().filter { $1.line == kind }
      if written.isEmpty { text += "\n  -   /plan \(kind.rawValue) ..." }
      for (i, line) in written { text += "\n  \(i + 1)".padding(to: 7) + line.text }
    }
    guard let services else { return text }
    text += "\nIf it gets worse"
    if !services.emergency.isEmpty { text += "\n  In danger now: \(services.emergency)" }
    for service in services.services.filter({ $0.kinds.isEmpty }).prefix(2) {
      text += "\n  \(service.name): \(service.reach)"
    }
    return text
  }
}
