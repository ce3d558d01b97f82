/// Where the person's files are: by the XDG base directories, or where macOS has them.
public struct Places: Sendable {
  public var settings: String?
  public var history: String?

  /// - Parameter environment: looks up an environment variable. Without a home folder there are no places.
  public init(environment: (String) -> String?) {
    func folder(_ variable: String, _ usual: String) -> String? {
      // A path that is not absolute is to be passed over, says the XDG specification.
      if let chosen = environment(variable), chosen.hasPrefix("/") { return chosen }
      return environment("HOME").flatMap { $0.hasPrefix("/") ? "\($0)/\(usual)" : nil }
    }
    #if os(macOS)
      let (usualSettings, usualState) = ("Library/Application Support", "Library/Application Support")
    #else
      let (usualSettings, usualState) = (".config", ".local/state")
    #endif
    settings = folder("XDG_CONFIG_HOME", usualSettings).map { $0 + "/drawbridge/settings" }
    history = folder("XDG_STATE_HOME", usualState).map { $0 + "/drawbridge/history" }
  }
}
