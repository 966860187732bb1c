package import ClusterConfig

/// The nftables rules that lead packets for services to the proxy's listener. Pure: text for `nft -f -`.
///
/// One table; two sets hold the addresses and node ports that exist, and change without the rules changing. What
/// goes to the service range and is in no set is rejected, so that a stale address fails fast.
package struct PacketRules: Hashable, Sendable {
  package var table: String
  package var serviceRange: IPv4Network
  /// Where the proxy listens on every address of the host.
  package var listener: UInt16

  package init(table: String = "apus_proxy", serviceRange: IPv4Network, listener: UInt16) {
    self.table = table
    self.serviceRange = serviceRange
    self.listener = listener
  }

  /// Makes the table anew, atomically, with its sets filled.
  package func install(_ services: ServiceTable) -> String {
    """
    table ip \(table)
    delete table ip \(table)
    table ip \(table) {
      set services { type ipv4_addr . inet_service; \(Self.elements(Self.services(services))) }
      set nodeports { type inet_service; \(Self.elements(Self.nodePorts(services))) }
      chain redirects {
        ip daddr . tcp dport @services redirect to :\(listener)
        fib daddr type local tcp dport @nodeports redirect to :\(listener)
      }
      chain prerouting { type nat hook prerouting priority dstnat; policy accept; jump redirects; }
      chain output { type nat hook output priority -100; policy accept; jump redirects; }
      chain rejects {
        ip daddr \(serviceRange) tcp dport 1-65535 reject with tcp reset
        ip daddr \(serviceRange) reject with icmp type port-unreachable
      }
      chain forwarded { type filter hook forward priority filter; policy accept; jump rejects; }
      chain sent { type filter hook output priority filter; policy accept; jump rejects; }
    }

    """
  }

  /// Changes the sets, atomically. Nil when nothing changes.
  package func update(from old: ServiceTable, to new: ServiceTable) -> String? {
    var text = ""
    for (set, before, after) in [
      ("services", Self.services(old), Self.services(new)), ("nodeports", Self.nodePorts(old), Self.nodePorts(new)),
    ] {
      let gone = before.subtracting(after).sorted()
      let come = after.subtracting(before).sorted()
      if !gone.isEmpty { text += "delete element ip \(table) \(set) { \(gone.joined(separator: ", ")) }\n" }
      if !come.isEmpty { text += "add element ip \(table) \(set) { \(come.joined(separator: ", ")) }\n" }
    }
    return text.isEmpty ? nil : text
  }

  /// Removes the table; nothing happens where it is not there.
  package var remove: String { "table ip \(table)\ndelete table ip \(table)\n" }

  private static func elements(_ set: Set<String>) -> String {
    set.isEmpty ? "" : "elements = { \(set.sorted().joined(separator: ", ")) };"
  }

  private static func services(_ table: ServiceTable) -> Set<String> {
    Set(table.entries.keys.compactMap { frontend in frontend.address.map { "\($0) . \(frontend.port)" } })
  }

  private static func nodePorts(_ table: ServiceTable) -> Set<String> {
    Set(table.entries.keys.filter { $0.address == nil }.map { "\($0.port)" })
  }
}
