import Access
import KubernetesAPI
import SeededNumbers
import Testing

@Suite("Nobody grants what they do not hold")
struct EscalationTests {
  static let table: [(held: [RbacV1.PolicyRule], wanted: [RbacV1.PolicyRule], missing: [String])] = [
    ([], [], []),
    ([rule(["get", "list"], ["pods"])], [rule(["list"], ["pods"])], []),
    ([rule(["*"], ["*"], ["*"])], [rule(["frobnicate"], ["example.com"], ["a", "b/c"], names: ["x"])], []),
    (
      [rule(["get"], ["pods"])], [rule(["get"], ["pods", "secrets"])],
      [#"{APIGroups:[""], Resources:["secrets"], Verbs:["get"]}"#]
    ),
    // Put together from several.
    (
      [rule(["get"], ["pods"]), rule(["list"], ["pods"]), rule(["get", "list"], ["services"])],
      [rule(["get", "list"], ["pods", "services"])], []
    ),
    ([rule(["get"], ["pods"])], [rule(["*"], ["pods"])], [#"{APIGroups:[""], Resources:["pods"], Verbs:["*"]}"#]),
    (
      [rule(["get"], [""], ["pods"])], [rule(["get"], ["*"], ["pods"])],
      [#"{APIGroups:["*"], Resources:["pods"], Verbs:["get"]}"#]
    ),
    ([rule(["get"], ["pods"], names: ["a", "b"])], [rule(["get"], ["pods"], names: ["b"])], []),
    (
      [rule(["get"], ["pods"], names: ["a"])], [rule(["get"], ["pods"])],
      [#"{APIGroups:[""], Resources:["pods"], Verbs:["get"]}"#]
    ),
    (
      [rule(["get"], ["pods"], names: ["a"])], [rule(["get"], ["pods"], names: ["a", "c"])],
      [#"{APIGroups:[""], Resources:["pods"], ResourceNames:["c"], Verbs:["get"]}"#]
    ),
    ([rule(["get"], ["pods"])], [rule(["get"], ["pods"], names: ["a"])], []),
    ([rule(["get"], ["*/scale"])], [rule(["get"], ["deployments/scale"])], []),
    (
      [rule(["get"], ["*/scale"])], [rule(["get"], ["deployments"])],
      [#"{APIGroups:[""], Resources:["deployments"], Verbs:["get"]}"#]
    ),
    (
      [rule(["get"], ["deployments/scale"])], [rule(["get"], ["*/scale"])],
      [#"{APIGroups:[""], Resources:["*/scale"], Verbs:["get"]}"#]
    ),
    // A resource does not bring its subresources.
    (
      [rule(["get"], ["pods"])], [rule(["get"], ["pods/log"])],
      [#"{APIGroups:[""], Resources:["pods/log"], Verbs:["get"]}"#]
    ),
    ([rule(["get"], paths: ["/logs/*"])], [rule(["get"], paths: ["/logs/a", "/logs/b/*"])], []),
    (
      [rule(["get"], paths: ["/logs/*"])], [rule(["get"], paths: ["/log*"])],
      [#"{NonResourceURLs:["/log*"], Verbs:["get"]}"#]
    ),
    ([rule(["get"], paths: ["*"])], [rule(["get"], paths: ["/a"])], []),
    ([rule(["get"], ["*"], ["*"])], [rule(["get"], paths: ["/a"])], [#"{NonResourceURLs:["/a"], Verbs:["get"]}"#]),
    (
      [rule(["get"], ["b"])], [rule(["list", "get"], ["b", "a"]), rule(["watch", "list"], ["a"])],
      [
        #"{APIGroups:[""], Resources:["a"], Verbs:["list" "get" "watch"]}"#,
        #"{APIGroups:[""], Resources:["b"], Verbs:["list"]}"#,
      ]
    ),
  ]

  @Test("each row", arguments: 0..<table.count)
  func row(_ index: Int) {
    let row = Self.table[index]
    #expect(Escalation.missing(row.wanted, from: row.held)?.map(\.compactText) == row.missing)
  }

  @Test("what has too many combinations is not looked at")
  func bound() {
    let many = (0..<100).map { "n\($0)" }
    let wide = rule(many, many, many)
    #expect(Escalation.missing([wide], from: [rule(["get"], ["pods"])]) == nil)
    #expect(Escalation.missing([wide], from: [rule(["*"], ["*"], ["*"])]) == [])
    #expect(Escalation.missing([wide], from: [wide]) == [])
    // Few enough combinations, but too many rules to compare them with.
    let names = (0..<1000).map { rule(["get"], ["pods"], names: ["n\($0)"]) }
    let wished = rule(["get"], ["pods"], names: (0..<30_000).map { "n\($0)" })
    #expect(Escalation.missing([wished], from: names) == nil)
    #expect(Escalation.missing([rule(["get"], ["pods"], names: ["n1", "n2"])], from: names) == [])
  }

  @Test("many verbs are put together in one go", .timeLimit(.minutes(1)))
  func verbs() {
    let verbs = (0..<100_000).map { "verb\($0)" }
    let missing = Escalation.missing([rule(verbs, ["pods"])], from: [rule(["get"], ["pods"])])
    #expect(missing?.count == 1 && missing?.first?.verbs == verbs)
  }

  /// Random rules over a small world, so that they meet often.
  private struct World {
    var random: SeededGenerator

    mutating func some(_ from: [String], upTo most: Int) -> [String] {
      (0..<Int.random(in: 1...most, using: &random)).map { _ in from.randomElement(using: &random) ?? "" }
    }

    mutating func rule() -> RbacV1.PolicyRule {
      let verbs = some(["get", "list", "create", "*"], upTo: 2)
      if Int.random(in: 0..<4, using: &random) == 0 {
        return .init(verbs: verbs, nonResourceURLs: some(["/a", "/a/*", "/a/b", "/*", "*", "/b", "/a*"], upTo: 2))
      }
      let named = Int.random(in: 0..<3, using: &random) == 0
      return .init(
        verbs: verbs, apiGroups: some(["", "apps", "*"], upTo: 2),
        resources: some(["pods", "pods/log", "deployments", "deployments/scale", "*/scale", "*"], upTo: 3),
        resourceNames: named ? some(["x", "y", ""], upTo: 2) : [])
    }

    mutating func rules() -> [RbacV1.PolicyRule] {
      (0..<Int.random(in: 1...4, using: &random)).map { _ in rule() }
    }
  }

  private static let requests: [AccessAttributes] = {
    var requests: [AccessAttributes] = []
    for verb in ["get", "list", "create", "update"] {
      for group in ["", "apps", "batch"] {
        for (resource, sub) in [
          ("pods", ""), ("pods", "log"), ("deployments", "scale"), ("jobs", "scale"), ("jobs", ""),
        ] {
          for name in ["", "x", "z"] { requests.append(on(verb, resource, group: group, sub: sub, name: name)) }
        }
      }
      for text in ["/", "/a", "/a/", "/a/b", "/a/b/c", "/ab", "/b"] { requests.append(path(verb, text)) }
    }
    return requests
  }()

  /// The check is sound: whatever the granted rules allow, the holder's rules allowed already. And it refuses nothing
  /// that it need not where a single rule is at stake: what it calls missing, some request could use.
  @Test("whatever may be granted was held", arguments: 0..<6)
  func sound(_ seed: UInt64) {
    var world = World(random: SeededGenerator(seed: seed))
    var granted = 0
    for _ in 0..<700 {
      let held = world.rules()
      let wanted = world.rules()
      guard let missing = Escalation.missing(wanted, from: held), missing.isEmpty else { continue }
      granted += 1
      for request in Self.requests where wanted.contains(where: { $0.allows(request) }) {
        #expect(held.contains { $0.allows(request) }, "\(request) by \(wanted) held \(held)")
      }
    }
    #expect(granted > 10)
  }

  @Test("what one holds one may grant", arguments: 0..<4)
  func reflexive(_ seed: UInt64) {
    var world = World(random: SeededGenerator(seed: 100 + seed))
    for _ in 0..<300 {
      let held = world.rules()
      #expect(Escalation.missing(held, from: held) == [])
      #expect(Escalation.missing(held, from: held + world.rules()) == [])
    }
  }

  // MARK: Writes of roles and bindings

  private static func guardian(_ user: UserInfo, _ rules: RbacV1.PolicyRule...) -> RoleGuard {
    var table = RoleTable()
    table.set(RbacV1.ClusterRole(metadata: meta("own"), rules: rules))
    table.set(clusterBinding("own", "own", subject("User", user.name)))
    table.set(clusterRole("reader", rule(["get"], ["pods"])))
    table.set(clusterRole("powerful", rule(["*"], ["secrets"])))
    let copy = table
    return RoleGuard(table: table, user: user) { copy.opinion(user, $0).isAllowed }
  }

  private static func refusal(_ body: () throws(RoleGuard.Refusal) -> Void) -> RoleGuard.Refusal? {
    do {
      try body()
      return nil
    } catch { return error }
  }

  @Test("a role with more than its writer holds is refused, in words that say what is missing")
  func roles() {
    let user = UserInfo(name: "bob", groups: ["a", "b"])
    let holder = Self.guardian(user, rule(["get", "list"], ["pods"]))
    let fine = RbacV1.Role(metadata: meta("r", in: "shop"), rules: [rule(["get"], ["pods"])])
    #expect(Self.refusal { () throws(RoleGuard.Refusal) in try holder.check(fine) } == nil)
    let tooMuch = RbacV1.Role(metadata: meta("r", in: "shop"), rules: [rule(["get", "delete"], ["pods"])])
    #expect(
      Self.refusal { () throws(RoleGuard.Refusal) in try holder.check(tooMuch) }
        == .forbidden(
          "user \"bob\" (groups=[\"a\" \"b\"]) is attempting to grant RBAC permissions not currently held:\n"
            + #"{APIGroups:[""], Resources:["pods"], Verbs:["delete"]}"#))
    #expect(Self.refusal { () throws(RoleGuard.Refusal) in try holder.check(tooMuch, old: fine) } != nil)
    // Owners and finalizers grant nothing; labels may.
    var owned = tooMuch
    owned.metadata.finalizers = ["example.com/wait"]
    #expect(Self.refusal { () throws(RoleGuard.Refusal) in try holder.check(owned, old: tooMuch) } == nil)
    owned.metadata.labels = ["rbac.authorization.k8s.io/aggregate-to-edit": "true"]
    #expect(Self.refusal { () throws(RoleGuard.Refusal) in try holder.check(owned, old: tooMuch) } != nil)
    let escalator = Self.guardian(user, rule(["escalate"], ["rbac.authorization.k8s.io"], ["roles"], names: ["r"]))
    #expect(Self.refusal { () throws(RoleGuard.Refusal) in try escalator.check(tooMuch) } == nil)
    let master = Self.guardian(UserInfo(name: "root", groups: ["system:masters"]))
    #expect(Self.refusal { () throws(RoleGuard.Refusal) in try master.check(tooMuch) } == nil)
  }

  @Test("only who holds everything may aggregate")
  func aggregation() {
    var sum = clusterRole("sum")
    sum.aggregationRule = .init(clusterRoleSelectors: [.init(matchLabels: ["a": "b"])])
    let some = Self.guardian(person("bob"), rule(["get", "update"], ["*"], ["*"]))
    #expect(
      Self.refusal { () throws(RoleGuard.Refusal) in try some.check(sum) }
        == .forbidden("must have cluster-admin privileges to use the aggregationRule"))
    let plain = clusterRole("sum")
    #expect(Self.refusal { () throws(RoleGuard.Refusal) in try some.check(plain, old: sum) } != nil)
    let all = Self.guardian(person("bob"), rule(["*"], ["*"], ["*"]), rule(["*"], paths: ["*"]))
    #expect(Self.refusal { () throws(RoleGuard.Refusal) in try all.check(sum) } == nil)
  }

  @Test("a binding needs the role's rules, or the right to bind it")
  func bindings() {
    let reader = Self.guardian(person("bob"), rule(["get"], ["pods"]))
    let binds = Self.guardian(
      person("bob"), rule(["bind"], ["rbac.authorization.k8s.io"], ["clusterroles"], names: ["powerful"]))
    let low = clusterBinding("b", "reader", subject("User", "x"))
    let high = clusterBinding("b", "powerful", subject("User", "x"))
    let local = binding("b", in: "shop", "ClusterRole", "powerful", subject("User", "x"))
    #expect(Self.refusal { () throws(RoleGuard.Refusal) in try reader.check(low) } == nil)
    #expect(Self.refusal { () throws(RoleGuard.Refusal) in try reader.check(high) } != nil)
    #expect(Self.refusal { () throws(RoleGuard.Refusal) in try reader.check(local) } != nil)
    #expect(Self.refusal { () throws(RoleGuard.Refusal) in try binds.check(high) } == nil)
    #expect(Self.refusal { () throws(RoleGuard.Refusal) in try binds.check(local) } == nil)
    #expect(Self.refusal { () throws(RoleGuard.Refusal) in try binds.check(low) } != nil)
    #expect(
      Self.refusal { () throws(RoleGuard.Refusal) in
        try reader.check(binding("b", in: "shop", "Role", "gone", subject("User", "x")))
      } == .roleNotFound(resource: "roles", name: "gone"))
    // New subjects are a grant as well.
    let wider = clusterBinding("b", "powerful", subject("User", "x"), subject("User", "bob"))
    #expect(Self.refusal { () throws(RoleGuard.Refusal) in try reader.check(wider, old: high) } != nil)
  }
}
