package import KubernetesAPI
package import Logging
import Synchronization

/// One informer a kind, shared by all who need that kind.
///
/// Ask for informers and add indexes and handlers first, then call `run()`; a kind that is asked for later starts
/// as soon as it is asked for.
package final class SharedInformers: Sendable {
  private struct State {
    var informers: [String: any AnyInformer] = [:]
    /// Kinds that await their start, or `nil` before `run()`.
    var starts: AsyncStream<any AnyInformer>.Continuation?
  }

  package let client: ClusterClient
  private let logger: Logger
  private let state = Mutex(State())

  package init(_ client: ClusterClient, logger: Logger) {
    self.client = client
    self.logger = logger
  }

  /// The informer of a kind, over all namespaces.
  package func informer<T: KubernetesObject>(_ type: T.Type = T.self) -> Informer<T> {
    let informer = informer(T.resource) { Informer(client, codec: .followed(T.self), logger: logger) }
    guard let typed = informer as? Informer<T> else {
      preconditionFailure("ask for the typed informer of \(T.resource.plural) before that of its metadata")
    }
    return typed
  }

  /// The informer of a resource that is only known at run time; the typed one if somebody uses that.
  package func metadata(of resource: ResourceDescription) -> any AnyInformer {
    informer(resource) { Informer(client, codec: .metadata(of: resource), logger: logger) }
  }

  private func informer(_ resource: ResourceDescription, make: () -> any AnyInformer) -> any AnyInformer {
    state.withLock { state in
      let key = "\(resource.plural).\(resource.group)"
      if let informer = state.informers[key] { return informer }
      let informer = make()
      state.informers[key] = informer
      state.starts?.yield(informer)
      return informer
    }
  }

  /// Returns when every informer asked for so far has synced.
  package func waitForSync() async throws {
    for informer in state.withLock({ Array($0.informers.values) }) { try await informer.waitForSync() }
  }

  /// Follows until it is cancelled. To be called once.
  package func run() async throws {
    let (starts, continuation) = AsyncStream.makeStream(of: (any AnyInformer).self)
    let present = state.withLock { state in
      precondition(state.starts == nil, "SharedInformers.run() is called once")
      state.starts = continuation
      return Array(state.informers.values)
    }
    for informer in present { continuation.yield(informer) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for await informer in starts { group.addTask { try await informer.run() } }
      try await group.waitForAll()
    }
    try Task.checkCancellation()
  }
}
