import Dialogue
import Graphs
import Matching
import Transcripts

/// One self-contained page about a bot: how it talks in its transcripts, what they cover, what is confused with
/// what, its wordings and its states. The same input gives the same bytes; nothing in it needs a network or a
/// script.
public struct ReportPage {
  /// Labelled utterances under a name.
  public struct Rows: Sendable {
    public var name: String
    public var about: String
    public var confusions: Confusions

    public init(name: String, about: String, confusions: Confusions) {
      self.name = name
      self.about = about
      self.confusions = confusions
    }
  }

  let bot: Bot
  let conversations: [HeldConversation]
  /// Those that are conversations to be read; all where none is.
  let talks: [HeldConversation]
  /// How the bot talks in `talks`.
  let figures: Figures
  let coverage: Coverage
  let rows: [Rows]
  var lines: SourceListing

  public init(bot: Bot, conversations: [HeldConversation], rows: [Rows], lines: SourceListing) {
    self.bot = bot
    self.conversations = conversations
    self.rows = rows
    self.lines = lines
    coverage = Coverage(of: bot, by: conversations.map(\.turns))
    let inWords = conversations.filter(\.isInWords)
    talks = inWords.isEmpty ? conversations : inWords
    figures = Figures(talks.map(\.turns), repeating: bot.machine.repeatingIntents)
  }

  /// The page as HTML.
  public func html() -> String {
    var page = self
    return page.render().text
  }

  private mutating func render() -> Markup {
    let name = bot.name.isEmpty ? "This bot" : bot.name
    let sections: [(id: String, title: String, body: Markup)] = [
      ("talk", "How it talks", talk()),
      ("cover", "What the transcripts cover", covered()),
      ("confusions", "What is heard as what", confusions()),
      ("wordings", "Wordings", wordings()),
      ("graph", "The dialogue", graph()),
    ]
    let listing = lines.listing()
    let files: Markup =
      listing.text.isEmpty
      ? "" : "<section id=\"files\"><h2>The lines behind the numbers</h2>\n\(listing)</section>\n"
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
      <link rel="icon" href="data:,">
      <title>\(name): report</title>
      <style>\(PageStyle.sheet)</style>
      </head>
      <body>
      <header>
      <h1>\(name): report</h1>
      <p>\(bot.intents.count) intents, \(bot.machine.states.count) states, \(bot.wordings.count) wordings, \
      \(bot.ideas.count) ideas; \(conversations.count) \(conversations.count == 1 ? "transcript" : "transcripts") with \(conversations.reduce(0) { $0 + $1.turns.count }) replies.</p>
      <nav>\(sections.map { "<a href=\"#\($0.id)\">\($0.title)</a>" as Markup }.joined(" "))\
      \(files.text.isEmpty ? "" : " <a href=\"#files\">The lines behind the numbers</a>" as Markup)</nav>
      </header>
      <main>
      \(sections.map { "<section id=\"\($0.id)\"><h2>\($0.title)</h2>\n\($0.body)</section>\n" as Markup }.joined())
      \(files)</main>
      </body>
      </html>

      """
  }

  // MARK: Parts of a page

  static func table(_ head: [String], _ rows: [[Markup]], numbers: Set<Int> = []) -> Markup {
    func cell(_ tag: Markup, _ content: Markup, _ column: Int) -> Markup {
      "<\(tag)\(numbers.contains(column) ? " class=\"n\"" : "" as Markup)>\(content)</\(tag)>"
    }
    let body = rows.map { row in
      "<tr>\(row.enumerated().map { cell("td", $1, $0) }.joined())</tr>\n" as Markup
    }
    return """
      <div class="scroll"><table><thead><tr>\
      \(head.enumerated().map { cell("th", "\($1)", $0) }.joined())\
      </tr></thead><tbody>
      \(body)</tbody></table></div>

      """
  }

  static func details(_ summary: Markup, _ body: Markup, id: String? = nil) -> Markup {
    let name: Markup = id.map { " id=\"\($0)\"" } ?? ""
    return "<details\(name)><summary>\(summary)</summary>\n\(body)</details>\n"
  }

  /// Rounded down, so that 100 % is all.
  static func percent(_ share: Double) -> String { "\(Int((share * 100 + 1e-9).rounded(.down))) %" }

  static func hundredths(_ value: Double?) -> String {
    guard let value else { return "none" }
    let number = Int((value * 100).rounded())
    let digits = "\(number % 100)"
    return "\(number / 100).\(digits.count == 1 ? "0" : "")\(digits)"
  }

  /// A reply as a link to the line of its transcript.
  mutating func link(_ words: Markup, to place: Figures.Place) -> Markup {
    lines.link(words, to: talks[place.conversation].place(of: place.turn))
  }

  mutating func link(_ place: Figures.Place) -> Markup {
    lines.link(talks[place.conversation].place(of: place.turn))
  }
}
