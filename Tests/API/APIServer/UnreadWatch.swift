import JSONDocument
import StorageStandIn
import Testing
import Waiting

/// A front-end gives up a watch of config maps whose client never reads, while another client, who does, gets everything.
/// - Parameter open: begins the watch, over a connection of little room.
func watchThatIsNeverRead(_ open: (TestClient) async throws -> RawConnection) async throws {
  let configMaps = HostileBodyTests.configMaps
  // Longer than a busy machine needs to read for the watcher that does.
  try await withFrontEnd(storage: InMemoryStorage(), limits: { $0.writeTimeout = .seconds(5) }) { frontEnd, client in
    let raw = try await open(client)
    try await eventually("the watch runs") { frontEnd.runningWatches == 1 }
    try await raw.stopReading()
    var other = WatchLines(try await client.start(.GET, "\(configMaps)?watch=1"))
    try await eventually("both run") { frontEnd.runningWatches == 2 }
    var number = 0
    let text = String(repeating: "x", count: 200_000)
    try await eventually("the watch is given up", every: .milliseconds(50)) {
      number += 1
      let made = try await client.post(
        configMaps, ["metadata": ["name": .string("m\(number)")], "data": ["a": .string(text)]])
      #expect(made.code == 201)
      // Who reads has everything.
      #expect(try await other.nextChange() == "ADDED m\(number)")
      return frontEnd.runningWatches == 1
    }
    await raw.close()
  }
}
