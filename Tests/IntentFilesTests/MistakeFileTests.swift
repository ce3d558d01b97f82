import Foundation
import IntentFiles
import Testing

/// Mistakes that an author makes, one a file: each is found at its place, says how to mend it, and is gone
/// when that is done.
@Suite struct MistakeFileTests {
  struct Mistake: Sendable, CustomTestStringConvertible {
    var name: String
    var file: String
    var place: String
    var rule: String
    var says: String
    var bytes: [UInt8]
    var mended: [UInt8]
    var testDescription: String { name }

    /// A head of `key: value` lines, a line of `=`, and the file as it is.
    init?(_ url: URL) {
      guard let data = try? Data(contentsOf: url), let end = data.range(of: Data("=====\n".utf8)) else { return nil }
      var head: [String: String] = [:]
      for line in String(decoding: data[..<end.lowerBound], as: UTF8.self).split(separator: "\n") {
        let parts = line.split(separator: ":", maxSplits: 1)
        head[String(parts[0])] = parts.count > 1 ? String(parts[1].dropFirst()) : ""
      }
      guard let name = head["mistake"], let file = head["file"], let place = head["place"], let rule = head["rule"],
        let says = head["says"], let from = head["replace"], let to = head["with"]
      else { return nil }
      self.name = name
      self.file = file
      self.place = place
      self.rule = rule
      self.says = says
      bytes = Array(data[end.upperBound...])
      let text = String(decoding: bytes, as: UTF8.self)
      // Where both are the same, the mend is something that no line can show, such as another way to save the file.
      mended =
        from == to
        ? bytes : Array(text.replacing(Mistake.plain(from), with: Mistake.plain(to), maxReplacements: 1).utf8)
    }

    private static func plain(_ text: String) -> String {
      text.replacing("\\n", with: "\n").replacing("\\t", with: "\t").replacing("\\r", with: "\r")
    }
  }

  static let all: [Mistake] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Mistakes")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().compactMap { Mistake(folder.appendingPathComponent($0)) }
  }()

  private func check(_ path: String, _ bytes: [UInt8]) -> [Diagnostic] {
    let files = Folder.files().filter { $0.path != path } + [SourceFile(path: path, bytes: bytes)]
    return BotChecker.check(files, store: MatcherStore()).diagnostics
  }

  @Test func thereAreAtLeastSixty() {
    #expect(Self.all.count >= 60)
    #expect(Set(Self.all.map(\.name)).count == Self.all.count)
  }

  @Test(arguments: all)
  func isFoundAtItsPlaceWithAMendThatWorks(_ mistake: Mistake) {
    let found = check(mistake.file, mistake.bytes)
    let lines = found.map { "\($0.rule.rawValue) \($0)" }
    #expect(
      found.contains {
        $0.file == mistake.file && "\($0.line):\($0.column)" == mistake.place && $0.rule.rawValue == mistake.rule
          && $0.description.contains(mistake.says)
      }, "\(lines)")
    if mistake.mended != mistake.bytes {
      // Mended, the file may still be a poor one: nothing leads to its state, its danger is thin.
      let left = check(mistake.file, mistake.mended).filter {
        $0.file == mistake.file && $0.rule.rawValue != "safety-floor"
          && ($0.severity == .error || $0.rule.rawValue == mistake.rule)
      }
      #expect(left.isEmpty, "\(left.map(\.description))")
    }
  }
}
