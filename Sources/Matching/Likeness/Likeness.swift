/// How like an utterance is to the examples of each label: a compiled linear model, of which each feature's weights
/// are a part of the feature's row.
struct Likeness: Sendable {
  private let source: CompiledBytes
  private let step: Float
  private let lanes: Int
  let labels: Int
  /// Where in a row its part begins: `lanes` weights, and how rare the feature is.
  private let place: Int
  /// Whether short rows have a part of it.
  private let isFirst: Bool
  /// Whether there is anything that it can compare with.
  let isTrained: Bool

  static let middle = 64
  static let rarityStep: Float = 0.1

  fileprivate init(_ reader: inout CompiledReader, place: Int) {
    source = reader.source
    lanes = reader.number()
    labels = reader.number()
    step = Float(reader.number()) / 1_000_000
    isTrained = reader.flag()
    self.place = place
    isFirst = place == 0
  }

  /// How long its part of a row is.
  fileprivate var length: Int { lanes + 1 }

  private func starts(_ found: FeatureRows.Found) -> [Int] {
    isFirst ? found.rows : found.rows.filter { $0 < found.firstShort }
  }

  /// The score of each label and, last, of being at risk: logits of a logistic model.
  func scores(_ found: FeatureRows.Found, sums: inout [Int32]) -> [Float] {
    for k in sums.indices { sums[k] = 0 }
    let starts = starts(found)
    for from in stride(from: 0, to: starts.count, by: CompiledBytes.rowsAtOnce) {
      source.add(rowsAt: starts[from..<min(from + CompiledBytes.rowsAtOnce, starts.count)], offset: place, to: &sums)
    }
    let length = length(found)
    let scale = length > 0 ? step / length : 0
    let offset = Int32(starts.count * Likeness.middle)
    return (0...labels).map { Float(sums[$0] - offset) * scale }
  }

  /// The length of the vector of known features.
  func length(_ found: FeatureRows.Found) -> Float {
    var squares: Float = 0
    for start in starts(found) {
      let weight = Float(source[start + place + lanes]) * Likeness.rarityStep
      squares += weight * weight
    }
    return squares.squareRoot()
  }

  /// What a feature adds to a label's score, before it is brought to length.
  func weight(_ found: FeatureRows.Found, label: Int) -> Float? {
    starts(found).first.map { Float(Int(source[$0 + place + label]) - Likeness.middle) * step }
  }

  func makeSums() -> [Int32] { [Int32](repeating: 0, count: lanes) }
}

/// What was learned of each feature: its weights in all models, side by side in one row, so that one look-up finds them
/// and an utterance touches few pages of memory. Half of the features are known to the first model alone; their rows
/// are short, and come last.
struct FeatureRows: Sendable {
  private let table: HashTable
  private let start: Int
  private let longCount: Int
  private let longLength: Int
  let models: [Likeness]

  /// Where the rows of an utterance's features begin.
  struct Found: Sendable {
    var rows: [Int] = []
    /// From here on they have a part of the first model alone.
    var firstShort = 0
  }

  init(_ reader: inout CompiledReader) {
    var models: [Likeness] = []
    var length = 0
    for _ in 0..<reader.number() {
      models.append(Likeness(&reader, place: length))
      length += models[models.count - 1].length
    }
    self.models = models
    longLength = length
    longCount = reader.number()
    table = HashTable(&reader)
    start = reader.raw().lowerBound
  }

  /// Those of the features of which something was learned.
  func find(_ features: [UInt64]) -> Found {
    let shortLength = models.first?.length ?? 0
    let firstShort = start + longCount * longLength
    var rows = table.values(features)
    for i in rows.indices {
      let row = rows[i]
      rows[i] = row < longCount ? start + row * longLength : firstShort + (row - longCount) * shortLength
    }
    return Found(rows: rows, firstShort: firstShort)
  }

  static func write(_ models: [(learned: LikenessTrainer.Model, labels: Int)], to writer: inout CompiledWriter) {
    let parts = models.map { Part($0.learned) }
    writer.number(models.count)
    for ((model, labels), part) in zip(models, parts) {
      writer.number(model.lanes)
      writer.number(labels)
      writer.number(Int(part.step * 1_000_000))
      writer.flag(!model.keys.isEmpty)
    }
    // The rows of common features lie together, so that an utterance touches few pages of memory.
    var rarities: [UInt64: Float] = [:]
    for (model, _) in models.reversed() {
      for (key, rarity) in zip(model.keys, model.rarity) { rarities[key] = rarity }
    }
    let isLong = Set(models.dropFirst().flatMap(\.learned.keys))
    let order = rarities.sorted {
      let (a, b) = (isLong.contains($0.key), isLong.contains($1.key))
      return a == b ? ($0.value, $0.key) < ($1.value, $1.key) : a
    }
    writer.number(isLong.count)
    HashTable.write(order.enumerated().map { ($1.key, $0) }, to: &writer)
    var rows: [UInt8] = []
    for (row, entry) in order.enumerated() {
      for part in row < isLong.count ? parts[...] : parts.prefix(1) { rows += part.bytes(of: entry.key) }
    }
    writer.raw(rows)
  }

  /// A model's parts of the rows.
  private struct Part {
    /// Weights are written as multiples of this.
    let step: Float
    private let lanes: Int
    private let places: [UInt64: Int]
    private let bytes: [UInt8]

    init(_ model: LikenessTrainer.Model) {
      // Weights times rarity, in steps of which the largest few in ten thousand are cut off.
      var values = model.weights
      for row in model.keys.indices {
        for lane in 0..<model.lanes { values[row * model.lanes + lane] *= model.rarity[row] }
      }
      let sizes = values.lazy.map { abs($0) }.filter { $0 > 0 }.sorted()
      let largest = sizes.isEmpty ? 1 : sizes[min(sizes.count - 1, sizes.count * 9_998 / 10_000)]
      let step = max(0.000_001, (largest / 63 * 1_000_000).rounded() / 1_000_000)
      self.step = step
      lanes = model.lanes
      places = Dictionary(uniqueKeysWithValues: model.keys.enumerated().map { ($1, $0) })
      bytes = model.keys.indices.flatMap { row in
        values[(row * model.lanes)..<((row + 1) * model.lanes)].map { value in
          UInt8(clamping: max(1, min(127, Int((value / step).rounded(.toNearestOrEven)) + Likeness.middle)))
        } + [UInt8(clamping: max(0, min(127, Int((model.rarity[row] / Likeness.rarityStep).rounded()))))]
      }
    }

    /// The part of a feature's row; of a feature that it does not know, one that says nothing.
    func bytes(of key: UInt64) -> [UInt8] {
      guard let place = places[key] else { return [UInt8](repeating: UInt8(Likeness.middle), count: lanes) + [0] }
      return Array(bytes[(place * (lanes + 1))..<((place + 1) * (lanes + 1))])
    }
  }
}
