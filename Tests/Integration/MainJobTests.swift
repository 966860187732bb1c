import FoundationEssentials
import Glibc
import Synchronization
import Testing

/// The main job with real processes: seven hosts, real containers, unmodified kubectl and etcdctl, and faults.
///
/// One test with many steps, because a cluster is dear: each step leaves the cluster healthy for the next.
@Suite("IntegrationTests", .serialized, .enabled(if: Workbench.obstacle == nil, "\(Workbench.obstacle ?? "")"))
struct IntegrationTests {
  @Test func theMainJob() async throws {
    let bench = try Workbench()
    defer {
      if (try? bench.lab("down")) == nil { Issue.record("the lab did not go down") }
      bench.remove()
    }
    do {
      try await bringUp(bench)
      try await useKubectl(bench)
      try await useStreams(bench)
      try await useEtcdctl(bench)
      try await killTheLeader(bench)
      try await killAFrontEnd(bench)
      try await killANode(bench)
      try await stopAndStart(bench)
    } catch {
      for host in ["control-1", "control-2", "node-1", "node-2", "store-1", "store-2", "store-3"] {
        let log = (try? String(contentsOfFile: "\(bench.folder)/hosts/\(host).log", encoding: .utf8)) ?? ""
        print("--- \(host)\n" + log.split(separator: "\n").suffix(15).joined(separator: "\n"))
      }
      throw error
    }
    try bench.lab("down")
    let namespaces = try Workbench.run(["ip", "netns", "list"])
    #expect(!namespaces.contains("apusit"), "nothing is left behind")
  }

  func bringUp(_ bench: Workbench) async throws {
    let said = try bench.lab("up", "--demo")
    for way in [
      "node port 198.18.2.31:30080", "node port 198.18.2.32:30080", "from node-1:", "from node-2:",
    ] { #expect(said.contains(way), "\(said)") }
    #expect(
      said.split(separator: "\n").filter { $0.hasPrefix("    ") && $0.contains("pod=hello-") }.count == 12,
      "three pods by each of four ways")
  }

  func useKubectl(_ bench: Workbench) async throws {
    let nodes = try bench.kubectl("get", "nodes", "-o", "wide")
    #expect(nodes.split(separator: "\n").filter { $0.contains(" Ready ") }.count == 2, "\(nodes)")
    let all = try bench.kubectl("get", "deploy,rs,pods,svc,endpointslices", "-A", "-o", "wide")
    for part in [
      "deployment.apps/hello", "replicaset.apps/hello-", "pod/hello-", "service/kubernetes", "endpointslice",
    ] {
      #expect(all.contains(part), "\(part) in \(all)")
    }
    let manifest = "\(bench.folder)/settings.yaml"
    try Data("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {colour: blue}\n".utf8)
      .write(to: URL(filePath: manifest))
    #expect(try bench.kubectl("apply", "-f", manifest, "--dry-run=server").contains("created (server dry run)"))
    #expect(throws: (any Error).self) { try bench.kubectl("get", "configmap", "settings") }
    #expect(try bench.kubectl("apply", "-f", manifest).contains("created"))
    #expect(try bench.kubectl("apply", "-f", manifest).contains("unchanged"))
    #expect(try bench.kubectl("describe", "deployment", "hello").contains("RollingUpdate"))
    _ = try bench.kubectl("describe", "pod", "-l", "app=hello")
    _ = try bench.kubectl("logs", "deployment/hello")
    try bench.kubectl("scale", "deployment", "hello", "--replicas", "5")
    try bench.kubectl("rollout", "status", "deployment", "hello", "--timeout", "280s")
    #expect(try bench.kubectl("get", "pods", "-l", "app=hello", "--no-headers").split(separator: "\n").count >= 5)
    try bench.kubectl("scale", "deployment", "hello", "--replicas", "3")
    try bench.kubectl("set", "image", "deployment", "hello", "server=apus-demo:v2")
    try bench.kubectl("rollout", "status", "deployment", "hello", "--timeout", "280s")
    #expect(try bench.kubectl("get", "deploy", "hello", "-o", "jsonpath={.status.updatedReplicas}") == "3")
    let watched = try Workbench.run([
      "sh", "-c",
      "cd \(bench.folder); export KUBECONFIG=kubeconfig; timeout 180 kubectl get configmap -w >watched & pid=$!; sleep 2; "
        + "sed s/settings/seen/ \(manifest) | kubectl apply -f - >/dev/null; "
        + "until grep -q seen watched || ! kill -0 $pid; do sleep 0.2; done; kill $pid; cat watched",
    ])
    #expect(watched.contains("seen"), "\(watched)")
    #expect(try bench.kubectl("delete", "configmap", "settings", "seen").contains("deleted"))
  }

  func useEtcdctl(_ bench: Workbench) async throws {
    #expect(try bench.etcdctl(["put", "a/1", "one"]).contains("OK"))
    try bench.etcdctl(["put", "a/2", "two"])
    #expect(try bench.etcdctl(["get", "--prefix", "a/"]) == "a/1\none\na/2\ntwo\n")
    #expect(try bench.etcdctl(["del", "a/1"]) == "1\n")
    let txn = try bench.etcdctl(["txn"], input: "value(\"a/2\") = \"two\"\n\nput a/3 three\n\nput a/4 four\n\n")
    #expect(txn.contains("SUCCESS"), "\(txn)")
    #expect(try bench.etcdctl(["get", "a/3", "--print-value-only"]) == "three\n")
    let lease = try bench.etcdctl(["lease", "grant", "60"])
    let words = lease.split(separator: " ")
    let id = try #require(words.count > 1 ? String(words[1]) : nil)
    try bench.etcdctl(["put", "--lease", id, "a/leased", "x"])
    #expect(try bench.etcdctl(["lease", "keep-alive", "--once", id]).contains("keepalived"))
    #expect(try bench.etcdctl(["lease", "revoke", id]).contains("revoked"))
    #expect(try bench.etcdctl(["get", "a/leased"]).isEmpty)
    let status = try bench.etcdctl(["endpoint", "status", "--cluster", "-w", "table"])
    #expect(
      status.contains("true") && status.split(separator: "\n").filter { $0.contains("2379") }.count == 3, "\(status)")
    #expect(try bench.etcdctl(["member", "list"]).split(separator: "\n").count == 3)
    // From the key's creation: what a watch sees must be what was written, in order.
    let watched = try Workbench.run([
      "sh", "-c",
      "cd \(bench.folder); timeout 180 \(bench.etcdctlLine) watch --rev=1 a/2 >changes & pid=$!; "
        + "until grep -q two changes || ! kill -0 $pid; do sleep 0.2; done; kill $pid; cat changes",
    ])
    #expect(watched.contains("PUT") && watched.contains("two"), "\(watched)")
    let fields = try bench.etcdctl(["get", "a/2", "-w", "fields"])
    let revision = try #require(
      fields.split(separator: "\n").first { $0.contains("\"Revision\"") }?.split(separator: " ").last)
    #expect(try bench.etcdctl(["compaction", String(revision)]) == "compacted revision \(revision)\n")
    do {
      let old = try bench.etcdctl(["get", "--rev=1", "a/2"])
      Issue.record("the history before the compaction is still there: \(old)")
    } catch {
      #expect("\(error)".contains("required revision has been compacted"), "\(error)")
    }
  }

  /// Every write that was acknowledged is there afterwards.
  func killTheLeader(_ bench: Workbench) async throws {
    let leader = try bench.leader()
    let acknowledged = Mutex<[Int]>([])
    let stop = Atomic(false)
    async let writing: Void = Task.detached {
      var number = 0
      while !stop.load(ordering: .acquiring), number < 2000 {
        number += 1
        if (try? bench.etcdctl(["put", "w/\(number)", "\(number)"])) != nil {
          acknowledged.withLock { $0.append(number) }
        }
      }
    }.value
    try await Task.sleep(for: .seconds(1))
    try bench.lab("kill", leader)
    let killed = ContinuousClock.now
    let before = acknowledged.withLock { $0.count }
    let survivors = bench.endpoints(without: leader)
    _ = try await bench.eventually("writes go on") {
      try bench.demand(acknowledged.withLock { $0.count } > before + 5, "no write was acknowledged")
    }
    print("five writes after the leader's death: \(ContinuousClock.now - killed) (each an etcdctl of its own)")
    stop.store(true, ordering: .releasing)
    await writing
    let there = try bench.etcdctl(["get", "--prefix", "w/", "--keys-only"], endpoints: survivors)
    let keys = Set(there.split(separator: "\n").map(String.init))
    for number in acknowledged.withLock({ $0 }) { #expect(keys.contains("w/\(number)"), "w/\(number) was lost") }
    try bench.lab("start", leader)
    _ = try await bench.eventually("the killed replica catches up") { try bench.etcdctl(["endpoint", "health"]) }
  }

  func killAFrontEnd(_ bench: Workbench) async throws {
    for host in ["control-1", "control-2"] {
      try bench.lab("kill", host)
      _ = try await bench.eventually("the kubeconfig works without \(host)") {
        try bench.kubectl("get", "pods")
      }
      try bench.kubectl("annotate", "deployment", "hello", "--overwrite", "without=\(host)")
      try bench.lab("start", host)
      _ = try await bench.eventually("both front-ends are endpoints again") {
        let endpoints = try bench.kubectl(
          "get", "endpoints", "kubernetes", "-o", "jsonpath={.subsets[*].addresses[*].ip}")
        try bench.demand(endpoints.split(separator: " ").count == 2, endpoints)
      }
    }
  }

  func killANode(_ bench: Workbench) async throws {
    try bench.lab("kill", "node-2")
    let killed = ContinuousClock.now
    _ = try await bench.eventually("three pods run on node-1") {
      let pods = try bench.kubectl("get", "pods", "-l", "app=hello", "-o", "wide", "--no-headers")
      let running = pods.split(separator: "\n").filter {
        $0.contains("node-1") && $0.contains("1/1") && $0.contains("Running")
      }
      try bench.demand(running.count == 3, pods)
    }
    print("all pods run elsewhere after a node's death: \(ContinuousClock.now - killed)")
    #expect(try bench.kubectl("get", "nodes").contains("NotReady"))
    try bench.lab("start", "node-2")
    _ = try await bench.eventually("the node is back, its old pods are gone") {
      let nodes = try bench.kubectl("get", "nodes")
      try bench.demand(!nodes.contains("NotReady"), nodes)
      let pods = try bench.kubectl("get", "pods", "-l", "app=hello", "--no-headers")
      try bench.demand(pods.split(separator: "\n").count == 3, pods)
    }
  }

  /// The same objects afterwards, and each pod once: in the API and as a process. (That a kubelet that alone was
  /// restarted finds its containers still running is in the kubelet's own tests: here the containers die as well.)
  func stopAndStart(_ bench: Workbench) async throws {
    let uids = [
      "get", "pods,deploy,svc", "-o", "jsonpath={range .items[*]}{.metadata.uid} {.metadata.name}{\"\\n\"}{end}",
    ]
    let before = try bench.kubectl(uids)
    _ = try await bench.eventually("three servers run") {
      try bench.demand(Workbench.demoProcesses() == 3, "\(Workbench.demoProcesses()) servers run")
    }
    try bench.lab("stop")
    try bench.lab("up", "--demo")
    _ = try await bench.eventually("the same objects, not one more") {
      let after = try bench.kubectl(uids)
      try bench.demand(after == before, "before:\n\(before)after:\n\(after)")
      let ready = try bench.kubectl("get", "deploy", "hello", "-o", "jsonpath={.status.readyReplicas}")
      try bench.demand(ready == "3", "\(ready) are ready")
      try bench.demand(Workbench.demoProcesses() == 3, "\(Workbench.demoProcesses()) servers run")
    }
    #expect(try bench.etcdctl(["get", "a/3", "--print-value-only"]) == "three\n")
  }
}

extension Workbench {
  /// The start of an etcdctl command, for a shell.
  var etcdctlLine: String {
    let admin = "\(folder)/certs/admin"
    return "env ETCDCTL_API=3 etcdctl --endpoints \(Self.stores) --cacert \(admin)/store-client-ca.crt "
      + "--cert \(admin)/store-client.crt --key \(admin)/store-client.key"
  }

  func endpoints(without host: String) -> String {
    zip(Self.storeNames, Self.stores.split(separator: ",")).filter { $0.0 != host }.map { String($0.1) }.joined(
      separator: ",")
  }
}
