import Foundation
import Supervision
import Testing
import Waiting

@Suite("Child processes")
struct CommandTests {
  @Test("a command's output, its failure with what it said, and its limit of time")
  func commands() async throws {
    #expect(try await Command("/bin/sh", ["-c", "echo out; echo err >&2"]).run() == "out\n")
    // Looked up on the PATH as well.
    let words = ["sh", "-c", "echo no >&2; exit 3"]
    await #expect(throws: Command.Failure(command: words, exit: .code(3), output: "no\n")) {
      try await Command(words).run()
    }
    let missing = await #expect(throws: Command.Failure.self) { try await Command("/does/not/exist", []).run() }
    #expect(missing?.exit == nil && missing?.output.hasPrefix("cannot start") == true)
    // One that is silent, and one that closes its outputs and goes on.
    for words in [["sleep", "1000"], ["sh", "-c", "exec >/dev/null 2>&1; exec sleep 1000"]] {
      let late = await #expect(throws: Command.Failure.self) {
        try await Command(words).run(timeout: .milliseconds(50))
      }
      #expect(late?.exit == nil && late?.output.hasPrefix("not done after") == true)
    }
  }

  @Test("a command reads its input, however much, while it answers; one that does not read is no harm")
  func input() async throws {
    let text = String(repeating: "0123456789\n", count: 100_000)
    #expect(try await Command(["cat"]).run(input: text) == text)
    #expect(try Command.run(["cat"], input: text) == text)
    #expect(try Command.run(["true"], input: text) == "")
    #expect(try Command.run(["cat"]) == "")
    // As `nft -f -` does: a pipe can be opened again by its name.
    #expect(try Command.run(["cat", "/dev/stdin"], input: "rules") == "rules")
  }

  @Test("run in place, a command's output and errors come together")
  func together() throws {
    #expect(try Command.run(["sh", "-c", "echo out; echo err >&2"]) == "out\nerr\n")
    #expect(throws: Command.Failure(command: ["sh", "-c", "echo out; exit 1"], exit: .code(1), output: "out\n")) {
      try Command.run(["sh", "-c", "echo out; exit 1"])
    }
  }

  @Test("a child's output goes to its log, and it ends when asked, or is killed when it does not listen")
  func child() async throws {
    let log = FileManager.default.temporaryDirectory.path + "/apus-child-\(UUID().uuidString).log"
    defer { try? FileManager.default.removeItem(atPath: log) }
    let short = try ChildProcess(["/bin/sh", "-c", "echo hello; exit 4"], log: log)
    #expect(await short.ended() == .code(4))
    #expect(!short.isRunning)
    #expect(try String(contentsOfFile: log, encoding: .utf8) == "hello\n")
    let polite = try ChildProcess(["sleep", "1000"], log: log)
    #expect(polite.isRunning)
    #expect(await polite.stop() == .signal(15))
    let stubborn = try ChildProcess(
      ["/bin/sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done"], log: log)
    try await eventually("it is ready") { try String(contentsOfFile: log, encoding: .utf8).contains("ready") }
    #expect(await stubborn.stop(grace: .milliseconds(50)) == .signal(9))
    #expect(throws: Command.Failure.self) { try ChildProcess(["/does/not/exist"], log: log) }
    #expect(throws: Command.Failure.self) { try ChildProcess(["true"], log: "/does/not/exist") }
  }
}
