import Foundation
import PackagePlugin

/// Compiles `Intents/` into the binary.
@main struct EmbedIntents: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let output = context.pluginWorkDirectoryURL.appending(path: "CompiledBot.swift")
    if let compiled = ProcessInfo.processInfo.environment["COMPILED_INTENTS"] {
      let input = URL(fileURLWithPath: compiled)
      return [
        .buildCommand(
          displayName: "Taking the compiled intents", executable: URL(fileURLWithPath: "/bin/cp"),
          arguments: [input.path, output.path], inputFiles: [input], outputFiles: [output])
      ]
    }
    let folder = context.package.directoryURL.appending(path: "Intents")
    let files =
      (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects as? [URL] ?? [])
      .filter { ["yaml", "yml", "txt"].contains($0.pathExtension) }
      .sorted { $0.path < $1.path }
    return [
      .buildCommand(
        displayName: "Compiling \(files.count) intent files", executable: try context.tool(named: "intentc").url,
        arguments: [output.path, folder.path], inputFiles: files, outputFiles: [output])
    ]
  }
}
