import Dialogue
import Matching

/// The JSON Schema of intent files, for editors that complete and validate while one types.
///
/// It says what may stand where. What only shows when all files are seen together, and what stands inside
/// of a pattern, is for `drawbridge check`.
public enum IntentSchema {
  /// The name of the published file in a folder of intents.
  public static let fileName = "schema.json"

  /// The first line of an intent file that lies `depth` folders below the schema.
  public static func firstLine(depth: Int) -> String {
    "# yaml-language-server: $schema=" + String(repeating: "../", count: depth) + fileName
  }

  public static var text: String { schema.written() + "\n" }

  private static let kinds = PartKind.allCases.map(\.rawValue)
  private static let levels = Risk.Level.allCases.map(\.rawValue).joined(separator: "|")
  private static let dangers = Risk.Kind.allCases.map(\.rawValue).joined(separator: "|")

  private static func ref(_ name: String, _ description: String? = nil) -> JSON {
    .table(["$ref": .text("#/$defs/" + name), "description": description.map { .text($0) }])
  }

  private static func object(
    _ description: String? = nil, required: [String] = [], _ properties: KeyValuePairs<String, JSON>
  ) -> JSON {
    .table([
      "description": description.map { .text($0) }, "type": .text("object"),
      "required": required.isEmpty ? nil : .texts(required),
      "properties": .object(properties.map { JSON.Entry(key: $0.key, value: $0.value) }),
      "additionalProperties": .flag(false),
    ])
  }

  /// A table whose keys are free, or one of `names`.
  private static func table(_ description: String, of value: JSON, names: [String]? = nil) -> JSON {
    table(description, of: value, keys: names.map { .table(["enum": .texts($0)]) })
  }

  /// A table whose keys stand in <>.
  private static func namedLists(_ description: String, of value: JSON) -> JSON {
    table(description, of: value, keys: .table(["pattern": .text(listName)]))
  }

  private static func table(_ description: String, of value: JSON, keys: JSON?) -> JSON {
    .table([
      "description": .text(description), "type": .texts(["object", "null"]), "propertyNames": keys,
      "additionalProperties": value,
    ])
  }

  private static let listName = "^<[^ ]+>$"

  private static func oneOrMore(_ item: String, _ description: String) -> JSON {
    .table([
      "description": .text(description),
      "anyOf": .list([
        ref(item), .table(["type": .text("array"), "items": ref(item)]), .table(["type": .text("null")]),
      ]),
    ])
  }

  private static var schema: JSON {
    .table([
      "$schema": .text("https://json-schema.org/draft/2020-12/schema"),
      "title": .text("Intent files"),
      "description": .text("What a bot hears and says. Every key may stand in any file; others are names of intents."),
      "type": .texts(["object", "null"]), "properties": .object(topLevel), "additionalProperties": ref("intent"),
      "$defs": .object(definitions),
    ])
  }

  private static var topLevel: [JSON.Entry] {
    var entries: [JSON.Entry] = []
    func add(_ key: String, _ value: JSON) { entries.append(JSON.Entry(key: key, value: value)) }
    add("name", ref("scalar", "The name of the bot."))
    add("version", ref("scalar", "The version of these files, in quotes."))
    add("sources", table("Articles that replies draw on, by id.", of: ref("source")))
    add("lines", table("Crisis lines by country: an ISO 3166 code in capitals, or * for anywhere.", of: ref("country")))
    add("expansions", table("Written forms and the words they stand for: don't: do not", of: ref("scalar")))
    add("negators", oneOrMore("scalar", "Words that deny the words after them; a pattern's `not` hears them all."))
    add("absences", oneOrMore("scalar", "Words that deny what follows and are heard as themselves: nobody, without."))
    add("clause-starters", oneOrMore("scalar", "Words after which a denial no longer reaches: but, because."))
    add(
      "forms", table("A word and its irregular forms: go: [went, gone]", of: oneOrMore("scalar", "Its other forms.")))
    add("emoji", table("An emoji and the word it stands for.", of: ref("scalar")))
    add(
      "classes",
      table(
        "Word classes: ~name in a pattern hears any member; a member ~other takes in another class.",
        of: oneOrMore("member", "Words or phrases.")))
    add(
      "phrases",
      table("Patterns by name: <name> in a pattern hears what it stands for, as if in brackets.", of: ref("scalar")))
    add("person", table("First person to second person: my: your", of: ref("scalar")))
    add("start", ref("scalar", "The state in which a conversation begins."))
    add("sets", table("Names for several intents or folders of intents.", of: oneOrMore("scalar", "Intents, folders.")))
    add(
      "overrules",
      table(
        "For a contextual intent, what is not heard beside it: `opens-with-yes: denials`.",
        of: oneOrMore("scalar", "Intents, sets.")))
    add(
      "guards",
      namedLists(
        "Lists of conditions by name: <name> in an `if` stands for all of them.",
        of: oneOrMore("guard", "Conditions, and lists named before.")))
    add("wordings", namedLists("Wordings by name, said wherever `says: <name>` stands.", of: ref("parts")))
    add("interrupts", oneOrMoreTables("transition", "Transitions that are looked at first, in every state."))
    add("states", table("The states of the dialogue.", of: ref("state")))
    add("layers", oneOrMore("scalar", "The layers of a topic, from the surface down."))
    for (key, description) in [
      ("rhythm", "What a reply to a topic is made of, turn after turn."),
      ("listening-rhythm", "The same when the person only wants to be heard."),
    ] {
      add(
        key,
        .table([
          "description": .text(description), "type": .texts(["array", "null"]),
          "items": oneOrMore("kind", "One reply."),
        ]))
    }
    add(
      "after", table("The state that follows a reply, by the kind it ends in.", of: ref("scalar"), names: kinds))
    add("longest-reply", number("Words in a reply, at most.", 10...200))
    add(
      "rest-after-question",
      number("So many replies after a question hold none, if they say back what was said.", 0...20))
    for (key, description) in [
      ("greeting", "Said at the start."), ("stay", "Said when the topic has no wording left."),
      ("summary", "What was spoken of: {topics}."), ("summary-of-steps", "What was done: {steps}."),
      ("summary-of-nothing", "When nothing was spoken of."), ("source-lines", "Where a reply came from: {source}."),
      ("source-unknown", "When it came from nowhere."), ("which-of-two", "{one} or {other}?"),
      ("too-long", "Said to a line that is too long."),
      ("unanswered", "Said to a question that nothing answers, with what is asked: {asked}."),
    ] {
      add(key, ref("parts", description))
    }
    add(
      "fallbacks",
      .table([
        "description": .text("Admitting that a line was not understood: step after step."),
        "type": .texts(["array", "null"]), "items": ref("parts"),
      ]))
    add("people", ref("scalar", "A pattern that captures whom the person names: `my {person: ~family}`."))
    add("not-said-back", ref("scalar", "A pattern with which nothing of a line is said back."))
    for (key, description) in [
      ("openers", "Words that only open a sentence, left out when it is said back: well, no."),
      ("closers", "Words that only close a sentence, left out when it is said back: i suppose, sorry."),
      ("joins", "Words at which a long sentence is divided, to be said back in part: but, because."),
      ("subjects", "Words with which a piece between commas begins if it can be said back: i, she, nobody."),
      ("verbs", "What somebody did, in one word; a part that begins so has lost its I: went, told."),
      ("unfinished", "Words with which no clause ends that is said back: and, for."),
      ("dependent", "Words with which a clause begins that does not stand alone, and is not said back: when, because."),
      ("unsaid", "Words with which a clause is not said back: you, should i."),
    ] {
      add(key, oneOrMore("scalar", description))
    }
    add(
      "questions",
      table("How a question is said back as what somebody wants to know: `how do i: how to`.", of: ref("scalar")))
    add("someone-else", ref("scalar", "A pattern: the person speaks of somebody else who is like this."))
    return entries
  }

  private static func number(_ description: String, _ range: ClosedRange<Int>) -> JSON {
    // Numbers in quotes are read as numbers too.
    let digits = range.count <= 3 ? "^(" + range.map(String.init).joined(separator: "|") + ")$" : "^[0-9]{2,3}$"
    return .table([
      "description": .text(description), "type": .texts(["integer", "string"]),
      "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound), "pattern": .text(digits),
    ])
  }

  private static func oneOrMoreTables(_ item: String, _ description: String) -> JSON {
    .table([
      "description": .text(description), "type": .texts(["array", "null"]), "items": ref(item),
    ])
  }

  private static var definitions: [JSON.Entry] {
    var entries: [JSON.Entry] = []
    func add(_ key: String, _ value: JSON) { entries.append(JSON.Entry(key: key, value: value)) }
    add("scalar", .table(["type": .texts(["string", "number", "boolean", "null"])]))
    add("text", .table(["type": .texts(["string", "number", "boolean"]), "pattern": .text("\\S")]))
    add("member", .table(["type": .texts(["string", "number", "boolean"]), "pattern": .text("[^\\s-]")]))
    add(
      "trigger",
      .table([
        "type": .texts(["string", "number", "boolean"]),
        "pattern": .text("^(?!risk( |$)).+$|^risk( (\(levels))( (\(dangers)))?)?$"),
      ]))
    add("kind", .table(["enum": .texts(kinds)]))
    add(
      "pattern",
      .table(["type": .texts(["string", "number", "boolean"]), "pattern": .text("\\S"), "maxLength": .number(1_000)]))
    add(
      "risk",
      .table([
        "description": .text("How much danger, and of what kind: passive suicide, active self-harm, unclear."),
        "type": .text("string"), "pattern": .text("^(\(levels))( (\(dangers)))?$"),
      ]))
    add(
      "guard",
      .table([
        "type": .text("string"),
        "pattern": .text("^(not )?[^ <][^ ]*$|^<[^ ]+>$|^[^ ]+ (>=|<) [0-9]{1,4}$|^[^ ]+ (>=|<) 10000$"),
      ]))
    add(
      "intent",
      object(
        "An intent: what it is about, what it hears, what it says.", required: ["about"],
        [
          "about": ref("text", "What a person means, in one line."),
          "named": ref("scalar", "How a summary names it: We spoke of ..."),
          "risk": ref("risk"), "hears": ref("hears"),
          "in-context": .table([
            "description": .text(
              "`true`: heard by its patterns alone, and only where a state waits for it. `move`: by its examples, too, "
                + "against all other moves. `ask`: what to ask after a line, by its examples, in which brackets mark what to "
                + "say back."),
            "enum": .list([.flag(true), .text("true"), .text("move"), .text("ask")]),
          ]),
          "says": table(
            "What is said, by section: a layer, `answer`, `more`, `someone-else`, or the name of a state.",
            of: ref("parts")),
        ]))
    add(
      "hears",
      .table([
        "type": .texts(["object", "null"]), "additionalProperties": .flag(false),
        "properties": .table([
          "patterns": oneOrMore("pattern", "Phrases to listen for, anywhere in the line."),
          "whole": oneOrMore("pattern", "The whole line, and nothing else."),
          "keywords": table("Words that count towards it, 1 (a hint) to 3 (strong).", of: number("1 to 3", 1...3)),
          "examples": oneOrMore("scalar", "Lines that must be heard as this intent."),
          "not": oneOrMore("scalar", "Lines that must not."),
          "harmless": oneOrMore("pattern", "Talk that sounds like danger and is none."),
          "risk-patterns": .table([
            "description": .text("Patterns that show danger, by level and kind."), "type": .texts(["object", "null"]),
            "propertyNames": ref("risk"), "additionalProperties": oneOrMore("pattern", "What shows it."),
          ]),
          "risk-hints": .table([
            "description": .text(
              "Patterns that hint at danger, by level and kind; they count unless the line is unlike all examples of it."
            ),
            "type": .texts(["object", "null"]),
            "propertyNames": ref("risk"), "additionalProperties": oneOrMore("pattern", "What hints at it."),
          ]),
        ]),
      ]))
    add(
      "sentence",
      .table([
        "anyOf": .list([
          .table(["type": .texts(["string", "number", "boolean"]), "pattern": .text("\\S")]),
          object(
            "A sentence that fits only sometimes.", required: ["say"],
            [
              "when": ref("pattern", "Only if the line holds this pattern."),
              "if": oneOrMore("guard", "Only if memory holds this: name, not name, name >= 2, <list>."),
              "say": .table(["type": .texts(["string", "number", "boolean"]), "pattern": .text("\\S")]),
            ]),
        ])
      ]))
    add("parts", partsSchema)
    add("state", stateSchema)
    add("transition", transitionSchema)
    add("source", sourceSchema)
    add("country", countrySchema)
    add("service", serviceSchema)
    return entries
  }

  private static var partsSchema: JSON {
    let descriptions: [PartKind: String] = [
      .simpleReflection: "Stays with the words that were said.",
      .complexReflection: "Adds the feeling, the need or the price underneath.",
      .idea: "One thought, as a possibility; cites its ids: [003.6]", .information: "A plain answer; cites its ids.",
      .offer: "Asks whether the person would like a small next step; ends with -> step:ID or -> INTENT.",
      .step: "A turn of a guided step.", .openQuestion: "Cannot be answered with yes or no.",
      .closedQuestion: "Can be answered with yes or no.", .affirmation: "Names something the person did or values.",
      .crisisLine: "A line to call or text: {lines}.", .talk: "The rest of talking.",
    ]
    let properties = PartKind.allCases.map { kind in
      JSON.Entry(
        key: kind.rawValue,
        value: .table([
          "description": .text(descriptions[kind] ?? ""),
          "anyOf": .list([
            .table(["type": .texts(["string", "number", "boolean"]), "pattern": .text("\\S")]),
            .table(["type": .text("array"), "items": ref("sentence")]), .table(["type": .text("null")]),
          ]),
        ]))
    }
    return .table([
      "type": .texts(["object", "null"]), "properties": .object(properties), "additionalProperties": .flag(false),
    ])
  }

  private static func partsOrName(_ description: String) -> JSON {
    .table([
      "description": .text(description),
      "anyOf": .list([ref("parts"), .table(["type": .text("string"), "pattern": .text(listName)])]),
    ])
  }

  private static var stateSchema: JSON {
    .table([
      "type": .texts(["object", "null"]), "additionalProperties": .flag(false),
      "properties": .table([
        "in": ref("scalar", "The state it lies in, whose transitions it shares."),
        "says": partsOrName("What is said on entering it."),
        "keeps": ref("scalar", "The name under which the answer given here is remembered."),
        "finishes": ref("scalar", "What a summary says was done."),
        "forgets": oneOrMore("scalar", "Flags that are cleared when it, with all that lies in it, is left."),
        "interrupts": oneOrMoreTables("transition", "Looked at before those of every state inside."),
        "on": oneOrMoreTables("transition", "What happens on what is heard, first match first."),
        "final": .table(["enum": .list([.flag(true), .flag(false), .text("true"), .text("false")])]),
      ]),
    ])
  }

  private static var transitionSchema: JSON {
    object(
      nil, required: ["heard"],
      [
        "heard": oneOrMore(
          "trigger",
          "An intent, a set, `risk LEVEL KIND`, `silence`, `nothing`, `doubt`, `asked-back`, `anything`; one or a list."
        ),
        "if": oneOrMore("guard", "Only if memory holds this: name, not name, name >= 2, name < 2, <list>."),
        "reply": .table([
          "description": .text("Ways to reply."),
          "anyOf": .list([
            .table(["enum": .texts(Plan.allCases.map(\.rawValue))]),
            .table([
              "type": .text("array"), "items": .table(["enum": .texts(Plan.allCases.map(\.rawValue))]),
            ]), .table(["type": .text("null")]),
          ]),
        ]),
        "to": ref("scalar", "The state to go to."), "set": oneOrMore("scalar", "Flags to set."),
        "clear": oneOrMore("scalar", "Flags to clear: name, or name-* for all that begin so."),
        "count": oneOrMore("scalar", "Counters to count up."),
        "says": partsOrName("Wordings of its own."),
      ])
  }

  private static var sourceSchema: JSON {
    object(
      nil,
      [
        "title": ref("scalar"), "author": ref("scalar"), "publisher": ref("scalar"),
        "date": ref("scalar", "YYYY-MM-DD, in quotes."), "ideas": table("Its ideas by number.", of: ref("scalar")),
      ])
  }

  private static var countrySchema: JSON {
    object(
      nil, required: ["emergency"],
      [
        "name": ref("scalar"), "also": oneOrMore("scalar", "Other names of the country."),
        "emergency": ref("scalar", "The emergency number, in quotes."),
        "services": .table(["type": .texts(["array", "null"]), "items": ref("service")]),
      ])
  }

  private static var serviceSchema: JSON {
    object(
      nil, required: ["name", "reach", "hours"],
      [
        "name": ref("scalar"), "reach": ref("scalar", "How to reach it: call or text 988"), "hours": ref("scalar"),
        "languages": ref("scalar"), "kinds": oneOrMore("scalar", "For which kinds of danger; none for all."),
        "source": ref("scalar"), "verified": ref("scalar", "The day it was last verified, YYYY-MM-DD."),
      ])
  }
}
