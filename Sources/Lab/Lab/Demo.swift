package import ClusterClient
import ClusterConfig
import KubernetesAPI
import Yams

/// The demo: applies manifests, waits until its pods are ready, and asks its Service on every node.
package struct Demo: Sendable {
  package let lab: Lab
  package let client: ClusterClient

  package init(lab: Lab, client: ClusterClient) {
    self.lab = lab
    self.client = client
  }

  /// Waits until the front-ends answer and every node is ready.
  package func waitForCluster(timeout: Duration) async throws {
    let names = Set(lab.config.hosts(with: .kubelet).map(\.name))
    try await wait("the nodes to be ready", timeout: timeout) {
      let nodes = try await client.list(CoreV1.Node.self).items
      let ready = nodes.filter { node in node.status.conditions.contains { $0.type == "Ready" && $0.status == "True" } }
      return names.subtracting(ready.map(\.metadata.name)).isEmpty
        ? nil : "\(ready.count) of \(names.count) nodes are ready"
    }
  }

  /// Creates what a manifest describes and is not there yet.
  package func apply(_ manifest: String) async throws {
    for text in manifest.split(separator: "\n---\n").map(String.init) {
      guard let node = try Yams.compose(yaml: text), let kind = node["kind"]?.string,
        let version = node["apiVersion"]?.string, let name = node["metadata"]?["name"]?.string
      else { throw Lab.Failure("a document of the demo has no apiVersion, kind or name") }
      let namespace = node["metadata"]?["namespace"]?.string ?? "default"
      let resource: ResourceDescription
      switch (version, kind) {
      case ("apps/v1", "Deployment"): resource = AppsV1.Deployment.resource
      case ("v1", "Service"): resource = CoreV1.Service.resource
      case ("v1", "ConfigMap"): resource = CoreV1.ConfigMap.resource
      default: throw Lab.Failure("the demo cannot make a \(kind) of \(version): use kubectl")
      }
      do {
        _ = try await client.send(
          ClusterRequest(
            .post, resource.path(namespace: namespace), contentType: "application/yaml", body: Array(text.utf8)))
        lab.report("created \(kind) \(namespace)/\(name)")
      } catch  where error.isAlreadyExists {
        lab.report("\(kind) \(namespace)/\(name) is there already")
      }
    }
  }

  package func waitForDeployment(_ name: String, namespace: String, timeout: Duration) async throws {
    try await wait("the deployment \(name) to be available", timeout: timeout) {
      let deployment = try await client.get(AppsV1.Deployment.self, name: name, namespace: namespace)
      let wanted = deployment.spec.replicas ?? 1
      let ready = deployment.status.readyReplicas
      let isCurrent = deployment.status.observedGeneration >= deployment.metadata.generation
      return isCurrent && ready >= wanted ? nil : "\(ready) of \(wanted) pods are ready"
    }
  }

  /// Asks a Service until every one of its pods has answered: by its node port on each node, and by its cluster
  /// address from inside each node.
  ///
  /// - Returns: the answers by way, each with how often it came.
  package func ask(_ name: String, namespace: String, pods: Int, timeout: Duration) async throws -> [(
    way: String, answers: [String]
  )] {
    let service = try await client.get(CoreV1.Service.self, name: name, namespace: namespace)
    guard let port = service.spec.ports.first, let clusterAddress = IPv4Address(service.spec.clusterIP),
      let number = UInt16(exactly: port.port), let nodePort = UInt16(exactly: port.nodePort)
    else { throw Lab.Failure("the service \(namespace)/\(name) has no address or port") }
    var results: [(String, [String])] = []
    for host in lab.config.hosts(with: .kubelet) {
      let ways: [(String, IPv4Address, UInt16, String?)] = [
        ("node port \(host.address):\(nodePort) (\(host.name)), from the machine", host.address, nodePort, nil),
        (
          "cluster address \(clusterAddress):\(number), from \(host.name)", clusterAddress, number,
          lab.layout.namespacePath(host.name)
        ),
      ]
      for (way, address, port, namespace) in ways {
        var answers: Set<String> = []
        try await wait("\(pods) different answers by the \(way)", timeout: timeout) {
          for _ in 0..<(pods * 2) {
            let body = try await NamespaceFetch.get(address, port: port, namespace: namespace)
            if let first = body.split(whereSeparator: \.isNewline).first { answers.insert(String(first)) }
          }
          return answers.count >= pods ? nil : "\(answers.count) of \(pods) pods have answered"
        }
        results.append((way, answers.sorted()))
      }
    }
    return results
  }

  /// Repeats a check until it says nothing; tells what it says when that changes.
  private func wait(_ what: String, timeout: Duration, _ check: () async throws -> String?) async throws {
    let deadline = ContinuousClock.now + timeout
    var last = ""
    while true {
      let now: String
      do {
        guard let missing = try await check() else { return }
        now = missing
      } catch is CancellationError {
        throw CancellationError()
      } catch {
        now = "\(error)"
      }
      if now != last {
        last = now
        lab.report("waiting for \(what): \(now)")
      }
      guard ContinuousClock.now < deadline else {
        throw Lab.Failure("gave up waiting for \(what) after \(timeout): \(last)")
      }
      try await Task.sleep(for: .milliseconds(200))
    }
  }
}
