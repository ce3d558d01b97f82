import Testing

@testable import Dialogue

/// Which of a country's lines is named to whom.
@Suite struct CrisisLineTests {
  private static func service(_ name: String, _ reach: String, _ kinds: [String]) -> CrisisLines.Service {
    CrisisLines.Service(
      name: name, reach: reach, hours: "always", languages: "", kinds: kinds, source: "", verified: "2026-11-22")
  }

  private let lines = CrisisLines(
    country: "XX", name: "Nowhere", emergency: "1",
    services: [
      service("all", "call 2", []), service("women", "call 3", ["abuse"]),
      service("men", "call or text 4", ["abuse", "men"]), service("children", "call 5", ["child", "young"]),
    ])

  private func name(_ kind: String, written: Bool = false, _ group: CrisisLines.Group?) -> String? {
    lines.service(for: .init(rawValue: kind), written: written, group: group)?.name
  }

  @Test func aLineForMenIsGivenToMenAlone() {
    #expect(name("abuse", nil) == "women")
    #expect(name("abuse", .men) == "men")
    #expect(name("abuse", written: true, nil) == "women")
    #expect(name("abuse", written: true, .men) == "men")
    #expect(name("suicide", .men) == "all")
  }

  @Test func aLineForYoungPeopleIsForAllDangers() {
    #expect(name("abuse", .young) == "children")
    #expect(name("suicide", .young) == "children")
    #expect(name("suicide", nil) == "all")
  }
}
