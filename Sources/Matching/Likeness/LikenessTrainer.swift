/// Learns from labelled utterances how much each feature speaks for each intent.
///
/// Multinomial logistic regression over features weighted by their rarity (inverse document frequency)
/// and brought to unit length, by stochastic gradient descent with AdaGrad steps (J. Duchi, E. Hazan,
/// Y. Singer, "Adaptive Subgradient Methods", JMLR 12, 2011). Examples are taken in fixed shuffled orders
/// and only IEEE additions, multiplications, divisions and square roots are used, so that the same files
/// give the same weights on every machine.
struct LikenessTrainer {
  struct Example {
    var features: [UInt64]
    /// Nil for a line that may be any that is no danger.
    var label: Int?
    /// The person is at risk.
    var atRisk: Bool
    /// Made of its text and its intent's name alone. It decides the place of the example in the orders of learning: an
    /// example or an intent more or less leaves the order of all others as it was, and what is learned of them nearly
    /// so.
    var mark: UInt64
  }

  struct Options {
    var epochs = 8
    /// The weights are the mean of those after each of the last epochs: they depend less on the order of the
    /// examples than the last ones do, and hear half a point more of lines never seen.
    var averaged = 6
    /// And the mean of those learned in so many orders, side by side: one order gave posts of rows never seen up to
    /// three points more or less than another, three give what the better ones do.
    var orders = 3
    /// Intents whose probability is right to within this are passed over: they take most of the time.
    var precision: Float = 0.004
    /// With few examples every one counts: more rounds, and features that only two of them share. The form of a
    /// line says nothing yet.
    static let few = (examples: 2_000, epochs: 12, fewest: 2)
    var rate: Float = 1
    var decay: Float = 0.000_02
    var fewest = 3
  }

  struct Model {
    var keys: [UInt64]
    var rarity: [Float]
    /// Row by row, `lanes` weights each.
    var weights: [Float]
    var lanes: Int
  }

  /// Which labels are of danger.
  let dangers: [Bool]
  var options = Options()

  private var labels: Int { dangers.count }

  /// Labels, the risk lane, and padding to a whole number of vectors.
  var lanes: Int { (labels + 1 + 15) / 16 * 16 }

  /// What is known before anything is learned.
  var untrained: Model { Model(keys: [], rarity: [], weights: [], lanes: lanes) }

  func train(_ examples: [Example]) -> Model {
    var trainer = self
    if examples.count < Options.few.examples {
      trainer.options.epochs = Options.few.epochs
      trainer.options.fewest = Options.few.fewest
    }
    return trainer.learn(examples)
  }

  private func learn(_ examples: [Example]) -> Model {
    var counts: [UInt64: Int32] = [:]
    for example in examples { for key in example.features { counts[key, default: 0] += 1 } }
    if examples.count < Options.few.examples { for key in Feature.formKeys { counts[key] = nil } }
    let keys = counts.filter { $0.value >= options.fewest }.keys.sorted()
    var rows = [UInt64: Int32](minimumCapacity: keys.count)
    for (i, key) in keys.enumerated() { rows[key] = Int32(i) }
    let total = Float(examples.count)
    let rarity = keys.map { 1 + Logarithm.natural(total / Float(counts[$0] ?? 1)) }
    var places: [Int32] = []
    var starts = [0]
    var scales: [Float] = []
    for example in examples {
      let known = example.features.compactMap { rows[$0] }
      let norm = known.reduce(Float(0)) { $0 + rarity[Int($1)] * rarity[Int($1)] }.squareRoot()
      places += known
      starts.append(places.count)
      scales.append(norm > 0 ? 1 / norm : 0)
    }
    let learned = SideBySide.map(options.orders) { [places, starts, scales] order in
      descend(examples, places, starts, scales, rarity, seed: UInt64(order))
    }
    var weights = [Float](repeating: 0, count: keys.count * lanes)
    for i in weights.indices { weights[i] = learned.reduce(0) { $0 + $1[i] } / Float(options.orders) }
    return Model(keys: keys, rarity: rarity, weights: weights, lanes: lanes)
  }

  private func descend(
    _ examples: [Example], _ places: [Int32], _ starts: [Int], _ scales: [Float], _ rarity: [Float], seed: UInt64
  ) -> [Float] {
    let lanes = lanes
    var weights = [Float](repeating: 0, count: rarity.count * lanes)
    var squares = [Float](repeating: 1e-3, count: weights.count)
    var sums = [Float](repeating: 0, count: weights.count)
    var generator = SplitMix(seed: 7 + seed)
    var scores = [Float](repeating: 0, count: lanes)
    weights.withUnsafeMutableBytes { w in
      squares.withUnsafeMutableBytes { q in
        for epoch in 0..<options.epochs {
          let salt = generator.next()
          let ranks = examples.map { Hash.finish(($0.mark ^ salt) &* 0x100_0000_01b3) }
          let order = examples.indices.sorted { (ranks[$0], $0) < (ranks[$1], $1) }
          let rate = options.rate / (1 + 0.15 * Float(epoch))
          for e in order {
            let range = starts[e]..<starts[e + 1]
            scores.withUnsafeMutableBytes { s in
              LikenessTrainer.sum(places, range, scales[e], rarity, w, lanes, s)
            }
            gradient(examples[e], &scores)
            scores.withUnsafeMutableBytes { g in
              LikenessTrainer.update(
                places, range, scales[e], rarity, g, lanes, rate, options, w, q)
            }
          }
          if epoch >= options.epochs - options.averaged { LikenessTrainer.add(w, to: &sums) }
        }
      }
    }
    let share = 1 / Float(min(options.averaged, options.epochs))
    for i in sums.indices { sums[i] *= share }
    return sums
  }

  private static func add(_ weights: UnsafeMutableRawBufferPointer, to sums: inout [Float]) {
    for (i, weight) in weights.bindMemory(to: Float.self).enumerated() { sums[i] += weight }
  }

  /// Turns scores into what they should change by: probability less truth.
  private func gradient(_ example: Example, _ scores: inout [Float]) {
    var top = scores[0]
    for k in 1..<labels where scores[k] > top { top = scores[k] }
    var sum: Float = 0
    for k in 0..<labels {
      scores[k] = Exponential.natural(scores[k] - top)
      sum += scores[k]
    }
    for k in 0..<labels { scores[k] /= sum }
    if let label = example.label {
      scores[label] -= 1
    } else {
      var harmless: Float = 0
      for k in 0..<labels where !dangers[k] { harmless += scores[k] }
      for k in 0..<labels where !dangers[k] { scores[k] -= scores[k] / max(harmless, 1e-6) }
    }
    let risk = 1 / (1 + Exponential.natural(-scores[labels]))
    scores[labels] = risk - (example.atRisk ? 1 : 0)
    for k in (labels + 1)..<max(lanes, labels + 1) where k < lanes { scores[k] = 0 }
  }

  private typealias Vector = SIMD16<Float>

  private static func sum(
    _ places: [Int32], _ range: Range<Int>, _ scale: Float, _ rarity: [Float], _ weights: UnsafeMutableRawBufferPointer,
    _ lanes: Int, _ scores: UnsafeMutableRawBufferPointer
  ) {
    var k = 0
    while k < lanes {
      var total = Vector(repeating: 0)
      for p in range {
        let row = Int(places[p])
        let w = weights.loadUnaligned(fromByteOffset: (row * lanes + k) * 4, as: Vector.self)
        total += w * rarity[row]
      }
      scores.storeBytes(of: total * scale, toByteOffset: k * 4, as: Vector.self)
      k += 16
    }
  }

  private static func update(
    _ places: [Int32], _ range: Range<Int>, _ scale: Float, _ rarity: [Float],
    _ gradient: UnsafeMutableRawBufferPointer,
    _ lanes: Int, _ rate: Float, _ options: Options, _ weights: UnsafeMutableRawBufferPointer,
    _ squares: UnsafeMutableRawBufferPointer
  ) {
    let (precision, decay) = (options.precision, options.decay)
    var k = 0
    while k < lanes {
      let g = gradient.loadUnaligned(fromByteOffset: k * 4, as: Vector.self)
      if (g .> precision .| g .< -precision) != SIMDMask(repeating: false) {
        for p in range {
          let row = Int(places[p])
          let at = (row * lanes + k) * 4
          let w = weights.loadUnaligned(fromByteOffset: at, as: Vector.self)
          let step = g * (rarity[row] * scale) + w * decay
          let q = squares.loadUnaligned(fromByteOffset: at, as: Vector.self) + step * step
          squares.storeBytes(of: q, toByteOffset: at, as: Vector.self)
          weights.storeBytes(of: w - step * rate / q.squareRoot(), toByteOffset: at, as: Vector.self)
        }
      }
      k += 16
    }
  }
}

/// A small seeded generator (SplitMix64; G. Steele, D. Lea, C. Flood, OOPSLA 2014).
public struct SplitMix: RandomNumberGenerator, Sendable, Equatable {
  public private(set) var state: UInt64
  public init(seed: UInt64) { state = seed }
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// e to the power of x by plain arithmetic, the same to the last bit on every machine; relative error
/// below 2e-6 between -80 and 80.
enum Exponential {
  static func natural(_ x: Float) -> Float {
    let x = max(-80, min(80, x))
    // Adding and taking away 1.5 times 2 to the 23rd leaves the nearest whole number.
    let turns = (x * 1.442_695_04 + 12_582_912) - 12_582_912
    let r = (x - turns * 0.693_145_75) - turns * 1.428_606_8e-6
    let series = 1 + r * (1 + r * (0.5 + r * (0.166_666_67 + r * (0.041_666_668 + r * 0.008_333_334))))
    return series * Float(bitPattern: UInt32(Int32(127) + Int32(turns)) << 23)
  }
}

/// The natural logarithm by plain arithmetic, the same to the last bit on every machine; absolute error
/// below 1e-5 for positive numbers.
enum Logarithm {
  static func natural(_ x: Float) -> Float {
    guard x > 0 else { return 0 }
    var mantissa = x.significand
    var exponent = Float(x.exponent)
    if mantissa > 1.414_213_5 {
      mantissa *= 0.5
      exponent += 1
    }
    let s = (mantissa - 1) / (mantissa + 1)
    let s2 = s * s
    return exponent * 0.693_147_18 + 2 * s
      * (1 + s2 * (0.333_333_34 + s2 * (0.2 + s2 * (0.142_857_15 + s2 * 0.111_111_11))))
  }
}
