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
  private enum Form {
    case known(Value)
    case compiled(CompiledReader, @Sendable (inout CompiledReader) -> Value)
  }

  private let form: Mutex<Form>

  init(_ value: Value) { form = Mutex(.known(value)) }

  init(_ reader: CompiledReader, _ read: @escaping @Sendable (inout CompiledReader) -> Value) {
    form = Mutex(.compiled(reader, read))
  }

  var value: Value {
    form.withLock { form in
      switch form {
      case .known(let value): return value
      case .compiled(var reader, let read):
        let value = read(&reader)
        form = .known(value)
        return value
      }
    }
  }
}
