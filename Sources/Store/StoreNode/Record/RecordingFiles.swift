import Glibc
import RaftLog
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
      let names = ((try? Folder.names(folder)) ?? []).filter { $0.hasSuffix(".\(RecordFormat.fileExtension)") }
      guard !names.isEmpty else { continue }
      files = names.map { "\(folder)/\($0)" }
      return
    }
    throw Failure(description: "\(path): there is no recording (*.\(RecordFormat.fileExtension)) in it")
  }

  /// Replays all of it, a segment at a time. What cannot be read is in the report.
  package func replay(_ options: Replayer.Options = .init(), tell: @escaping (ReplayLine) -> Void) -> Replayer {
    var replayer = Replayer(options, tell: tell)
    for file in files {
      let bytes: [UInt8]
      do throws(StorageError) {
        let file = try File(file, flags: O_RDONLY)
        bytes = try file.read(at: 0, count: Int(file.size()))
      } catch {
        // The ring goes on while it is looked at: the oldest may have gone.
        if Folder.exists(file) { replayer.cannotRead("\(error)") }
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
}
