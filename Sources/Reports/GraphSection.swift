import Graphs

extension ReportPage {
  mutating func graph() -> Markup {
    let dialogue = DialogueGraph(bot)
    let graphs =
      dialogue.isLarge ? [dialogue.map()] + dialogue.areas.compactMap(dialogue.drawing) : [dialogue.whole()]
    // Every declared place is linked to before the pictures are drawn, so that it is in the listing.
    var addresses: [String: String] = [:]
    for place in Set(graphs.flatMap(\.nodes).map(\.place)).sorted() where !place.isEmpty {
      addresses[place] = lines.address(of: place)
    }
    let pictures = graphs.flatMap { SVGPicture { addresses[$0] }.elements($0) }
    let figures = pictures.map { picture in
      """
      <figure class="scroll\(picture.isWide ? " wide" : "" as Markup)"><figcaption>\(picture.title)</figcaption>\(picture.svg)</figure>

      """ as Markup
    }
    return """
      <p class="soft">Arrows say what has to be heard. Dotted ones follow from what was said. A dashed box stands for
      one in another picture.</p>
      <div class="pictures">
      \(figures)</div>

      """
  }
}
