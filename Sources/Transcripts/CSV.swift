/// Rows of a table in comma-separated values (RFC 4180), with any separator: cells may be quoted, a quotation
/// mark in them is written twice, a quoted cell may hold line ends.
public struct CSV: Sendable {
  public struct Row: Sendable {
    /// The line on which it begins, from 1.
    public var line: Int
    public var cells: [String]
  }

  public var header: [String]
  public var rows: [Row]

  /// Reads a table whose first row names the columns.
  public init(_ text: String, separator: Character = ",") throws(TranscriptError) {
    guard let separator = separator.utf8.first, separator < 0x80 else {
      throw TranscriptError(line: 1, message: "the separator is no single sign", mend: "give , or ; or a tab")
    }
    var rows = try CSV.read(Array(text.utf8), separator)[...]
    guard let first = rows.popFirst() else {
      throw TranscriptError(line: 1, message: "the table is empty", mend: "name the columns in its first row")
    }
    header = first.cells.map { Transcript.trim($0.filter { $0 != "\u{feff}" }) }
    for row in rows where row.cells.count != header.count {
      throw TranscriptError(
        line: row.line, message: "this row has \(row.cells.count) cells, the first one \(header.count)",
        mend: "put quotation marks around cells that hold the separator, or choose another separator")
    }
    self.rows = Array(rows)
  }

  private static func read(_ bytes: [UInt8], _ separator: UInt8) throws(TranscriptError) -> [Row] {
    var rows: [Row] = []
    var cells: [String] = []
    var cell: [UInt8] = []
    var (line, rowLine, quoteLine) = (1, 1, 0)
    var isQuoted = false
    var hasContent = false
    func endRow() {
      cells.append(String(decoding: cell, as: UTF8.self))
      if hasContent || cells.count > 1 { rows.append(Row(line: rowLine, cells: cells)) }
      (cells, cell, hasContent) = ([], [], false)
    }
    var i = 0
    while i < bytes.count {
      let byte = bytes[i]
      let next = i + 1 < bytes.count ? bytes[i + 1] : 0
      i += 1
      if byte == 0x0a { line += 1 }
      if isQuoted {
        if byte == quote, next == quote {
          cell.append(quote)
          i += 1
        } else if byte == quote {
          isQuoted = false
        } else {
          cell.append(byte)
        }
      } else if byte == quote, cell.isEmpty {
        (isQuoted, hasContent, quoteLine) = (true, true, line)
      } else if byte == separator {
        cells.append(String(decoding: cell, as: UTF8.self))
        cell = []
      } else if byte == 0x0a {
        endRow()
        rowLine = line
      } else if byte != 0x0d || next != 0x0a {
        cell.append(byte)
        hasContent = true
      }
    }
    guard !isQuoted else {
      throw TranscriptError(
        line: quoteLine, message: "the quotation mark that opens a cell here is never closed",
        mend: "close it, and write a quotation mark inside a cell twice")
    }
    if hasContent || !cells.isEmpty { endRow() }
    return rows
  }

  private static let quote = UInt8(ascii: "\"")
}
