// GenerateAPI: writes the typed Swift of the API's types from the schema tables.
//
//     swift run GenerateAPI [FOLDER]      default: Sources/API/KubernetesAPI/Generated

import APISchema
import FoundationEssentials

let folder = CommandLine.arguments.dropFirst().first ?? "Sources/API/KubernetesAPI/Generated"
let files = SwiftGenerator(schema: .builtIn, resources: .builtIn).files()
let manager = FileManager.default
try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
for stale in try manager.contentsOfDirectory(atPath: folder) where !files.contains(where: { $0.name == stale }) {
  try manager.removeItem(atPath: "\(folder)/\(stale)")
}
for file in files {
  try Data(file.text.utf8).write(to: URL(filePath: "\(folder)/\(file.name)"))
}
print("wrote \(files.count) files to \(folder)")
