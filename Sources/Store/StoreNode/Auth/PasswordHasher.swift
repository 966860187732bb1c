import ByteCoding
import Crypto
import CryptoExtras
import FoundationEssentials
import NIOPosix
import Synchronization

/// Passwords as digests that are dear to guess: scrypt (RFC 7914). They are made before a password gets near the log,
/// on threads that nobody waits for, so many at once as do not matter to the rest.
package final class PasswordHasher: Sendable {
  /// The cost of a new digest. One that was made with another keeps it.
  package struct Cost: Hashable, Sendable {
    /// The logarithm of scrypt's N. With blocks of 8 the memory is 1 KiB times N.
    package var logarithm: UInt8
    package var blockSize: UInt8
    package var parallelism: UInt8

    package init(logarithm: UInt8, blockSize: UInt8, parallelism: UInt8) {
      self.logarithm = logarithm
      self.blockSize = blockSize
      self.parallelism = parallelism
    }

    /// 32 MiB.
    package static let standard = Cost(logarithm: 15, blockSize: 8, parallelism: 1)
    /// For tests of other things.
    package static let minimal = Cost(logarithm: 4, blockSize: 8, parallelism: 1)

    /// Whoever wrote it: no more than four times the memory of the standard, nor sixteen times its work.
    var isReasonable: Bool {
      guard (1...20).contains(logarithm), (1...32).contains(blockSize), (1...16).contains(parallelism) else {
        return false
      }
      let memory = (128 * Int(blockSize)) << Int(logarithm)
      return memory <= 128 << 20 && memory * Int(parallelism) <= 512 << 20
    }
  }

  private struct State {
    var running = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let cost: Cost
  private let state = Mutex(State())
  /// How many at once, and how many may wait; who comes then is refused.
  private static let limit = 1
  private static let queueLimit = 64

  package init(cost: Cost = .standard) { self.cost = cost }

  // A digest's format: version (1: scrypt), cost (3 bytes), salt, key (each with its length).

  /// - Throws: ``StoreError/tooManyRequests``.
  package func digest(of password: String) async throws -> [UInt8] {
    let cost = self.cost
    var generator = SystemRandomNumberGenerator()
    let salt = (0..<16).map { _ in UInt8.random(in: 0...(.max), using: &generator) }
    let key = try await derive(password, salt: salt, cost)
    var writer = ByteWriter()
    writer.write(UInt8(1))
    for part in [cost.logarithm, cost.blockSize, cost.parallelism] { writer.write(part) }
    writer.write(bytes: salt)
    writer.write(bytes: key.withUnsafeBytes { [UInt8]($0) })
    return writer.bytes
  }

  /// Whether a password is the one of a digest. Nil for a digest takes as long and is false, so that nobody learns from
  /// the time it takes who exists.
  package func matches(_ password: String, _ digest: [UInt8]?) async throws -> Bool {
    guard let parts = digest.flatMap(Self.read) else {
      _ = try await derive(password, salt: [UInt8](repeating: 0, count: 16), cost)
      return false
    }
    let key = try await derive(password, salt: parts.salt, parts.cost)
    // Compared in a time that does not depend on where they differ.
    return key == SymmetricKey(data: parts.key)
  }

  private static func read(_ digest: [UInt8]) -> (cost: Cost, salt: [UInt8], key: [UInt8])? {
    var reader = ByteReader(digest)
    guard (try? reader.readByte()) == 1, let logarithm = try? reader.readByte(), let blockSize = try? reader.readByte(),
      let parallelism = try? reader.readByte(), let salt = try? reader.readBytes(), let key = try? reader.readBytes()
    else { return nil }
    let cost = Cost(logarithm: logarithm, blockSize: blockSize, parallelism: parallelism)
    return cost.isReasonable && key.count == 32 ? (cost, salt, key) : nil
  }

  private func derive(_ password: String, salt: [UInt8], _ cost: Cost) async throws -> SymmetricKey {
    try await takeTurn()
    defer { endTurn() }
    return try await NIOThreadPool.singleton.runIfActive {
      try KDF.Scrypt.deriveKey(
        from: Data(password.utf8), salt: salt, outputByteCount: 32, rounds: 1 << Int(cost.logarithm),
        blockSize: Int(cost.blockSize), parallelism: Int(cost.parallelism))
    }
  }

  private func takeTurn() async throws {
    var isRefused = false
    await withCheckedContinuation { continuation in
      let goesOn = state.withLock { state in
        if state.running < Self.limit {
          state.running += 1
          return true
        }
        guard state.waiting.count < Self.queueLimit else {
          isRefused = true
          return true
        }
        state.waiting.append(continuation)
        return false
      }
      if goesOn { continuation.resume() }
    }
    if isRefused { throw StoreError.tooManyRequests }
  }

  /// Hands the turn on.
  private func endTurn() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      if state.waiting.isEmpty {
        state.running -= 1
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }
}
