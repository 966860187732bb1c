package import KubernetesAPI
import Logging
import Registry
import Synchronization

/// Where a node and its pods are reached, as its object says.
package struct NodePlace: Hashable, Sendable {
  package var name: String
  /// Its internal address; "" while it has none.
  package var address: String
  /// The range of its pods; "" while it has none.
  package var podRange: String

  package init(_ node: CoreV1.Node) {
    name = node.metadata.name
    address = node.status.addresses.first { $0.type == "InternalIP" }?.address ?? ""
    podRange = node.spec.podCIDR
  }
}

/// Tells where all nodes are, once they are known, whenever that changes, and every now and then: somebody else may
/// have undone what was made of it. A front-end on a host without a kubelet keeps its routes to pods so.
struct NodeFollower: Sendable {
  let registry: ResourceRegistry
  let logger: Logger
  var interval: Duration = .seconds(30)
  let tell: @Sendable ([NodePlace]) async -> Void

  /// Runs until the task is cancelled.
  func run() async {
    let places = NodePlaces()
    let (changes, changed) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await ObjectFollower(registry: registry, logger: logger).follow(CoreV1.Node.self) { change in
          if places.apply(change) { changed.yield() }
        }
        changed.finish()
      }
      group.addTask {
        while (try? await Task.sleep(for: interval)) != nil { changed.yield() }
      }
      group.addTask {
        for await _ in changes {
          if let all = places.all { await tell(all) }
        }
      }
    }
  }
}

/// The nodes' places as they are gathered.
private final class NodePlaces: Sendable {
  private struct State {
    var byName: [String: NodePlace] = [:]
    var isComplete = false
  }
  private let state = Mutex(State())

  /// `nil` until all nodes that there were at first have been told.
  var all: [NodePlace]? {
    state.withLock { $0.isComplete ? Array($0.byName.values) : nil }
  }

  /// - Returns: whether there is something to tell.
  func apply(_ change: ObjectFollower.Change<CoreV1.Node>) -> Bool {
    state.withLock { state in
      switch change {
      case .set(let node):
        let place = NodePlace(node)
        guard state.byName.updateValue(place, forKey: place.name) != place else { return false }
      case .removed(let place): state.byName[place.name] = nil
      case .complete: state.isComplete = true
      }
      return state.isComplete
    }
  }
}
