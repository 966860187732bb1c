import Access
import KubernetesAPI
import SeededNumbers
import Testing

/// The ways on which most requests are decided are short: they say what the long ones say.
@Suite("Decisions")
struct DecisionTests {
  private static let names = ["ann", "bob", "system:node:n1", "system:serviceaccount:shop:robot"]
  private static let groups = ["readers", "writers", UserInfo.nodesGroup, UserInfo.mastersGroup]
  private static let verbs = ["get", "list", "*"]
  private static let apiGroups = ["", "apps", "*"]
  private static let resources = ["pods", "pods/log", "deployments", "*/scale", "*/log", "*"]
  private static let namespaces = ["shop", "other"]
  private static let roles = ["r0", "r1", "r2", "r3", "gone"]

  /// A few of some texts, in their order.
  private static func few(_ texts: [String], _ numbers: inout SeededGenerator, least: Int = 0) -> [String] {
    var chosen = texts.filter { _ in Int.random(in: 0..<3, using: &numbers) == 0 }
    while chosen.count < least { chosen.append(one(texts, &numbers)) }
    return chosen
  }

  private static func one(_ texts: [String], _ numbers: inout SeededGenerator) -> String {
    texts[Int.random(in: 0..<texts.count, using: &numbers)]
  }

  private static func randomRule(_ numbers: inout SeededGenerator) -> RbacV1.PolicyRule {
    if Int.random(in: 0..<5, using: &numbers) == 0 {
      return rule(few(verbs, &numbers, least: 1), paths: few(["/metrics", "/logs/*", "*"], &numbers, least: 1))
    }
    return rule(
      few(verbs, &numbers, least: 1), few(apiGroups, &numbers, least: 1), few(resources, &numbers, least: 1),
      names: Int.random(in: 0..<3, using: &numbers) == 0 ? ["a"] : [])
  }

  private static func randomAttributes(_ numbers: inout SeededGenerator) -> AccessAttributes {
    let verb = one(["get", "list", "delete"], &numbers)
    if Int.random(in: 0..<5, using: &numbers) == 0 {
      return path(verb, one(["/metrics", "/logs/x", "/api"], &numbers))
    }
    return on(
      verb, one(["pods", "deployments", "secrets"], &numbers), group: one(["", "apps"], &numbers),
      sub: one(["", "", "log", "scale"], &numbers), in: one(["", "shop", "other"], &numbers),
      name: one(["", "a", "b"], &numbers))
  }

  private static func randomUser(_ numbers: inout SeededGenerator) -> UserInfo {
    .authenticated(name: one(names, &numbers), groups: few(groups, &numbers))
  }

  @Test("random tables: the rules one by one, the opinion and the decision agree", arguments: 0..<40)
  func agree(_ seed: Int) {
    var numbers = SeededGenerator(seed: UInt64(seed))
    var table = RoleTable()
    var rules: [String: [RbacV1.PolicyRule]] = [:]
    for name in Self.roles.dropLast() {
      rules[name] = (0..<Int.random(in: 0...3, using: &numbers)).map { _ in Self.randomRule(&numbers) }
      table.set(RbacV1.ClusterRole(metadata: meta(name), rules: rules[name] ?? []))
    }
    // What is granted: to whom (a user, or a group), by which role, and where ("": everywhere).
    var grants: [(subject: String, role: String, namespace: String)] = []
    for index in 0..<6 {
      let isUser = Bool.random(using: &numbers)
      let name = Self.one(isUser ? Self.names : Array(Self.groups.prefix(3)), &numbers)
      let role = Self.one(Self.roles, &numbers)
      let whom = subject(isUser ? "User" : "Group", name)
      let namespace = Self.one(["", "shop", "other"], &numbers)
      if namespace.isEmpty {
        table.set(clusterBinding("b\(index)", role, whom))
      } else {
        table.set(binding("b\(index)", in: namespace, "ClusterRole", role, whom))
      }
      grants.append((name, role, namespace))
    }
    let policy = AccessPolicy(roles: table)
    for _ in 0..<100 {
      let user = Self.randomUser(&numbers)
      let attributes = Self.randomAttributes(&numbers)
      let expected = grants.contains { grant in
        (grant.subject == user.name || user.groups.contains(grant.subject))
          && (grant.namespace.isEmpty || grant.namespace == attributes.namespace)
          && (rules[grant.role] ?? []).contains { $0.allows(attributes) }
      }
      #expect(table.allows(user, attributes) == expected, "\(user) \(attributes)")
      #expect(table.opinion(user, attributes).isAllowed == expected, "\(user) \(attributes)")
      let long = AccessDecision(policy.opinion(user, attributes), of: user, on: attributes)
      #expect(policy.decide(user, attributes) == long, "\(user) \(attributes)")
    }
  }

  @Test("the group that may all needs no roles")
  func masters() {
    func roles() -> RoleTable {
      Issue.record("nobody has to look at roles")
      return RoleTable()
    }
    let decision = AccessPolicy.decide(
      person("root", UserInfo.mastersGroup), on("delete", "nodes", name: "a"), roles: roles()
    ) { _ in .noOpinion(reason: "") }
    #expect(decision == .allowed)
  }

  @Test("header fields that have to do with impersonation, in any case")
  func impersonation() {
    for field in [
      "Impersonate-User", "impersonate-group", "IMPERSONATE-UID", "Impersonate-Extra-a%2Fb", "impersonate-",
    ] {
      #expect(Impersonation.concerns(field), "\(field)")
    }
    for field in ["", "i", "If-None-Match", "Impersonate", "Impersonated-User", "X-Impersonate-User", "accept"] {
      #expect(!Impersonation.concerns(field), "\(field)")
    }
  }

  @Test("who is vouched for is in the group of those once, and a node is known by name and group")
  func users() {
    #expect(person("ann", "a").groups == ["a", UserInfo.authenticatedGroup])
    #expect(person("ann", UserInfo.authenticatedGroup, "a").groups == [UserInfo.authenticatedGroup, "a"])
    #expect(person("system:node:n1", UserInfo.nodesGroup).nodeName == "n1")
    #expect(person("system:node:", UserInfo.nodesGroup).nodeName == nil)
    #expect(person("system:node:n1").nodeName == nil)
  }
}
