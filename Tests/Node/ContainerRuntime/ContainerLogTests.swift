import ContainerRuntime
import Foundation
import Testing
import Waiting

private func format(_ text: String, _ change: (inout ContainerLogOptions) -> Void = { _ in }, pieces: Int? = nil)
  -> String
{
  var options = ContainerLogOptions()
  change(&options)
  var formatter = ContainerLogFormatter(options: options)
  let bytes = Array(text.utf8)
  var output: [UInt8] = []
  let step = pieces ?? max(1, bytes.count)
  for start in stride(from: 0, to: bytes.count, by: step) {
    output += formatter.format(Array(bytes[start..<min(start + step, bytes.count)]))
  }
  return String(decoding: output, as: UTF8.self)
}

private let sample = """
  2026-01-02T03:04:05.000000001Z stdout F one
  2026-01-02T03:04:06.5Z stderr F two
  2026-01-02T03:04:07Z stdout P thr
  2026-01-02T03:04:07.1Z stderr F between
  2026-01-02T03:04:08Z stdout F ee
  2026-01-02T03:04:09Z stdout F

  """

@Suite("Container logs: format")
struct ContainerLogFormatTests {
  @Test("lines in parts become one, streams apart, empty lines stay")
  func partial() {
    #expect(format(sample) == "one\ntwo\nthrbetween\nee\n\n")
    #expect(format(sample, { $0.stream = .stdout }) == "one\nthree\n\n")
    #expect(format(sample, { $0.stream = .stderr }) == "two\nbetween\n")
  }

  @Test("any cutting of the file gives the same", arguments: [1, 2, 3, 7, 50])
  func pieces(step: Int) {
    #expect(format(sample, pieces: step) == format(sample))
    #expect(
      format(
        sample,
        {
          $0.timestamps = true; $0.stream = .stdout
        }, pieces: step)
        == "2026-01-02T03:04:05.000000001Z one\n2026-01-02T03:04:07Z three\n2026-01-02T03:04:09Z \n")
  }

  @Test("entries before a time are left out, and a line is in or out as a whole")
  func since() throws {
    let time = try #require(LogTime.parse(Array("2026-01-02T03:04:07.5Z".utf8)))
    #expect(
      format(
        sample,
        {
          $0.since = time; $0.stream = .stdout
        }) == "\n")
    #expect(
      format(
        sample,
        {
          $0.since = time - 1_000_000_000; $0.stream = .stdout
        }) == "three\n\n")
  }

  @Test("the limit of bytes holds to the byte")
  func limit() {
    #expect(format(sample, { $0.limitBytes = 5 }) == "one\nt")
    #expect(format(sample, { $0.limitBytes = 4 }, pieces: 3) == "one\n")
  }

  @Test("what is not in the format is left out and hurts nothing")
  func rubbish() {
    let text =
      "nonsense\n\n2026-01-02T03:04:05Z stdout\n2026-01-02T03:04:05Z other F x\n2026-01-02T03:04:05Z stdout X x\n"
    #expect(format(text + sample) == format(sample))
    #expect(
      format(String(repeating: "x", count: ContainerLogFormatter.longestLine + 10) + "\n" + sample) == format(sample))
  }

  @Test(
    "the tail counts whole lines",
    arguments: [(0, ""), (1, "\n"), (2, "ee\n\n"), (3, "thrbetween\nee\n\n"), (99, format(sample))])
  func tail(lines: Int, expected: String) {
    let bytes = Array(sample.utf8)
    let start = ContainerLogFormatter.tailStart(of: bytes, lines: lines, isWhole: true)
    #expect(start.map { format(String(decoding: bytes[$0...], as: UTF8.self)) } == expected)
  }

  @Test("a tail that does not reach back far enough asks for more")
  func shortTail() {
    #expect(ContainerLogFormatter.tailStart(of: Array(sample.utf8), lines: 99, isWhole: false) == nil)
    #expect(ContainerLogFormatter.tailStart(of: Array(sample.utf8.dropFirst(10)), lines: 1, isWhole: false) != nil)
  }
}

@Suite("Container logs: times")
struct LogTimeTests {
  @Test(
    "are read",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2000-02-29T12:00:00.5Z", 951_825_600_500_000_000),
      ("2026-01-02T03:04:05.123456789+02:00", 1_767_315_845_123_456_789), ("1969-12-31T23:59:59.999999999Z", -1),
    ] as [(String, Int64)])
  func parse(text: String, expected: Int64) throws {
    #expect(LogTime.parse(Array(text.utf8)) == expected)
    #expect(LogTime.parse(Array(LogTime.text(expected).utf8)) == expected)
  }

  @Test(
    "nonsense is refused",
    arguments: [
      "", "2026", "2026-13-01T00:00:00Z", "2026-01-02T03:04:05", "2026-01-02T03:04:05.Z", "2026-01-02T03:04:05Zx",
      "9999-01-02T03:04:05Z",
    ])
  func refuse(text: String) { #expect(LogTime.parse(Array(text.utf8)) == nil) }
}

/// A log file that a test writes to.
private final class LogFixture {
  let folder = FileManager.default.temporaryDirectory.path + "/apus-log-\(UUID().uuidString)"
  var path: String { "\(folder)/0.log" }

  init() throws { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func append(_ line: String) throws {
    if !FileManager.default.fileExists(atPath: path) { try Data().write(to: URL(fileURLWithPath: path)) }
    let handle = try #require(FileHandle(forWritingAtPath: path))
    handle.seekToEndOfFile()
    handle.write(Data("2026-01-02T03:04:05Z stdout F \(line)\n".utf8))
    handle.closeFile()
  }
}

private actor Collected {
  private(set) var text = ""
  private(set) var runs = true
  func add(_ bytes: [UInt8]) { text += String(decoding: bytes, as: UTF8.self) }
  func end() { runs = false }
  func wait(for wanted: String) async throws {
    try await eventually("\(wanted) is read") {
      try #require(wanted.hasPrefix(text))
      return text == wanted
    }
  }
}

@Suite("Container logs: files")
struct ContainerLogReaderTests {
  @Test("reads all, or the last lines of a long file")
  func read() async throws {
    let log = try LogFixture()
    for number in 0..<5000 { try log.append("line number \(number) with some text to make it longer than nothing") }
    let all = Collected()
    try await ContainerLogReader(path: log.path, options: .init()).run { await all.add($0) }
    #expect(await all.text.split(separator: "\n").count == 5000)
    var options = ContainerLogOptions()
    options.tailLines = 1500
    let tail = Collected()
    try await ContainerLogReader(path: log.path, options: options).run { await tail.add($0) }
    let lines = await tail.text.split(separator: "\n")
    #expect(lines.count == 1500)
    #expect(lines.first?.hasPrefix("line number 3500 ") == true)
  }

  @Test("follows over a rotation and ends once the container has ended and all is read", .timeLimit(.minutes(5)))
  func follow() async throws {
    let log = try LogFixture()
    try log.append("a")
    var options = ContainerLogOptions()
    options.follow = true
    let got = Collected()
    let reader = ContainerLogReader(path: log.path, options: options, pollInterval: .milliseconds(2)) { await got.runs }
    let task = Task { try await reader.run { await got.add($0) } }
    try await got.wait(for: "a\n")
    try log.append("b")
    try await got.wait(for: "a\nb\n")
    try FileManager.default.moveItem(atPath: log.path, toPath: log.path + ".old")
    let long = String(repeating: "c", count: 100)
    try log.append(long)
    try await got.wait(for: "a\nb\n\(long)\n")
    // Cut off, and shorter than it was also when the reader only looks again once it has grown.
    try Data().write(to: URL(fileURLWithPath: log.path))
    try log.append("d")
    try await got.wait(for: "a\nb\n\(long)\nd\n")
    try log.append("e")
    await got.end()
    try await task.value
    #expect(await got.text == "a\nb\n\(long)\nd\ne\n")
  }

  @Test("a file that is not there is an error, and a cancelled follower ends")
  func errors() async throws {
    await #expect(throws: ContainerLogReader.Failure.cannotOpen(path: "/does/not/exist", code: 2)) {
      try await ContainerLogReader(path: "/does/not/exist", options: .init()).run { _ in }
    }
    let log = try LogFixture()
    try log.append("a")
    var options = ContainerLogOptions()
    options.follow = true
    let task = Task { [path = log.path] in
      try await ContainerLogReader(path: path, options: options, isRunning: { true }).run { _ in }
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  @Test("a log that is followed counts as opened before it says anything")
  func silence() async throws {
    let log = try LogFixture()
    try Data().write(to: URL(fileURLWithPath: log.path))
    var options = ContainerLogOptions()
    options.follow = true
    let (opened, opening) = AsyncStream.makeStream(of: Void.self)
    let task = Task { [path = log.path] in
      try await ContainerLogReader(path: path, options: options, isRunning: { true }).run {
        opening.finish()
      } _: { _ in
        Issue.record("there is nothing to hand on")
      }
    }
    for await _ in opened {}
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
