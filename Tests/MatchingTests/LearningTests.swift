import Testing

@testable import Matching

/// What is learned from examples.
@Suite struct LearningTests {
  /// Lines of three kinds, told apart by words of their own among words that all share.
  private static func examples(_ count: Int) -> [LikenessTrainer.Example] {
    var generator = SplitMix(seed: 5)
    return (0..<count).map { i in
      let label = i % 3
      let own = (0..<3).map { _ in Hash.pair(Feature.word, label, Int(generator.next() % 20)) }
      let shared = (0..<5).map { _ in Hash.pair(Feature.word, 9, Int(generator.next() % 40)) }
      return LikenessTrainer.Example(features: own + shared, label: label, atRisk: false, mark: generator.next())
    }
  }

  private func learn(_ examples: [LikenessTrainer.Example]) -> [UInt64: [Float]] {
    let model = LikenessTrainer(dangers: [false, false, false]).train(examples)
    return Dictionary(
      uniqueKeysWithValues: model.keys.enumerated().map { row, key in
        (key, (0..<3).map { model.weights[row * model.lanes + $0] })
      })
  }

  private func distance(_ a: [UInt64: [Float]], _ b: [UInt64: [Float]]) -> Float {
    var difference: Float = 0
    var size: Float = 0
    for (key, weights) in a {
      for (one, other) in zip(weights, b[key] ?? [0, 0, 0]) {
        difference += abs(one - other)
        size += abs(one)
      }
    }
    return difference / size
  }

  @Test func theSameExamplesTeachTheSame() {
    #expect(learn(Self.examples(300)) == learn(Self.examples(300)))
  }

  /// An author who adds a line sees what the line changes, and not another order of all others.
  @Test func oneExampleMoreChangesLittle() {
    let examples = Self.examples(300)
    let more = LikenessTrainer.Example(features: examples[0].features + [1], label: 0, atRisk: false, mark: 1)
    let learned = learn(examples)
    #expect(distance(learned, learn([more] + examples)) < 0.03)
    #expect(distance(learned, learn(examples.reversed())) < 0.03)
  }
}
