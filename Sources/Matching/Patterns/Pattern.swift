/// A pattern as an author writes it: words and phrases to listen for.
public indirect enum Pattern: Sendable, Equatable {
  /// A word in any of its forms.
  case word(String)
  /// This very form of a word.
  case exact(String)
  /// Any member of a word class, named without its tilde.
  case wordClass(String)
  /// A word of denial, then up to two words.
  case denial
  /// One after the other.
  case sequence([Pattern])
  /// One of these.
  case alternatives([Pattern])
  /// With or without.
  case optional(Pattern)
  /// Up to this many words.
  case gap(Int)
  /// What the inner pattern hears, or one to six words, under a name.
  case capture(String, Pattern?)

  public static let defaultGap = 5
  public static let longestGap = 30
  public static let longestCapture = 6
}

/// A whole rule: sequences that must all occur, and some that must not.
public struct PatternRule: Sendable, Equatable {
  public var required: [Pattern]
  public var forbidden: [Pattern]
  /// The pattern must hear the whole utterance.
  public var whole: Bool

  public init(required: [Pattern], forbidden: [Pattern] = [], whole: Bool = false) {
    self.required = required
    self.forbidden = forbidden
    self.whole = whole
  }
}

extension Pattern: CustomStringConvertible {
  public var description: String {
    switch self {
    case .word(let word): word
    case .exact(let form): "=" + form
    case .wordClass(let name): "~" + name
    case .denial: "not"
    case .sequence(let items): items.map(\.description).joined(separator: " ")
    case .alternatives(let items): "(" + items.map(\.description).joined(separator: " | ") + ")"
    case .optional(.alternatives(let items)): "[" + items.map(\.description).joined(separator: " | ") + "]"
    case .optional(let item): "[" + item.description + "]"
    case .gap(let n): n == Pattern.defaultGap ? "..." : "...\(n)"
    case .capture(let name, nil): "{\(name)}"
    case .capture(let name, .alternatives(let items)?):
      "{\(name):" + items.map(\.description).joined(separator: " | ") + "}"
    case .capture(let name, let inner?): "{\(name):\(inner)}"
    }
  }
}

extension PatternRule: CustomStringConvertible {
  public var description: String {
    (required.map(\.description) + forbidden.map { "!" + $0.description }).joined(separator: " & ")
  }
}

extension Pattern {
  /// The names captured anywhere inside.
  public var captureNames: [String] {
    switch self {
    case .word, .exact, .wordClass, .denial, .gap: []
    case .sequence(let items), .alternatives(let items): items.flatMap(\.captureNames)
    case .optional(let item): item.captureNames
    case .capture(let name, let inner): [name] + (inner?.captureNames ?? [])
    }
  }

  /// The word classes spoken of anywhere inside.
  public var classNames: [String] {
    switch self {
    case .word, .exact, .denial, .gap: []
    case .wordClass(let name): [name]
    case .sequence(let items), .alternatives(let items): items.flatMap(\.classNames)
    case .optional(let item): item.classNames
    case .capture(_, let inner): inner?.classNames ?? []
    }
  }

  var holdsDenial: Bool {
    switch self {
    case .word, .exact, .wordClass, .gap: false
    case .denial: true
    case .sequence(let items), .alternatives(let items): items.contains(where: \.holdsDenial)
    case .optional(let item): item.holdsDenial
    case .capture(_, let inner): inner?.holdsDenial ?? false
    }
  }

  /// The pattern can hear nothing at all.
  var canBeEmpty: Bool {
    switch self {
    case .word, .exact, .wordClass, .denial: false
    case .gap, .optional: true
    case .sequence(let items): items.allSatisfy(\.canBeEmpty)
    case .alternatives(let items): items.contains(where: \.canBeEmpty)
    case .capture(_, let inner): inner?.canBeEmpty ?? false
    }
  }
}

extension PatternRule {
  public var captureNames: [String] { required.flatMap(\.captureNames) }
  public var classNames: [String] { (required + forbidden).flatMap(\.classNames) }
}
