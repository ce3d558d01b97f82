import Foundation

/// An utterance with the intent that it should be heard as.
public struct LabelledRow: Sendable, Equatable {
  public var text: String
  /// Nil where nothing should be heard.
  public var intent: String?
  /// Other intents that are right too.
  public var also: [String]
  /// Where it stands: `rows.jsonl:12`.
  public var place: String

  public init(text: String, intent: String?, also: [String] = [], place: String = "") {
    self.text = text
    self.intent = intent
    self.also = also
    self.place = place
  }

  public func accepts(_ heard: String?) -> Bool { heard == intent || heard.map { also.contains($0) } ?? false }

  /// What is wrong with a file of rows, as `file:line:1: error: what; how to mend it`.
  public struct Failure: Error, Equatable, Sendable, CustomStringConvertible {
    public var description: String
  }

  private struct Fields: Decodable {
    var text: String
    var intent: String?
    var also: [String]?
  }

  /// Reads one JSON object a line: `{"text": "...", "intent": "...", "also": ["..."]}`. Other keys are passed
  /// over, and empty lines.
  public static func read(_ bytes: [UInt8], file: String) throws(Failure) -> [LabelledRow] {
    var rows: [LabelledRow] = []
    let decoder = JSONDecoder()
    for (i, line) in bytes.split(separator: 10, omittingEmptySubsequences: false).enumerated() {
      if line.allSatisfy({ $0 == 32 || $0 == 13 || $0 == 9 }) { continue }
      let fields: Fields
      do {
        fields = try decoder.decode(Fields.self, from: Data(line))
      } catch {
        throw Failure(
          description: "\(file):\(i + 1):1: error: this line is no labelled utterance; "
            + "write it as {\"text\": \"...\", \"intent\": \"...\"}, one on each line")
      }
      rows.append(
        LabelledRow(text: fields.text, intent: fields.intent, also: fields.also ?? [], place: "\(file):\(i + 1)"))
    }
    return rows
  }
}
