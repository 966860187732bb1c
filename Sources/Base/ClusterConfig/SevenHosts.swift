extension ClusterConfig {
  /// Seven hosts, those of `cluster-config/lab.yaml`, for who runs a lab of their own beside it (tests, benchmarks):
  /// three of the store, two front-ends with their controllers, two nodes.
  ///
  /// - Parameter network: the first three bytes of their addresses, such as `198.18.6`.
  /// - Returns: the part `hosts` of a cluster's file, with a newline at its end.
  package static func sevenHosts(in network: String) -> String {
    var text = "hosts:\n"
    for (name, first, count, roles) in [
      ("store", 11, 3, "store"), ("control", 21, 2, "apiserver, controller-manager, scheduler"),
      ("node", 31, 2, "kubelet, proxy"),
    ] {
      for index in 0..<count {
        text += "  - {name: \(name)-\(index + 1), address: \(network).\(first + index), roles: [\(roles)]}\n"
      }
    }
    return text
  }
}
