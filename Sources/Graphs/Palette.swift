/// The colours of pictures and pages, as `#rrggbb`. Text reaches a contrast of 4.5 to 1 on whatever it stands on.
public struct Palette: Sendable, Equatable {
  public var ink: String
  /// Text of less weight, and arrows.
  public var soft: String
  public var paper: String
  /// What boxes and tables stand on.
  public var box: String
  public var border: String
  /// Links, the start and the focus.
  public var accent: String
  public var accentBox: String
  public var outer: String
  public var outerBox: String
  public var bad: String
  public var badBox: String
  public var good: String
  /// From little to much.
  public var heat: [String]

  public static let light = Palette(
    ink: "#1b1f24", soft: "#57606a", paper: "#ffffff", box: "#f6f8fa", border: "#6e7781", accent: "#0550ae",
    accentBox: "#ddf4ff", outer: "#7d5b00", outerBox: "#fff8e6", bad: "#a40e26", badBox: "#ffebe9", good: "#116329",
    heat: ["#fde3c4", "#fbb978", "#f08a3c", "#cf5a14", "#8f2d00"])

  public static let dark = Palette(
    ink: "#e6edf3", soft: "#a2abb5", paper: "#0d1117", box: "#1c232b", border: "#8b949e", accent: "#79c0ff",
    accentBox: "#0c2d53", outer: "#e3b341", outerBox: "#2b2410", bad: "#ff9492", badBox: "#3c1618", good: "#7ee787",
    heat: ["#4a2c12", "#7a4412", "#b0601a", "#e58b3a", "#ffc48a"])
}
