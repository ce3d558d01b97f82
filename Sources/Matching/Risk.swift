/// How much danger a person may be in, by what was heard.
public struct Risk: Sendable, Equatable, Hashable {
  public enum Level: String, Sendable, CaseIterable, Comparable {
    case none, unclear, passive, active, imminent

    private var rank: Int { Level.allCases.firstIndex(of: self) ?? 0 }
    public static func < (a: Level, b: Level) -> Bool { a.rank < b.rank }
  }

  public enum Kind: String, Sendable, CaseIterable {
    case suicide
    case selfHarm = "self-harm"
    case overdose
    case harmToOthers = "harm-to-others"
    case abuse
    case thirdParty = "third-party"
  }

  public var level: Level
  /// What kind of danger; nil where there is none, or where it is unclear which.
  public var kind: Kind?

  public init(_ level: Level, _ kind: Kind? = nil) {
    self.level = level
    self.kind = kind
  }

  public static let none = Risk(.none)
}
