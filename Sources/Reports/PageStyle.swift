import Graphs

/// The style sheet of the page: light, dark, and on paper.
enum PageStyle {
  static let sheet: Markup = """

    :root { color-scheme: light dark; \(variables(.light)) }
    @media screen and (prefers-color-scheme: dark) { :root { \(variables(.dark)) } }
    * { box-sizing: border-box }
    html { scroll-padding-top: 1rem }
    body { margin: 0 auto; padding: 1.5rem; max-width: 76rem; background: var(--paper); color: var(--ink);
      font: 15px/1.5 system-ui, "Segoe UI", Helvetica, Arial, sans-serif }
    h1 { margin: 0; font-size: 1.7rem } h2 { margin: 2.5rem 0 .8rem; font-size: 1.35rem } h3 { margin: 1.6rem 0 .5rem }
    a { color: var(--accent) }
    nav a { margin-right: 1rem; white-space: nowrap }
    .soft, .place, figcaption { color: var(--soft) } a.place { font-size: .85em }
    .good { color: var(--good); font-weight: 600 } .bad { color: var(--bad); font-weight: 600 }
    table { border-collapse: collapse; min-width: 30rem }
    th, td { padding: .3rem .7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--border) }
    th { background: var(--box) } .n { text-align: right; font-variant-numeric: tabular-nums }
    meter { width: 8rem; vertical-align: middle }
    .scroll { overflow-x: auto; max-width: 100% }
    details { margin: .4rem 0; border: 1px solid var(--border); border-radius: 6px; padding: .4rem .8rem }
    summary { cursor: pointer } details[open] > summary { margin-bottom: .5rem }
    ul, ol { margin: .3rem 0; padding-left: 1.4rem } .columns { columns: 22rem; column-gap: 2rem } li { break-inside: avoid }
    figure { margin: 1rem 0 } .pictures { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; align-items: flex-start }
    .pictures figcaption { font-weight: 600; color: var(--ink) }
    del { color: var(--bad) } ins { color: var(--good); text-decoration: none }
    pre { overflow-x: auto; margin: 0; font-size: 12.5px } pre i { color: var(--soft); font-style: normal; user-select: none }
    pre b { font-weight: 600 } :target { outline: 2px solid var(--accent); background: var(--accent-box) }
    .gap { color: var(--soft) }
    .key { padding: 0 .4rem; border-left: 1em solid } \
    .k0 { border-color: var(--heat0) } .k1 { border-color: var(--heat1) } .k2 { border-color: var(--heat2) } \
    .k3 { border-color: var(--heat3) } .k4 { border-color: var(--heat4) }
    \(SVGPicture.style)\(HeatMap.style)
    @page { margin: 15mm } @page wide { size: A4 landscape; margin: 10mm }
    @media print {
      body { max-width: none; padding: 0; font-size: 10pt } nav, #files { display: none }
      a { color: inherit; text-decoration: none } .scroll { overflow: visible }
      svg { max-width: 100%; height: auto } .wide { page: wide } tr, figure { break-inside: avoid } h2, h3 { break-after: avoid }
      .key, meter, rect { print-color-adjust: exact; -webkit-print-color-adjust: exact }
    }

    """

  private static func variables(_ p: Palette) -> Markup {
    let heat = p.heat.enumerated().map { "--heat\($0): \($1); " as Markup }
    return """
      --ink: \(p.ink); --soft: \(p.soft); --paper: \(p.paper); --box: \(p.box); --border: \(p.border); \
      --accent: \(p.accent); --accent-box: \(p.accentBox); --bad: \(p.bad); --good: \(p.good); \(heat)
      """
  }
}
