import JSONDocument
import Registry
import Testing

/// The Pod Security Standards, check by check: what a pod has, and what its namespace says to it.
@Suite("Pod security")
struct PodSecurityTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var level: String
    var edits: [String: JSONValue]
    /// nil: the pod is let in.
    var refusal: String?
    var testDescription: String { "\(level): \(edits.sorted { $0.key < $1.key })" }

    init(_ level: String, _ edits: [String: JSONValue], _ refusal: String?) {
      self.level = level
      self.edits = edits
      self.refusal = refusal
    }
  }

  /// A pod that the restricted level takes.
  private static let decent: JSONValue = [
    "metadata": ["name": "p"],
    "spec": [
      "securityContext": ["runAsNonRoot": true, "seccompProfile": ["type": "RuntimeDefault"]],
      "containers": [
        [
          "name": "c", "image": "i:1",
          "securityContext": ["allowPrivilegeEscalation": false, "capabilities": ["drop": ["ALL"]]],
        ]
      ],
    ],
  ]

  private static let context = "/spec/containers/0/securityContext"

  static let cases: [Case] = [
    Case("restricted", [:], nil),
    // Baseline.
    Case(
      "baseline", ["/spec/hostNetwork": true, "/spec/hostIPC": true],
      "host namespaces (hostNetwork=true, hostIPC=true)"),
    Case(
      "baseline", ["\(context)/privileged": true, "\(context)/allowPrivilegeEscalation": .null],
      "privileged (container \"c\" must not set securityContext.privileged=true)"),
    Case(
      "baseline", ["\(context)/capabilities/add": ["SYS_ADMIN", "CHOWN", "NET_ADMIN"]],
      "non-default capabilities (container \"c\" must not include \"NET_ADMIN\", \"SYS_ADMIN\" in "
        + "securityContext.capabilities.add)"),
    Case("baseline", ["\(context)/capabilities/add": ["CHOWN"]], nil),
    Case("baseline", ["/spec/volumes": [["name": "h", "hostPath": ["path": "/"]]]], "hostPath volumes (volume \"h\")"),
    Case(
      "baseline", ["/spec/containers/0/ports": [["containerPort": 80, "hostPort": 8080]]],
      "hostPort (container \"c\" uses hostPort 8080)"),
    Case("baseline", ["/spec/containers/0/ports": [["containerPort": 80]]], nil),
    Case(
      "baseline", ["\(context)/appArmorProfile": ["type": "Unconfined"]],
      "forbidden AppArmor profile (container \"c\" must not set AppArmor profile type to \"Unconfined\")"),
    Case(
      "baseline", ["/spec/securityContext/seLinuxOptions": ["type": "spc_t", "user": "u"]],
      "seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type \"spc_t\"; user may not be set)"),
    Case("baseline", ["/spec/securityContext/seLinuxOptions": ["type": "container_t", "level": "s0"]], nil),
    Case(
      "baseline", ["/spec/securityContext/seccompProfile/type": "Unconfined"],
      "seccompProfile (pod must not set securityContext.seccompProfile.type to \"Unconfined\")"),
    Case(
      "baseline", ["/spec/securityContext/sysctls": [["name": "kernel.msgmax", "value": "1"]]],
      "forbidden sysctls (kernel.msgmax)"),
    Case("baseline", ["/spec/securityContext/sysctls": [["name": "net.ipv4.tcp_rmem", "value": "1"]]], nil),
    Case(
      "baseline:v1.31", ["/spec/securityContext/sysctls": [["name": "net.ipv4.tcp_rmem", "value": "1"]]],
      "forbidden sysctls (net.ipv4.tcp_rmem)"),
    Case("baseline", ["/spec/securityContext/runAsNonRoot": .null, "\(context)": .null], nil),
    // Restricted.
    Case(
      "restricted", ["\(context)/allowPrivilegeEscalation": .null],
      "allowPrivilegeEscalation != false (container \"c\" must set securityContext.allowPrivilegeEscalation=false)"),
    Case("restricted:v1.7", ["\(context)/allowPrivilegeEscalation": .null], nil),
    Case(
      "restricted", ["\(context)/capabilities": ["drop": ["KILL"], "add": ["CHOWN"]]],
      "unrestricted capabilities (container \"c\" must set securityContext.capabilities.drop=[\"ALL\"]; container \"c\" "
        + "must not include \"CHOWN\" in securityContext.capabilities.add)"),
    Case("restricted", ["\(context)/capabilities/add": ["NET_BIND_SERVICE"]], nil),
    Case("restricted:v1.21", ["\(context)/capabilities": .null], nil),
    Case(
      "restricted", ["/spec/volumes": [["name": "h", "hostPath": ["path": "/"]], ["name": "e", "emptyDir": [:]]]],
      "restricted volume types (volume \"h\" uses restricted volume type \"hostPath\")"),
    Case(
      "restricted",
      [
        "/spec/volumes": [
          ["name": "h", "hostPath": ["path": "/"]], ["name": "n", "nfs": ["server": "s", "path": "/"]],
        ]
      ],
      "restricted volume types (volumes \"h\", \"n\" use restricted volume types \"hostPath\", \"nfs\")"),
    Case(
      "restricted", ["/spec/securityContext/runAsNonRoot": false],
      "runAsNonRoot != true (pod must not set securityContext.runAsNonRoot=false)"),
    Case(
      "restricted", ["/spec/securityContext/runAsNonRoot": .null],
      "runAsNonRoot != true (pod or container \"c\" must set securityContext.runAsNonRoot=true)"),
    Case("restricted", ["/spec/securityContext/runAsNonRoot": .null, "\(context)/runAsNonRoot": true], nil),
    Case("restricted", ["\(context)/runAsUser": 0], "runAsUser=0 (container \"c\" must not set runAsUser=0)"),
    Case("restricted:v1.22", ["\(context)/runAsUser": 0], nil),
    Case(
      "restricted", ["/spec/securityContext/seccompProfile": .null],
      "seccompProfile (pod or container \"c\" must set securityContext.seccompProfile.type to \"RuntimeDefault\" or "
        + "\"Localhost\")"),
    // Both: those of the baseline first.
    Case(
      "restricted", ["/spec/hostPID": true, "\(context)/runAsUser": 0],
      "host namespaces (hostPID=true), runAsUser=0 (container \"c\" must not set runAsUser=0)"),
    // Init containers count.
    Case(
      "baseline",
      ["/spec/initContainers": [["name": "i", "image": "i:1", "securityContext": ["privileged": true]]]],
      "privileged (container \"i\" must not set securityContext.privileged=true)"),
  ]

  @Test("what the levels forbid, and how they say so", arguments: cases)
  func checks(_ one: Case) async throws {
    try await Harness.run { harness in
      let parts = one.level.split(separator: ":").map(String.init)
      var labels: JSONValue = ["pod-security.kubernetes.io/enforce": .string(parts[0])]
      if parts.count > 1 { labels["pod-security.kubernetes.io/enforce-version"] = .string(parts[1]) }
      try await harness.create("namespaces", ["metadata": ["name": "safe", "labels": labels]])
      try await harness.create(
        "serviceaccounts", ["metadata": ["name": "default"], "automountServiceAccountToken": false], in: "safe")
      var pod = Self.decent
      for (pointer, value) in one.edits.sorted(by: { $0.key < $1.key }) { try pod.set(pointer: pointer, value) }
      let document = pod
      let error = await harness.failure { try await harness.create("pods", document, in: "safe") }
      let level = parts.count > 1 ? one.level : "\(one.level):latest"
      #expect(error?.message == one.refusal.map { "pods \"p\" is forbidden: violates PodSecurity \"\(level)\": \($0)" })
    }
  }
}
