import Files
import Foundation
import Testing

@Suite("Whether a file has changed")
final class FileStampTests {
  private let root = FileManager.default.temporaryDirectory.path + "/apus-stamps-\(UUID().uuidString)"

  deinit { try? FileManager.default.removeItem(atPath: root) }

  @Test("one stamp while it stays, another when it is replaced by the same bytes, and one for all that is missing")
  func stamps() throws {
    let path = "\(root)/key"
    #expect(FileStamp(path) == FileStamp("\(root)/none"))
    try AtomicFile.write("one", to: path)
    let first = FileStamp(path)
    #expect(first == FileStamp(path))
    #expect(first != FileStamp("\(root)/none"))
    // The old one stays open under another name, so that its inode is not given to the new one.
    try FileManager.default.linkItem(atPath: path, toPath: "\(root)/old")
    try AtomicFile.write("one", to: "\(root)/next")
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: "\(root)/next", toPath: path)
    #expect(FileStamp(path) != first)
    #expect(FileStamp("\(root)/old") == first)
  }

  @Test("what is made of files is made again once they have changed and are whole")
  func reloaded() throws {
    let paths = ["\(root)/certificate", "\(root)/key"]
    for path in paths { try AtomicFile.write("one", to: path) }
    struct Torn: Error {}
    let files = try ReloadedFiles(paths, interval: .zero) {
      let texts = try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }
      guard texts[0] == texts[1] else { throw Torn() }
      return texts[0]
    }
    #expect(files.current() == "one")
    try AtomicFile.write("second", to: paths[0])
    #expect(files.current() == "one", "between the two writes")
    try AtomicFile.write("second", to: paths[1])
    #expect(files.current() == "second")
    let patient = try ReloadedFiles(paths, interval: .seconds(3600)) {
      try String(contentsOfFile: paths[0], encoding: .utf8)
    }
    try AtomicFile.write("third one", to: paths[0])
    #expect(patient.current() == "second", "not looked at before its time")
    try FileManager.default.removeItem(atPath: paths[0])
    #expect(throws: (any Error).self) {
      try ReloadedFiles(paths) { try String(contentsOfFile: paths[0], encoding: .utf8) }
    }
  }
}
