import Dialogue

/// The figures of how a bot talks, over a set of conversations: those of motivational interviewing that can be
/// counted from the kinds of its sentences, and repetition.
///
/// The goals stand in `Figures.Goal`. Reflections, questions and complex reflections are counted as coders of
/// the MITI count them (Moyers, Rowell, Manuel, Ernst and Houck 2016), by the kind that each sentence is
/// declared as; an offer counts as neither question nor reflection.
public struct Figures: Sendable, Equatable {
  /// A reply in a set of conversations.
  public struct Place: Sendable, Equatable, Comparable, Hashable {
    /// The index of the conversation.
    public var conversation: Int
    /// The index of the turn in it.
    public var turn: Int

    public init(_ conversation: Int, _ turn: Int) {
      self.conversation = conversation
      self.turn = turn
    }

    public static func < (a: Place, b: Place) -> Bool {
      (a.conversation, a.turn) < (b.conversation, b.turn)
    }
  }

  /// A sentence that was said again too soon.
  public struct Repetition: Sendable, Equatable {
    public var sentence: String
    public var first: Place
    public var again: Place
  }

  /// Words that confront, warn, praise or advise unasked.
  public struct Finding: Sendable, Equatable {
    public var kind: Phrases.Kind
    public var phrase: String
    public var sentence: String
    public var place: Place
  }

  public private(set) var conversations = 0
  /// Replies, the opening among them.
  public private(set) var turns = 0
  public private(set) var simpleReflections = 0
  public private(set) var complexReflections = 0
  public private(set) var openQuestions = 0
  public private(set) var closedQuestions = 0
  /// The number of words of every reply.
  public private(set) var words: [(count: Int, place: Place)] = []
  /// Replies above the goal that hold no information that was asked for.
  public private(set) var tooLong: [(count: Int, place: Place)] = []
  public private(set) var repetitions: [Repetition] = []
  public private(set) var findings: [Finding] = []
  /// Replies to a line in which nothing was heard.
  public private(set) var unheard: [Place] = []

  /// Turns after which a sentence may be said again.
  public static let restBeforeReuse = 40
  /// Words in a reply, at most.
  public static let mostWords = 60

  /// - Parameters:
  ///   - conversations: each with its turns in order.
  ///   - repeating: intents by which a person asks to hear the same again.
  public init(_ conversations: [[Turn]], repeating: Set<String> = [], phrases: Phrases = .english) {
    self.conversations = conversations.count
    for (c, turns) in conversations.enumerated() {
      var lastSaid: [String: Int] = [:]
      for (t, turn) in turns.enumerated() {
        let place = Place(c, t)
        count(turn, at: place)
        findings += phrases.findings(in: turn).map {
          Finding(kind: $0.kind, phrase: $0.phrase, sentence: $0.sentence, place: place)
        }
        let wasAsked = turn.intent.map { repeating.contains($0) } ?? false
        for sentence in Figures.sentencesThatCount(turn) {
          let key = sentence.lowercased()
          if !wasAsked, let last = lastSaid[key], t - last < Figures.restBeforeReuse {
            repetitions.append(Repetition(sentence: sentence, first: Place(c, last), again: place))
          }
          lastSaid[key] = t
        }
      }
    }
  }

  private mutating func count(_ turn: Turn, at place: Place) {
    turns += 1
    for part in turn.parts {
      switch part.kind {
      case .simpleReflection: simpleReflections += 1
      case .complexReflection: complexReflections += 1
      case .openQuestion: openQuestions += 1
      case .closedQuestion: closedQuestions += 1
      default: break
      }
    }
    let count = turn.reply.split(whereSeparator: \.isWhitespace).count
    words.append((count, place))
    if count > Figures.mostWords, !turn.parts.contains(where: { $0.kind == .information }) {
      tooLong.append((count, place))
    }
    if turn.intent == nil, turn.risk.level == .none, !turn.you.allSatisfy(\.isWhitespace) { unheard.append(place) }
  }

  /// Crisis lines may be said as often as need be.
  private static func sentencesThatCount(_ turn: Turn) -> [String] {
    turn.parts.filter { $0.kind != .crisisLine }.flatMap { Sentences.split($0.text) }
  }

  // MARK: The figures

  public var reflections: Int { simpleReflections + complexReflections }
  public var questions: Int { openQuestions + closedQuestions }
  /// Nil where no question was asked.
  public var reflectionsPerQuestion: Double? { Figures.ratio(reflections, questions) }
  /// Nil where nothing was reflected.
  public var complexAmongReflections: Double? { Figures.ratio(complexReflections, reflections) }
  /// Nil where no question was asked.
  public var openAmongQuestions: Double? { Figures.ratio(openQuestions, questions) }

  /// Nil where nothing was said; of an even number the mean of the middle two.
  public var medianWords: Double? {
    let sorted = words.map(\.count).sorted()
    guard let upper = sorted.dropFirst(sorted.count / 2).first else { return nil }
    return sorted.count % 2 == 1 ? Double(upper) : Double(sorted[sorted.count / 2 - 1] + upper) / 2
  }

  public var longest: (count: Int, place: Place)? { words.max { ($0.count, $1.place) < ($1.count, $0.place) } }

  private static func ratio(_ a: Int, _ b: Int) -> Double? { b == 0 ? nil : Double(a) / Double(b) }

  public static func == (a: Figures, b: Figures) -> Bool {
    a.turns == b.turns && a.reflections == b.reflections && a.questions == b.questions
      && a.complexReflections == b.complexReflections && a.openQuestions == b.openQuestions
      && a.words.elementsEqual(b.words, by: ==) && a.repetitions == b.repetitions && a.findings == b.findings
      && a.unheard == b.unheard
  }
}

extension Figures {
  /// A figure with what experts reach and what is aimed at.
  public struct Goal: Sendable, Equatable {
    public var name: String
    /// Nil where there is nothing to count.
    public var value: Double?
    public var experts: String
    public var goal: String
    /// Nil where there is nothing to count.
    public var isMet: Bool?
  }

  /// Every figure with its goal. What experts do: 110 good and 23 poor sessions of AnnoMI (Wu and others 2022);
  /// the marks for "good" are those of the MITI 4.2.
  public var goals: [Goal] {
    func goal(_ name: String, _ value: Double?, _ experts: String, _ goal: String, _ holds: (Double) -> Bool) -> Goal {
      Goal(name: name, value: value, experts: experts, goal: goal, isMet: value.map(holds))
    }
    return [
      goal("reflections for each question", reflectionsPerQuestion, "1.0", "2.0 or more") { $0 >= 2 },
      goal("complex ones among the reflections", complexAmongReflections, "0.47", "0.60 or more") { $0 >= 0.6 },
      goal("words in a turn, median", medianWords, "16", "35 or fewer") { $0 <= 35 },
      goal("turns over 60 words, information aside", Double(tooLong.count), "", "none") { $0 == 0 },
      goal("open ones among the questions", openAmongQuestions, "0.57", "0.70 or more") { $0 >= 0.7 },
      goal("advice unasked, confronting, warning, praise", Double(findings.count), "some", "none") { $0 == 0 },
      goal("sentences said again within 40 turns", Double(repetitions.count), "", "none") { $0 == 0 },
    ]
  }
}

extension StateMachine {
  /// The intents to which the last reply is said again.
  public var repeatingIntents: Set<String> {
    let transitions = interrupts + states.flatMap { $0.interrupts + $0.transitions }
    var intents: Set<String> = []
    for trigger in transitions.filter({ $0.plan.contains(.repeating) }).flatMap(\.triggers) {
      switch trigger {
      case .intent(let id): intents.insert(id)
      case .set(let name): intents.formUnion(sets[name] ?? [])
      default: break
      }
    }
    return intents
  }
}
