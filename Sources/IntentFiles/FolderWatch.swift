import Foundation

/// Notices that the files of a folder have changed: names, sizes and times, looked at when asked.
public struct FolderWatch: Sendable {
  private let path: String
  private var seen: [String: Stamp]

  private struct Stamp: Equatable, Sendable {
    var size: Int
    var time: Date
  }

  public init(_ path: String) {
    self.path = path
    seen = FolderWatch.stamps(path)
  }

  /// Whether anything has changed since it was asked last.
  public mutating func hasChanged() -> Bool {
    let now = FolderWatch.stamps(path)
    defer { seen = now }
    return now != seen
  }

  private static func stamps(_ path: String) -> [String: Stamp] {
    var stamps: [String: Stamp] = [:]
    var pending = [path]
    while let folder = pending.popLast(), stamps.count < 20_000 {
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] where !name.hasPrefix(".") {
        let file = folder + "/" + name
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: file) else { continue }
        switch attributes[.type] as? FileAttributeType {
        case .typeDirectory?: pending.append(file)
        case .typeRegular? where [".yaml", ".yml", ".txt"].contains { name.hasSuffix($0) }:
          stamps[file] = Stamp(
            size: attributes[.size] as? Int ?? 0, time: attributes[.modificationDate] as? Date ?? .distantPast)
        default: break
        }
      }
    }
    return stamps
  }
}
