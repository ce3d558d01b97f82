import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads lines from a file descriptor in constant memory.
struct LineReader {
  /// What is kept of a longer line, in bytes; the rest is read and dropped.
  static let longest = 1 << 20

  private let descriptor: Int32
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var place = 0
  private var end = 0
  private var finished = false

  init(_ descriptor: Int32 = 0) { self.descriptor = descriptor }

  /// The next line without its end, and whether it was cut off; nil at the end of input.
  mutating func next() -> (line: [UInt8], cut: Bool)? {
    var line: [UInt8] = []
    var cut = false
    var any = false
    while true {
      if place == end {
        guard fill() else { return any ? (line, cut) : nil }
      }
      any = true
      let rest = buffer[place..<end]
      let stop = rest.firstIndex(of: 10)
      let piece = rest[..<(stop ?? end)]
      let room = LineReader.longest - line.count
      if piece.count > room { cut = true }
      line += piece.prefix(room)
      place = stop.map { $0 + 1 } ?? end
      if stop != nil {
        if line.last == 13 { line.removeLast() }
        return (line, cut)
      }
    }
  }

  private mutating func fill() -> Bool {
    guard !finished else { return false }
    while true {
      let n = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if n > 0 {
        place = 0
        end = n
        return true
      }
      if n < 0, errno == EINTR { continue }
      finished = true
      return false
    }
  }
}

/// Writes to standard output in large pieces.
struct Output {
  private var buffer: [UInt8] = []
  private let size: Int
  private let isTerminal: Bool

  /// - Parameter isTerminal: that it fails means that the terminal was closed.
  init(bufferSize: Int = 1 << 16, isTerminal: Bool = false) {
    size = bufferSize
    self.isTerminal = isTerminal
  }

  mutating func write(_ text: String) throws {
    buffer += Array(text.utf8)
    if buffer.count >= size { try flush() }
  }

  /// Hands everything to the system. Throws a quiet exit where nobody reads any more, and status 3
  /// where it cannot be written.
  mutating func flush() throws {
    var from = 0
    while from < buffer.count {
      let n = buffer.withUnsafeBytes { bytes in
        #if canImport(Glibc)
          Glibc.write(1, bytes.baseAddress! + from, bytes.count - from)
        #else
          Darwin.write(1, bytes.baseAddress! + from, bytes.count - from)
        #endif
      }
      if n < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE || isTerminal && errno == EIO { throw ClosedPipe() }
        throw Failure.system("cannot write to standard output: \(String(cString: strerror(errno)))")
      }
      from += n
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

/// Nobody reads the output any more.
struct ClosedPipe: Error {}
