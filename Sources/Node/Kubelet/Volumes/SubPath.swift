import Files
import Glibc
import NodeNetwork

/// A place below a volume's root, resolved so that nothing a container does meanwhile leads out of the volume.
///
/// A path is only text: between its check and its use a container can put a link where a folder was. So each part is
/// opened from the descriptor of the one before, links are read and walked by the same rule, and what is mounted is
/// what the last descriptor holds.
package enum SubPath {
  /// As many as Linux follows itself.
  private static let mostLinks = 40
  /// `O_PATH`: Linux' number on every machine that Swift runs on; Swift's Glibc module does not import it.
  private static let pathOnly: CInt = 0o10_000_000

  /// Opens what `path` names below the folder `root` (whose own links are followed: it is the kubelet's or the
  /// administrator's) and calls `body` with the descriptor (`O_PATH`) and whether it is a folder.
  /// - Parameter mayMake: make missing folders, for everybody, with the group of the folder that they are made in.
  /// - Throws: `VolumeFailure` where a link leads out of `root`, or there is nothing.
  package static func open<Result>(
    _ path: String, below root: String, mayMake: Bool,
    _ body: (_ descriptor: CInt, _ isFolder: Bool) throws(VolumeFailure) -> Result
  ) throws(VolumeFailure) -> Result {
    func failure(_ code: CInt) -> VolumeFailure {
      VolumeFailure("subPath \"\(path)\": \(String(cString: strerror(code)))")
    }
    // The folders on the way, so that ".." in a link goes back where the walk came from and nowhere else.
    var walked: [CInt] = []
    defer { for descriptor in walked { close(descriptor) } }
    let base = Glibc.open(root, pathOnly | O_CLOEXEC)
    guard base >= 0 else { throw failure(errno) }
    walked.append(base)
    var rest = try parts(path)
    var links = 0
    while let part = rest.popLast() {
      if part == ".." {
        guard walked.count > 1 else { throw VolumeFailure("subPath \"\(path)\" leads out of the volume") }
        close(walked.removeLast())
        continue
      }
      let here = walked[walked.count - 1]
      var next = openat(here, part, pathOnly | O_NOFOLLOW | O_CLOEXEC)
      if next < 0, errno == ENOENT, mayMake {
        try makeFolder(part, in: here, failure)
        next = openat(here, part, pathOnly | O_NOFOLLOW | O_CLOEXEC)
      }
      guard next >= 0 else { throw failure(errno) }
      guard try kind(of: next, failure) == S_IFLNK else {
        walked.append(next)
        continue
      }
      defer { close(next) }
      links += 1
      guard links <= mostLinks else { throw failure(ELOOP) }
      let target = try link(next, failure)
      guard !target.hasPrefix("/") else { throw VolumeFailure("subPath \"\(path)\" leads out of the volume") }
      rest += try parts(target)
    }
    let last = walked[walked.count - 1]
    return try body(last, try kind(of: last, failure) == S_IFDIR)
  }

  /// The parts of a path, the last first.
  private static func parts(_ path: String) throws(VolumeFailure) -> [String] {
    guard !path.utf8.contains(0) else { throw VolumeFailure("a path has a NUL byte in it") }
    return path.split(separator: "/").filter { $0 != "." }.reversed().map(String.init)
  }

  private static func makeFolder(
    _ name: String, in parent: CInt, _ failure: (CInt) -> VolumeFailure
  ) throws(VolumeFailure) {
    guard mkdirat(parent, name, 0o777) == 0 else {
      if errno == EEXIST { return }
      throw failure(errno)
    }
    // The umask took bits away.
    let made = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard made >= 0 else { throw failure(errno) }
    defer { close(made) }
    var status = stat()
    guard fstat(made, &status) == 0, fchmod(made, status.st_mode & 0o2000 | 0o777) == 0 else { throw failure(errno) }
  }

  private static func kind(
    of descriptor: CInt, _ failure: (CInt) -> VolumeFailure
  ) throws(VolumeFailure) -> mode_t {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(errno) }
    return status.st_mode & S_IFMT
  }

  private static func link(_ descriptor: CInt, _ failure: (CInt) -> VolumeFailure) throws(VolumeFailure) -> String {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlinkat(descriptor, "", &buffer, buffer.count)
    guard count >= 0 else { throw failure(errno) }
    guard count < buffer.count else { throw failure(ENAMETOOLONG) }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
