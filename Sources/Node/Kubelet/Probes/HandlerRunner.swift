package import ContainerRuntime
package import KubernetesAPI
package import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Runs what probes and hooks ask for: a command in the container, an HTTP request, a TCP connect, a pause.
package struct HandlerRunner: Sendable {
  private let runtime: any ContainerRuntime
  private let group: any EventLoopGroup

  package init(runtime: any ContainerRuntime, group: any EventLoopGroup) {
    self.runtime = runtime
    self.group = group
  }

  /// A hook. Without a timeout, only the runtime's own limits hold.
  package func run(
    _ handler: CoreV1.LifecycleHandler, container: CoreV1.Container, id: String, address: String, timeout: Duration?
  ) async -> ProbeOutcome {
    let limit = timeout ?? .seconds(3600)
    if let action = handler.exec { return await exec(action, id: id, timeout: limit) }
    if let action = handler.httpGet {
      return await http(action, container: container, address: address, timeout: limit)
    }
    if let action = handler.tcpSocket {
      return await tcp(action, container: container, address: address, timeout: limit)
    }
    if let action = handler.sleep {
      try? await Task.sleep(for: min(.seconds(max(0, action.seconds)), limit))
      return .success
    }
    return .failure("the hook names no action")
  }

  /// A probe.
  package func run(
    _ probe: CoreV1.Probe, container: CoreV1.Container, id: String, address: String, timeout: Duration
  ) async -> ProbeOutcome {
    if let action = probe.exec { return await exec(action, id: id, timeout: timeout) }
    if let action = probe.httpGet {
      return await http(action, container: container, address: address, timeout: timeout)
    }
    if let action = probe.tcpSocket {
      return await tcp(action, container: container, address: address, timeout: timeout)
    }
    return .failure(
      probe.grpc == nil ? "the probe names no action" : "gRPC probes are not supported by this kubelet yet")
  }

  private func exec(_ action: CoreV1.ExecAction, id: String, timeout: Duration) async -> ProbeOutcome {
    do {
      let result = try await runtime.execSync(id, command: action.command, timeout: max(1, timeout.components.seconds))
      if result.exitCode == 0 { return .success }
      let said = String(decoding: (result.stdout + result.stderr).prefix(1024), as: UTF8.self)
      return .failure(said.isEmpty ? "command ended with code \(result.exitCode)" : said)
    } catch {
      return .failure(error.code == .deadlineExceeded ? "command timed out" : error.description)
    }
  }

  /// A port by number or by the container's name for it.
  static func port(_ value: IntOrString, of container: CoreV1.Container) -> Int? {
    switch value {
    case .int(let number): return (1...65_535).contains(number) ? Int(number) : nil
    case .string(let name):
      if let named = container.ports.first(where: { $0.name == name }) { return Int(named.containerPort) }
      return Int(name).flatMap { (1...65_535).contains($0) ? $0 : nil }
    }
  }

  private func tcp(
    _ action: CoreV1.TCPSocketAction, container: CoreV1.Container, address: String, timeout: Duration
  ) async -> ProbeOutcome {
    guard let port = Self.port(action.port, of: container) else { return .failure("couldn't find port \(action.port)") }
    do {
      let channel = try await ClientBootstrap(group: group).connectTimeout(TimeAmount(timeout))
        .connect(host: action.host.isEmpty ? address : action.host, port: port).get()
      try? await channel.close().get()
      return .success
    } catch {
      return .failure("dial tcp \(address):\(port): \(error)")
    }
  }

  private func http(
    _ action: CoreV1.HTTPGetAction, container: CoreV1.Container, address: String, timeout: Duration
  ) async -> ProbeOutcome {
    guard let port = Self.port(action.port, of: container) else { return .failure("couldn't find port \(action.port)") }
    let host = action.host.isEmpty ? address : action.host
    var headers = HTTPHeaders(action.httpHeaders.map { ($0.name, $0.value) })
    if !headers.contains(name: "host") { headers.add(name: "host", value: "\(host):\(port)") }
    if !headers.contains(name: "user-agent") { headers.add(name: "user-agent", value: "kube-probe/1.33") }
    headers.replaceOrAdd(name: "connection", value: "close")
    let path = action.path.hasPrefix("/") ? action.path : "/" + action.path
    do {
      let status = try await HTTPProbe(group: group, host: host, port: port, usesTLS: action.scheme == "HTTPS")
        .get(path: path, headers: headers, timeout: TimeAmount(timeout))
      return (200..<400).contains(status) ? .success : .failure("HTTP probe failed with statuscode: \(status)")
    } catch {
      return .failure("Get \"\(action.scheme.lowercased())://\(host):\(port)\(path)\": \(error)")
    }
  }
}
