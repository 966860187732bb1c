import Access
import Testing

@Suite("The fixed table of rights")
struct FixedAuthorizerTests {
  private static let admin = UserInfo.authenticated(name: "kubernetes-admin", groups: ["system:masters"])
  private static let manager = UserInfo.authenticated(name: "system:kube-controller-manager", groups: [])
  private static let scheduler = UserInfo.authenticated(name: "system:kube-scheduler", groups: [])
  private static let proxy = UserInfo.authenticated(name: "system:kube-proxy", groups: [])
  private static let node = UserInfo.authenticated(name: "system:node:n1", groups: ["system:nodes"])
  private static let impostor = UserInfo.authenticated(name: "system:node:n1", groups: ["people"])
  private static let somebody = UserInfo.authenticated(name: "somebody", groups: ["people"])

  private static func on(
    _ verb: String, _ resource: String, group: String = "", sub: String = "", in namespace: String = "",
    name: String = ""
  ) -> AccessAttributes {
    AccessAttributes(
      verb: verb, group: group, resource: resource, subresource: sub, namespace: namespace, name: name)
  }

  static let table: [(UserInfo, AccessAttributes, Bool)] = [
    (admin, on("delete", "nodes", name: "n1"), true),
    (admin, AccessAttributes(verb: "post", path: "/anything"), true),
    (somebody, on("get", "pods", in: "default", name: "a"), false),
    (somebody, AccessAttributes(verb: "get", path: "/apis/apps/v1"), true),
    (somebody, AccessAttributes(verb: "get", path: "/openapi/v3"), true),
    (somebody, AccessAttributes(verb: "get", path: "/metrics"), false),
    (.anonymous, AccessAttributes(verb: "get", path: "/healthz"), true),
    (.anonymous, AccessAttributes(verb: "get", path: "/readyz/ping"), true),
    (.anonymous, AccessAttributes(verb: "get", path: "/version"), true),
    (.anonymous, AccessAttributes(verb: "get", path: "/healthzz"), false),
    (.anonymous, AccessAttributes(verb: "post", path: "/healthz"), false),
    (.anonymous, AccessAttributes(verb: "get", path: "/api"), false),
    (.anonymous, on("list", "pods"), false),
    (manager, on("create", "pods", in: "default"), true),
    (manager, on("update", "deployments", group: "apps", sub: "status", in: "default", name: "a"), true),
    (manager, on("create", "replicasets", group: "apps", in: "default"), true),
    (manager, on("create", "nodes"), false),
    (scheduler, on("create", "pods", sub: "binding", in: "default", name: "a"), true),
    (scheduler, on("watch", "nodes"), true),
    (scheduler, on("create", "pods", in: "default"), false),
    (scheduler, on("get", "secrets", in: "default", name: "a"), false),
    (scheduler, on("update", "leases", group: "coordination.k8s.io", in: "kube-system", name: "kube-scheduler"), true),
    (scheduler, on("update", "leases", group: "coordination.k8s.io", in: "kube-system", name: "other"), false),
    (proxy, on("watch", "endpointslices", group: "discovery.k8s.io"), true),
    (proxy, on("list", "services"), true),
    (proxy, on("update", "services", in: "default", name: "a"), false),
    (node, on("create", "nodes"), true),
    (node, on("patch", "nodes", sub: "status", name: "n1"), true),
    (node, on("patch", "nodes", sub: "status", name: "n2"), false),
    (node, on("delete", "nodes", name: "n1"), false),
    (node, on("update", "leases", group: "coordination.k8s.io", in: "kube-node-lease", name: "n1"), true),
    (node, on("update", "leases", group: "coordination.k8s.io", in: "kube-node-lease", name: "n2"), false),
    (node, on("update", "leases", group: "coordination.k8s.io", in: "kube-system", name: "n1"), false),
    (node, on("watch", "pods"), true),
    (node, on("patch", "pods", sub: "status", in: "default", name: "a"), true),
    (node, on("delete", "pods", in: "default", name: "a"), true),
    (node, on("create", "pods", sub: "binding", in: "default", name: "a"), false),
    (node, on("get", "secrets", in: "default", name: "a"), true),
    (node, on("create", "events", in: "default"), true),
    (node, on("update", "deployments", group: "apps", in: "default", name: "a"), false),
    (impostor, on("create", "nodes"), false),
    (impostor, on("watch", "pods"), false),
  ]

  @Test("each row", arguments: 0..<table.count)
  func row(_ index: Int) async {
    let (user, attributes, allowed) = Self.table[index]
    let decision = await FixedAuthorizer().authorize(user, attributes)
    #expect((decision == .allowed) == allowed, "\(user.name) \(attributes)")
  }

  @Test("a denial says who may not do what, where")
  func reason() {
    let decision = FixedAuthorizer().decide(
      Self.somebody, Self.on("get", "pods", sub: "log", in: "default", name: "a"))
    #expect(
      decision
        == .denied(
          reason: "User \"somebody\" cannot get resource \"pods/log\" in API group \"\" in the namespace \"default\""))
  }

  @Test("a node's name comes from its user name, if the group vouches for it")
  func nodeNames() {
    #expect(Self.node.nodeName == "n1")
    #expect(Self.impostor.nodeName == nil)
    #expect(UserInfo(name: "system:node:", groups: ["system:nodes"]).nodeName == nil)
  }
}
