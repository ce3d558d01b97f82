/// A read-only run of bytes that holds a compiled bot, kept alive by its owner.
///
/// Numbers are stored seven bits a byte, so the whole is valid UTF-8 and can live in a string literal
/// of the binary, where tables are used in place: nothing is decoded or copied at start-up and the
/// system pages in only what a conversation touches. Every access is bounds-checked.
public struct CompiledBytes: @unchecked Sendable {
  private let base: UnsafePointer<UInt8>
  public let count: Int
  private let owner: AnyObject?

  /// Bytes built into the binary.
  public init(_ literal: StaticString) {
    base = literal.utf8Start
    count = literal.utf8CodeUnitCount
    owner = nil
  }

  /// Bytes compiled at run time, copied into memory of their own.
  public init(_ bytes: [UInt8]) {
    let storage = Storage(bytes)
    base = UnsafePointer(storage.memory)
    count = bytes.count
    owner = storage
  }

  @inline(__always)
  subscript(_ i: Int) -> UInt8 {
    precondition(i >= 0 && i < count, "compiled bytes: index out of range")
    return base[i]
  }

  /// The 28-bit number at byte `i`, or the smaller one whose bytes are those of `mask`.
  @inline(__always)
  func number(at i: Int, mask: UInt32 = .max) -> Int {
    precondition(i >= 0 && i &+ 4 <= count, "compiled bytes: index out of range")
    return uncheckedNumber(at: i, mask: mask)
  }

  /// The 35-bit number at byte `i`.
  @inline(__always)
  func longNumber(at i: Int) -> Int {
    precondition(i >= 0 && i &+ 5 <= count, "compiled bytes: index out of range")
    return uncheckedNumber(at: i) | Int(base[i &+ 4]) << 28
  }

  /// The number whose bytes are those of `mask`, of four from byte `i` on.
  @inline(__always)
  fileprivate func uncheckedNumber(at i: Int, mask: UInt32 = .max) -> Int {
    let x = UnsafeRawPointer(base + i).loadUnaligned(as: UInt32.self).littleEndian & mask
    // Two pairs of seven bits side by side, then the two pairs.
    let pairs = (x & 0x007f_007f) | (x >> 1 & 0x3f80_3f80)
    return Int((pairs & 0x3fff) | (pairs >> 2 & 0xfff_c000))
  }

  func text(at i: Int, count n: Int) -> String {
    precondition(i >= 0 && n >= 0 && i + n <= count, "compiled bytes: range out of range")
    return String(decoding: UnsafeBufferPointer(start: base + i, count: n), as: UTF8.self)
  }

  /// The most rows that `add` takes at once.
  static let rowsAtOnce = 512

  /// Adds rows of bytes to `sums`, lane by lane: those that begin `offset` after `starts`, each as long as `sums`.
  func add(rowsAt starts: ArraySlice<Int>, offset: Int, to sums: inout [Int32]) {
    let lanes = sums.count
    precondition(lanes % 16 == 0 && starts.count <= CompiledBytes.rowsAtOnce, "compiled bytes: too many rows")
    precondition(starts.allSatisfy { $0 >= 0 && $0 + offset + lanes <= count }, "compiled bytes: row out of range")
    let source = UnsafeRawPointer(base) + offset
    // Sixteen lanes at a time stay in registers over all rows.
    for k in stride(from: 0, to: lanes, by: 16) {
      var sum = SIMD16<UInt16>(repeating: 0)
      for start in starts {
        let row = source.loadUnaligned(fromByteOffset: start &+ k, as: SIMD16<UInt8>.self)
        sum &+= SIMD16<UInt16>(truncatingIfNeeded: row)
      }
      for lane in 0..<16 { sums[k + lane] += Int32(sum[lane]) }
    }
  }

  private final class Storage: @unchecked Sendable {
    let memory: UnsafeMutablePointer<UInt8>
    init(_ bytes: [UInt8]) {
      memory = .allocate(capacity: max(bytes.count, 1))
      memory.initialize(to: 0)
      bytes.withUnsafeBufferPointer { source in
        if let start = source.baseAddress { memory.update(from: start, count: source.count) }
      }
    }
    deinit { memory.deallocate() }
  }
}

/// Numbers of one to four bytes each, as many as the largest takes: few pages of memory are touched then.
struct NumberWidth: Sendable {
  let bytes: Int
  let mask: UInt32
  /// Bytes after the last number, so that four can be read at once.
  static let padding = 3

  init(bytes: Int) {
    self.bytes = bytes
    mask = .max >> UInt32(32 - 8 * bytes)
  }

  init(of values: some Sequence<Int>) {
    let largest = values.max() ?? 0
    self.init(bytes: (1...4).first { largest < 1 << (7 * $0) } ?? 4)
  }
}

/// A list of numbers that is read where it lies.
///
/// Half of what a bot is compiled to are such lists, of which a conversation touches little: decoding
/// them took a fifth of the time to the first reply.
public struct CompiledNumbers: Sendable {
  private let source: CompiledBytes
  private let start: Int
  private let width: NumberWidth
  public let count: Int

  /// A list that `CompiledWriter.signed` wrote.
  public init(_ reader: inout CompiledReader) {
    source = reader.source
    count = reader.number()
    width = NumberWidth(bytes: reader.number())
    start = reader.place
    precondition(start + size <= source.count, "compiled numbers: the list is cut off")
    reader.skip(size)
  }

  private var size: Int { count * width.bytes + NumberWidth.padding }

  @inline(__always)
  public subscript(_ i: Int) -> Int {
    precondition(i >= 0 && i < count, "compiled numbers: index out of range")
    return source.uncheckedNumber(at: start &+ i &* width.bytes, mask: width.mask) &- 1
  }

  /// Calls `body` with each number of the range.
  @inline(__always)
  func forEach(in range: Range<Int>, _ body: (Int) -> Void) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "compiled numbers: range out of range")
    var at = start &+ range.lowerBound &* width.bytes
    for _ in range {
      body(source.uncheckedNumber(at: at, mask: width.mask) &- 1)
      at &+= width.bytes
    }
  }

  var indices: Range<Int> { 0..<count }
}

/// Writes the compiled form.
public struct CompiledWriter {
  public private(set) var bytes: [UInt8] = []
  public init() {}

  /// Appends a number of at most 28 bits.
  public mutating func number(_ value: Int) { number(value, NumberWidth(bytes: 4)) }

  mutating func number(_ value: Int, _ width: NumberWidth) {
    precondition(value >= 0 && value < 1 << (7 * width.bytes), "the compiled form holds numbers of 28 bits")
    for i in 0..<width.bytes { bytes.append(UInt8(value >> (7 * i) & 0x7f)) }
  }

  /// Appends a number of at most 35 bits.
  mutating func longNumber(_ value: Int) {
    number(value & (1 << 28 - 1))
    bytes.append(UInt8(value >> 28))
  }

  public mutating func numbers(_ values: [Int]) {
    number(values.count)
    for value in values { number(value) }
  }

  /// Appends numbers from -1 on, to be read in place as `CompiledNumbers`.
  public mutating func signed(_ values: [Int]) {
    let width = NumberWidth(of: values.lazy.map { $0 + 1 })
    number(values.count)
    number(width.bytes)
    for value in values { number(value + 1, width) }
    bytes += [UInt8](repeating: 0, count: NumberWidth.padding)
  }

  public mutating func text(_ value: String) {
    let utf8 = Array(value.utf8)
    number(utf8.count)
    bytes += utf8
  }

  public mutating func texts(_ values: [String]) {
    number(values.count)
    for value in values { text(value) }
  }

  public mutating func flag(_ value: Bool) { number(value ? 1 : 0) }

  /// Appends what another writer wrote.
  public mutating func append(_ written: [UInt8]) { bytes += written }

  /// Appends bytes below 128 as they are, after their count.
  public mutating func raw(_ values: [UInt8]) {
    precondition(values.allSatisfy { $0 < 128 }, "the compiled form holds bytes of seven bits")
    number(values.count)
    bytes += values
  }
}

/// Reads the compiled form from a place onwards.
public struct CompiledReader: Sendable {
  public let source: CompiledBytes
  public private(set) var place: Int

  public init(_ source: CompiledBytes, at place: Int = 0) {
    self.source = source
    self.place = place
  }

  public mutating func number() -> Int {
    defer { place += 4 }
    return source.number(at: place)
  }

  public mutating func numbers() -> [Int] {
    let n = number()
    defer { place += n * 4 }
    return (0..<n).map { [source, place] in source.number(at: place + $0 * 4) }
  }

  public mutating func text() -> String {
    let n = number()
    defer { place += n }
    return source.text(at: place, count: n)
  }

  public mutating func texts() -> [String] {
    let n = number()
    return (0..<n).map { _ in text() }
  }

  public mutating func flag() -> Bool { number() != 0 }

  public mutating func skip(_ n: Int) { place += n }

  /// The place and length of bytes that are used where they lie.
  public mutating func raw() -> Range<Int> {
    let n = number()
    defer { place += n }
    return place..<(place + n)
  }
}
