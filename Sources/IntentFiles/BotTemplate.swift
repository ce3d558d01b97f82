/// A small working bot on another subject, to learn from and to change.
public enum BotTemplate {
  /// Its files by path, the schema included.
  public static var files: [(path: String, text: String)] {
    let folders = folderFiles.map { path, text in
      (path, IntentSchema.firstLine(depth: path.count { $0 == "/" }) + "\n" + text)
    }
    return folders + [(IntentSchema.fileName, IntentSchema.text)]
  }

  private static let folderFiles: [(String, String)] = [
    (
      "bot.yaml",
      """
      name: Windowsill
      version: "1"

      """
    ),
    (
      "language.yaml",
      """
      # How people write, for the patterns of the other files.

      expansions:
        "i'm": i am
        "i've": i have
        "it's": it is
        "don't": do not
        "doesn't": does not
        "won't": will not
        "can't": can not
        dont: do not
        wanna: want to
      negators: [not, never]
      absences: [nobody, nothing, without]
      clause-starters: [but, because, although]
      forms:
        be: [am, is, are, was, were, been]
        have: [has, had]
        forget: [forgot, forgotten]
        go: [goes, went, gone]
        take: [took, taken]
      person: { i: you, me: you, my: your, mine: yours, i am: you are }

      # Words of one kind: ~plant in a pattern hears any of them.
      classes:
        plant: [plant, fern, cactus, monstera, basil, orchid, ivy]
        leaf: [leaf, leaves, tip, tips]

      """
    ),
    (
      "dialogue.yaml",
      """
      # What happens when. The first transition that fits is taken.

      start: listening
      layers: [happens, different]
      rhythm:
        - [simple-reflection, open-question]
        - [complex-reflection, offer]
      after: { open-question: asked, offer: offering }

      sets:
        topics: [plants]
        talking: [greet]

      interrupts:
        - heard: risk unclear
          if: not line-given
          set: line-given
          to: danger

      states:
        listening:
          on:
            - heard: goodbye
              reply: talk
              to: farewell
            - heard: topics
              reply: topic
            - heard: [talking, "yes", "no"]
              reply: talk
            - heard: anything
              reply: fallback
        asked: { in: listening }
        offering:
          in: listening
          on:
            - heard: "yes"
              reply: accept
            - heard: "no"
              reply: decline
        farewell:
          final: true

        # A guided step of two turns. An offer leads here with `-> step:finger-test`.
        finger-test:
          in: listening
          says:
            step:
              - Push a finger into the soil, down to the second knuckle.
            open-question:
              - What does it feel like down there?
          on:
            - heard: goodbye
              reply: talk
              to: farewell
            - heard: anything
              to: finger-test-end
        finger-test-end:
          in: listening
          finishes: feeling the soil
          says:
            talk:
              - Dry means water, and damp means wait. Your finger knows more than a calendar.

        # Whatever a bot is about: someone may be in danger while they talk to it.
        danger:
          in: listening
          says:
            simple-reflection:
              - What you wrote matters more than any plant.
            crisis-line:
              - I am a program and cannot help with it, but people can. {lines}. In danger now, call {emergency}.

      greeting:
        talk:
          - Hello. I am a program that knows a little about plants on a windowsill.
        open-question:
          - How are yours?
      fallbacks:
        - talk:
            - I know plants, and not much else.
            - That one went past me.
          open-question:
            - What is it about your plants?
      stay:
        simple-reflection:
          - So that is how it stands.
      summary:
        talk:
          - We spoke of {topics}.
      summary-of-nothing:
        talk:
          - We have not come to any plant yet.

      """
    ),
    (
      "plants/yellow-leaves.yaml",
      """
      yellow-leaves:
        about: the leaves of a plant turn yellow or brown
        named: yellow leaves
        hears:
          patterns:
            - (yellow | brown | pale) ~leaf
            - ~leaf ...3 (yellow | brown | pale | falling off)
            - my {which:~plant} ...2 (dying | sick | ill)
          examples:
            - all the leaves have gone yellow
            - my fern looks sick
            - why are the tips brown
        says:
          happens:
            simple-reflection:
              - Something about it has changed colour, and you noticed.
              - when: "my {which:~plant}"
                say: Your {which} does not look the way it did.
            complex-reflection:
              - You look after it, and still it seems unwell.
            open-question:
              - Since when has it looked like that?
              - Where does it stand?
          different:
            complex-reflection:
              - It may be asking for less, as often as for more.
            offer:
              - Would it help to feel how wet the soil is? -> step:finger-test

      """
    ),
    (
      "plants/forgot-to-water.yaml",
      """
      forgot-to-water:
        about: forgets to water the plants
        named: forgetting to water
        hears:
          patterns:
            - (forget | forgetting) ...3 water
            - not water ...4 (week | day | month | while)
          whole:
            - i never water it
          examples:
            - I keep forgetting to water them
            - haven't watered the basil in three weeks
        says:
          happens:
            simple-reflection:
              - The watering slips your mind.
            complex-reflection:
              - There is a lot else to remember, and a plant does not call out.
            open-question:
              - When do you usually notice?
          different:
            complex-reflection:
              - Many plants come back from being dry. Fewer come back from being drowned.
            offer:
              - Shall we feel the soil together, to see what it needs? -> step:finger-test

      """
    ),
    (
      "talk/talk.yaml",
      """
      greet:
        about: says hello
        hears:
          whole: [hello, hi, hey]
          examples: [hello, hi there, good morning, hey you]
        says:
          listening:
            talk: [Hello to you., Good to see you back.]

      goodbye:
        about: takes leave
        hears:
          whole: [bye, goodbye, see you]
          examples: [bye for now, goodbye, see you later]
        says:
          listening:
            talk: [Goodbye. Give them my best., Until the next watering.]

      "yes":
        about: says yes
        hears:
          whole: ["yes [please]", sure, ok, okay]
          examples: ["yes", yes please, sure]
        says:
          listening:
            talk: [Good. Tell me more about it.]

      "no":
        about: says no
        hears:
          whole: ["no [thanks]", nope, not now]
          examples: ["no", no thanks, not really]
        says:
          listening:
            talk: [All right. We leave it at that.]
          offering:
            talk: [Then it can wait.]

      """
    ),
    (
      "safety/danger.yaml",
      """
      # Heard before everything else. `drawbridge check` holds every bot to a floor of such lines.

      danger-self:
        about: may want to die, or hurts themselves
        named: wanting to die
        risk: active suicide
        hears:
          risk-patterns:
            imminent suicide:
              - (kill myself | end my life | die) & (tonight | today | now | tomorrow)
            active suicide:
              - (want | going | plan) to die
              - (kill | killing) myself
              - end (my life | it all)
              - (suicide | suicidal)
            active overdose:
              - take ...3 (pill | tablet | overdose)
            active self-harm:
              - (cut | hurt | burn) myself
            passive suicide:
              - (wish | wished) i be dead
              - not want to (be here | wake up | live)
              - not go on living
              - better off without me
          examples:
            - I want to die
            - I can't go on living

      danger-others:
        about: someone hurts them, or they may hurt someone
        named: being in danger
        risk: active abuse
        hears:
          risk-patterns:
            active abuse:
              - my (husband | wife | partner | boyfriend | girlfriend | father | mother) ...1 (hit | beat | hurt) me
              - (he | she | they) ...2 (hit | beat | hurt | kill) me
              - (he | she | they) (threaten | threatened) to (kill | hurt)
            active harm-to-others:
              - (kill | hurt) (him | her | them)
            active third-party:
              - my friend ...5 (kill herself | kill himself | kill themselves | die)
          examples:
            - my partner hits me when he drinks
            - she says she will hurt me

      """
    ),
    (
      "safety/lines.yaml",
      """
      # Where people are reached, by country (ISO 3166). Check every number yourself before others rely on it.
      lines:
        "*":
          name: Anywhere
          emergency: your local emergency number
          services:
            - name: Find A Helpline
              reach: findahelpline.com lists free lines in your country
              hours: the website is always open
              languages: many
              source: "https://findahelpline.com"
              verified: 2026-11-21

      """
    ),
  ]
}

/// A new intent with its parts to fill in.
public enum IntentTemplate {
  /// Whether `id` can be the name of an intent: lower-case words with hyphens between them.
  public static func isName(_ id: String) -> Bool {
    let words = id.split(separator: "-", omittingEmptySubsequences: false)
    return id.utf8.count <= 60
      && words.allSatisfy { word in
        !word.isEmpty && word.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) }
      } && id.utf8.first.map { (0x61...0x7a).contains($0) } ?? false
  }

  /// The file of a topic whose sentences stand in the first layer.
  public static func text(id: String, layer: String, depth: Int) -> String {
    let words = id.replacing("-", with: " ")
    return """
      \(IntentSchema.firstLine(depth: depth))
      \(id):
        about: \(words), in one line          # what a person means who says this
        named: \(words)                       # how a summary names it: "We spoke of ..."
        hears:
          patterns:                           # phrases to listen for, anywhere in the line
            - \(words)
          examples:                           # lines that must be heard as this; ten or more
            - it is about \(words)
            - \(words) again
          # not:                              # lines that sound like it and are something else
          #   - another thing altogether
        says:
          \(layer):
            simple-reflection:                # stays with the words that were said
              - "\(words.prefix(1).uppercased() + words.dropFirst()): that is what you bring."
            complex-reflection:               # adds the feeling, the need or the price underneath
              - There is more to \(words) than it says.
            open-question:                    # cannot be answered with yes or no
              - What is \(words) like for you?

      """
  }
}
