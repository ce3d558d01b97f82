import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads lines from standard input in constant memory.
struct LineReader {
  /// What is kept of a longer line, in bytes; the rest is read and dropped.
  static let longest = 1 << 20

  private let closedIsEmpty: Bool
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  private var place = 0
  private var end = 0
  private var finished = false

  /// - Parameter closedIsEmpty: whether a standard input that is closed is taken for one without lines.
  init(closedIsEmpty: Bool = false) { self.closedIsEmpty = closedIsEmpty }

  /// Whether a whole line is there, so that reading it does not wait.
  var hasLine: Bool { buffer[place..<end].contains(10) }

  /// The next line without its end, and whether it was cut off; nil at the end of input. Throws status 3
  /// where it cannot be read.
  mutating func next() throws -> (line: [UInt8], cut: Bool)? {
    var line: [UInt8] = []
    var cut = false
    var any = false
    while true {
      if place == end {
        guard try fill() else { return any ? (line, cut) : nil }
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

  private mutating func fill() throws -> Bool {
    guard !finished else { return false }
    while true {
      let n = buffer.withUnsafeMutableBytes { read(0, $0.baseAddress, $0.count) }
      if n > 0 {
        place = 0
        end = n
        return true
      }
      if n < 0, errno == EINTR || Waiting.isNeeded(0, POLLIN) { continue }
      finished = true
      guard n == 0 || errno == EBADF && closedIsEmpty else {
        throw Failure.system("cannot read standard input: \(String(cString: strerror(errno)))")
      }
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
        if errno == EINTR || Waiting.isNeeded(1, POLLOUT) { continue }
        if errno == EPIPE || isTerminal && errno == EIO { throw ClosedPipe() }
        throw Failure.system("cannot write to standard output: \(String(cString: strerror(errno)))")
      }
      from += n
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// Writes a whole text. That nobody reads it to its end is no failure.
  static func put(_ text: String) throws {
    var output = Output()
    do {
      try output.write(text)
      try output.flush()
    } catch is ClosedPipe {}
  }
}

/// Descriptors that another program has set not to wait.
private enum Waiting {
  /// Whether the last call would have had to wait; if so, waits until it need not.
  static func isNeeded(_ descriptor: Int32, _ event: Int32) -> Bool {
    guard errno == EAGAIN else { return false }
    var ready = pollfd(fd: descriptor, events: Int16(event), revents: 0)
    poll(&ready, 1, -1)
    return true
  }
}

/// Nobody reads the output any more.
struct ClosedPipe: Error {}
