/// What changed between two texts, word by word.
public struct WordDifference: Sendable, Equatable {
  public enum Piece: Sendable, Equatable {
    case same(String)
    case removed(String)
    case added(String)
  }

  /// In the order of reading; what was removed stands before what was added in its place.
  public private(set) var pieces: [Piece] = []
  /// The share of words that both have, from 0 to 1.
  public private(set) var likeness = 1.0

  /// Tables larger than this are not filled: the texts are then shown one after the other.
  private static let largestTable = 1 << 22

  /// The longest common subsequence of words (Wagner and Fischer 1974), in the product of their numbers.
  public init(from old: String, to new: String) {
    let a = old.split(whereSeparator: \.isWhitespace)
    let b = new.split(whereSeparator: \.isWhitespace)
    guard !a.isEmpty || !b.isEmpty else { return }
    guard a.count * b.count <= WordDifference.largestTable else {
      likeness = 0
      add(a[...], b[...])
      return
    }
    let width = b.count + 1
    var longest = [Int32](repeating: 0, count: (a.count + 1) * width)
    for i in a.indices.reversed() {
      for j in b.indices.reversed() {
        longest[i * width + j] =
          a[i] == b[j]
          ? longest[(i + 1) * width + j + 1] + 1
          : max(longest[(i + 1) * width + j], longest[i * width + j + 1])
      }
    }
    likeness = Double(2 * longest[0]) / Double(a.count + b.count)
    var (i, j) = (0, 0)
    while i < a.count || j < b.count {
      let fromI = i
      while i < a.count, j < b.count, a[i] == b[j] {
        i += 1
        j += 1
      }
      if i > fromI { addSame(a[fromI..<i], atEnd: i == a.count && j == b.count) }
      let (changedI, changedJ) = (i, j)
      while i < a.count || j < b.count {
        if i < a.count, j < b.count, a[i] == b[j] { break }
        if j == b.count || (i < a.count && longest[(i + 1) * width + j] >= longest[i * width + j + 1]) {
          i += 1
        } else {
          j += 1
        }
      }
      add(a[changedI..<i], b[changedJ..<j])
    }
  }

  /// A single word that both have by chance, in the midst of what changed, is shown as changed with the rest.
  private mutating func addSame(_ words: ArraySlice<Substring>, atEnd: Bool) {
    let text = words.joined(separator: " ")
    guard words.count == 1, !atEnd, case .added(let new)? = pieces.last, pieces.count >= 2,
      case .removed(let old) = pieces[pieces.count - 2]
    else { return pieces.append(.same(text)) }
    pieces.removeLast(2)
    pieces += [.removed(old + " " + text), .added(new + " " + text)]
  }

  private mutating func add(_ removed: ArraySlice<Substring>, _ added: ArraySlice<Substring>) {
    let (old, new) = (removed.joined(separator: " "), added.joined(separator: " "))
    // Right behind a change it goes on with that change.
    if case .added(let before)? = pieces.last, pieces.count >= 2, case .removed(let gone) = pieces[pieces.count - 2] {
      pieces.removeLast(2)
      pieces.append(.removed(old.isEmpty ? gone : gone + " " + old))
      pieces.append(.added(new.isEmpty ? before : before + " " + new))
      return
    }
    if !old.isEmpty { pieces.append(.removed(old)) }
    if !new.isEmpty { pieces.append(.added(new)) }
  }
}
