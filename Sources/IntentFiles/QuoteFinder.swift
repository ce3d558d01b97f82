/// Finds the quotation that spoils a file: YAML tells of it far below, or in words of its own.
struct QuoteFinder {
  enum Fault: Equatable {
    /// It goes on beyond its line; a quotation may, and hardly ever should.
    case leftOpen(Position)
    /// Text stands behind its closing quote.
    case closedEarly(Position)
  }

  private let bytes: [UInt8]
  private var at = 0
  private var line = 1
  private var column = 1
  /// How many brackets of YAML are open.
  private var depth = 0
  private var indent = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The fault on which reading stopped in `line`.
  mutating func fault(at stop: Int) -> Fault? {
    var beginsValue = true
    while let c = byte(0), line <= stop {
      switch c {
      case 10, 13:
        beginsValue = true
        step()
        if c == 10 { indent = bytes[at...].prefix { $0 == 32 }.count }
      case 9, 32: step()
      case UInt8(ascii: "#") where column == 1 || [9, 32].contains(bytes[at - 1]): skipLine()
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard beginsValue else {
          step()
          continue
        }
        let opening = Position(line: line, column: column)
        let isClosed = skipQuotation(c)
        if !isClosed || line > opening.line && line >= stop { return .leftOpen(opening) }
        if line == stop, goesOn { return .closedEarly(opening) }
        beginsValue = false
      case UInt8(ascii: "|") where beginsValue && depth == 0, UInt8(ascii: ">") where beginsValue && depth == 0:
        skipBlock()
        beginsValue = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if beginsValue || depth > 0 { depth += 1 }
        step()
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth = max(0, depth - 1)
        step()
      case UInt8(ascii: ",") where depth > 0:
        beginsValue = true
        step()
      case UInt8(ascii: ":") where endsWord(1):
        beginsValue = true
        step()
      case UInt8(ascii: "-") where beginsValue && endsWord(1): step()
      default:
        beginsValue = false
        step()
      }
    }
    return nil
  }

  private func byte(_ ahead: Int) -> UInt8? { at + ahead < bytes.count ? bytes[at + ahead] : nil }

  private func endsWord(_ ahead: Int) -> Bool { byte(ahead).map { [9, 10, 13, 32].contains($0) } ?? true }

  /// Whether something stands behind a quotation that may not stand there.
  private var goesOn: Bool {
    let rest = bytes[at...].prefix { $0 != 10 && $0 != 13 }.drop { $0 == 32 || $0 == 9 }
    guard let next = rest.first else { return false }
    return !(":#".utf8.contains(next) || depth > 0 && ",]}".utf8.contains(next))
  }

  private mutating func step() {
    guard let c = byte(0) else { return }
    if c == 10 {
      (line, column) = (line + 1, 1)
    } else if byte(1).map({ $0 & 0xc0 != 0x80 }) ?? true {
      column += 1
    }
    at += 1
  }

  private mutating func skipLine() { while let c = byte(0), c != 10 { step() } }

  /// False where the end of the file comes first.
  private mutating func skipQuotation(_ quote: UInt8) -> Bool {
    step()
    while let c = byte(0) {
      if c == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        step()
      } else if c == quote {
        guard quote == UInt8(ascii: "'"), byte(1) == quote else {
          step()
          return true
        }
        step()
      }
      step()
    }
    return false
  }

  /// A text in lines of its own, indented more than the line it belongs to.
  private mutating func skipBlock() {
    skipLine()
    while byte(0) != nil {
      let next = bytes[(at + 1)...].prefix { $0 == 32 }.count
      let isBlank = at + 1 + next >= bytes.count || [10, 13].contains(bytes[at + 1 + next])
      guard isBlank || next > indent else { return }
      step()
      skipLine()
    }
  }
}
