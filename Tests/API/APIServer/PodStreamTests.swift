import APIServer
import Access
import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry
import StorageStandIn
import Synchronization
import Testing
import Waiting

/// `exec`, `attach` and `portforward` pass through to the pod's kubelet as bytes, over mutual TLS.
@Suite(.timeLimit(.minutes(10))) struct PodStreamTests {
  static let pods = "/api/v1/namespaces/default/pods"

  /// Echoes; says no to WebSockets, in the way of containerd 1.6 with `v5.channel.k8s.io`.
  private static func kubelet(_ seen: SeenRequests, flooded: Box = Box()) -> HTTPRequestHandler {
    { request, writer in
      seen.note(request)
      if request.target.contains("/refuses/") {
        return try await writer.respond(
          .forbidden, headers: ["x-accepted-stream-protocol-versions": "v4.channel.k8s.io"],
          body: ByteBuffer(string: "unable to upgrade"))
      }
      if request.target.contains("/plain/") { return try await writer.respond(.ok, body: ByteBuffer(string: "fine")) }
      var headers: HTTPHeaders = ["connection": "Upgrade", "upgrade": "SPDY/3.1"]
      if let chosen = request.headers["x-stream-protocol-version"].last {
        headers.add(name: "x-stream-protocol-version", value: chosen)
      }
      let tunnel = try await writer.upgrade(headers: headers)
      if request.target.contains("/floods/") {
        while true {
          try await tunnel.write(ByteBuffer(repeating: 1, count: 64 * 1024))
          flooded.count.add(64 * 1024, ordering: .relaxed)
        }
      }
      for try await bytes in tunnel.inbound { try await tunnel.write(bytes) }
      try await tunnel.write("<end>")
      try await tunnel.finishOutput()
    }
  }

  private final class Box: Sendable { let count = Atomic(0) }

  private static func withPods(
    _ seen: SeenRequests, flooded: Box = Box(), authorizer: any Authorizer = TestAuthorizer(),
    _ body: (FrontEnd, TestClient) async throws -> Void
  ) async throws {
    try await withStandIn(isKubelet: true, handler: kubelet(seen, flooded: flooded)) { port in
      try await withFrontEnd(storage: InMemoryStorage(), authorizer: authorizer) { frontEnd, client in
        try await client.makeNode(
          kubelet: port, pods: ["talker", "pair", "refuses", "plain", "floods", "homeless"])
        try await body(frontEnd, client)
      }
    }
  }

  @Test func streamsReachTheKubeletUnderItsOwnNames() async throws {
    let seen = SeenRequests()
    try await Self.withPods(seen) { _, client in
      let spdy: HTTPHeaders = [
        "upgrade": "SPDY/3.1", "x-stream-protocol-version": "v5.channel.k8s.io",
        "X-Stream-Protocol-Version": "v4.channel.k8s.io", "authorization": "Bearer x", "user-agent": "test",
      ]
      let (head, tunnel) = try await client.tunnel(
        .POST, "\(Self.pods)/talker/exec?command=ls&command=-l%20a%26b&stdin=true&stdout=1&tty=false", headers: spdy)
      #expect(head.status == .switchingProtocols && head.headers["upgrade"] == ["SPDY/3.1"])
      #expect(head.headers["x-stream-protocol-version"] == ["v4.channel.k8s.io"])
      try await tunnel.write("hello")
      #expect(try await tunnel.text(until: "hello") == "hello")
      try await tunnel.finishOutput()
      #expect(try await tunnel.text() == "<end>")
      await tunnel.finish()
      let request = try #require(seen.last)
      #expect(
        request.method == .POST
          && request.target == "/exec/default/talker/main?input=1&output=1&command=ls&command=-l%20a%26b")
      #expect(request.headers["x-stream-protocol-version"] == ["v5.channel.k8s.io", "v4.channel.k8s.io"])
      #expect(request.headers["authorization"] == [] && request.headers["user-agent"] == ["test"])
      #expect(request.peer == "kube-apiserver-kubelet-client")

      for (path, target) in [
        ("pair/attach?container=side&stdout=true&stderr=true", "/attach/default/pair/side?output=1&error=1"),
        ("talker/portforward", "/portForward/default/talker"),
        ("talker/portforward?ports=80&ports=81,82", "/portForward/default/talker?port=80&port=81&port=82"),
      ] {
        let (_, tunnel) = try await client.tunnel(.GET, "\(Self.pods)/\(path)")
        try await tunnel.finishOutput()
        #expect(try await tunnel.text() == "<end>")
        #expect(seen.last?.target == target && seen.last?.method == .GET)
        tunnel.close()
      }
    }
  }

  @Test func whatIsWrongIsSaid() async throws {
    let seen = SeenRequests()
    try await Self.withPods(seen) { _, client in
      for (path, code, text) in [
        ("none/exec?command=ls&stdout=1", 404, "pods \\\"none\\\" not found"),
        ("homeless/exec?command=ls&stdout=1", 400, "does not have a host assigned"),
        ("pair/exec?command=ls&stdout=1", 400, "choose one of: [main side]"),
        ("talker/exec?command=ls&stdout=1&container=x", 400, "container x is not valid for pod talker"),
        ("talker/portforward?ports=0", 400, "invalid value for ports"),
        ("talker/exec/more", 404, "could not find"),
      ] {
        let answer = try await client.refused(.POST, "\(Self.pods)/\(path)")
        #expect(answer.code == code && answer["kind"] == "Status", "\(path): \(answer.text)")
        #expect(answer.text.contains(text), "\(path): \(answer.text)")
      }
      #expect(seen.last == nil)
      // Not an upgrade at all, nor over HTTP/2, where there is none.
      for method in [HTTPMethod.GET, .POST] {
        let answer = try await client.send(method, "\(Self.pods)/talker/exec?command=ls&stdout=1", text: "")
        #expect(answer.code == 400 && answer["message"] == "Upgrade request required", "\(answer.text)")
      }
      #expect(try await client.refused(.PUT, "\(Self.pods)/talker/exec").code == 405)
    }
  }

  @Test func aKubeletsRefusalIsTheClients() async throws {
    try await Self.withPods(SeenRequests()) { _, client in
      // kubectl goes on with SPDY when its WebSocket is refused, whatever the code.
      let answer = try await client.refused(.GET, "\(Self.pods)/refuses/exec?command=ls&stdout=1")
      #expect(answer.code == 403 && answer.text == "unable to upgrade")
      #expect(answer.headers["x-accepted-stream-protocol-versions"] == ["v4.channel.k8s.io"])
      let plain = try await client.refused(.GET, "\(Self.pods)/plain/exec?command=ls&stdout=1")
      #expect(plain.code == 500 && plain.text.contains("invalid upgrade response: status code 200"))
    }
  }

  @Test func aKubeletThatIsNotThereIsAnError() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      try await client.makeNode(kubelet: 1, pods: ["talker"])
      let answer = try await client.refused(.POST, "\(Self.pods)/talker/exec?command=ls&stdout=1")
      #expect(answer.code == 500 && answer.text.contains("error dialing backend"), "\(answer.text)")
    }
  }

  /// May read everything and create nothing.
  private struct Reader: Authorizer {
    func authorize(_ user: UserInfo, _ attributes: AccessAttributes) async -> AccessDecision {
      if user.groups.contains(UserInfo.mastersGroup) { return .allowed }
      if ["get", "list", "watch"].contains(attributes.verb) { return .allowed }
      return .denied(reason: "cannot \(attributes.verb) \(attributes.combinedResource)")
    }
  }

  @Test func aGetRunsNothingForOneWhoMayOnlyRead() async throws {
    let seen = SeenRequests()
    try await Self.withPods(seen, authorizer: Reader()) { _, client in
      for method in [HTTPMethod.GET, .POST] {
        for path in ["exec?command=ls&stdout=1", "attach?stdout=1", "portforward"] {
          let answer = try await client.refused(
            method, "\(Self.pods)/talker/\(path)", as: .node,
            headers: ["upgrade": "websocket", "sec-websocket-protocol": "v4.channel.k8s.io"])
          #expect(answer.code == 403 && answer.text.contains("cannot create pods/"), "\(path): \(answer.text)")
        }
      }
      // The kubelet's own streams, by the way of its node.
      let path = "/api/v1/nodes/one/proxy/exec/default/talker/main?command=ls&output=1"
      #expect(try await client.refused(.GET, path, as: .node).code == 403)
      #expect(seen.last == nil)
      let plain = try await withClient(.node, port: client.port) {
        try await $0.get("/api/v1/nodes/one/proxy/pods/plain/")
      }
      #expect(plain.code == 200 && plain.text == "fine")
      // Who may create gets there.
      let (_, tunnel) = try await client.tunnel(.GET, path)
      #expect(seen.last?.target == "/exec/default/talker/main?command=ls&output=1")
      tunnel.close()
    }
  }

  @Test func aTokenAmongTheProtocolsStaysHere() async throws {
    let seen = SeenRequests()
    try await Self.withPods(seen) { _, client in
      let headers: HTTPHeaders = [
        "upgrade": "websocket",
        "sec-websocket-protocol": "base64url.bearer.authorization.k8s.io.c2VjcmV0, v4.channel.k8s.io",
      ]
      let (_, tunnel) = try await client.tunnel(
        .GET, "\(Self.pods)/talker/exec?command=ls&stdout=1", headers: headers)
      tunnel.close()
      #expect(seen.last?.headers["sec-websocket-protocol"] == ["v4.channel.k8s.io"])
    }
  }

  @Test func aClientThatDoesNotReadHoldsTheKubelet() async throws {
    let flooded = Box()
    try await Self.withPods(SeenRequests(), flooded: flooded) { _, client in
      let (_, tunnel) = try await client.tunnel(.POST, "\(Self.pods)/floods/exec?command=yes&stdout=1")
      try await eventually("something is written") { flooded.count.load(ordering: .relaxed) > 0 }
      var last = -1
      while last != flooded.count.load(ordering: .relaxed) {
        last = flooded.count.load(ordering: .relaxed)
        try await Task.sleep(for: .milliseconds(300))
      }
      #expect(last < 100 << 20)
      tunnel.close()
    }
  }

  @Test func aFrontEndThatStopsCutsItsTunnels() async throws {
    try await Self.withPods(SeenRequests()) { frontEnd, client in
      let (_, tunnel) = try await client.tunnel(.POST, "\(Self.pods)/talker/attach?stdout=1")
      try await tunnel.write("here")
      #expect(try await tunnel.text(until: "here") == "here")
      await frontEnd.shutdown()
      _ = try? await tunnel.text()
      tunnel.close()
    }
  }
}
