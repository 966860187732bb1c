package import Files
package import Logging
import Supervision

/// Keeps the host's routes to other nodes' pods as the planner says, through `ip`. Level-triggered: give it all nodes
/// whenever one changes, and every now and then, since somebody else may have touched the table.
package actor RouteTable {
  private let planner: RoutePlanner
  private let ip: String
  private let logger: Logger
  private var reported: Set<RoutePlanner.Refusal> = []

  package init(planner: RoutePlanner, ip: String = RouteTable.findIP(), logger: Logger) {
    self.planner = planner
    self.ip = ip
    self.logger = logger
  }

  /// Where `ip` is on this machine.
  package static func findIP() -> String {
    ["/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip", "/bin/ip"].first { isExecutable($0) } ?? "/sbin/ip"
  }

  /// Lets the host pass on packets between its pods and other nodes.
  package func enableForwarding() throws(AtomicFile.Failure) {
    try AtomicFile.writeInPlace("1", to: "/proc/sys/net/ipv4/ip_forward")
  }

  /// Brings the table in line. A change that fails is logged and does not keep the others from being made.
  /// - Returns: whether the table is now as planned.
  @discardableResult
  package func reconcile(_ nodes: [RemoteNode]) async -> Bool {
    let listing: String
    do {
      listing = try await Command(ip, ["-4", "route", "show", "proto", "\(RoutePlanner.routeProtocol)"]).run()
    } catch {
      logger.error("routes cannot be read", metadata: ["error": "\(error)"])
      return false
    }
    let plan = planner.plan(nodes: nodes, present: Route.parse(listing))
    for refusal in plan.refusals where !reported.contains(refusal) {
      logger.warning("no route to a node's pods", metadata: ["node": "\(refusal.node)", "reason": "\(refusal.reason)"])
    }
    reported = Set(plan.refusals)
    var isComplete = true
    for change in plan.changes {
      do {
        _ = try await Command(ip, change.arguments).run()
        logger.info("route changed", metadata: ["change": "\(change.arguments.dropFirst(2).joined(separator: " "))"])
      } catch {
        isComplete = false
        logger.error("route not changed", metadata: ["error": "\(error)"])
      }
    }
    return isComplete
  }
}
