/// Who sends a request, as authentication established it.
package struct UserInfo: Sendable, Hashable {
  /// The name; for a client certificate its common name.
  package var name: String
  /// Tells users of one name apart over time; "" where authentication knows none. For a service account its UID.
  package var uid: String
  /// For a client certificate its organisations; authentication adds `system:authenticated`.
  package var groups: [String]
  /// What else authentication knows, by keys in lower case: `authentication.kubernetes.io/pod-name`.
  package var extra: [String: [String]]

  package init(name: String, uid: String = "", groups: [String], extra: [String: [String]] = [:]) {
    self.name = name
    self.uid = uid
    self.groups = groups
    self.extra = extra
  }

  /// A user whom authentication vouches for.
  package static func authenticated(
    name: String, uid: String = "", groups: [String], extra: [String: [String]] = [:]
  ) -> UserInfo {
    var groups = groups
    if !groups.contains(authenticatedGroup) { groups.append(authenticatedGroup) }
    return UserInfo(name: name, uid: uid, groups: groups, extra: extra)
  }

  /// Whoever shows no credentials.
  package static let anonymous = UserInfo(name: anonymousName, groups: [unauthenticatedGroup])

  package static let anonymousName = "system:anonymous"
  package static let authenticatedGroup = "system:authenticated"
  package static let unauthenticatedGroup = "system:unauthenticated"
  package static let mastersGroup = "system:masters"
  package static let nodesGroup = "system:nodes"
  /// A node's user name is this and the node's name.
  package static let nodePrefix = "system:node:"

  /// The node that this user is the kubelet of; nil for everybody else.
  package var nodeName: String? {
    guard groups.contains(Self.nodesGroup), name.hasPrefix(Self.nodePrefix) else { return nil }
    let node = Substring(name.utf8.dropFirst(Self.nodePrefix.utf8.count))
    return node.isEmpty ? nil : String(node)
  }
}

/// A service account as a user: `system:serviceaccount:NAMESPACE:NAME`.
package struct ServiceAccountName: Sendable, Hashable {
  package var namespace: String
  package var name: String

  package static let prefix = "system:serviceaccount:"
  /// The group of all service accounts.
  package static let allGroup = "system:serviceaccounts"

  package init(namespace: String, name: String) {
    self.namespace = namespace
    self.name = name
  }

  /// From a user's name; nil if it is not a service account's.
  package init?(userName: String) {
    guard userName.hasPrefix(Self.prefix) else { return nil }
    let parts = userName.dropFirst(Self.prefix.count).split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else { return nil }
    self.init(namespace: String(parts[0]), name: String(parts[1]))
  }

  package var userName: String { "\(Self.prefix)\(namespace):\(name)" }

  /// The groups that every token of the account carries, without `system:authenticated`.
  package var groups: [String] { [Self.allGroup, "\(Self.allGroup):\(namespace)"] }
}
