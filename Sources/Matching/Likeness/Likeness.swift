/// How like an utterance is to the examples of each intent: a compiled linear model.
struct Likeness: Sendable {
  private let table: HashTable
  private let source: CompiledBytes
  private let rows: Range<Int>
  private let rarity: Range<Int>
  private let step: Float
  let lanes: Int
  let labels: Int

  /// Whether there is anything that it can compare with.
  var isTrained: Bool { !rows.isEmpty }

  private static let middle = 64
  private static let rarityStep: Float = 0.1

  init(_ reader: inout CompiledReader) {
    source = reader.source
    lanes = reader.number()
    labels = reader.number()
    step = Float(reader.number()) / 1_000_000
    table = HashTable(&reader)
    rows = reader.raw()
    rarity = reader.raw()
  }

  /// The score of each label and, last, of being at risk: logits of a logistic model.
  func scores(_ keys: [UInt64], sums: inout [Int32]) -> [Float] {
    for k in sums.indices { sums[k] = 0 }
    let found = table.values(keys)
    let starts = found.map { rows.lowerBound + $0 * lanes }
    for from in stride(from: 0, to: starts.count, by: CompiledBytes.rowsAtOnce) {
      source.add(rowsAt: starts[from..<min(from + CompiledBytes.rowsAtOnce, starts.count)], to: &sums)
    }
    let length = length(ofRows: found)
    let scale = length > 0 ? step / length : 0
    let offset = Int32(found.count * Likeness.middle)
    return (0...labels).map { Float(sums[$0] - offset) * scale }
  }

  /// The length of the vector of known features.
  func length(_ keys: [UInt64]) -> Float { length(ofRows: table.values(keys)) }

  private func length(ofRows found: [Int]) -> Float {
    var squares: Float = 0
    for row in found {
      let weight = Float(source[rarity.lowerBound + row]) * Likeness.rarityStep
      squares += weight * weight
    }
    return squares.squareRoot()
  }

  /// What one feature adds to each label's score, before it is brought to length.
  func weight(_ key: UInt64, label: Int) -> Float? {
    guard let row = table.value(key) else { return nil }
    return Float(Int(source[rows.lowerBound + row * lanes + label]) - Likeness.middle) * step
  }

  func makeSums() -> [Int32] { [Int32](repeating: 0, count: lanes) }

  static func write(_ model: LikenessTrainer.Model, labels: Int, to writer: inout CompiledWriter) {
    // Weights times rarity, in steps of which the largest few in ten thousand are cut off.
    var values = model.weights
    for row in model.keys.indices {
      for lane in 0..<model.lanes { values[row * model.lanes + lane] *= model.rarity[row] }
    }
    let sizes = values.lazy.map { abs($0) }.filter { $0 > 0 }.sorted()
    let largest = sizes.isEmpty ? 1 : sizes[min(sizes.count - 1, sizes.count * 9_998 / 10_000)]
    let step = max(0.000_001, (largest / 63 * 1_000_000).rounded() / 1_000_000)
    let bytes = values.map { value in
      UInt8(clamping: max(1, min(127, Int((value / step).rounded(.toNearestOrEven)) + middle)))
    }
    writer.number(model.lanes)
    writer.number(labels)
    writer.number(Int(step * 1_000_000))
    // The rows of common features lie together, so that an utterance touches few pages of memory.
    let order = model.keys.indices.sorted { (model.rarity[$0], $0) < (model.rarity[$1], $1) }
    HashTable.write(order.enumerated().map { (model.keys[$1], $0) }, to: &writer)
    writer.raw(order.flatMap { bytes[($0 * model.lanes)..<(($0 + 1) * model.lanes)] })
    writer.raw(
      order.map { model.rarity[$0] }.map { UInt8(clamping: max(0, min(127, Int(($0 / rarityStep).rounded())))) })
  }
}
