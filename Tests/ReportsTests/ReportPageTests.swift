import Dialogue
import Matching
import Testing

@testable import Reports

@Suite struct ReportPageTests {
  private func page(template: String? = nil, rows: [LabelledRow] = []) throws -> String {
    let bot = try SmallBot.bot()
    let lines = ["you> i never ask for help", "", "you> <script>alert(1)</script>"]
    let talk = try SmallBot.transcript(lines)
    var files = SmallBot.texts.sorted { $0.key < $1.key }.map {
      SourceListing.File(path: $0.key, shown: "Intents/\($0.key)", text: $0.value)
    }
    files.append(
      SourceListing.File(
        path: "t.txt", shown: "t.txt", text: (["first", "second", ""] + lines).joined(separator: "\n")))
    return ReportPage(
      bot: bot, conversations: [HeldConversation(talk, file: "t.txt", with: bot)],
      rows: [.init(name: "Rows", about: "Some.", confusions: Confusions(rows, heardBy: bot.matcher))],
      lines: SourceListing(files, template: template)
    ).html()
  }

  @Test func nothingFromAFileBecomesMarkup() throws {
    let html = try page(rows: [LabelledRow(text: "\"><img src=x>\u{1b}", intent: "</script>", place: "r:1")])
    for tag in ["<script", "<img", "<then>", "</script", "\u{1b}"] { #expect(!html.contains(tag), "\(tag)") }
    #expect(html.contains("What happens &lt;then&gt;?"))
    #expect(html.contains("&quot;&gt;&lt;img src=x&gt;\u{fffd}"))
  }

  @Test func nothingIsFetched() throws {
    let html = try page()
    for word in ["http://", "https://", "src=", "@import", "url("] { #expect(!html.contains(word), "\(word)") }
  }

  /// Every address inside the page leads to something in it, and no name is given twice.
  @Test func everyLinkLeadsSomewhere() throws {
    let html = try page(
      rows: [LabelledRow(text: "i never ask for help", intent: "resting", place: "signs/two.yaml:4")])
    let names = html.matches(of: /\bid="([^"]*)"/).map { String($0.1) }
    let targets = Set(html.matches(of: /href="#([^"]*)"/).map { String($0.1) })
    #expect(Set(names).count == names.count)
    #expect(targets.count > 20)
    #expect(targets.subtracting(names).isEmpty, "\(targets.subtracting(names))")
  }

  @Test func aLinkLeadsToTheVeryLine() throws {
    let html = try page()
    let listing = try #require(
      html.firstMatch(of: /<summary>Intents\/signs\/two\.yaml<\/summary><pre><b id="(f\d+)-1"/))
    let file = String(listing.1)
    #expect(html.contains("<b id=\"\(file)-8\"><i>    8</i>         - Asking is hard. [000.1]</b>"))
    #expect(html.contains("<a href=\"#\(file)-8\" title=\"Intents/signs/two.yaml:8\">"))
  }

  /// What has no words is a test and no conversation: how it talks is not counted by it.
  @Test func figuresAreOfConversationsInWords() throws {
    let bot = try SmallBot.bot()
    let inWords = HeldConversation(
      try SmallBot.transcript(["you> i never ask for help", "bot> Asking is hard. What happens <then>?"]),
      file: "a.txt", with: bot)
    let structure = HeldConversation(
      try SmallBot.transcript(["you> hm", "  = intent: none", "", "you> hm", "  = intent: none"]), file: "b.txt",
      with: bot)
    func turns(_ conversations: [HeldConversation]) -> Int {
      ReportPage(bot: bot, conversations: conversations, rows: [], lines: SourceListing([], template: nil)).figures
        .turns
    }
    #expect(turns([structure, inWords]) == inWords.turns.count)
    #expect(turns([structure]) == structure.turns.count)
  }

  @Test func aTemplateTakesThePlaceOfTheListing() throws {
    let html = try page(template: "https://example.org/{file}#L{line}")
    #expect(html.contains("<a href=\"https://example.org/Intents/signs/two.yaml#L8\""))
    #expect(!html.contains("The lines behind the numbers"))
  }

  @Test func countsWhatIsCovered() throws {
    let html = try page()
    for (thing, all, covered) in [("states", 3, 2), ("transitions", 2, 2), ("wordings", 5, 4)] {
      let row = "<td>\(thing)</td><td class=\"n\">\(all)</td><td class=\"n\">\(covered)</td>"
      #expect(html.contains(row), "\(row)")
    }
    #expect(html.contains("2 intents, 3 states, 5 wordings, 2 ideas; 1 transcript with 3 replies."))
  }

  @Test func theSameInputGivesTheSameBytes() throws {
    let same = try page() == page()
    #expect(same)
  }

  @Test func aBotOfNothingHasAPageToo() throws {
    let matcher = MatcherSource(language: Language(), intents: [])
    let machine = StateMachine(states: [], interrupts: [], start: "", sets: [:])
    let bot = try #require(Bot(CompiledBytes(Bot.compile(BotSource(matcher: matcher, machine: machine)))))
    let html = ReportPage(bot: bot, conversations: [], rows: [], lines: SourceListing([])).html()
    #expect(html.contains("No transcript was given"))
    #expect(html.contains("No labelled utterance was given"))
  }
}
