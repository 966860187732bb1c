import FoundationEssentials
import Programs
import Testing

/// The Python client `kubernetes`: its own tests in `Python/client.py`.
@Suite(
  "Python client", .enabled(if: ClientCluster.obstacle == nil, "\(ClientCluster.obstacle ?? "")"),
  .enabled(if: RealClients.python != nil, "the Python client is missing: dev/setup installs it into .apus/python")
)
struct PythonClientTests {
  @Test func typedAccessPatchesAndWatches() async throws {
    let python = try #require(RealClients.python)
    try await ClientCluster.run { cluster in
      let kubeconfig = try cluster.kubeconfig(namespace: "default", at: "\(cluster.folder)/python-kubeconfig")
      let outcome = await Program(path: python).run(
        ["-B", "\(FileManager.default.currentDirectoryPath)/Tests/Integration/Python/client.py"],
        environment: ["KUBECONFIG": kubeconfig])
      #expect(outcome.code == 0, "\(outcome)")
      print(outcome.text.split(separator: "\n").suffix(3).joined(separator: "\n"))
    }
  }
}
