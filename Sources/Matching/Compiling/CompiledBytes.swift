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

  /// The 28-bit number at byte `i`.
  @inline(__always)
  func number(at i: Int) -> Int {
    precondition(i >= 0 && i &+ 4 <= count, "compiled bytes: index out of range")
    return uncheckedNumber(at: i)
  }

  @inline(__always)
  fileprivate func uncheckedNumber(at i: Int) -> Int {
    let x = UnsafeRawPointer(base + i).loadUnaligned(as: UInt32.self).littleEndian
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

  /// Adds rows of bytes to `sums`, lane by lane: those that begin at `starts`, each as long as `sums`.
  func add(rowsAt starts: ArraySlice<Int>, to sums: inout [Int32]) {
    let lanes = sums.count
    precondition(lanes % 16 == 0 && starts.count <= CompiledBytes.rowsAtOnce, "compiled bytes: too many rows")
    precondition(starts.allSatisfy { $0 >= 0 && $0 + lanes <= count }, "compiled bytes: row out of range")
    let source = UnsafeRawPointer(base)
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

/// A list of numbers that is read where it lies.
///
/// Half of what a bot is compiled to are such lists, of which a conversation touches little: decoding
/// them took a fifth of the time to the first reply.
struct CompiledNumbers: Sendable {
  private let source: CompiledBytes
  private let start: Int
  let count: Int

  /// A list that `CompiledWriter.signed` wrote.
  init(_ reader: inout CompiledReader) {
    source = reader.source
    count = reader.number()
    start = reader.place
    precondition(start + count * 4 <= source.count, "compiled numbers: the list is cut off")
    reader.skip(count * 4)
  }

  @inline(__always)
  subscript(_ i: Int) -> Int {
    precondition(i >= 0 && i < count, "compiled numbers: index out of range")
    return source.uncheckedNumber(at: start &+ i &* 4) &- 1
  }

  /// Calls `body` with each number of the range.
  @inline(__always)
  func forEach(in range: Range<Int>, _ body: (Int) -> Void) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "compiled numbers: range out of range")
    var at = start &+ range.lowerBound &* 4
    for _ in range {
      body(source.uncheckedNumber(at: at) &- 1)
      at &+= 4
    }
  }

  var indices: Range<Int> { 0..<count }
}

/// Writes the compiled form.
public struct CompiledWriter {
  public private(set) var bytes: [UInt8] = []
  public init() {}

  /// Appends a number of at most 28 bits.
  public mutating func number(_ value: Int) {
    precondition(value >= 0 && value < 1 << 28, "the compiled form holds numbers of 28 bits")
    for shift in [0, 7, 14, 21] { bytes.append(UInt8(value >> shift & 0x7f)) }
  }

  public mutating func numbers(_ values: [Int]) {
    number(values.count)
    for value in values { number(value) }
  }

  /// Appends numbers from -1 on, to be read in place as `CompiledNumbers`.
  mutating func signed(_ values: [Int]) { numbers(values.map { $0 + 1 }) }

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
