import Glibc
package import Replay

/// One member's recording on disk, for tools.
package struct RecordingFiles: Sendable {
  /// Nothing there to be replayed.
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
  }

  /// The segments' files, in their order.
  package let files: [String]

  /// - Parameter path: a segment's file; a folder of them; a data folder with a recording in it (the host's, or the
  ///   store's).
  package init(_ path: String) throws(Failure) {
    var status = stat()
    guard stat(path, &status) == 0 else { throw Failure(description: "\(path): \(String(cString: strerror(errno)))") }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      files = [path]
      return
    }
    for folder in [path, "\(path)/record", "\(path)/store/record"] {
      let names = Self.names(in: folder).filter { $0.hasSuffix(".\(RecordFormat.fileExtension)") }.sorted()
      guard !names.isEmpty else { continue }
      files = names.map { "\(folder)/\($0)" }
      return
    }
    throw Failure(description: "\(path): there is no recording (*.\(RecordFormat.fileExtension)) in it")
  }

  private static func names(in path: String) -> [String] {
    guard let handle = opendir(path) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }

  /// Replays all of it, a segment at a time. What cannot be read is in the report.
  package func replay(_ options: Replayer.Options = .init(), tell: @escaping (ReplayLine) -> Void) -> Replayer {
    var replayer = Replayer(options, tell: tell)
    for file in files {
      guard let bytes = Self.read(file) else {
        // The ring goes on while it is looked at: the oldest may have gone.
        if errno != ENOENT { replayer.cannotRead("\(file): \(String(cString: strerror(errno)))") }
        continue
      }
      do throws(RecordDefect) {
        replayer.replay(try RecordSegment(reading: bytes), from: Self.name(file))
      } catch {
        if error == .tooShort, file == files.last, files.count > 1 { continue }
        replayer.cannotRead("\(file): \(error)")
      }
    }
    return replayer
  }

  private static func name(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  private static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = piece.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += piece[0..<count]
    }
  }
}
