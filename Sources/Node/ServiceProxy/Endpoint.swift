package import ClusterConfig
import Glibc
import NIOCore

/// Where a connection can be sent.
package struct Endpoint: Hashable, Sendable, CustomStringConvertible {
  package var address: IPv4Address
  package var port: UInt16

  package init(address: IPv4Address, port: UInt16) {
    self.address = address
    self.port = port
  }

  package var description: String { "\(address):\(port)" }

  /// For the kernel, without a resolver: one that is asked for a host's name starts threads and timers first.
  var socketAddress: SocketAddress {
    var kernel = sockaddr_in()
    kernel.sin_family = sa_family_t(AF_INET)
    kernel.sin_port = port.bigEndian
    kernel.sin_addr.s_addr = address.value.bigEndian
    return SocketAddress(kernel)
  }
}
