/// What a mistyped word may have meant.
public enum Nearest {
  /// Up to three of `words` that `typed` begins, or that lie within a slip or two of it, nearest first.
  public static func words(to typed: String, among words: [String]) -> [String] {
    let typed = Array(typed.lowercased().prefix(40))
    guard !typed.isEmpty else { return [] }
    let allowed = typed.count < 4 ? 1 : 2
    let near = words.compactMap { word -> (word: String, slips: Int)? in
      let letters = Array(word.lowercased())
      if letters.starts(with: typed) { return (word, 0) }
      let slips = slips(from: typed, to: letters)
      return slips <= allowed ? (word, slips) : nil
    }
    let fewest = near.map(\.slips).min()
    return Array(near.filter { $0.slips == fewest }.map(\.word).sorted().prefix(3))
  }

  /// Letters left out, added, mistaken or swapped with their neighbour (Damerau's distance, the
  /// restricted form).
  static func slips(from a: [Character], to b: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var least = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, beforeLast[j - 1] + 1) }
        row.append(least)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
