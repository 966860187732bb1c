import Glibc
import Logging
import Observability
import Testing

/// A pipe, and what was read from it.
private struct Pipe {
  let input: Int32
  let output: Int32

  init() {
    var ends: [Int32] = [0, 0]
    precondition(pipe(&ends) == 0)
    (output, input) = (ends[0], ends[1])
  }

  /// Whether a new page would be taken; the last one may have some left.
  var hasRoom: Bool {
    var wanted = pollfd(fd: input, events: Int16(POLLOUT), revents: 0)
    return poll(&wanted, 1, 0) != 0
  }

  /// Waits until there is this much at least, and it ends like that.
  func read(until end: String) -> String {
    var bytes: [UInt8] = []
    while !bytes.reversed().starts(with: end.utf8.reversed()) {
      var piece = [UInt8](repeating: 0, count: 65536)
      let count = Glibc.read(output, &piece, piece.count)
      guard count > 0 else { break }
      bytes += piece[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

@Suite(.timeLimit(.minutes(2))) struct LineQueueTests {
  /// A pipe holds 64 KiB and nobody reads it: whoever logs goes on. Later the first lines are there, and the last ones,
  /// and how many are missing between them.
  @Test func whoLogsDoesNotWaitForAReader() throws {
    let pipe = Pipe()
    let queue = LineQueue(descriptor: pipe.input, capacity: 10_000)
    var count = 0
    func append() {
      queue.append(Array("line \(count) \(String(repeating: "x", count: 80))\n".utf8))
      count += 1
    }
    append()
    // It fits in.
    #expect(queue.flush(within: .seconds(60)))
    while pipe.hasRoom {
      append()
      queue.flush(within: .milliseconds(20))
    }
    let full = count
    for _ in 0..<4000 { append() }
    #expect(!queue.flush(within: .milliseconds(20)))
    queue.append(Array("the end\n".utf8))
    let lines = pipe.read(until: "the end\n").split(separator: "\n")
    #expect(queue.flush(within: .seconds(60)))
    let numbers = lines.compactMap { $0.hasPrefix("line ") ? Int($0.split(separator: " ")[1]) : nil }
    #expect(numbers.first == 0 && numbers.last == count - 1 && numbers == numbers.sorted())
    let dropped = lines.filter { $0.contains("lines were dropped") }.compactMap { line in
      line.split(separator: "=").last.flatMap { Int($0) }
    }
    #expect(!dropped.isEmpty && dropped.allSatisfy { $0 > 0 })
    #expect(numbers.count + dropped.reduce(0, +) == count)
    // What came too late for the pipe, but for the rest of its last page: no more is there than may wait, and as much
    // again with the thread. That is 114 lines each.
    #expect(numbers.count { $0 >= full } < 300)
    // They are said to be missing where they are.
    let notice = try #require(lines.lastIndex { $0.contains("lines were dropped") })
    #expect(lines[(notice + 1)...].count >= 100)
  }

  @Test func linesComeInTheirOrderAndWhole() throws {
    let pipe = Pipe()
    let queue = LineQueue(descriptor: pipe.input)
    let lines = (0..<300).map { "\($0) " + String(repeating: "y", count: $0 * 7) + "\n" }
    for line in lines { queue.append(Array(line.utf8)) }
    queue.append(Array("the end\n".utf8))
    #expect(pipe.read(until: "the end\n") == lines.joined() + "the end\n")
    #expect(queue.flush(within: .seconds(60)))
  }

  @Test func aLoggerWritesToIt() throws {
    let pipe = Pipe()
    let queue = LineQueue(descriptor: pipe.input)
    let logger = Logger(label: "store") { LineLogHandler(label: $0, queue: queue) }
    logger.debug("not that")
    logger.warning("slow", metadata: ["what": "the disk", "ms": "12"])
    let line = pipe.read(until: "\n")
    #expect(line.hasSuffix("Z WARNING store: slow ms=12 what=\"the disk\"\n"), "\(line)")
  }

  /// The reader has gone: that is nobody's end.
  @Test func aBrokenPipeDoesNoHarm() {
    let pipe = Pipe()
    close(pipe.output)
    let queue = LineQueue(descriptor: pipe.input)
    queue.append(Array("lost\n".utf8))
    #expect(queue.flush(within: .seconds(60)))
  }

  /// Why a process ends stands in its last lines.
  @Test func whatWasLoggedIsWrittenBeforeTheProcessEnds() async throws {
    let result = try #require(
      await #expect(processExitsWith: .exitCode(78), observing: [\.standardErrorContent]) {
        Observability.bootstrap()
        let logger = Logger(label: "store")
        // No more than a pipe holds: how fast somebody reads it is not what is tested.
        for number in 0..<500 { logger.info("line", metadata: ["number": "\(number)"]) }
        logger.critical("last words")
        exit(78)
      })
    let text = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(text.contains("number=499\n") && text.contains("CRITICAL store: last words\n"), "\(text.suffix(300))")
  }
}
