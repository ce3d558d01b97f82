import Matching
import Synchronization

/// A list whose elements are decoded from the compiled form when they are first asked for, and then kept: a
/// conversation touches few of them.
public struct DeferredList<Element: Sendable>: RandomAccessCollection, Sendable {
  private let elements: [Deferred<Element>]

  public var startIndex: Int { 0 }
  public var endIndex: Int { elements.count }
  public subscript(_ i: Int) -> Element { elements[i].value }

  /// A list of what is there already.
  init(_ elements: [Element]) { self.elements = elements.map(Deferred.init) }

  /// Passes over the list in the compiled form.
  init(_ reader: inout CompiledReader, _ read: @escaping @Sendable (inout CompiledReader) -> Element) {
    let sizes = reader.numbers()
    var elements: [Deferred<Element>] = []
    elements.reserveCapacity(sizes.count)
    for size in sizes {
      elements.append(Deferred(reader, read))
      reader.skip(size)
    }
    self.elements = elements
  }

  static func write(
    _ elements: some Sequence<Element>, to writer: inout CompiledWriter,
    _ write: (inout CompiledWriter, Element) -> Void
  ) {
    let written = elements.map { element in
      var part = CompiledWriter()
      write(&part, element)
      return part.bytes
    }
    writer.numbers(written.map(\.count))
    for bytes in written { writer.append(bytes) }
  }
}

/// One of them. Whichever thread asks first decodes it.
private final class Deferred<Value: Sendable>: Sendable {
  private let known: Mutex<Value?>
  private let reader: CompiledReader?
  private let read: (@Sendable (inout CompiledReader) -> Value)?

  init(_ value: Value) {
    known = Mutex(value)
    reader = nil
    read = nil
  }

  init(_ reader: CompiledReader, _ read: @escaping @Sendable (inout CompiledReader) -> Value) {
    known = Mutex(nil)
    self.reader = reader
    self.read = read
  }

  var value: Value {
    known.withLock { known in
      if let known { return known }
      guard var reader, let read else { preconditionFailure("neither known nor to be decoded") }
      let value = read(&reader)
      known = value
      return value
    }
  }
}
