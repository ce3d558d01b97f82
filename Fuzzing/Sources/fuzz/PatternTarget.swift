import IntentFiles
import Matching

/// A pattern on the first line, read, written, read again and listened with to the second line.
final class PatternTarget {
  private let language: Language

  init() {
    guard let source = BotLoader.load(Bots.smallFiles).source else { fatalError("the small bot is at fault") }
    language = source.matcher.language
  }

  func run(_ bytes: [UInt8]) {
    let halves = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    let text = String(halves[0])
    let rule: PatternRule
    do throws(PatternError) {
      rule = try PatternParser.parse(text, language: language)
    } catch {
      hold(
        (0...text.unicodeScalars.count).contains(error.offset), "the place lies in \(text.debugDescription): \(error)")
      hold(!error.message.isEmpty && !error.mend.isEmpty, "what is wrong, and how to mend it: \(error)")
      return
    }
    let written = rule.description
    do throws(PatternError) {
      let again = try PatternParser.parse(written, language: language)
      hold(again.description == written, "\(text.debugDescription) written and read is \(written), then \(again)")
      listen(halves.count > 1 ? String(halves[1]) : text, [rule, again])
    } catch  where error.message.contains("longer") {
      return
    } catch {
      hold(false, "\(written.debugDescription), written for \(text.debugDescription), cannot be read: \(error)")
    }
  }

  /// Both hear the same, and each also where it has to hear the whole line.
  private func listen(_ line: String, _ rules: [PatternRule]) {
    var intents = rules.enumerated().map { i, rule in
      var intent = IntentRules(id: "\(i)")
      var whole = rule
      whole.whole = true
      intent.patterns = [rule, whole]
      return intent
    }
    intents.append(IntentRules(id: "other"))
    let compiler = MatcherCompiler(MatcherSource(language: language, intents: intents))
    var reader = CompiledReader(CompiledBytes(compiler.compile()))
    let matcher = Matcher(&reader)
    var workspace = matcher.makeWorkspace()
    let hearing = matcher.hear(line, workspace: &workspace)
    let points = (0...1).map { i in hearing.candidates.first { $0.intent == i }?.patterns ?? 0 }
    hold(points[0] == points[1], "\(rules[0]) and \(rules[1]) hear the same in \(line.debugDescription)")
    for name in rules[0].captureNames { _ = matcher.capture(name, in: hearing, workspace: &workspace) }
    _ = matcher.explain(hearing)
  }
}
