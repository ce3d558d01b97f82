import Foundation
import Terminal

/// What can follow `/save`, for Tab.
enum SavedNames {
  /// A name that is still free, what has been saved here, the folders to save in, and the options.
  static func here() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: ".")) ?? []
    let folders = names.filter { name in
      var isFolder: ObjCBool = false
      return !name.hasPrefix(".") && Text.printable(name) == name
        && FileManager.default.fileExists(atPath: name, isDirectory: &isFolder) && isFolder.boolValue
    }
    let saved = names.filter { $0.hasSuffix(".txt") && !$0.hasPrefix(".") && Text.printable($0) == $0 }
    return ["drawbridge-conversation.txt"].filter { !names.contains($0) } + saved + saved.map { $0 + " --overwrite" }
      + folders.map { $0 + "/" } + ["off", "--redact", "--overwrite"]
  }
}
