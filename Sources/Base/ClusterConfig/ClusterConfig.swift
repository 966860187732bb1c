/// The description of one cluster: which hosts it has, what runs on each, and the numbers that all parts must agree on.
///
/// One YAML file describes one machine, the lab's seven hosts or several machines alike; every process of the
/// cluster reads the same file. ``ClusterConfig/init(yaml:file:)`` reads and checks it.
package struct ClusterConfig: Hashable, Sendable {
  /// The cluster's name. It stands in every peer certificate, so that members of two clusters cannot be mixed.
  package var name: String
  package var network: Network
  package var ports: Ports
  package var timing: Timing
  package var runtime: Runtime
  package var store: Store
  /// The hosts in the order of the file. Names and addresses are unique; there are stores, ``mostStores`` at most.
  package var hosts: [Host]

  package init(
    name: String, network: Network = .init(), ports: Ports = .init(), timing: Timing = .init(),
    runtime: Runtime = .init(), store: Store = .init(), hosts: [Host]
  ) {
    self.name = name
    self.network = network
    self.ports = ports
    self.timing = timing
    self.runtime = runtime
    self.store = store
    self.hosts = hosts
  }

  /// What a host does. Each role is one child process of `apus start`.
  package enum Role: String, Hashable, Sendable, CaseIterable {
    case store
    case apiserver
    case controllerManager = "controller-manager"
    case scheduler
    case kubelet
    case proxy
  }

  /// One machine, or one network namespace of the lab.
  package struct Host: Hashable, Sendable {
    /// A DNS label; the member's name in the store and the node's name in the API.
    package var name: String
    /// The address on which the other hosts reach it.
    package var address: IPv4Address
    package var roles: [Role]

    package init(name: String, address: IPv4Address, roles: [Role]) {
      self.name = name
      self.address = address
      self.roles = roles
    }
  }

  /// The address ranges. They must not overlap each other, nor contain a host.
  package struct Network: Hashable, Sendable {
    /// Where cluster addresses of Services come from; the first is the `kubernetes` Service's. Default 10.96.0.0/16.
    package var services: IPv4Network = .init(address: .init(10, 96, 0, 0), prefix: 16)
    /// Where pod addresses come from, cut into one range a node. Default 10.244.0.0/16.
    package var pods: IPv4Network = .init(address: .init(10, 244, 0, 0), prefix: 16)
    /// The prefix length of one node's range. Default 24.
    package var nodePrefix: Int = 24
    /// Node ports. Default 30000 to 32767.
    package var nodePorts: ClosedRange<UInt16> = 30000...32767
    /// The DNS domain of Services. Default `cluster.local`.
    package var domain: String = "cluster.local"

    package init() {}
  }

  /// The TCP ports, the same on every host.
  package struct Ports: Hashable, Sendable {
    /// The etcd v3 API of a store. Default 2379.
    package var storeClient: UInt16 = 2379
    /// Raft between stores. Default 2380.
    package var storePeer: UInt16 = 2380
    /// Metrics and health of a store. Default 2381.
    package var storeMetrics: UInt16 = 2381
    /// A front-end, on its host's address. Default 6443.
    package var apiserver: UInt16 = 6443
    /// The balancer before all front-ends, on 127.0.0.1 of every host. Default 6443: a host whose own address
    /// is 127.0.0.1 must choose another.
    package var balancer: UInt16 = 6443
    /// A kubelet, on its host's address. Default 10250.
    package var kubelet: UInt16 = 10250
    /// Health and metrics of controller manager, scheduler and proxy, on 127.0.0.1. Defaults as in Kubernetes.
    package var controllerManager: UInt16 = 10257
    package var scheduler: UInt16 = 10259
    package var proxy: UInt16 = 10249

    package init() {}
  }

  /// How soon things are noticed. The defaults are the fast profile of the architecture.
  package struct Timing: Hashable, Sendable {
    /// The leader's heartbeat to its followers. Default 100 ms.
    package var heartbeat: Duration = .milliseconds(100)
    /// How long a follower waits for its leader before it asks for an election. Default 1 s.
    package var election: Duration = .seconds(1)
    /// How often a kubelet renews its Lease. Default 1 s.
    package var nodeLeaseRenew: Duration = .seconds(1)
    /// How long the controller waits for a renewal before it calls the node's condition Unknown. Default 5 s.
    package var nodeMonitorGrace: Duration = .seconds(5)
    /// The toleration of not-ready and unreachable nodes that admission adds to pods that name none. Default 5 s
    /// (Kubernetes: 300 s).
    package var defaultNotReadyToleration: Duration = .seconds(5)
    /// Leader election of controller managers and schedulers: how long a Lease holds. Default 4 s.
    package var leaderLease: Duration = .seconds(4)
    /// Leader election: how often the holder renews. Default 1 s.
    package var leaderRenew: Duration = .seconds(1)

    package init() {}
  }

  /// Which container runtime the nodes use.
  package struct Runtime: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      /// `apus start` runs a containerd of its own for the host, below the host's data folder.
      case managed
      /// A runtime that runs already, at this socket.
      case socket(String)
      /// Pretends only: for scale tests.
      case hollow
    }
    package var kind: Kind = .managed
    /// Image archives that a managed runtime imports at its start.
    package var images: [String] = []
    /// The image of the container that holds a pod's namespaces.
    package var pauseImage: String = "docker.io/library/pause:1"

    package init() {}
  }
}

extension ClusterConfig {
  /// More stores than these make each write slower, and nothing safer.
  package static let mostStores = 9

  /// What the file allows and is not well: for whoever starts something by it to tell.
  package var warnings: [String] {
    let stores = hosts(with: .store).count
    guard stores > 0, stores % 2 == 0 else { return [] }
    return [
      """
      \(stores) hosts have the role store, an even number: they survive no more failures than \(stores - 1) would. \
      That is well while members change; a new cluster does not begin with it (docs/members.md)
      """
    ]
  }

  package func host(named name: String) -> Host? { hosts.first { $0.name == name } }

  package func hosts(with role: Role) -> [Host] { hosts.filter { $0.roles.contains(role) } }

  /// The range of the `index`th node's pods, by the order of the hosts with a kubelet. Nil past the last range.
  package func podRange(ofNode index: Int) -> IPv4Network? { network.pods.subnet(index, prefix: network.nodePrefix) }
}
