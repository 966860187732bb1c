import APISchema
import FoundationEssentials
import GenerateAPI
import Testing

@Suite struct GeneratedCodeTests {
  /// The committed code is what the generator writes from the tables as they are.
  @Test func theCommittedCodeIsTheGeneratorsOutput() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appending(path: "Sources/API/KubernetesAPI/Generated").path
    let files = SwiftGenerator(schema: .builtIn, resources: .builtIn).files()
    let committed = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(Set(committed) == Set(files.map(\.name)))
    for file in files {
      let text = try String(decoding: Data(contentsOf: URL(filePath: "\(folder)/\(file.name)")), as: UTF8.self)
      #expect(text == file.text, "run `swift run GenerateAPI`: \(file.name) is out of date")
    }
  }
}
