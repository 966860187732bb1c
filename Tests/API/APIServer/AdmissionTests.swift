import JSONDocument
import NIOHTTP1
import StorageStandIn
import Testing

/// What of admission only shows over HTTP.
@Suite struct AdmissionTests {
  private static let pod: JSONValue = [
    "metadata": ["name": "web"],
    "spec": ["hostNetwork": true, "containers": [["name": "web", "image": "web:1"]]],
  ]

  @Test func warnsInTheHeader() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let namespace: JSONValue = [
        "metadata": ["name": "watched", "labels": ["pod-security.kubernetes.io/warn": "baseline"]]
      ]
      #expect(try await client.post("/api/v1/namespaces", namespace).code == 201)
      let accounts = "/api/v1/namespaces/watched/serviceaccounts"
      #expect(try await client.post(accounts, ["metadata": ["name": "default"]]).code == 201)
      let answer = try await client.post("/api/v1/namespaces/watched/pods", Self.pod)
      #expect(answer.code == 201)
      #expect(
        answer.headers["warning"] == [
          #"299 - "would violate PodSecurity \"baseline:latest\": host namespaces (hostNetwork=true)""#
        ])
      let silent = try await client.post("/api/v1/namespaces/default/pods", Self.pod)
      #expect(silent.code == 201 && silent.headers["warning"].isEmpty)
    }
  }

  @Test func criticalPodsHaveTheirClassesFromTheStart() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      var pod = Self.pod
      pod["spec"]?["priorityClassName"] = "system-node-critical"
      let answer = try await client.post("/api/v1/namespaces/default/pods", pod)
      #expect(answer.code == 201 && answer["spec", "priority"] == 2_000_001_000)
    }
  }
}
