import CLinux
import ContainerRuntime
import Foundation
import Glibc
import HTTPServer
import Kubelet
import KubernetesAPI
import NIOCore
import NIOHTTP1
import NIOPosix
import NodeNetwork
import Supervision
import Testing
import Waiting

/// Commands, attached containers and forwarded ports on a real containerd, through the kubelet's server: with the real
/// kubectl, in front of which stands just enough of an API, and over a WebSocket as other clients open them.
extension ContainerdTests {
  @Test("commands, files, terminals and ports pass through to containers", .timeLimit(.minutes(20)))
  func streams() async throws {
    try await withMachine { machine in
      let reports = Reports()
      let manager = machine.manager(reports)
      try await eventually("the runtime is ready") {
        (try? await machine.runtime.conditions().allSatisfy(\.status)) ?? false
      }
      await manager.setDesired([Self.workshop])
      try await eventually("runs", within: .seconds(180)) { reports["workshop"]?.status.phase == "Running" }
      // The runtime listens on 127.0.0.1 of the machine's own network.
      let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
      let place = "/run/netns/\(machine.namespace)"
      let entered = try await group.next().submit {
        let namespace = Glibc.open(place, O_RDONLY | O_CLOEXEC)
        defer { close(namespace) }
        return apus_enter_network(namespace)
      }.get()
      #expect(entered == 0)
      let server = KubeletServer(
        manager: manager, runtime: machine.runtime, access: ReviewingAPI().access(),
        dialer: UpgradeDialer(group: group), now: { wallNow() }, logger: silent)
      try await withServer(
        isKubelet: true, handler: { request, writer in try await server.handle(request, writer) }
      ) { kubelet in
        try await Self.overWebSocket(kubelet)
        if ContainerdHost.find("kubectl") != nil {
          try await withServer(handler: Self.frontEnd(kubelet, Self.workshop)) { port in
            try await Self.useKubectl(Kubectl(port: port, folder: machine.folder))
          }
        } else {
          print("kubectl is not installed: not tried")
        }
      }
      try await group.shutdownGracefully()
    }
  }

  /// A pod with the host's programs; `talker` reads what is typed to it.
  private static let workshop = pod("workshop", containers: ["app", "talker"]) {
    $0.metadata.resourceVersion = "1"
    $0.spec.terminationGracePeriodSeconds = 1
    $0.spec.volumes = [CoreV1.Volume(name: "scratch", emptyDir: .init())]
    for (name, path) in [("usr", "/usr"), ("lib", "/usr/lib"), ("lib64", "/usr/lib64")] where access(path, F_OK) == 0 {
      $0.spec.volumes.append(CoreV1.Volume(name: name, hostPath: .init(path: path)))
    }
    for index in 0..<2 {
      $0.spec.containers[index].image = "apus-demo:v1"
      $0.spec.containers[index].volumeMounts = $0.spec.volumes.map {
        CoreV1.VolumeMount(name: $0.name, readOnly: $0.name != "scratch", mountPath: "/\($0.name)")
      }
    }
    $0.spec.containers[1].command = ["/usr/bin/bash", "-c", "while read line; do echo \"said $line\"; done; sleep 600"]
    $0.spec.containers[1].stdin = true
  }

  // MARK: WebSockets

  /// One command over `v4.channel.k8s.io`: what came on its channels.
  private static func overWebSocket(_ kubelet: Int) async throws {
    let command = ["bash", "-c", "echo out; echo err >&2; read line; echo \"got $line\"; exit 3"]
    let query = command.map { "command=" + ($0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "") }
    let answer = try await dialKubelet(
      kubelet, .GET, "/exec/default/workshop/app?input=1&output=1&error=1&\(query.joined(separator: "&"))",
      headers: [
        "upgrade": "websocket", "sec-websocket-version": "13", "sec-websocket-key": "AAECAwQFBgcICQoLDA0ODw==",
        "sec-websocket-protocol": "v4.channel.k8s.io",
      ])
    guard case .switched(let head, let tunnel) = answer else {
      Issue.record("\(await answer.refusal())")
      return
    }
    #expect(head.headers["sec-websocket-protocol"] == ["v4.channel.k8s.io"])
    // Standard input is channel 0. A mask of zeros changes nothing.
    let typed = Array("hello\n".utf8)
    try await tunnel.write(ByteBuffer(bytes: [0x82, 0x80 | UInt8(typed.count + 1), 0, 0, 0, 0, 0] + typed))
    var channels: [UInt8: String] = [:]
    var pending = ByteBuffer()
    reading: for try await var bytes in tunnel.inbound {
      pending.writeBuffer(&bytes)
      while pending.readableBytes >= 2 {
        let start = pending.readerIndex
        let opcode = (pending.getInteger(at: start, as: UInt8.self) ?? 0) & 0x0f
        let short = Int(pending.getInteger(at: start + 1, as: UInt8.self) ?? 0)
        let length = short == 126 ? Int(pending.getInteger(at: start + 2, as: UInt16.self) ?? 0) : short
        let size = short == 126 ? 4 : 2
        guard pending.readableBytes >= size + length else { break }
        pending.moveReaderIndex(forwardBy: size)
        let payload = pending.readBytes(length: length) ?? []
        if opcode == 8 { break reading }
        if let channel = payload.first {
          channels[channel, default: ""] += String(decoding: payload.dropFirst(), as: UTF8.self)
        }
      }
    }
    tunnel.close()
    #expect(channels[1] == "out\ngot hello\n" && channels[2] == "err\n", "\(channels)")
    #expect(channels[3]?.contains(#""reason":"NonZeroExitCode""#) == true, "\(channels)")
    #expect(channels[3]?.contains(#""message":"3""#) == true, "\(channels)")
  }

  // MARK: kubectl

  /// Knows one pod, and hands requests for its streams on to the kubelet.
  private static func frontEnd(_ kubelet: Int, _ pod: CoreV1.Pod) -> HTTPRequestHandler {
    let target = Result {
      UpgradeTarget(host: "127.0.0.1", port: kubelet, tls: try KubeletCertificates.client())
    }
    let path = "/api/v1/namespaces/default/pods/\(pod.metadata.name)"
    var running = pod
    running.status.phase = "Running"
    let document = ByteBuffer(bytes: running.jsonBytes)
    let documents: [String: String] = [
      "/api": #"{"kind":"APIVersions","versions":["v1"]}"#,
      "/apis": #"{"kind":"APIGroupList","apiVersion":"v1","groups":[]}"#,
      "/api/v1": #"{"kind":"APIResourceList","groupVersion":"v1","resources":[{"name":"pods","singularName":"pod","#
        + #""namespaced":true,"kind":"Pod","shortNames":["po"],"verbs":["get","list"]}]}"#,
    ]
    return { request, writer in
      let json: HTTPHeaders = ["content-type": "application/json"]
      if let text = documents[request.path] {
        return try await writer.respond(.ok, headers: json, body: ByteBuffer(string: text))
      }
      if request.path == path { return try await writer.respond(.ok, headers: json, body: document) }
      guard request.path.hasPrefix(path + "/"), request.asksForUpgrade else {
        return try await writer.respond(.notFound)
      }
      _ = try await request.body.collect(upTo: 0)
      let kind = request.path.dropFirst(path.count + 1)
      let names = ["stdin": "input", "stdout": "output", "stderr": "error", "ports": "port"]
      let query = request.query.items.filter { $0.name != "container" }.map { item in
        let value = item.value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return "\(names[item.name] ?? item.name)=\(value == "true" ? "1" : value)"
      }
      let place =
        kind == "portforward"
        ? "/portForward/default/\(pod.metadata.name)"
        : "/\(kind)/default/\(pod.metadata.name)/\(request.query["container"] ?? "app")"
      var headers = request.headers
      headers.replaceOrAdd(name: "host", value: "kubelet")
      let answer = try await UpgradeDialer().open(
        try target.get(),
        HTTPRequestHead(
          version: .http1_1, method: request.method, uri: "\(place)?\(query.joined(separator: "&"))", headers: headers),
        patience: .seconds(120))
      try await writer.relay(answer)
    }
  }

  /// Runs the real kubectl by a shell, where `kubectl` stands for it with its options.
  private struct Kubectl {
    let port: Int
    let folder: String

    /// What the script printed, both ways together.
    func callAsFunction(_ script: String) async throws -> String {
      let preamble = """
        export KUBECONFIG=/dev/null HOME=\(folder)
        kubectl() { timeout 300 \(ContainerdHost.find("kubectl") ?? "kubectl") --server http://127.0.0.1:\(port) "$@"; }
        cd \(folder)

        """
      return try await Command("/bin/bash", ["-c", preamble + script]).run(mergingErrors: true, timeout: .seconds(900))
    }
  }

  private static func useKubectl(_ shell: Kubectl) async throws {
    let code = try await shell(
      "kubectl exec workshop -c app -- bash -c 'echo out; echo err >&2; exit 3' >out 2>err; echo $?; cat out err")
    #expect(code.hasPrefix("3\nout\n") && code.contains("\nerr\n") && code.contains("exit code 3"), "\(code)")
    // The end of the input reaches the command.
    #expect(try await shell("printf 'a\\nb\\n' | kubectl exec -i workshop -c app -- cat") == "a\nb\n")
    let sum = try await shell(
      """
      head -c 20000000 /dev/urandom >big
      kubectl exec -i workshop -c app -- sha256sum <big | cut -c1-64
      kubectl exec workshop -c app -- head -c 20000000 /dev/zero | wc -c
      sha256sum big | cut -c1-64
      """
    ).split(separator: "\n")
    #expect(sum.count == 3 && sum[0] == sum[2] && sum[1] == "20000000", "\(sum)")
    let copied = try await shell(
      "kubectl cp big workshop:/scratch/big -c app && kubectl cp -c app workshop:/scratch/big back && cmp big back && echo same"
    )
    #expect(copied.hasSuffix("same\n"), "\(copied)")
    // In the foreground, else the terminal stops kubectl where the shell of `script` does not step aside for `timeout`.
    let terminal = try await shell(
      """
      script -qec "stty rows 41 cols 101; timeout --foreground 300 $(type -P kubectl) \
      --server http://127.0.0.1:\(shell.port) exec -it workshop -c app -- \
      bash -c 'until stty size | grep 41.101; do sleep 0.1; done; tty'" /dev/null </dev/null
      """)
    #expect(terminal.contains("41 101") && terminal.contains("/dev/pts/"), "\(terminal)")
    // Until the container has said something: by itself it never ends.
    let attached = try await shell(
      """
      mkfifo typed
      timeout 300 \(ContainerdHost.find("kubectl") ?? "kubectl") --server http://127.0.0.1:\(shell.port) \
      attach -i workshop -c talker <typed >said 2>&1 &
      pid=$!
      exec 4>typed; echo hello >&4
      for _ in $(seq 1200); do grep -qs 'said hello' said && break; sleep 0.1; done
      exec 4>&-; kill $pid; wait $pid 2>/dev/null; cat said
      """)
    #expect(attached.contains("said hello"), "\(attached)")
    let forwarded = try await shell(
      """
      \(ContainerdHost.find("kubectl") ?? "kubectl") --server http://127.0.0.1:\(shell.port) port-forward pod/workshop :8080 >ports 2>&1 &
      pid=$!
      for _ in $(seq 1200); do grep -q Forwarding ports && break; sleep 0.1; done
      port=$(sed -n 's/.*127.0.0.1:\\([0-9]*\\) ->.*/\\1/p' ports | head -1)
      for _ in 1 2 3; do
        exec 3<>/dev/tcp/127.0.0.1/$port; printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3; cat <&3 | tail -1; exec 3>&-
      done
      kill $pid; wait $pid 2>/dev/null; cat ports
      """)
    #expect(forwarded.split(separator: "\n").count { $0.hasPrefix("apus-demo v1") } == 3, "\(forwarded)")
  }
}
