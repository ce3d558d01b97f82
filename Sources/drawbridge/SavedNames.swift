import Foundation
import Terminal

/// Names that a conversation can be saved under, for Tab.
enum SavedNames {
  /// A name of today's date that is still free, and the folders to save in.
  static func here() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: ".")) ?? []
    let folders = names.filter { name in
      var isFolder: ObjCBool = false
      return !name.hasPrefix(".") && Text.printable(name) == name
        && FileManager.default.fileExists(atPath: name, isDirectory: &isFolder) && isFolder.boolValue
    }
    return ["drawbridge-conversation.txt"].filter { !names.contains($0) } + folders.map { $0 + "/" }
  }
}
