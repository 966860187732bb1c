/// Who sends a request, as authentication established it.
package struct UserInfo: Sendable, Hashable {
  /// The name; for a client certificate its common name.
  package var name: String
  /// For a client certificate its organisations; authentication adds `system:authenticated`.
  package var groups: [String]

  package init(name: String, groups: [String]) {
    self.name = name
    self.groups = groups
  }

  /// A user whom authentication vouches for.
  package static func authenticated(name: String, groups: [String]) -> UserInfo {
    UserInfo(
      name: name, groups: groups.contains(authenticatedGroup) ? groups : groups + [authenticatedGroup])
  }

  /// Whoever shows no credentials.
  package static let anonymous = UserInfo(name: "system:anonymous", groups: ["system:unauthenticated"])

  package static let authenticatedGroup = "system:authenticated"
  package static let mastersGroup = "system:masters"
  package static let nodesGroup = "system:nodes"
  /// A node's user name is this and the node's name.
  package static let nodePrefix = "system:node:"

  /// The node that this user is the kubelet of; nil for everybody else.
  package var nodeName: String? {
    guard groups.contains(Self.nodesGroup), name.hasPrefix(Self.nodePrefix) else { return nil }
    let node = name.dropFirst(Self.nodePrefix.count)
    return node.isEmpty ? nil : String(node)
  }
}
