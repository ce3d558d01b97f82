import Graphs

/// The files behind a report. A number links to the line it comes from: in a listing at the end of the page, or
/// where a template says.
public struct SourceListing: Sendable {
  public struct File: Sendable {
    /// As places name it: `signs/exhausted.yaml`.
    public var path: String
    /// As a reader knows it: `Intents/signs/exhausted.yaml`.
    public var shown: String
    public var text: String

    public init(path: String, shown: String, text: String) {
      self.path = path
      self.shown = shown
      self.text = text
    }
  }

  private let files: [File]
  private let numbers: [String: Int]
  /// Such as `https://example.org/blob/main/{file}#L{line}`.
  private let template: String?
  /// The lines that were linked to, by file.
  private var linked: [Int: Set<Int>] = [:]

  public init(_ files: [File], template: String? = nil) {
    self.files = files
    self.template = template
    numbers = Dictionary(files.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private func split(_ place: String) -> (file: Int, line: Int)? {
    guard let colon = place.lastIndex(of: ":"), let line = Int(place[place.index(after: colon)...]), line > 0,
      let file = numbers[String(place[..<colon])]
    else { return nil }
    return (file, line)
  }

  /// The address of a place, or nil where its file is not known.
  mutating func address(of place: String) -> String? {
    guard let (file, line) = split(place) else { return nil }
    if let template {
      return template.replacing("{file}", with: SourceListing.encoded(files[file].shown))
        .replacing("{line}", with: String(line))
    }
    linked[file, default: []].insert(line)
    return "#f\(file)-\(line)"
  }

  /// `words`, linked to the place.
  mutating func link(_ words: Markup, to place: String) -> Markup {
    guard let address = address(of: place) else { return words }
    return "<a href=\"\(address)\" title=\"\(shown(place))\">\(words)</a>"
  }

  /// The place, linked to itself.
  mutating func link(_ place: String) -> Markup {
    guard let address = address(of: place) else { return "<span class=\"place\">\(place)</span>" }
    return "<a class=\"place\" href=\"\(address)\">\(shown(place))</a>"
  }

  private func shown(_ place: String) -> String {
    split(place).map { "\(files[$0.file].shown):\($0.line)" } ?? place
  }

  /// Path characters that mean something in an address are encoded.
  private static func encoded(_ path: String) -> String {
    path.utf8.map { c in
      switch c {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        return String(UnicodeScalar(c))
      default:
        let hex = String(c, radix: 16, uppercase: true)
        return "%" + (hex.count == 1 ? "0" : "") + hex
      }
    }.joined()
  }

  // MARK: The listing

  /// The lines that were linked to, with one before and after each; empty with a template.
  func listing() -> Markup {
    linked.keys.sorted { files[$0].shown < files[$1].shown }.map(listing).joined()
  }

  private func listing(_ file: Int) -> Markup {
    let lines = files[file].text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    let wanted = linked[file, default: []]
    var near: Set<Int> = []
    for line in wanted { near.formUnion([line - 1, line, line + 1]) }
    var body: Markup = ""
    var last = 0
    for number in near.sorted() where lines.indices.contains(number - 1) {
      if number > last + 1 { body += "<span class=\"gap\">…</span>\n" }
      last = number
      let digits = String(number)
      let column = String(repeating: " ", count: max(0, 5 - digits.count)) + digits
      let content: Markup = "<i>\(column)</i> \(lines[number - 1])"
      body += wanted.contains(number) ? "<b id=\"f\(file)-\(number)\">\(content)</b>\n" : "\(content)\n"
    }
    return "<details><summary>\(files[file].shown)</summary><pre>\(body)</pre></details>\n"
  }
}
