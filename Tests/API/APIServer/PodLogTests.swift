import APIServer
import AsyncHTTPClient
import ClusterConfig
import Foundation
import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry
import StorageStandIn
import Testing

/// Pod logs come from the pod's kubelet, over mutual TLS, streamed through.
@Suite struct PodLogTests {
  static let pods = "/api/v1/namespaces/default/pods"

  /// A kubelet that answers logs only to front-ends.
  private func withKubelet(_ body: (Int) async throws -> Void) async throws {
    let files = try TestCertificates.shared.get().host("one")
    let tls = try HTTPServerTLS.context(
      certificateFile: files.kubeletServer.certificate, privateKeyFile: files.kubeletServer.key,
      clientAuthorities: files.trust(.cluster), clientCertificate: .required)
    let server = HTTPServer(
      configuration: HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0), tls: tls), logger: quiet
    ) { request, writer in
      if request.path.hasSuffix("/mute/main") { return try await Task.sleep(for: .seconds(60)) }
      if request.path.hasSuffix("/stuck/main") {
        try await writer.writeHead(.notFound)
        return try await Task.sleep(for: .seconds(60))
      }
      guard request.path == "/containerLogs/default/talker/main" else {
        return try await writer.respond(.notFound, body: ByteBuffer(string: "no such container"))
      }
      try await writer.writeHead(.ok)
      let text = "to \(request.peer?.commonName ?? "nobody") \(request.query.items.map { "\($0.name)=\($0.value)" })\n"
      try await writer.write(ByteBuffer(string: text))
      if request.query["follow"] == "true" { try await Task.sleep(for: .seconds(60)) }
      try await writer.finish()
    }
    let port = try await server.start()
    let result: Result<Void, any Error>
    do { result = .success(try await body(port)) } catch { result = .failure(error) }
    await server.shutdown()
    try result.get()
  }

  @Test func streamsFromTheKubelet() async throws {
    try await withKubelet { kubelet in
      try await withFrontEnd(storage: InMemoryStorage()) { _, client in
        try await Self.makePods(client, kubelet)
        let whole = try await client.get("\(Self.pods)/talker/log?tailLines=5&timestamps=true")
        #expect(whole.code == 200 && whole.text.contains(#"["timestamps=true", "tailLines=5"]"#), "\(whole.text)")
        #expect(!whole.text.contains("nobody"))
        // What is followed arrives before the end.
        let followed = try await client.start(.GET, "\(Self.pods)/talker/log?follow=true&container=main")
        var chunks = followed.body.makeAsyncIterator()
        let first = try await chunks.next().map { String(buffer: $0) } ?? ""
        #expect(first.contains("follow=true"))
        for (path, code) in [
          ("talker/log?container=other", 400), ("talker/log?tailLines=few", 400), ("homeless/log", 400),
          ("lost/log", 404), ("none/log", 404),
        ] {
          let answer = try await client.get("\(Self.pods)/\(path)")
          #expect(answer.code == code && answer["kind"] == "Status", "\(path): \(answer.text)")
        }
      }
    }
  }

  /// A node whose kubelet is at that port, and pods on it, on another and on none.
  private static func makePods(_ client: TestClient, _ kubelet: Int) async throws {
    let node: JSONValue = ["apiVersion": "v1", "kind": "Node", "metadata": ["name": "one"]]
    var created = try await client.post("/api/v1/nodes", node).json
    created["status"] = [
      "addresses": [["type": "InternalIP", "address": "127.0.0.1"]],
      "daemonEndpoints": ["kubeletEndpoint": ["Port": .int(Int64(kubelet))]],
    ]
    let status = try await client.put("/api/v1/nodes/one/status", created)
    #expect(status.code == 200, "\(status.text)")
    for (name, place) in [
      ("talker", JSONValue.string("one")), ("mute", "one"), ("stuck", "one"), ("homeless", .null), ("lost", "nowhere"),
    ] {
      let pod: JSONValue = [
        "apiVersion": "v1", "kind": "Pod", "metadata": ["name": .string(name)],
        "spec": ["nodeName": place, "containers": [["name": "main", "image": "demo"]]],
      ]
      let answer = try await client.post(pods, pod)
      #expect(answer.code == 201, "\(answer.text)")
    }
  }

  @Test func aKubeletThatSaysNothingIsAnError() async throws {
    try await withKubelet { kubelet in
      try await withFrontEnd(storage: InMemoryStorage(), kubeletPatience: .seconds(8)) { _, client in
        try await Self.makePods(client, kubelet)
        async let first = client.get("\(Self.pods)/mute/log")
        async let second = client.get("\(Self.pods)/stuck/log")
        let (mute, stuck) = try await (first, second)
        #expect(mute.code == 504 && mute["reason"] == "Timeout" && mute["kind"] == "Status", "\(mute.text)")
        #expect(mute.text.contains("did not answer within 8000 ms"))
        // A refusal counts, also when its reason does not come.
        #expect(stuck.code == 404 && stuck["kind"] == "Status", "\(stuck.text)")
      }
    }
  }
}
