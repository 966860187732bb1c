import Files
import Foundation
import Testing

@Suite("Files that appear whole")
final class AtomicFileTests {
  private let root = FileManager.default.temporaryDirectory.path + "/apus-files-\(UUID().uuidString)"

  deinit { try? FileManager.default.removeItem(atPath: root) }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test("writes what is new, with its folders and its mode whatever the umask, and nothing else")
  func writes() throws {
    let path = "\(root)/a/b/key"
    #expect(try AtomicFile.write("one", to: path, mode: 0o600))
    #expect(try mode(path) == 0o600)
    #expect(try !AtomicFile.write("one", to: path, mode: 0o600))
    // The same content under other permissions is not the same file.
    #expect(try AtomicFile.write("one", to: path, mode: 0o666))
    #expect(try mode(path) == 0o666)
    #expect(try AtomicFile.write([0, 255, 10], to: path))
    #expect(AtomicFile.read(path) == [0, 255, 10])
    #expect(AtomicFile.read(path, limit: 2) == [0, 255])
    #expect(AtomicFile.read("\(root)/none") == nil)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(root)/a/b") == ["key"])
  }

  @Test("a link is replaced, not written through")
  func links() throws {
    try AtomicFile.write("theirs", to: "\(root)/theirs")
    try FileManager.default.createSymbolicLink(atPath: "\(root)/link", withDestinationPath: "\(root)/theirs")
    #expect(try AtomicFile.write("ours", to: "\(root)/link"))
    #expect(AtomicFile.read("\(root)/theirs") == Array("theirs".utf8))
    #expect(AtomicFile.read("\(root)/link") == Array("ours".utf8))
  }

  @Test("says what could not be done, and leaves nothing behind")
  func failures() throws {
    try AtomicFile.makeFolder("\(root)/folder/full")
    #expect(throws: AtomicFile.Failure(path: "\(root)/folder", operation: "rename to", code: 21)) {
      try AtomicFile.write("x", to: "\(root)/folder")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: root) == ["folder"])
    try AtomicFile.write("file", to: "\(root)/file")
    #expect(throws: AtomicFile.Failure.self) { try AtomicFile.write("x", to: "\(root)/file/below") }
  }
}
