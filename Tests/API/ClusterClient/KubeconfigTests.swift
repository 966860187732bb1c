import ClusterClient
import Testing

@Suite struct KubeconfigTests {
  static let base = """
    apiVersion: v1
    kind: Config
    current-context: a
    clusters:
    - name: c
      cluster:
        server: https://127.0.0.1:6443/
        certificate-authority-data: Q0E=
    contexts:
    - name: a
      context: {cluster: c, user: u, namespace: work}
    users:
    - name: u
      user:
        client-certificate-data: Q0VSVA==
        client-key-data: S0VZ

    """

  @Test func readsTheCurrentContext() throws {
    let configuration = try ClientConfiguration(kubeconfig: Self.base)
    #expect(configuration.server == "https://127.0.0.1:6443")
    #expect(configuration.certificateAuthority == Array("CA".utf8))
    #expect(configuration.clientCertificate == Array("CERT".utf8))
    #expect(configuration.clientKey == Array("KEY".utf8))
    #expect(configuration.namespace == "work")
    #expect(!configuration.skipsServerVerification)
  }

  @Test(arguments: [
    ("current-context: a", "current-context: b", "contexts has no entry b"),
    ("current-context: a", "", "no current-context"),
    ("kind: Config", "kind: Pod", "kind Pod"),
    ("server: https://127.0.0.1:6443/", "server: 127.0.0.1", "no server address"),
    ("client-key-data: S0VZ", "", "go together"),
    ("client-key-data: S0VZ", "client-key-data: '!!!'", "not valid base64"),
    ("client-key-data: S0VZ", "client-key: /does/not/exist", "cannot be read"),
    ("client-key-data: S0VZ", "exec: {command: x}", "not supported"),
    ("cluster: c, user: u", "cluster: d, user: u", "clusters has no entry d"),
    ("cluster: c, user: u", "cluster: c, user: v", "users has no entry v"),
    ("apiVersion: v1", "a: [", "not valid YAML"),
  ])
  func saysWhatIsWrong(_ old: String, _ new: String, _ complaint: String) {
    let text = Self.base.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false).joined(separator: new)
    #expect {
      _ = try ClientConfiguration(kubeconfig: text)
    } throws: { "\($0)".contains(complaint) }
  }

  @Test func missingFileIsNamed() {
    #expect {
      _ = try ClientConfiguration(kubeconfigFile: "/does/not/exist/kubeconfig")
    } throws: { "\($0)".contains("/does/not/exist/kubeconfig: cannot be read") }
  }

  @Test func tokensAreNotSentInTheClear() {
    let text = """
      current-context: a
      clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
      contexts: [{name: a, context: {cluster: c, user: u}}]
      users: [{name: u, user: {token: secret}}]
      """
    #expect(throws: ClientConfigurationError.self) { try ClientConfiguration(kubeconfig: text) }
  }
}
