import Foundation
import Supervision
import Testing

@Suite struct SupervisionTests {
  @Test func delaysDoubleUpToALimitAndAreForgiven() {
    var policy = RestartPolicy()
    let delays = (0..<9).map { _ in policy.delay(afterLifetime: .seconds(1)) }
    #expect(delays.prefix(4) == [.milliseconds(200), .milliseconds(400), .milliseconds(800), .milliseconds(1600)])
    #expect(delays.last == .seconds(10))
    #expect(policy.delay(afterLifetime: .seconds(31)) == .milliseconds(200))
  }

  @Test func outputIsCutIntoLines() {
    var splitter = LineSplitter(longest: 8)
    #expect(splitter.add(Array("one\ntwo\nthr".utf8)).map { String(decoding: $0, as: UTF8.self) } == ["one", "two"])
    #expect(splitter.add(Array("ee\n".utf8)).map { String(decoding: $0, as: UTF8.self) } == ["three"])
    #expect(splitter.add(Array("0123456789".utf8)).map { String(decoding: $0, as: UTF8.self) } == ["01234567"])
    #expect(splitter.finish().map { String(decoding: $0, as: UTF8.self) } == "89")
    #expect(splitter.finish() == nil)
  }

  /// The last child does not listen and is killed; the one before it still has its own time to end well.
  @Test func eachChildIsAskedToStopBeforeItIsKilled() async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/apus-supervisor-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // A process of its own: a supervisor takes in every child of its process.
    await #expect(processExitsWith: .exitCode(0)) { [folder = folder as String] in
      func child(_ name: String, _ trap: String) -> ChildDescription {
        let script = "trap '\(trap)' TERM; : > \(folder)/\(name); while :; do sleep 0.1; done"
        return ChildDescription(name: name, command: ["/bin/sh", "-c", script])
      }
      var supervisor = Supervisor([
        child("store", ": > \(folder)/asked; exit 0"), child("deaf", ""), child("polite", "exit 0"),
      ])
      // The deaf one takes all of it; for the others it is more than a busy machine needs.
      supervisor.stopTimeout = .seconds(10)
      let first = pthread_self()
      Thread.detachNewThread {
        while ["store", "deaf", "polite"].contains(where: { access("\(folder)/\($0)", F_OK) != 0 }) { usleep(5000) }
        // To that thread only: no other one has the signal blocked.
        pthread_kill(first, SIGTERM)
      }
      supervisor.run()
      exit(0)
    }
    #expect(FileManager.default.fileExists(atPath: "\(folder)/asked"))
  }

  /// Who says that no further start can help is not started again; the others are, and once nobody is left it ends.
  @Test func aChildThatEndsForGoodIsNotStartedAgain() async throws {
    let folder = FileManager.default.temporaryDirectory.path + "/apus-supervisor-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    await #expect(processExitsWith: .exitCode(Supervisor.finalCode)) { [folder = folder as String] in
      func child(_ name: String, _ end: String) -> ChildDescription {
        ChildDescription(name: name, command: ["/bin/sh", "-c", "echo >> \(folder)/\(name); \(end)"])
      }
      var supervisor = Supervisor([
        child("removed", "exit 78"),
        // Fails twice, then for good: long after the other one would have been started again.
        child("failing", "[ $(wc -l < \(folder)/failing) -lt 3 ] && exit 1; exit 78"),
      ])
      exit(supervisor.run())
    }
    func starts(_ name: String) throws -> Int {
      try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8).split(
        separator: "\n", omittingEmptySubsequences: false
      ).count - 1
    }
    #expect(try starts("removed") == 1)
    #expect(try starts("failing") == 3)
  }
}
