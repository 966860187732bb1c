import FoundationEssentials

/// A kubeconfig with one cluster, one user and one context.
package struct Kubeconfig: Hashable, Sendable {
  /// A credential, within the file or beside it.
  package enum Source: Hashable, Sendable {
    /// PEM text, carried in the file.
    case embedded(String)
    /// A path, relative to the kubeconfig's folder.
    case file(String)
  }

  package var cluster: String
  package var user: String
  package var server: String
  package var authority: Source
  package var certificate: Source
  package var key: Source

  package init(
    cluster: String, user: String, server: String, authority: Source, certificate: Source, key: Source
  ) {
    self.cluster = cluster
    self.user = user
    self.server = server
    self.authority = authority
    self.certificate = certificate
    self.key = key
  }

  package var yaml: String {
    func line(_ name: String, _ source: Source) -> String {
      switch source {
      case .embedded(let pem): "\(name)-data: \(Data(pem.utf8).base64EncodedString())"
      case .file(let path): "\(name): \(path)"
      }
    }
    return """
      apiVersion: v1
      kind: Config
      current-context: \(cluster)
      clusters:
      - name: \(cluster)
        cluster:
          server: \(server)
          \(line("certificate-authority", authority))
      users:
      - name: \(user)
        user:
          \(line("client-certificate", certificate))
          \(line("client-key", key))
      contexts:
      - name: \(cluster)
        context:
          cluster: \(cluster)
          user: \(user)

      """
  }
}
