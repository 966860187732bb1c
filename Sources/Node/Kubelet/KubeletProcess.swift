package import ClusterClient
import ClusterConfig
import ContainerRuntime
import Files
import HTTPServer
import KubernetesAPI
package import Logging
import NIOCore
import NIOPosix
import NodeNetwork
import ServiceLifecycle

/// The kubelet of a node: brings up the runtime and the pod network, registers the node, and runs its pods.
///
///     API ──pods──▶ PodManager ──actions──▶ runtime        (Pods/)
///                       ▲  └──────status──▶ StatusPublisher ──▶ API
///            relist, probes
///
/// It holds nothing that cannot be found again: after a restart it adopts what runs. While the API is out of reach,
/// pods run on.
package struct KubeletProcess: Service {
  private let options: KubeletOptions
  private let client: ClusterClient
  private let logger: Logger

  /// Throws when the kubeconfig cannot be used.
  package init(_ options: KubeletOptions, logger: Logger) throws(ClientConfigurationError) {
    let client = try ClusterClient(kubeconfigFile: options.kubeconfig, userAgent: "apus-kubelet")
    self.init(options, client: client, logger: logger)
  }

  /// As above, over a client that is there already; it is shut down at the end.
  package init(_ options: KubeletOptions, client: ClusterClient, logger: Logger) {
    self.options = options
    self.client = client
    self.logger = logger
  }

  /// Runs until it is cancelled or asked to shut down. Pods live on.
  package func run() async throws {
    try AtomicFile.makeFolder(options.root, mode: 0o700)
    let setup = RuntimeSetup(options: options, logger: logger)
    do {
      try await setup.start()
      try await cancelWhenGracefulShutdown { try await serve(setup) }
    } catch {
      await stop(setup)
      // Cancelled is how it is meant to end.
      if !(error is CancellationError) { throw error }
      return
    }
    await stop(setup)
  }

  private func stop(_ setup: RuntimeSetup) async {
    await setup.stop()
    await client.shutdown()
  }

  private func serve(_ setup: RuntimeSetup) async throws {
    let parts = KubeletParts(options: options, client: client, runtime: setup.runtime, logger: logger)
    await parts.connect()
    let server = try await startServer(parts)
    do {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await setup.supervise() }
        group.addTask { try await parts.events.run() }
        group.addTask { try await followPods(parts) }
        group.addTask { try await relist(parts) }
        group.addTask { try await housekeeping(parts) }
        group.addTask { try await parts.refresher.run() }
        group.addTask { try await keepNode(parts, setup) }
        // The first to end ends all: none of them ends by itself.
        try await group.next()
        group.cancelAll()
      }
    } catch {
      await server?.shutdown()
      throw error
    }
    await server?.shutdown()
  }

  private func startServer(_ parts: KubeletParts) async throws -> HTTPServer? {
    guard let files = options.server else { return nil }
    var configuration = HTTPServerConfiguration(
      address: .tcp(host: "\(options.hostAddress)", port: Int(options.port)))
    let tls = try ReloadingServerTLS(
      certificateFile: files.certificate, privateKeyFile: files.key, clientAuthorities: files.clientAuthority,
      clientCertificate: .optional)
    configuration.tlsOfNewConnection = { tls.current() }
    configuration.shutdownGrace = .seconds(1)
    let access = KubeletAccess(node: options.nodeName, reviewer: AccessReviewer(client: client), logger: logger)
    let handler = KubeletServer(
      manager: parts.manager, runtime: parts.runtime, access: access, now: WallTime.now, logger: logger)
    let server = HTTPServer(configuration: configuration, logger: logger) { request, writer in
      try await handler.handle(request, writer)
    }
    let port = try await server.start()
    logger.info("kubelet serves", metadata: ["address": "\(options.hostAddress)", "port": "\(port)"])
    return server
  }

  // MARK: Loops

  private func followPods(_ parts: KubeletParts) async throws {
    let informer = Informer(
      client, codec: .followed(CoreV1.Pod.self), fieldSelector: "spec.nodeName=\(options.nodeName)", logger: logger)
    let (changes, changed) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    informer.addHandler { change in
      switch change {
      case .deleted(let pod): parts.publisher.forget(uid: pod.metadata.uid)
      case .updated(let old, let new) where old.metadata.uid != new.metadata.uid:
        parts.publisher.forget(uid: old.metadata.uid)
      default: break
      }
      changed.yield()
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await informer.run() }
      group.addTask {
        try await informer.waitForSync()
        await parts.manager.setDesired(informer.list())
        for await _ in changes { await parts.manager.setDesired(informer.list()) }
        try Task.checkCancellation()
      }
      try await group.next()
      group.cancelAll()
    }
  }

  private func relist(_ parts: KubeletParts) async throws {
    while true {
      do {
        try await parts.manager.relist()
      } catch {
        try Task.checkCancellation()
        logger.warning("runtime not listed", metadata: ["error": "\(error)"])
      }
      try await Task.sleep(for: options.relist)
    }
  }

  private func housekeeping(_ parts: KubeletParts) async throws {
    let keeper = Housekeeping(
      manager: parts.manager, runtime: parts.runtime, volumes: PodVolumes(folders: parts.folders),
      folders: parts.folders, cgroups: parts.cgroups, logger: logger)
    while true {
      try await Task.sleep(for: .seconds(10))
      await keeper.run(now: WallTime.now())
    }
  }

  /// Registers the node, then keeps status, Lease and network. Pods that run already do not wait for any of this.
  private func keepNode(_ parts: KubeletParts, _ setup: RuntimeSetup) async throws {
    _ = try await parts.agent.register()
    let nodes = Informer(client, codec: .followed(CoreV1.Node.self), logger: logger)
    let (changes, changed) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    nodes.addHandler { _ in changed.yield() }
    let network = NodeNetworkKeeper(options: options, setup: setup, logger: logger)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await nodes.run() }
      group.addTask { try await parts.agent.keepStatus() }
      group.addTask { try await parts.agent.keepLease() }
      group.addTask {
        try await nodes.waitForSync()
        for await _ in changes { await network.reconcile(nodes.list()) }
        try Task.checkCancellation()
      }
      group.addTask {
        // Somebody else may have changed the routes.
        while true {
          try await Task.sleep(for: .seconds(30))
          changed.yield()
        }
      }
      try await group.next()
      group.cancelAll()
    }
  }
}
