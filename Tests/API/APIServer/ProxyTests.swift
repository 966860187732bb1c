import APIServer
import AsyncHTTPClient
import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry
import StorageStandIn
import Synchronization
import Testing
import Waiting

/// The proxies of pods, services and nodes.
@Suite(.timeLimit(.minutes(10))) struct ProxyTests {
  static let pods = "/api/v1/namespaces/default/pods"
  static let services = "/api/v1/namespaces/default/services"

  private static func backend(_ seen: SeenRequests) -> HTTPRequestHandler {
    { request, writer in
      seen.note(request)
      switch request.path {
      case "/redirect":
        try await writer.respond(.found, headers: ["location": request.query["to"] ?? ""])
      case "/headers":
        try await writer.respond(
          .init(statusCode: 299),
          headers: [
            "x-own": "1", "access-control-allow-origin": "*", "keep-alive": "timeout=5", "connection": "x-hop",
            "x-hop": "1", "content-type": "text/odd",
          ])
      case "/echo":
        // Answers while it still reads.
        try await writer.writeHead(.created)
        for try await bytes in request.body { try await writer.write(bytes) }
        try await writer.finish()
      case "/broken":
        try await writer.writeHead(.ok, headers: ["content-length": "100"])
        try await writer.write(ByteBuffer(string: "part"))
        writer.abort()
      case "/socket":
        let tunnel = try await writer.upgrade(headers: ["connection": "Upgrade", "upgrade": "test/1", "x-own": "2"])
        for try await bytes in tunnel.inbound { try await tunnel.write(bytes) }
        try await tunnel.finishOutput()
      default:
        let body = String(buffer: try await request.body.collect(upTo: 1 << 20))
        try await writer.respond(.ok, body: ByteBuffer(string: "\(request.method) \(request.target) \(body)"))
      }
    }
  }

  private static func withPod(
    tls: Bool = false, proxiesToOwnAddresses: Bool = true, storage: InMemoryStorage = InMemoryStorage(),
    _ body: (TestClient, Int, SeenRequests) async throws -> Void
  ) async throws {
    let seen = SeenRequests()
    try await withStandIn(tls: tls, handler: backend(seen)) { port in
      try await withFrontEnd(storage: storage, proxiesToOwnAddresses: proxiesToOwnAddresses) { _, client in
        try await client.makeNode(kubelet: 1, pods: ["web", "other"], port: port)
        try await body(client, port, seen)
      }
    }
  }

  @Test func everyMethodReachesThePod() async throws {
    try await Self.withPod { client, port, _ in
      for method in [HTTPMethod.GET, .POST, .PUT, .PATCH, .DELETE, .OPTIONS] {
        let answer = try await client.send(
          method, "\(Self.pods)/web/proxy/a/b?x=1&y=%20", text: method == .GET ? nil : "body")
        #expect(answer.code == 200 && answer.text == "\(method) /a/b?x=1&y=%20 \(method == .GET ? "" : "body")")
      }
      let head = try await client.send(.HEAD, "\(Self.pods)/web/proxy/a")
      #expect(head.code == 200 && head.text.isEmpty)
      // With the port and the scheme in the name, and what is the pod's own business left as it was sent.
      for (name, path) in [
        ("web:\(port)", "/"), ("http:web:\(port)", "/x/"), ("web", "/a%2Fb/..%2f/%20"), ("web", "//twice//"),
        ("web", "/watch?watch=true"),
      ] {
        let answer = try await client.get("\(Self.pods)/\(name)/proxy\(path)")
        #expect(answer.text == "GET \(path) ", "\(name)\(path): \(answer.text)")
      }
    }
  }

  @Test func aPathWithoutItsSlashIsRedirected() async throws {
    try await Self.withPod { client, _, seen in
      let response = try await client.getWithoutRedirects("\(Self.pods)/web/proxy?x=1")
      #expect(response.code == 301 && response.headers["location"] == ["\(Self.pods)/web/proxy/?x=1"])
      #expect(seen.last == nil)
      // What is not fetched is not redirected.
      let post = try await client.send(.POST, "\(Self.pods)/web/proxy", text: "x")
      #expect(post.text == "POST / x")
    }
  }

  @Test func redirectsComeBackThroughTheProxy() async throws {
    try await Self.withPod { client, port, _ in
      let prefix = "\(Self.pods)/web/proxy"
      for (to, expected) in [
        ("/login?next=/", "\(prefix)/login?next=/"), ("next", "next"), ("http://elsewhere/x", "http://elsewhere/x"),
        ("http://127.0.0.1:\(port)/x/", "\(prefix)/x/"), ("//127.0.0.1:\(port)/x", "\(prefix)/x"),
        ("\(prefix)/already", "\(prefix)/already"),
        ("https://127.0.0.1:\(client.port)/x", "https://127.0.0.1:\(client.port)\(prefix)/x"),
      ] {
        let escaped = to.replacing("?", with: "%3F").replacing("&", with: "%26")
        let answer = try await client.getWithoutRedirects("\(prefix)/redirect?to=\(escaped)")
        #expect(answer.code == 302 && answer.headers["location"] == [expected], "\(to): \(answer.headers)")
      }
    }
  }

  @Test func headersThatAreNotThePodsStayHere() async throws {
    try await Self.withPod { client, _, seen in
      let answer = try await client.send(
        .GET, "\(Self.pods)/web/proxy/headers",
        headers: [
          "authorization": "Bearer x", "impersonate-user": "somebody", "impersonate-group": "system:masters",
          "x-mine": "1", "x-forwarded-for": "10.0.0.9", "accept": "text/x", "cookie": "a=b",
        ])
      #expect(answer.code == 299 && answer.headers["x-own"] == ["1"] && answer.headers["content-type"] == ["text/odd"])
      for name in ["access-control-allow-origin", "keep-alive", "x-hop"] {
        #expect(answer.headers[name] == [], "\(name)")
      }
      let request = try #require(seen.last)
      for name in ["authorization", "impersonate-user", "impersonate-group", "connection"] {
        #expect(request.headers[name] == [], "\(name)")
      }
      #expect(request.headers["x-mine"] == ["1"] && request.headers["cookie"] == ["a=b"])
      #expect(request.headers["x-forwarded-for"] == ["10.0.0.9, 127.0.0.1"])
      #expect(request.headers["x-forwarded-uri"] == ["\(Self.pods)/web/proxy/headers"])
    }
  }

  @Test(arguments: [false, true]) func bodiesStreamBothWays(http1: Bool) async throws {
    try await Self.withPod { client, _, _ in
      let second = try TestClient(.admin, port: client.port, http1: http1)
      // More than the API itself takes.
      let large = ByteBuffer(repeating: 9, count: 9 << 20)
      var failure: (any Error)?
      do {
        let response = try await second.start(.POST, "\(Self.pods)/web/proxy/echo", body: large)
        #expect(response.status == .created)
        let back = try await response.body.collect(upTo: 64 << 20)
        #expect(back == large)
      } catch { failure = error }
      try? await second.client.shutdown()
      if let failure { throw failure }
    }
  }

  @Test func anAnswerThatBreaksOffIsNotTakenForAWhole() async throws {
    try await Self.withPod { client, _, _ in
      await #expect(throws: (any Error).self) { try await client.get("\(Self.pods)/web/proxy/broken") }
    }
  }

  @Test func otherProtocolsPassThrough() async throws {
    try await Self.withPod { client, _, seen in
      let (head, tunnel) = try await client.tunnel(
        .GET, "\(Self.pods)/web/proxy/socket?a=b", headers: ["upgrade": "test/1", "authorization": "Bearer x"])
      #expect(head.headers["x-own"] == ["2"])
      #expect(seen.last?.headers["authorization"] == [] && seen.last?.target == "/socket?a=b")
      try await tunnel.write("one")
      try await tunnel.finishOutput()
      #expect(try await tunnel.text() == "one")
      tunnel.close()
      // A pod that does not know the protocol answers as ever.
      let plain = try await client.refused(.GET, "\(Self.pods)/web/proxy/page", headers: ["upgrade": "h2c"])
      #expect(plain.code == 200 && plain.text == "GET /page ")
    }
  }

  @Test func podsMaySpeakTLS() async throws {
    try await Self.withPod(tls: true) { client, port, _ in
      #expect(try await client.get("\(Self.pods)/https:web:\(port)/proxy/x").text == "GET /x ")
      let (_, tunnel) = try await client.tunnel(
        .GET, "\(Self.pods)/https:web:\(port)/proxy/socket", headers: ["upgrade": "test/1"])
      try await tunnel.write("over TLS")
      try await tunnel.finishOutput()
      #expect(try await tunnel.text() == "over TLS")
      tunnel.close()
      #expect(try await client.get("\(Self.pods)/web:\(port)/proxy/x").code == 503)
    }
  }

  @Test func whatCannotBeReachedIsSaid() async throws {
    try await Self.withPod { client, _, _ in
      for (path, code, text) in [
        ("\(Self.pods)/none/proxy/", 404, "not found"), ("\(Self.pods)/ftp:web:1/proxy/", 400, "invalid pod request"),
        ("\(Self.pods)/web:x/proxy/", 400, "invalid port"), ("\(Self.pods)/web:1/proxy/", 503, "error trying to reach"),
        ("\(Self.services)/none/proxy/", 404, "not found"), ("/api/v1/nodes/none/proxy/", 404, "not found"),
        ("/api/v1/nodes/one/proxy/", 503, "error trying to reach"),
      ] {
        let answer = try await client.get(path)
        #expect(answer.code == code && answer["kind"] == "Status", "\(path): \(answer.text)")
        #expect(answer.text.contains(text), "\(path): \(answer.text)")
      }
    }
  }

  @Test func noWayLeadsToThisHostItself() async throws {
    try await Self.withPod(proxiesToOwnAddresses: false) { client, port, seen in
      var pod = try await client.get("\(Self.pods)/other").json
      for address in ["127.0.0.1", "169.254.169.254", "0.0.0.0", "::1", "fe80::1", "::ffff:127.0.0.1", "224.0.0.1"] {
        pod["status"] = ["phase": "Running", "podIP": .string(address), "podIPs": [["ip": .string(address)]]]
        pod["metadata"]?["resourceVersion"] = nil
        let status = try await client.put("\(Self.pods)/other/status", pod)
        guard status.code == 200 else { continue }  // refused as a pod's address at all
        let answer = try await client.get("\(Self.pods)/other/proxy/")
        #expect(answer.code == 400 && answer["message"] == "address not allowed", "\(address): \(answer.text)")
        let upgrade = try await client.refused(.GET, "\(Self.pods)/other/proxy/socket")
        #expect(upgrade.code == 400, "\(address): \(upgrade.text)")
      }
      #expect(try await client.get("/api/v1/nodes/one:\(port)/proxy/").code == 400)
      #expect(seen.last == nil)
    }
  }

  @Test func servicesAreReachedByTheirReadyPods() async throws {
    let storage = InMemoryStorage()
    try await Self.withPod(storage: storage) { client, port, seen in
      let service: JSONValue = [
        "apiVersion": "v1", "kind": "Service", "metadata": ["name": "web"],
        "spec": ["ports": [["name": "http", "port": 80], ["name": "other", "port": 81]]],
      ]
      #expect(try await client.post(Self.services, service).code == 201)
      #expect(try await client.get("\(Self.services)/web:80/proxy/").code == 503)
      func slice(_ name: String, _ port: JSONValue, _ pod: String?, ready: Bool = true, address: String = "127.0.0.1")
        async throws
      {
        var endpoint: JSONValue = ["addresses": [.string(address)], "conditions": ["ready": .bool(ready)]]
        if let pod { endpoint["targetRef"] = ["kind": "Pod", "namespace": "default", "name": .string(pod)] }
        let document: JSONValue = [
          "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
          "metadata": [
            "name": .string(name), "namespace": "default", "labels": ["kubernetes.io/service-name": "web"],
          ],
          "addressType": "IPv4", "endpoints": [endpoint], "ports": [["name": "http", "port": port, "protocol": "TCP"]],
        ]
        if address == "127.0.0.1" {
          // The API takes no endpoint at the host itself, where the test's pod is: this one comes by way of the store.
          let put = StorageTransaction.Operation.put(
            key: "/registry/endpointslices/default/\(name)", value: document.jsonBytes)
          _ = try await storage.txn(StorageTransaction(compares: [], then: [put], otherwise: []))
          return
        }
        let answer = try await client.post("/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", document)
        #expect(answer.code == 201, "\(answer.text)")
      }
      // Not ready; no pod's; not the address that its pod has; a pod that is not there.
      try await slice("a", 1, "web", ready: false, address: "198.18.0.9")
      try await slice("b", 1, nil, address: "198.18.0.9")
      try await slice("c", 1, "web", address: "198.18.0.9")
      try await slice("d", 1, "gone", address: "198.18.0.9")
      #expect(try await client.get("\(Self.services)/web:http/proxy/").code == 503)
      try await slice("e", .int(Int64(port)), "web")
      for name in ["web:80", "web:http", "http:web:http"] {
        let answer = try await client.get("\(Self.services)/\(name)/proxy/x")
        #expect(answer.code == 200 && answer.text == "GET /x ", "\(name): \(answer.text)")
      }
      #expect(seen.last?.headers["x-forwarded-uri"] == ["\(Self.services)/http:web:http/proxy/x"])
      for (name, text) in [
        ("web", "no endpoints available for service"), ("web:other", "no endpoints available"),
        ("web:82", "no service port 82 found for service"),
      ] {
        let answer = try await client.get("\(Self.services)/\(name)/proxy/")
        #expect(answer.code == 503 && answer.text.contains(text), "\(name): \(answer.text)")
      }
      let (_, tunnel) = try await client.tunnel(.GET, "\(Self.services)/web:80/proxy/socket")
      tunnel.close()
    }
  }

  @Test func nodesAreReachedAsTheirKubelets() async throws {
    let seen = SeenRequests()
    try await withStandIn(isKubelet: true, handler: Self.backend(seen)) { port in
      try await withFrontEnd(storage: InMemoryStorage()) { _, client in
        try await client.makeNode(kubelet: port, pods: [])
        for name in ["one", "one:\(port)", "https:one:\(port)"] {
          let answer = try await client.get("/api/v1/nodes/\(name)/proxy/metrics")
          #expect(answer.code == 200 && answer.text == "GET /metrics ", "\(answer.text)")
          #expect(seen.last?.peer == "kube-apiserver-kubelet-client")
        }
      }
    }
  }

  @Test func whoMayNotIsTurnedAway() async throws {
    try await Self.withPod { client, _, seen in
      try await withClient(.unknown, port: client.port) { other in
        for path in ["\(Self.pods)/web/proxy/x", "\(Self.services)/web/proxy/x", "/api/v1/nodes/one/proxy/x"] {
          let answer = try await other.get(path)
          #expect(answer.code == 403 && answer["reason"] == "Forbidden", "\(answer.text)")
        }
      }
      // A node may read, and nothing else.
      try await withClient(.node, port: client.port) { (node: TestClient) async throws -> Void in
        #expect(try await node.get("\(Self.pods)/web/proxy/x").code == 200)
        #expect(try await node.send(.POST, "\(Self.pods)/web/proxy/x", text: "").code == 403)
        #expect(try await node.send(.DELETE, "\(Self.pods)/web/proxy/x").code == 403)
      }
      #expect(seen.last?.method == .GET)
    }
  }
}
