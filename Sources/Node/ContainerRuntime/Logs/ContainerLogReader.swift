import Glibc

/// Reads one container's log file and, if asked, follows it: over rotations too.
package struct ContainerLogReader: Sendable {
  package enum Failure: Error, Equatable, CustomStringConvertible {
    case cannotOpen(path: String, code: Int32)
    case cannotRead(path: String, code: Int32)

    package var description: String {
      switch self {
      case .cannotOpen(let path, let code): "cannot open \(path): \(String(cString: strerror(code)))"
      case .cannotRead(let path, let code): "cannot read \(path): \(String(cString: strerror(code)))"
      }
    }
  }

  private let path: String
  private let options: ContainerLogOptions
  private let pollInterval: Duration
  private let isRunning: @Sendable () async -> Bool

  /// - Parameters:
  ///   - pollInterval: how often a followed file is looked at when it has nothing new.
  ///   - isRunning: whether the container may still write; following ends after it says no and the rest is read.
  package init(
    path: String, options: ContainerLogOptions, pollInterval: Duration = .milliseconds(100),
    isRunning: @escaping @Sendable () async -> Bool = { false }
  ) {
    self.path = path
    self.options = options
    self.pollInterval = pollInterval
    self.isRunning = isRunning
  }

  private static let pieceSize = 64 * 1024

  /// Hands the log's content to `emit`, in order, in pieces of bounded size, and returns at its end.
  /// - Parameter opened: called once, before `emit`, when the log is there and can be read: a container that is
  ///   followed may stay silent for long.
  /// - Throws: `Failure`, what the closures throw, or `CancellationError`.
  package func run(
    opened: () async throws -> Void = {}, _ emit: (_ bytes: [UInt8]) async throws -> Void
  ) async throws {
    var file = try LogFile(path: path)
    defer { file.close() }
    var formatter = ContainerLogFormatter(options: options)
    if let lines = options.tailLines { try file.seekToTail(lines: lines) }
    try await opened()
    // Asked every now and then only: it may be a call to the runtime.
    var idlePolls = 0
    var isLastPass = !options.follow
    while !formatter.isExhausted {
      try Task.checkCancellation()
      let bytes = try file.read(upTo: Self.pieceSize)
      if !bytes.isEmpty {
        idlePolls = 0
        let output = formatter.format(bytes)
        if !output.isEmpty { try await emit(output) }
        continue
      }
      if isLastPass { return }
      switch file.changeOnDisk() {
      case .replaced:
        // The runtime may have written to the old file up to the moment when it opened the new one.
        let rest = try file.read(upTo: Self.pieceSize)
        if !rest.isEmpty {
          let output = formatter.format(rest)
          if !output.isEmpty { try await emit(output) }
          continue
        }
        file.close()
        file = try LogFile(path: path)
        formatter.startNewFile()
        continue
      case .truncated:
        file.rewind()
        formatter.startNewFile()
        continue
      case .none, .missing:
        break
      }
      idlePolls += 1
      if idlePolls.isMultiple(of: 5) {
        let running = await isRunning()
        if !running {
          isLastPass = true  // what was written between the last read and the end is still to be read
          continue
        }
      }
      try await Task.sleep(for: pollInterval)
    }
  }
}

/// An open log file and the place up to which it was read.
private struct LogFile {
  enum Change { case none, truncated, replaced, missing }

  private let path: String
  private let descriptor: Int32
  private var offset: off_t = 0

  init(path: String) throws {
    self.path = path
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw ContainerLogReader.Failure.cannotOpen(path: path, code: errno) }
  }

  func close() { _ = Glibc.close(descriptor) }

  mutating func rewind() { offset = 0 }

  mutating func read(upTo count: Int) throws -> [UInt8] {
    let bytes = try read(at: offset, count: count)
    offset += off_t(bytes.count)
    return bytes
  }

  private func read(at offset: off_t, count: Int) throws -> [UInt8] {
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      let n = pread(descriptor, buffer.baseAddress, count, offset)
      if n < 0 { code = errno }
      initialized = max(0, n)
    }
    guard code == 0 else { throw ContainerLogReader.Failure.cannotRead(path: path, code: code) }
    return bytes
  }

  /// Moves to where the last lines begin. Reads back in steps that double, so that a long file costs what its tail
  /// does.
  mutating func seekToTail(lines: Int) throws {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw ContainerLogReader.Failure.cannotRead(path: path, code: errno)
    }
    let size = status.st_size
    var window: off_t = 64 * 1024
    while true {
      let start = max(0, size - window)
      var bytes: [UInt8] = []
      while start + off_t(bytes.count) < size {
        let piece = try read(at: start + off_t(bytes.count), count: Int(size - start) - bytes.count)
        if piece.isEmpty { break }
        bytes += piece
      }
      if let tail = ContainerLogFormatter.tailStart(of: bytes, lines: lines, isWhole: start == 0) {
        offset = start + off_t(tail)
        return
      }
      window *= 2
    }
  }

  func changeOnDisk() -> Change {
    var named = stat()
    var own = stat()
    guard stat(path, &named) == 0 else { return .missing }
    guard fstat(descriptor, &own) == 0 else { return .none }
    if named.st_ino != own.st_ino || named.st_dev != own.st_dev { return .replaced }
    return own.st_size < offset ? .truncated : .none
  }
}
