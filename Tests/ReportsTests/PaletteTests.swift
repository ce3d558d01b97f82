import Graphs
import Testing

@Suite struct PaletteTests {
  /// Relative luminance after WCAG 2.1.
  private func luminance(_ colour: String) -> Double {
    let value = Int(colour.dropFirst(), radix: 16) ?? 0
    func linear(_ shift: Int) -> Double {
      let c = Double((value >> shift) & 0xff) / 255
      return c <= 0.04045 ? c / 12.92 : power((c + 0.055) / 1.055)
    }
    return 0.2126 * linear(16) + 0.7152 * linear(8) + 0.0722 * linear(0)
  }

  /// x to the power of 2.4, as x squared times the fifth root of x squared.
  private func power(_ x: Double) -> Double {
    var root = 1.0
    for _ in 0..<60 { root = (4 * root + x * x / (root * root * root * root)) / 5 }
    return x * x * root
  }

  private func contrast(_ a: String, _ b: String) -> Double {
    let (low, high) = (min(luminance(a), luminance(b)), max(luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)
  }

  @Test func contrastIsMeasuredRight() {
    #expect(abs(contrast("#000000", "#ffffff") - 21) < 0.001)
    #expect(abs(contrast("#777777", "#ffffff") - 4.478) < 0.001)
  }

  @Test(arguments: [Palette.light, .dark]) func textReachesContrastAA(_ p: Palette) {
    let grounds = [p.paper, p.box, p.accentBox, p.outerBox, p.badBox]
    for text in [p.ink, p.soft] {
      for ground in grounds { #expect(contrast(text, ground) >= 4.5, "\(text) on \(ground)") }
    }
    for text in [p.accent, p.good, p.bad] { #expect(contrast(text, p.paper) >= 4.5, "\(text) on \(p.paper)") }
    #expect(contrast(p.accent, p.accentBox) >= 4.5)
    for line in [p.border, p.outer, p.bad, p.accent] { #expect(contrast(line, p.paper) >= 3, "\(line) on \(p.paper)") }
  }
}
