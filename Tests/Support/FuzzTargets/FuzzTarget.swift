import Glibc
import RaftLog

/// One entry point for arbitrary bytes: a reader of something that a disk, a peer or a client has written.
///
/// The same function is run by the tests (over the corpus and random mutations of it) and by libFuzzer (`dev/fuzz`).
/// Bytes may be refused, or read; they may not end the process, and what is read must satisfy what the target states.
package struct FuzzTarget: Sendable {
  /// Also the name of its corpus folder.
  package let name: String
  /// Says whether the bytes were read; throws a ``FuzzFinding`` when what was read is not what it must be.
  package let run: @Sendable ([UInt8]) throws -> Bool
  let ownSeeds: @Sendable () -> [[UInt8]]

  /// - Parameter seeds: whole and correct inputs, for mutations to start from.
  package init(
    _ name: String, seeds: @escaping @Sendable () -> [[UInt8]] = { [] },
    _ run: @escaping @Sendable ([UInt8]) throws -> Bool
  ) {
    self.name = name
    self.run = run
    ownSeeds = seeds
  }

  /// The inputs in a folder with the target's name.
  package func corpus(in folder: String) throws -> [[UInt8]] {
    let own = "\(folder)/\(name)"
    guard Folder.exists(own) else { return [] }
    return try Folder.names(own).map { name throws(StorageError) in
      let file = try File("\(own)/\(name)", flags: O_RDONLY)
      return try file.read(at: 0, count: Int(try file.size()))
    }
  }

  /// Those over formats of our own, without sockets.
  package static let formats: [FuzzTarget] = [
    raftMessage, command, envelope, commandSequence, logSegment, sealedLog, snapshot, sealedSnapshot, snapshotFile,
    recordSegment, recordSteps, replay, hostilePeer, auth,
  ]
}

/// A property that does not hold.
package struct FuzzFinding: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

package func expect(_ condition: Bool, _ what: @autoclosure () -> String) throws(FuzzFinding) {
  guard condition else { throw FuzzFinding(what()) }
}

/// Takes values off arbitrary bytes; what is missing is zero. It makes structure out of a fuzzer's input.
package struct FuzzInput {
  private var rest: ArraySlice<UInt8>

  package init(_ bytes: [UInt8]) { rest = bytes[...] }

  package var isEmpty: Bool { rest.isEmpty }

  package mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

  /// Up to `count` bytes.
  package mutating func bytes(_ count: Int) -> [UInt8] {
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  /// A run of bytes behind its length, which takes one byte below 255 and three otherwise.
  package mutating func block() -> [UInt8] {
    let short = byte()
    return bytes(short < 255 ? Int(short) : Int(byte()) << 8 | Int(byte()))
  }
}
