import APIServer
import Foundation
import JSONDocument
import Programs
import StorageStandIn
import Testing

/// The unmodified kubectl, applying.
@Suite(.enabled(if: Program(named: "kubectl") != nil, "needs kubectl")) struct KubectlApplyTests {
  /// kubectl against one front-end, as the administrator.
  private struct Kubectl: Sendable {
    let program: Program
    let arguments: [String]

    func callAsFunction(_ words: String..., input: String? = nil) async -> Program.Outcome {
      await program.run(arguments + words, input: input)
    }

    /// An object, with its records.
    func object(_ name: String) async throws -> JSONValue {
      let found = await program.run(arguments + ["get", name, "-o", "json", "--show-managed-fields"])
      return try JSONValue(jsonBytes: Array(found.text.utf8))
    }

    /// `NAME OPERATION`, with `/SUBRESOURCE` behind.
    func managers(_ name: String) async throws -> Set<String> {
      let entries = try await object(name)[path: "metadata", "managedFields"]?.arrayValue ?? []
      return Set(
        entries.map { entry in
          let part = entry["subresource"]?.stringValue.map { "/\($0)" } ?? ""
          return "\(entry["manager"]?.stringValue ?? "") \(entry["operation"]?.stringValue ?? "")\(part)"
        })
    }
  }

  private func withKubectl(_ body: (Kubectl, TestClient) async throws -> Void) async throws {
    let program = try #require(Program(named: "kubectl"))
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let folder = try TestCertificates.shared.get()
      let home = "/tmp/apus-kubectl-\(getpid())-\(UInt32.random(in: 0 ... .max))"
      defer { try? FileManager.default.removeItem(atPath: home) }
      let kubectl = Kubectl(
        program: program,
        arguments: [
          "--server=https://127.0.0.1:\(client.port)", "--cache-dir=\(home)", "--kubeconfig=/dev/null",
          "--certificate-authority=\(folder.host("one").trust(.cluster))",
          "--client-certificate=\(folder.admin.certificate)", "--client-key=\(folder.admin.key)",
        ])
      try await body(kubectl, client)
    }
  }

  private static func map(_ data: String) -> String {
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {\(data)}\n"
  }

  private static func deployment(replicas: Int?, image: String = "demo:1") -> String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: web, labels: {app: web}}
    spec:
    \(replicas.map { "  replicas: \($0)" } ?? "  paused: false")
      selector: {matchLabels: {app: web}}
      template:
        metadata: {labels: {app: web}}
        spec: {containers: [{name: web, image: "\(image)", ports: [{containerPort: 80}]}]}
    """
  }

  @Test func appliesAtTheServer() async throws {
    try await withKubectl { kubectl, _ in
      let made = await kubectl("apply", "--server-side", "-f", "-", input: Self.map("a: '1', b: '1'"))
      #expect(made.code == 0 && made.text.contains("configmap/a serverside-applied"), "\(made)")
      #expect(try await kubectl.managers("cm/a") == ["kubectl Apply"])
      let version = try await kubectl.object("cm/a")[path: "metadata", "resourceVersion"]
      let again = await kubectl("apply", "--server-side", "-f", "-", input: Self.map("a: '1', b: '1'"))
      #expect(again.text.contains("serverside-applied"), "\(again)")
      #expect(try await kubectl.object("cm/a")[path: "metadata", "resourceVersion"] == version)

      let other = ["apply", "--server-side", "--field-manager=ci", "-f", "-"]
      func ci(_ data: String, _ words: String...) async -> Program.Outcome {
        await kubectl.program.run(kubectl.arguments + other + words, input: Self.map(data))
      }
      let refused = await ci("a: '2'")
      #expect(refused.code == 1, "\(refused)")
      #expect(
        refused.text.contains(#"error: Apply failed with 1 conflict: conflict with "kubectl": .data.a"#), "\(refused)")
      #expect(refused.text.contains("--force-conflicts"), "\(refused)")
      let both = await ci("a: '2', b: '2'")
      #expect(
        both.text.contains("Apply failed with 2 conflicts: conflicts with \"kubectl\":\n- .data.a\n- .data.b"),
        "\(both)")
      let dry = await ci("a: '2'", "--force-conflicts", "--dry-run=server")
      #expect(dry.text.contains("serverside-applied (server dry run)"), "\(dry)")
      #expect(try await kubectl.object("cm/a")[path: "metadata", "resourceVersion"] == version)
      let forced = await ci("a: '2'", "--force-conflicts")
      #expect(forced.code == 0, "\(forced)")
      #expect(try await kubectl.managers("cm/a") == ["kubectl Apply", "ci Apply"])
      let removed = await kubectl("apply", "--server-side", "-f", "-", input: Self.map("c: '1'"))
      #expect(removed.code == 0, "\(removed)")
      #expect(try await kubectl.object("cm/a")["data"] == ["a": "2", "c": "1"])
      let unknown = await kubectl("apply", "--server-side", "-f", "-", input: Self.map("") + "datum: {}\n")
      #expect(unknown.code == 1 && unknown.text.contains("datum"), "\(unknown)")
    }
  }

  @Test func goesFromTheClientsSideToTheServersAndBack() async throws {
    try await withKubectl { kubectl, _ in
      let first = await kubectl("apply", "-f", "-", input: Self.deployment(replicas: 2))
      #expect(first.text.contains("deployment.apps/web created"), "\(first)")
      #expect(try await kubectl.managers("deploy/web") == ["kubectl-client-side-apply Update"])
      // kubectl hands its own records over to the applier, and keeps its annotation under a name of its own.
      let server = await kubectl("apply", "--server-side", "-f", "-", input: Self.deployment(replicas: 3))
      #expect(server.code == 0 && server.text.contains("serverside-applied"), "\(server)")
      let applied = try await kubectl.managers("deploy/web")
      #expect(applied == ["kubectl Apply", "kubectl-last-applied Apply"], "\(applied)")
      let object = try await kubectl.object("deploy/web")
      #expect(object[path: "spec", "replicas"] == 3)
      let annotation = "kubectl.kubernetes.io/last-applied-configuration"
      let last = object[path: "metadata", "annotations", annotation]?.stringValue ?? ""
      #expect(last.contains(#""replicas":3"#), "\(last)")
      // What is left out goes, though a client-side apply had set it.
      let paused = await kubectl("apply", "--server-side", "-f", "-", input: Self.deployment(replicas: nil))
      #expect(paused.code == 0, "\(paused)")
      #expect(try await kubectl.object("deploy/web")[path: "spec", "replicas"] == 1)
      let back = await kubectl("apply", "-f", "-", input: Self.deployment(replicas: 4, image: "demo:2"))
      #expect(back.code == 0 && back.text.contains("configured"), "\(back)")
      let managers = try await kubectl.managers("deploy/web")
      #expect(managers == ["kubectl Apply", "kubectl-client-side-apply Update"], "\(managers)")
      #expect(try await kubectl.object("deploy/web")[path: "spec", "replicas"] == 4)
      let again = await kubectl("apply", "-f", "-", input: Self.deployment(replicas: 4, image: "demo:2"))
      #expect(again.text.contains("unchanged"), "\(again)")
    }
  }

  @Test func knowsTheCommandsThatWroteAField() async throws {
    try await withKubectl { kubectl, _ in
      let made = await kubectl("apply", "--server-side", "-f", "-", input: Self.deployment(replicas: 2))
      #expect(made.code == 0, "\(made)")
      for words in [
        ["scale", "deploy/web", "--replicas=5"], ["set", "image", "deploy/web", "web=demo:2"],
        ["label", "deploy/web", "tier=front"], ["annotate", "deploy/web", "--field-manager=hand", "note=x"],
      ] {
        let outcome = await kubectl.program.run(kubectl.arguments + words)
        #expect(outcome.code == 0, "\(words): \(outcome)")
      }
      let managers = try await kubectl.managers("deploy/web")
      #expect(
        managers == [
          "kubectl Apply", "kubectl Update/scale", "kubectl-set Update", "kubectl-label Update", "hand Update",
        ],
        "\(managers)")
      let refused = await kubectl("apply", "--server-side", "-f", "-", input: Self.deployment(replicas: 2))
      #expect(refused.code == 1, "\(refused)")
      for part in [
        "Apply failed with 2 conflicts", #"conflicts with "kubectl" with subresource "scale" using apps/v1:"#,
        "- .spec.replicas", #"conflicts with "kubectl-set" using apps/v1:"#,
        #"- .spec.template.spec.containers[name="web"].image"#,
      ] { #expect(refused.text.contains(part), "\(part): \(refused)") }
      // Who leaves the number to others is at peace with them.
      let handed = await kubectl(
        "apply", "--server-side", "-f", "-", input: Self.deployment(replicas: nil, image: "demo:2"))
      #expect(handed.code == 0, "\(handed)")
      #expect(try await kubectl.object("deploy/web")[path: "spec", "replicas"] == 5)
    }
  }

  @Test(.enabled(if: Program(named: "diff") != nil, "needs diff")) func showsDifferences() async throws {
    try await withKubectl { kubectl, _ in
      let new = await kubectl("diff", "--server-side", "-f", "-", input: Self.map("a: '1'"))
      #expect(new.code == 1 && new.text.contains("+  a: \"1\""), "\(new)")
      _ = await kubectl("apply", "--server-side", "-f", "-", input: Self.map("a: '1', b: '1'"))
      let same = await kubectl("diff", "--server-side", "-f", "-", input: Self.map("a: '1', b: '1'"))
      #expect(same.code == 0 && same.text.isEmpty, "\(same)")
      let changed = await kubectl("diff", "--server-side", "-f", "-", input: Self.map("a: '2'"))
      #expect(changed.code == 1, "\(changed)")
      for line in ["-  a: \"1\"", "-  b: \"1\"", "+  a: \"2\""] { #expect(changed.text.contains(line), "\(changed)") }
      let other = await kubectl(
        "diff", "--server-side", "--field-manager=ci", "-f", "-", input: Self.map("a: '2'"))
      #expect(other.code != 0, "\(other)")
      let client = await kubectl("diff", "-f", "-", input: Self.map("a: '3', b: '1'"))
      #expect(client.code == 1 && client.text.contains("+  a: \"3\""), "\(client)")
      let kept = try await kubectl.object("cm/a")
      #expect(kept["data"] == ["a": "1", "b": "1"])
    }
  }
}
