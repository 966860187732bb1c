import APIServer
import AsyncHTTPClient
import ClusterConfig
import Foundation
import GRPC
import JSONDocument
import NIOCore
import NIOHTTP1
import NIOPosix
import Programs
import Registry
import StorageStandIn
import StoreClient
import Testing
import Waiting

/// A real etcd for the time of `body`.
func withEtcd(_ body: (StoreClient) async throws -> Void) async throws {
  let etcd = try EtcdServer()
  let client = StoreClient(
    endpoints: [.tcp(host: "127.0.0.1", port: etcd.port)], tls: nil, group: MultiThreadedEventLoopGroup.singleton,
    configuration: .patient, logger: quiet)
  let result: Result<Void, any Error>
  do {
    try await etcd.untilServing()
    // It listens before it serves.
    try await eventually("etcd answers", every: .milliseconds(50)) { (try? await client.currentRevision()) != nil }
    result = .success(try await body(client))
  } catch { result = .failure(error) }
  await client.close()
  await etcd.remove()
  try result.get()
}

@Suite(.enabled(if: EtcdServer.program != nil, "needs an etcd")) struct EtcdTests {
  static let configMaps = FrontEndTests.configMaps

  @Test func servesFromARealEtcd() async throws {
    try await withEtcd { store in
      try await withFrontEnd(storage: FrontEnd.storage(store, logger: quiet)) { _, client in
        let created = try await client.post(Self.configMaps, FrontEndTests.configMap("e1"))
        #expect(created.code == 201)
        let version = created["metadata", "resourceVersion"]?.stringValue ?? ""
        var watch = WatchLines(try await client.start(.GET, "\(Self.configMaps)?watch=1&resourceVersion=\(version)"))
        let conflict = try await client.post(Self.configMaps, FrontEndTests.configMap("e1"))
        #expect(conflict.code == 409)
        let updated = try await client.patch(
          "\(Self.configMaps)/e1", "application/merge-patch+json", #"{"data":{"key":"two"}}"#)
        #expect(updated["data", "key"] == "two")
        let first = try await watch.nextChange()
        #expect(first == "MODIFIED e1")
        let read = try await client.get("\(Self.configMaps)/e1")
        #expect(read.json == updated.json)
        _ = try await client.send(.DELETE, "\(Self.configMaps)/e1")
        let second = try await watch.nextChange()
        #expect(second == "DELETED e1")
        let list = try await client.get(Self.configMaps)
        #expect(list["items"]?.arrayValue?.isEmpty == true)
      }
    }
  }

  /// Two front-ends over one store: what one has acknowledged, the other shows at once, and of two that change the
  /// same object one wins.
  @Test func twoFrontEndsAgree() async throws {
    try await withEtcd { store in
      let storage = FrontEnd.storage(store, logger: quiet)
      try await withFrontEnd(storage: storage) { _, one in
        try await withFrontEnd(storage: storage) { _, two in
          for round in 0..<20 {
            let created = try await one.post(Self.configMaps, FrontEndTests.configMap("r\(round)"))
            #expect(created.code == 201)
            let seen = try await two.get("\(Self.configMaps)/r\(round)")
            #expect(seen.json == created.json)
          }
          let current = try await one.get("\(Self.configMaps)/r0").json
          async let left = one.put("\(Self.configMaps)/r0", current)
          var other = current
          other["data"] = ["key": "other"]
          async let right = two.put("\(Self.configMaps)/r0", other)
          let codes = [try await left.code, try await right.code].sorted()
          // An update without a change is no write, so that both may win only if the empty one came first.
          #expect(codes == [200, 409] || codes == [200, 200])
        }
      }
    }
  }

  @Test func compactsInRounds() async throws {
    try await withEtcd { store in
      let storage = FrontEnd.storage(store, logger: quiet)
      let rounds = Task { await FrontEnd.compact(store, every: .milliseconds(50), logger: quiet) }
      let others = Task { await FrontEnd.compact(store, every: .milliseconds(50), logger: quiet) }
      try await eventually("its history is compacted") {
        _ = try await storage.txn(
          StorageTransaction(compares: [], then: [.put(key: "/registry/x", value: [1])], otherwise: []))
        do { _ = try await storage.range(.key("/registry/x", revision: 2)) } catch let error as StorageError {
          return error.code == .compacted
        }
        return false
      }
      rounds.cancel()
      others.cancel()
      await rounds.value
      await others.value
      do {
        let watcher = try await storage.watch(prefix: "/registry/", from: 1)
        _ = try await watcher.next()
        Issue.record("a watch from a compacted revision goes on")
      } catch let error as StorageError { #expect(error.code == .compacted) }
    }
  }

  @Test func listsFrontEndsThatLive() async throws {
    try await withEtcd { store in
      let storage = FrontEnd.storage(store, logger: quiet)
      let registry = try ResourceRegistry(
        storage: storage, configuration: .patient, environment: FrontEnd.environment(logger: quiet))
      let running = Task { await registry.run() }
      try await registry.waitUntilReady()
      try await FrontEnd.makeFirstObjects(registry, serviceAddress: "198.18.16.1", port: 6443, logger: quiet)
      func announce(_ address: String) -> Task<Void, Never> {
        Task {
          await FrontEnd.announce(address: address, port: 6443, registry: registry, storage: storage, logger: quiet)
        }
      }
      func addresses() async throws -> [String] {
        guard let endpoints = registry.resource(group: "", version: "v1", plural: "endpoints"),
          let object = try? await registry.get(endpoints, namespace: "default", name: "kubernetes")
        else { return [] }
        let document = try JSONValue(jsonBytes: object.json)
        return document["subsets"]?.arrayValue?.first?["addresses"]?.arrayValue?.compactMap { $0["ip"]?.stringValue }
          ?? []
      }
      func wait(for wanted: [String]) async throws {
        try await eventually("\(wanted) are endpoints") { try await addresses() == wanted }
      }
      let one = announce("198.18.0.21")
      try await wait(for: ["198.18.0.21"])
      let two = announce("198.18.0.22")
      try await wait(for: ["198.18.0.21", "198.18.0.22"])
      one.cancel()
      await one.value
      try await wait(for: ["198.18.0.22"])
      two.cancel()
      await two.value
      running.cancel()
      await running.value
    }
  }
}

/// The unmodified kubectl against a front-end.
@Suite(.enabled(if: Program(named: "kubectl") != nil, "needs kubectl")) struct KubectlTests {
  @Test func appliesGetsPatchesAndDeletes() async throws {
    let kubectl = try #require(Program(named: "kubectl"))
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let folder = try TestCertificates.shared.get()
      let home = "/tmp/apus-kubectl-\(getpid())-\(UInt32.random(in: 0 ... .max))"
      defer { try? FileManager.default.removeItem(atPath: home) }
      func run(_ arguments: String..., input: String? = nil) async -> Program.Outcome {
        await kubectl.run(
          [
            "--server=https://127.0.0.1:\(client.port)", "--cache-dir=\(home)", "--kubeconfig=/dev/null",
            "--certificate-authority=\(folder.host("one").trust(.cluster))",
            "--client-certificate=\(folder.admin.certificate)", "--client-key=\(folder.admin.key)",
          ] + arguments, input: input)
      }
      let namespaces = await run("get", "ns")
      #expect(
        namespaces.code == 0 && namespaces.text.contains("kube-system") && namespaces.text.contains("STATUS"),
        "\(namespaces)")
      let manifest = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: applied}
        data: {a: "1"}
        """
      let created = await run("apply", "-f", "-", input: manifest)
      #expect(created.text.contains("configmap/applied created"), "\(created)")
      let again = await run("apply", "-f", "-", input: manifest.replacingOccurrences(of: "\"1\"", with: "\"2\""))
      #expect(again.text.contains("configmap/applied configured"), "\(again)")
      let dry = await run("apply", "--dry-run=server", "-f", "-", input: manifest)
      #expect(dry.text.contains("configured (server dry run)"), "\(dry)")
      let wrong = await run("apply", "-f", "-", input: manifest + "\ndatum: {}\n")
      #expect(wrong.code != 0 && wrong.text.contains("unknown field \"datum\""), "\(wrong)")
      let deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec: {containers: [{name: web, image: demo, ports: [{containerPort: 80}]}]}
        """
      let applied = await run("apply", "-f", "-", input: deployment)
      #expect(applied.text.contains("deployment.apps/web created"), "\(applied)")
      let scaled = await run("scale", "deploy/web", "--replicas=5")
      #expect(scaled.text.contains("deployment.apps/web scaled"), "\(scaled)")
      let image = await run("set", "image", "deploy/web", "web=demo:2")
      #expect(image.text.contains("image updated"), "\(image)")
      let yaml = await run("get", "deploy", "web", "-o", "yaml")
      #expect(yaml.text.contains("replicas: 5") && yaml.text.contains("image: demo:2"), "\(yaml)")
      let everything = await run("get", "deploy,rs,pods,svc,endpointslices", "-A", "-o", "wide")
      #expect(everything.code == 0 && everything.text.contains("SELECTOR"), "\(everything)")
      let described = await run("describe", "deploy", "web")
      #expect(described.code == 0 && described.text.contains("RollingUpdate"), "\(described)")
      let explained = await run("explain", "pod.spec.containers")
      #expect(explained.code == 0 && explained.text.contains("The image that it is started from."), "\(explained)")
      let resources = await run("api-resources")
      #expect(resources.code == 0 && resources.text.contains("deployments"), "\(resources)")
      let me = await run("auth", "whoami")
      #expect(me.text.contains("kubernetes-admin"), "\(me)")
      let may = await run("auth", "can-i", "list", "pods")
      #expect(may.text.contains("yes"), "\(may)")
      let deleted = await run("delete", "cm/applied", "deploy/web")
      #expect(deleted.text.contains("configmap \"applied\" deleted"), "\(deleted)")
      let missing = await run("get", "cm", "applied")
      #expect(missing.code == 1 && missing.text.contains("(NotFound)"), "\(missing)")
    }
  }
}
