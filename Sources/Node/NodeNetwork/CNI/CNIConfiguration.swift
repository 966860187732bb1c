package import ClusterConfig
package import Files

/// The node's pod network as the runtime's plugins read it: a bridge in the host's network namespace whose addresses
/// come from the node's own range, and port mappings for host ports. Format: the CNI specification, version 1.0.0.
package struct CNIConfiguration: Hashable, Sendable {
  /// Pods of this node get addresses from here. The first is the bridge's own.
  package var podRange: IPv4Network
  /// Where the address plugin keeps which address is taken. It must not be shared with another host.
  package var addressFolder: String
  package var bridge: String
  /// The name of the pod network.
  package var name: String
  /// The bridge's largest packet; nil: the kernel's own.
  package var mtu: Int?

  package init(
    podRange: IPv4Network, addressFolder: String, bridge: String = "cni0", name: String = "podnet", mtu: Int? = nil
  ) {
    self.podRange = podRange
    self.addressFolder = addressFolder
    self.bridge = bridge
    self.name = name
    self.mtu = mtu
  }

  /// The conflist.
  ///
  /// `isGateway` gives the bridge its address, and the route in the address section leads there; `isDefaultGateway`
  /// would set the same route a second time and fail. Pod addresses are not masqueraded: other nodes have routes to
  /// them.
  package var text: String {
    let mtu = mtu.map { "\n      \"mtu\": \($0)," } ?? ""
    return """
      {
        "cniVersion": "1.0.0",
        "name": \(quoted(name)),
        "plugins": [
          {
            "type": "bridge",
            "bridge": \(quoted(bridge)),\(mtu)
            "isGateway": true,
            "ipMasq": false,
            "hairpinMode": true,
            "ipam": {
              "type": "host-local",
              "dataDir": \(quoted(addressFolder)),
              "ranges": [[{"subnet": \(quoted(podRange.description))}]],
              "routes": [{"dst": "0.0.0.0/0"}]
            }
          },
          {"type": "portmap", "capabilities": {"portMappings": true}, "snat": true}
        ]
      }

      """
  }

  /// Writes the conflist into the folder that the runtime watches, atomically; it never sees half a file.
  @discardableResult
  package func write(into folder: String) throws(AtomicFile.Failure) -> Bool {
    try AtomicFile.makeFolder(addressFolder)
    return try AtomicFile.write(text, to: "\(folder)/10-apus.conflist")
  }
}

/// A text in JSON's and TOML's common form of quoting.
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\t": result += "\\t"
    case _ where scalar.value < 0x20 || scalar.value == 0x7f:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
