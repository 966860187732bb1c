import Access
import ContainerRuntime
import Foundation
import HTTPServer
import Kubelet
import KubernetesAPI
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization
import Testing
import Waiting

@Suite("The kubelet's streams", .timeLimit(.minutes(10)))
final class StreamTests: Sendable {
  private let root = FileManager.default.temporaryDirectory.path + "/apus-streams-\(UUID().uuidString)"
  private let runtime = HollowRuntime(addressPrefix: "198.19.1", now: { wallNow() })
  private let reports = Reports()

  deinit { try? FileManager.default.removeItem(atPath: root) }

  @Test("requests are read, and nonsense is refused")
  func requests() throws {
    func parse(_ path: String, _ query: String = "") throws -> StreamRequest {
      try StreamRequest(path: path.split(separator: "/").map(String.init), query: HTTPQuery(encoded: query))
    }
    let exec = try parse("/exec/ns/web/app", "command=ls&command=-l+x&input=1&output=1&error=1")
    #expect(exec.namespace == "ns" && exec.pod == "web" && exec.uid == "")
    #expect(
      exec.kind
        == .exec(
          container: "app", command: ["ls", "-l x"], ProcessStreams(stdin: true, stdout: true, stderr: true)))
    #expect(try parse("/exec/ns/web/u-1/app", "output=1").uid == "u-1")
    // A terminal has one output.
    #expect(
      try parse("/exec/ns/web/app", "output=1&error=1&tty=1").kind
        == .exec(container: "app", command: [], ProcessStreams(stdout: true, tty: true)))
    #expect(
      try parse("/attach/ns/web/app", "input=true&tty=1").kind
        == .attach(container: "app", ProcessStreams(stdin: true)))
    #expect(try parse("/portForward/ns/web", "port=80&port=81,82").kind == .portForward(ports: [80, 81, 82]))
    #expect(try parse("/portForward/ns/web/u-1").uid == "u-1")
    for (path, query) in [
      ("/exec/ns/web", "output=1"), ("/exec/ns/web/u/app/more", "output=1"), ("/exec/ns/web/app", "tty=1"),
      ("/portForward/ns", ""), ("/portForward/ns/web", "port=0"), ("/portForward/ns/web", "port=x"),
    ] {
      #expect(throws: StreamRequest.Failure.self, "\(path)") { try parse(path, query) }
    }
  }

  @Test("a runtime's streaming address is read")
  func locations() {
    let location = StreamLocation("http://127.0.0.1:4711/exec/token?x=1")
    #expect(location?.host == "127.0.0.1" && location?.port == 4711 && location?.path == "/exec/token?x=1")
    #expect(StreamLocation("http://[::1]:80")?.host == "::1" && StreamLocation("http://[::1]:80")?.path == "/")
    for bad in ["https://127.0.0.1:1/x", "/exec/token", "http://127.0.0.1/x", "http://:80/x", "http://a:99999/x"] {
      #expect(StreamLocation(bad) == nil, "\(bad)")
    }
  }

  /// A kubelet over the hollow runtime, with one pod.
  private func withKubelet(
    streamServer: Int?, api: ReviewingAPI = ReviewingAPI(), _ body: (Int) async throws -> Void
  ) async throws {
    let handlers = HandlerRunner(runtime: runtime, group: MultiThreadedEventLoopGroup.singleton)
    let actions = PodActions(
      runtime: runtime, folders: PodFolders(root: root), cgroups: PodCgroups(parent: "/apus-test-none"),
      node: PodEnvironment(nodeName: "node1", hostAddress: "198.18.0.6"), references: FixedReferences(), events: nil,
      handlers: handlers, logger: silent)
    let reports = reports
    let manager = PodManager(
      actions: actions, builder: PodStatusBuilder(hostAddress: "198.18.0.6"), now: { wallNow() }, logger: silent
    ) { reports.put($0) }
    await manager.setDesired([
      pod("web", containers: ["app", "shell"]) {
        $0.metadata.resourceVersion = "1"
        $0.spec.containers[1].stdin = true
        $0.spec.containers[1].tty = true
      }
    ])
    try await eventually("the pod runs") { reports["web"]?.status.phase == "Running" }
    runtime.setStreamServer(streamServer.map { "http://127.0.0.1:\($0)" })
    let server = KubeletServer(
      manager: manager, runtime: runtime, access: api.access(), now: { wallNow() }, logger: silent)
    try await withServer(
      isKubelet: true, handler: { request, writer in try await server.handle(request, writer) }, body)
  }

  @Test("streams are carried between a front-end and the runtime's server")
  func carries() async throws {
    let seen = Mutex<[(target: String, headers: HTTPHeaders)]>([])
    let runtimeServer: HTTPRequestHandler = { request, writer in
      seen.withLock { $0.append((request.target, request.headers)) }
      let tunnel = try await writer.upgrade(headers: ["connection": "Upgrade", "upgrade": "SPDY/3.1"])
      for try await bytes in tunnel.inbound { try await tunnel.write(bytes) }
      try await tunnel.write(ByteBuffer(string: "<end>"))
      try await tunnel.finishOutput()
    }
    try await withServer(handler: runtimeServer) { port in
      try await withKubelet(streamServer: port) { kubelet in
        for (path, call) in [
          ("/exec/default/web/app?command=ls&command=-l&output=1&error=1", "exec app oe ls -l"),
          ("/exec/default/web/uid-web/app?command=sh&input=1&output=1&error=1&tty=1", "exec app iot sh"),
          ("/attach/default/web/shell?input=1&output=1&error=1", "attach shell iot"),
          ("/attach/default/web/app?output=1&error=1", "attach app oe"),
          ("/portForward/default/web?port=80", "portForward 80"), ("/portForward/default/web", "portForward"),
        ] {
          let answer = try await dialKubelet(
            kubelet, .POST, path,
            headers: [
              "upgrade": "SPDY/3.1", "x-stream-protocol-version": "v4.channel.k8s.io", "x-secret": "1",
              "X-Stream-Protocol-Version": "v3.channel.k8s.io",
            ])
          guard case .switched(let head, let tunnel) = answer else {
            Issue.record("\(path): \(await answer.refusal())")
            continue
          }
          #expect(head.headers["upgrade"] == ["SPDY/3.1"])
          try await tunnel.write(ByteBuffer(string: "hello"))
          try await tunnel.finishOutput()
          var text = ""
          for try await bytes in tunnel.inbound { text += String(buffer: bytes) }
          #expect(text == "hello<end>")
          await tunnel.finish()
          #expect(runtime.calls.last == call)
          let last = try #require(seen.withLock { $0.last })
          #expect(last.target == "/" + (call.split(separator: " ").first.map(String.init) ?? ""))
          #expect(last.headers["x-stream-protocol-version"] == ["v4.channel.k8s.io", "v3.channel.k8s.io"])
          #expect(last.headers["x-secret"] == [])
        }
      }
    }
  }

  @Test("who may not is turned away, and what cannot be is said")
  func refuses() async throws {
    try await withKubelet(streamServer: 1) { kubelet in
      let exec = "/exec/default/web/app?command=ls&output=1"
      let node = try await dialKubelet(kubelet, .POST, exec, as: .node).refusal()
      #expect(node.code == 403)
      #expect(node.text == "Forbidden (user=system:node:one, verb=create, resource=nodes, subresource(s)=[proxy])\n")
      for (path, code, text) in [
        (exec, 502, "streaming server"), ("/exec/default/none/app?command=ls&output=1", 404, "pod does not exist"),
        ("/exec/default/web/other/app?command=ls&output=1", 404, "pod does not exist"),
        ("/exec/default/web/none?command=ls&output=1", 404, "container not found (\"none\")"),
        ("/exec/default/web/app?command=ls", 400, "at least 1 of"), ("/exec/default", 404, "404"),
        ("/portForward/default/none", 404, "pod does not exist"), ("/run/default/web/app", 501, "exec"),
      ] {
        let refusal = try await dialKubelet(kubelet, .POST, path).refusal()
        #expect(refusal.code == code && refusal.text.contains(text), "\(path): \(refusal)")
      }
      let put = try await dialKubelet(kubelet, .PUT, exec).refusal()
      #expect(put.code == 405)
      // Nothing runs on a hollow node.
      runtime.setStreamServer(nil)
      let hollow = try await dialKubelet(kubelet, .POST, "/attach/default/web/shell?output=1").refusal()
      #expect(hollow.code == 501 && hollow.text.contains("hollow"), "\(hollow)")
    }
  }

  @Test("others come with tokens, and front-ends need nobody's word")
  func callers() async throws {
    let api = ReviewingAPI()
    api.state.withLock {
      $0.users["good"] = UserInfo.authenticated(name: "prom", groups: [])
      $0.permissions = ["prom get metrics"]
    }
    try await withKubelet(streamServer: nil, api: api) { kubelet in
      func ask(
        _ path: String, token: String? = nil, as caller: KubeletCertificates.Caller = .nobody
      ) async throws -> (code: Int, text: String) {
        var headers: HTTPHeaders = ["upgrade": "SPDY/3.1"]
        if let token { headers.add(name: "authorization", value: "Bearer \(token)") }
        return try await dialKubelet(kubelet, .GET, path, as: caller, headers: headers).refusal()
      }
      let metrics = try await ask("/metrics", token: "good")
      #expect(metrics.code == 200 && metrics.text.contains("kubelet_running_pods"), "\(metrics)")
      let pods = try await ask("/pods", token: "good")
      #expect(pods.code == 403)
      #expect(pods.text == "Forbidden (user=prom, verb=get, resource=nodes, subresource(s)=[pods proxy])\n")
      let exec = try await ask("/exec/default/web/app?command=ls&output=1", token: "good")
      #expect(exec.code == 403 && exec.text.contains("verb=create"), "\(exec)")
      let bad = try await ask("/metrics", token: "bad")
      #expect(bad.code == 401 && bad.text == "Unauthorized\n", "\(bad)")
      let anonymous = try await ask("/healthz")
      #expect(anonymous.code == 401 && anonymous.text == "Unauthorized\n", "\(anonymous)")
      api.state.withLock { $0.isAway = true }
      let known = try await ask("/metrics", token: "good")
      #expect(known.code == 200, "\(known)")
      let frontEnd = try await ask("/pods", as: .frontEnd)
      #expect(frontEnd.code == 200 && frontEnd.text.contains("PodList"), "\(frontEnd)")
    }
  }
}
