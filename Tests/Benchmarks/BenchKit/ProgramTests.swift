import BenchKit
import FoundationEssentials
import Glibc
import Testing
import Waiting

struct ProgramTests {
  private let log = "/tmp/apus-bench-test-\(UInt32.random(in: 0 ... .max)).log"

  @Test("A program that ignores the request to end is killed with all of its group")
  func killed() async throws {
    defer { unlink(log) }
    let program = try Program(
      name: "stubborn", command: ["sh", "-c", "trap '' TERM; echo here; while :; do sleep 1; done"], log: log)
    try await eventually("it says that it is here") { program.lastLines == "here" }
    #expect(program.isRunning)
    #expect(ProcessFigures.memory(program.pid) != nil)
    program.stop()
    #expect(!program.isRunning)
    // The machine's first process takes the shell's child in.
    try await eventually("none of the group is left") { kill(-program.pid, 0) != 0 && errno == ESRCH }
  }

  @Test("A crash asks nobody, and is over when it returns")
  func crash() throws {
    defer { unlink(log) }
    let program = try Program(
      name: "stubborn", command: ["sh", "-c", "trap '' TERM; while :; do sleep 1; done"], log: log)
    program.crash()
    #expect(!program.isRunning)
    program.crash()
  }

  @Test("What ends with an error says its last lines; what is not there says so")
  func failures() async throws {
    defer { unlink(log) }
    let program = try Program(name: "brief", command: ["sh", "-c", "echo no luck; exit 3"], log: log)
    let failure = await #expect(throws: Program.Failure.self) { try await program.waitForEnd(.seconds(20)) }
    #expect(failure?.description.contains("no luck") == true)
    #expect(throws: Program.Failure.self) { try program.demandRunning() }
    #expect(throws: Program.Failure.self) {
      try Program(name: "absent", command: ["/no/such/program"], log: log)
    }
  }

  @Test("What a child has used of the processors counts once it has ended")
  func childrenSeconds() async throws {
    defer { unlink(log) }
    let before = ProcessFigures.childrenSeconds
    let program = try Program(
      name: "busy", command: ["sh", "-c", "i=0; while [ $i -lt 1000000 ]; do i=$((i+1)); done"], log: log)
    try await program.waitForEnd(.seconds(60))
    program.stop()
    #expect(ProcessFigures.childrenSeconds > before)
  }

  @Test("A program is found on the PATH; a variable that leads nowhere is not made up for")
  func find() {
    #expect(Program.find("sh", variable: "APUS_BENCH_UNSET")?.hasSuffix("/sh") == true)
    #expect(Program.find("no-such-program", variable: "APUS_BENCH_UNSET") == nil)
    setenv("APUS_BENCH_SHELL", "/no/such/program", 1)
    #expect(Program.find("sh", variable: "APUS_BENCH_SHELL") == nil)
  }

  @Test("Cleaning up goes backwards, each once")
  func cleanup() throws {
    let cleanup = Cleanup()
    let path = "/tmp/apus-bench-test-\(UInt32.random(in: 0 ... .max))"
    defer { try? FileManager.default.removeItem(atPath: path) }
    @Sendable func append(_ text: String) {
      let before = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      try? Data((before + text).utf8).write(to: URL(filePath: path))
    }
    cleanup.add { append("a") }
    let token = cleanup.add { append("b") }
    cleanup.add { append("c") }
    cleanup.run(token)
    cleanup.run(token)
    cleanup.runAll()
    cleanup.runAll()
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "bca")
  }

  @Test func fields() {
    let text = "Name:\tsh\nRss:              1234 kB\nRssAnon:\t     12 kB\n"
    #expect(ProcessFigures.field("Rss", of: text) == 1234 * 1024)
    #expect(ProcessFigures.field("RssAnon", of: text) == 12 * 1024)
    #expect(ProcessFigures.field("Pss", of: text) == nil)
  }

  @Test("A count bounds a load as well as the time does, and failures do not count")
  func load() async throws {
    struct Odd: Error {}
    let load = try await Load.run(workers: 4, time: .seconds(60), limit: 100) { number in
      if number % 2 == 1 { throw Odd() }
      return 3
    }
    #expect(load.count == 50 && load.units == 150 && load.failures == 50 && load.latencies.count == 50)
    await #expect(throws: Program.Failure.self) {
      try await Load.run(workers: 1, time: .seconds(60), limit: 3) { _ in throw Odd() }
    }
  }
}
