import Matching

/// A compiled bot: everything it hears and says. Immutable; share it freely.
public final class Bot: Sendable {
  public let name: String
  public let version: String
  public let matcher: Matcher
  public let intents: DeferredList<Intent>
  public let machine: StateMachine
  public let script: Script
  public let sources: [Source]
  public let lines: [CrisisLines]
  /// The number of wordings.
  public let partCount: Int
  let saidBack: SaidBack

  public func intent(_ id: String) -> Intent? { matcher.number(of: id).map { intents[$0] } }

  /// The crisis lines of a country, by its code or one of its names; nil where none are known.
  public func lines(named name: String) -> CrisisLines? {
    let plain = name.lowercased()
    return lines.first { lines in
      lines.country.lowercased() == plain || ([lines.name] + lines.also).contains { $0.lowercased() == plain }
    }
  }

  /// The crisis lines of the country with this code, `*` being everywhere; nil where none are known.
  func lines(of country: String?) -> CrisisLines? { lines.first { $0.country == country } }

  /// The crisis lines of the country that a text begins with: "the UK at the moment".
  func lines(in text: String) -> CrisisLines? {
    let words = PersonTurner.words(of: text).map { $0.trimmingMarks }
    for start in 0...(words.first?.lowercased() == "the" ? 1 : 0) {
      for count in stride(from: min(Bot.longestCountry, words.count - start), to: 0, by: -1) {
        // Two letters are a word as well (in, is): as a code they are not taken here.
        let name = words[start..<(start + count)].joined(separator: " ")
        if let found = lines(named: name), name.count > 2 || found.also.contains(name) { return found }
      }
    }
    return nil
  }

  private static let longestCountry = 3

  /// Every wording.
  public var allParts: [Part] {
    let transitions = machine.interrupts + machine.states.flatMap { $0.interrupts + $0.transitions }
    return intents.flatMap { $0.sections.flatMap(\.parts) } + machine.states.flatMap(\.entry)
      + transitions.flatMap(\.says) + script.allParts
  }

  init(
    name: String, version: String, matcher: Matcher, intents: DeferredList<Intent>, machine: StateMachine,
    script: Script, sources: [Source], lines: [CrisisLines], partCount: Int
  ) {
    self.name = name
    self.version = version
    self.matcher = matcher
    self.intents = intents
    self.machine = machine
    self.script = script
    self.sources = sources
    self.lines = lines
    self.partCount = partCount
    saidBack = SaidBack(script: script)
  }
}

/// The words and measures of the conversation that belong to no intent.
public struct Script: Sendable {
  /// The layers of a topic, from the surface down.
  public var layers: [String] = []
  /// What replies to a topic are made of, turn after turn.
  public var rhythm: [[PartKind]] = []
  /// The rhythm when the person only wants to be heard.
  public var listeningRhythm: [[PartKind]] = []
  /// The state that follows a reply which ends in this kind.
  public var after: [PartKind: String] = [:]
  public var greeting: [Part] = []
  /// Steps of admitting that a line was not understood.
  public var fallbacks: [[Part]] = []
  /// Said to a question that nothing answers and that can be said back: `{asked}`.
  public var unanswered: [Part] = []
  /// Said when the topic has no wording left that fits.
  public var stay: [Part] = []
  /// The summary: `{topics}`, `{steps}`.
  public var summary: [Part] = []
  public var summaryOfSteps: [Part] = []
  public var summaryOfNothing: [Part] = []
  /// Before the sources of a reply: `{source}`.
  public var sourceLines: [Part] = []
  public var sourceUnknown: [Part] = []
  /// Which of two was meant: `{one}`, `{other}`.
  public var whichOfTwo: [Part] = []
  public var tooLong: [Part] = []
  /// First person to second person, word by word: `my` -> `your`.
  public var person: [String: String] = [:]
  /// The condition under which the person speaks of somebody else, and the section that answers then.
  public var someoneElse: (condition: Int, section: String)?
  /// The condition under which the person names somebody, whom it captures as `person`.
  public var people: Int?
  /// The condition under which nothing of the line is said back.
  public var notSaidBack: Int?
  /// Words that only open a sentence, left out when it is said back: `well`, `no`.
  public var openers = PhraseTable()
  /// Words that only close a sentence, left out likewise.
  public var closers = PhraseTable(at: .end)
  /// Words at which a long sentence is divided: `but`, `because`.
  public var joins = PhraseTable()
  /// With these a piece between commas begins that stands alone.
  public var subjects = PhraseTable()
  /// What somebody did, in one word: a part that begins so is said of whoever the sentence is about.
  public var verbs = PhraseTable()
  /// With these no clause ends.
  public var unfinished = PhraseTable(at: .end)
  /// With these a clause begins that does not stand alone.
  public var dependent = PhraseTable()
  /// Words with which a clause is not said back.
  public var unsaid = PhraseTable()
  /// How a question is said back as what somebody wants to know: `how do i` -> `how to`.
  public var questions: [[String]: String] = [:]
  /// How many words a reply may have.
  public var longest = 60
  /// At home, so many replies after a question hold none if they say back what was said.
  public var restAfterQuestion = 0
  /// For a contextual intent the intents and sets of which nothing is heard beside it.
  public var overrules: [String: [String]] = [:]

  public init() {}
}

/// An article that replies draw on.
public struct Source: Sendable, Equatable {
  public var id: String
  public var title: String
  public var author: String
  public var publisher: String
  public var date: String
  /// Its ideas by id.
  public var ideas: [(id: String, text: String)]

  public init(
    id: String, title: String, author: String, publisher: String, date: String, ideas: [(id: String, text: String)]
  ) {
    self.id = id
    self.title = title
    self.author = author
    self.publisher = publisher
    self.date = date
    self.ideas = ideas
  }

  public static func == (a: Source, b: Source) -> Bool { a.id == b.id && a.title == b.title }
}

/// Where a person in a crisis can reach another person, in one country.
public struct CrisisLines: Sendable, Equatable {
  public struct Service: Sendable, Equatable {
    public var name: String
    /// How to reach it: "call or text 988".
    public let reach: String
    public var hours: String
    public var languages: String
    /// For which kinds of danger; empty for all.
    public var kinds: [String]
    public var source: String
    /// The day it was last verified, `YYYY-MM-DD`.
    public var verified: String

    /// Whether one can write to it.
    public let isWritten: Bool
    private static let writing: Set<String> = ["text", "chat", "WhatsApp"]

    public init(
      name: String, reach: String, hours: String, languages: String, kinds: [String], source: String, verified: String
    ) {
      self.name = name
      self.reach = reach
      self.hours = hours
      self.languages = languages
      self.kinds = kinds
      isWritten = !Service.writing.isDisjoint(with: PersonTurner.words(of: reach).map(\.trimmingMarks))
      self.source = source
      self.verified = verified
    }
  }

  /// ISO 3166 code in capitals, or `*` for everywhere.
  public var country: String
  public var name: String
  /// Other names of the country: England, the UK.
  public var also: [String]
  /// The emergency number.
  public var emergency: String
  public var services: [Service]

  /// Whom a service is for, where it is not for all.
  enum Group: String { case young, men }

  /// The service for a kind of danger: one for the group that the person belongs to, where there is such a service; one
  /// that can be written to, where that is wished and there is one. A service for men is for one kind of danger and is
  /// given to nobody else, one for young people is for all kinds.
  func service(for kind: Risk.Kind?, written: Bool, group: Group?) -> Service? {
    let kind = kind?.rawValue ?? ""
    func isFor(_ group: Group, _ service: Service) -> Bool { service.kinds.contains(group.rawValue) }
    let fitting = services.filter {
      ($0.kinds.isEmpty || $0.kinds.contains(kind) || group == .young && isFor(.young, $0))
        && (group == .men || !isFor(.men, $0))
    }
    let theirs = group.map { group in fitting.filter { isFor(group, $0) } } ?? []
    let open = theirs.isEmpty ? fitting : theirs
    let wished = written ? open.filter(\.isWritten) : open
    let chosen = wished.isEmpty ? open : wished
    return chosen.first { $0.kinds.contains(kind) } ?? chosen.first
  }

  public init(country: String, name: String, also: [String] = [], emergency: String, services: [Service]) {
    self.country = country
    self.name = name
    self.also = also
    self.emergency = emergency
    self.services = services
  }
}
