// Bare matching on rules and utterances given as files: rulebench FOLDER [BUDGET]
//
// Reads FOLDER/rules.tsv (an id, a tab, the words of a pattern; one pattern a line) and
// FOLDER/utterances.txt, and prints `LOAD seconds`, then for each utterance its nanoseconds and the intent
// heard (or -), then `COMPILED seconds bytes` (loading the compiled form alone) and `RSS kibibytes`.
import Foundation
import Matching

let clock = ContinuousClock()

func seconds(_ duration: Duration) -> Double {
  Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
}

func lines(_ path: String) throws -> [Substring] {
  try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
}

/// The rules of the file: the words in order, with anything between.
func rules(_ path: String) throws -> [IntentRules] {
  var intents: [IntentRules] = []
  for line in try lines(path) {
    let fields = line.split(separator: "\t")
    guard fields.count == 2 else { continue }
    if intents.last?.id != String(fields[0]) { intents.append(IntentRules(id: String(fields[0]))) }
    let words = fields[1].split(separator: " ").map { Pattern.exact(String($0)) }
    let gaps = words.dropFirst().flatMap { [Pattern.gap(Pattern.longestGap), $0] }
    intents[intents.count - 1].patterns.append(PatternRule(required: [.sequence([words[0]] + gaps)]))
  }
  return intents
}

/// The most memory that was in use, in KiB, where the system tells.
func peakMemory() -> String? {
  (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8))?.split(separator: "\n")
    .first { $0.hasPrefix("VmHWM:") }.map { $0.filter(\.isNumber) }
}

guard CommandLine.arguments.count > 1 else {
  print("usage: rulebench FOLDER [BUDGET in seconds]")
  exit(2)
}
let folder = CommandLine.arguments[1]
let budget = CommandLine.arguments.dropFirst(2).first.flatMap(Double.init) ?? 30
let begun = clock.now
var language = Language()
language.guessesWords = false
let intents = try rules(folder + "/rules.tsv")
let bytes = CompiledBytes(MatcherCompiler(MatcherSource(language: language, intents: intents)).compile())
var reader = CompiledReader(bytes)
let matcher = Matcher(&reader)
var workspace = matcher.makeWorkspace()
let loaded = clock.now
var again = CompiledReader(bytes)
let second = Matcher(&again)
let reloaded = clock.now
let utterances = try lines(folder + "/utterances.txt").map(String.init)
for text in utterances.prefix(3) { _ = matcher.intentsOfPatterns(in: text, workspace: &workspace) }
var answers: [(nanoseconds: Int, intent: String)] = []
answers.reserveCapacity(utterances.count)
let deadline = clock.now + .seconds(budget)
for text in utterances {
  let start = clock.now
  let heard = matcher.intentsOfPatterns(in: text, workspace: &workspace)
  let end = clock.now
  answers.append((Int(seconds(end - start) * 1e9), heard.first.map { matcher.intentIDs[$0] } ?? "-"))
  if end > deadline { break }
}
print("LOAD \(seconds(loaded - begun))")
for answer in answers { print(answer.nanoseconds, answer.intent) }
print("COMPILED \(seconds(reloaded - loaded)) \(bytes.count)")
if second.intentIDs.count != matcher.intentIDs.count { print("the compiled form was read differently") }
if let memory = peakMemory() { print("RSS \(memory)") }
