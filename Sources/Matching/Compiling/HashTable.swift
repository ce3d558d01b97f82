/// An open-addressing table from 64-bit keys to numbers, read in place from the compiled form.
///
/// A slot holds 35 bits of the key and a number. Two keys are confused once in about 2^31 look-ups of
/// an absent key; keys that are present are told apart when the table is built. A look-up takes
/// constant time. Slots are as narrow as the numbers allow, and two of three are taken: look-ups wait for
/// memory more than for anything else.
struct HashTable: Sendable {
  private let source: CompiledBytes
  private let start: Int
  private let capacity: Int
  private let width: NumberWidth

  init(_ reader: inout CompiledReader) {
    source = reader.source
    capacity = reader.number()
    width = NumberWidth(bytes: reader.number())
    start = reader.raw().lowerBound
  }

  @inline(__always)
  func value(_ key: UInt64) -> Int? {
    let print = HashTable.fingerprint(key)
    var i = HashTable.slot(of: key, capacity)
    while true {
      let slot = place(i)
      let found = source.longNumber(at: slot)
      if found == print { return source.number(at: slot &+ 5, mask: width.mask) }
      if found == 0 { return nil }
      i = HashTable.next(i, capacity)
    }
  }

  @inline(__always)
  private func place(_ slot: Int) -> Int { start &+ slot &* (5 &+ width.bytes) }

  /// The values of those keys that are there, in their order. All places are touched before the first is read, so
  /// that the look-ups wait for memory side by side and not one after the other.
  func values(_ keys: [UInt64]) -> [Int] {
    var touched: UInt8 = 0
    for key in keys { touched |= source[place(HashTable.slot(of: key, capacity))] }
    var values: [Int] = []
    values.reserveCapacity(keys.count + Int(touched >> 7))
    for key in keys { if let value = value(key) { values.append(value) } }
    return values
  }

  /// Never 0, which stands for a slot that is free.
  @inline(__always)
  private static func fingerprint(_ key: UInt64) -> Int { Int(key >> 29) | 1 }

  /// Where to look for a key first: its lower half, brought to the number of slots.
  @inline(__always)
  private static func slot(of key: UInt64, _ capacity: Int) -> Int {
    Int(truncatingIfNeeded: ((key & 0xffff_ffff) &* UInt64(truncatingIfNeeded: capacity)) >> 32)
  }

  @inline(__always)
  private static func next(_ slot: Int, _ capacity: Int) -> Int { slot &+ 1 == capacity ? 0 : slot &+ 1 }

  /// Writes a table of `entries`; when two keys share slot and fingerprint the first one stays.
  static func write(_ entries: [(key: UInt64, value: Int)], to writer: inout CompiledWriter) {
    let capacity = entries.count * 3 / 2 + 2
    let width = NumberWidth(of: entries.lazy.map(\.value))
    var prints = [Int](repeating: 0, count: capacity)
    var values = prints
    for entry in entries {
      let print = fingerprint(entry.key)
      var i = slot(of: entry.key, capacity)
      while prints[i] != 0, prints[i] != print { i = next(i, capacity) }
      if prints[i] == 0 {
        prints[i] = print
        values[i] = entry.value
      }
    }
    var slots = CompiledWriter()
    for i in 0..<capacity {
      slots.longNumber(prints[i])
      slots.number(values[i], width)
    }
    writer.number(capacity)
    writer.number(width.bytes)
    writer.raw(slots.bytes + [UInt8](repeating: 0, count: NumberWidth.padding))
  }
}

/// Hashing for words and features: FNV-1a over bytes, then a mix so that all bits count.
enum Hash {
  static let seed: UInt64 = 0xcbf2_9ce4_8422_2325

  @inline(__always)
  static func add(_ byte: UInt8, to h: UInt64) -> UInt64 { (h ^ UInt64(byte)) &* 0x100_0000_01b3 }

  @inline(__always)
  static func finish(_ h: UInt64) -> UInt64 {
    var x = h ^ (h >> 32)
    x = x &* 0x9e37_79b9_7f4a_7c15
    return x ^ (x >> 29)
  }

  static func word(_ bytes: some Sequence<UInt8>, namespace: UInt8 = 0) -> UInt64 {
    var h = add(namespace, to: seed)
    for byte in bytes { h = add(byte, to: h) }
    return finish(h)
  }

  @inline(__always)
  static func pair(_ kind: UInt64, _ a: Int, _ b: Int) -> UInt64 {
    var x = kind &* 0xd6e8_feb8_6659_fd93 ^ UInt64(truncatingIfNeeded: a) &* 0x9e37_79b9_7f4a_7c15
    x = (x ^ (x >> 31)) &+ UInt64(truncatingIfNeeded: b) &* 0xbf58_476d_1ce4_e5b9
    return finish(x &* 0x94d0_49bb_1331_11eb)
  }
}
