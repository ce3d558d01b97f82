import Graphs

extension ReportPage {
  mutating func graph() -> Markup {
    let whole = DialogueGraph(bot).whole()
    // Every declared place is linked to before the pictures are drawn, so that it is in the listing.
    var addresses: [String: String] = [:]
    for place in Set(whole.nodes.map(\.place)).sorted() where !place.isEmpty {
      addresses[place] = lines.address(of: place)
    }
    let pictures = SVGPicture { addresses[$0] }.elements(whole)
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
