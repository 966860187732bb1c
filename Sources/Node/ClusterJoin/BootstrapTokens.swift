package import Access
package import ClusterClient
import KubernetesAPI
import PKI

/// The operator's side of joining: tokens, and the command that a new machine is given.
package struct BootstrapTokens: Sendable {
  /// A token as it is listed.
  package struct Entry: Hashable, Sendable {
    package var token: BootstrapToken
    package var end: BootstrapToken.End
    /// `authentication`, `signing`.
    package var usages: [String]
    package var description: String
    package var groups: [String]
  }

  private let client: ClusterClient

  package init(_ client: ClusterClient) { self.client = client }

  /// Stores a token.
  /// - Parameter end: seconds since 1970; nil: it holds for ever.
  package func create(_ token: BootstrapToken, end: Int64?, description: String, groups: [String]) async throws {
    do {
      _ = try await client.create(token.stored(end: end, description: description, groups: groups))
    } catch  where error.isAlreadyExists {
      throw JoinError(.taken, "there is a token \(token.id) already")
    }
  }

  /// All tokens, by id. Secrets that are no whole tokens are not among them.
  package func list() async throws -> [Entry] {
    let secrets = try await client.list(
      CoreV1.Secret.self, namespace: BootstrapToken.namespace,
      options: ListSelection(fieldSelector: "type=\(BootstrapToken.secretType)"))
    return secrets.items.compactMap { secret in
      guard let token = BootstrapToken(stored: secret) else { return nil }
      func text(_ key: String) -> String { String(decoding: secret.data[key] ?? [], as: UTF8.self) }
      return Entry(
        token: token, end: BootstrapToken.end(of: secret),
        usages: ["authentication", "signing"].filter { BootstrapToken.serves($0, secret) },
        description: text("description"),
        groups: text("auth-extra-groups").split(separator: ",").map(String.init))
    }.sorted { $0.token.id < $1.token.id }
  }

  /// Deletes the token with an id.
  package func delete(id: String) async throws {
    do {
      try await client.delete(
        CoreV1.Secret.self, name: BootstrapToken.secretPrefix + id, namespace: BootstrapToken.namespace)
    } catch  where error.isNotFound {
      throw JoinError(.unknownToken, "there is no token \(id)")
    }
  }

  /// The command that makes a machine join, but for what is the machine's own.
  /// - Parameter authority: the cluster's, in PEM.
  package func joinCommand(_ token: BootstrapToken, authority: String) async throws -> String {
    guard let facts = CertificateFacts(pem: authority) else {
      throw JoinError(.notAFrontEnd, "the kubeconfig's authority cannot be read")
    }
    let map = try await client.find(CoreV1.ConfigMap.self, name: ClusterInfo.name, namespace: ClusterInfo.namespace)
    guard let document = map?.data[ClusterInfo.document], let server = ClusterDiscovery.server(in: document) else {
      throw JoinError(
        .notAFrontEnd, "the cluster has no cluster-info yet: does a controller manager of this version run?")
    }
    return "apus join --server \(server) --token \(token.text) --discovery-token-ca-cert-hash \(facts.publicKeyPin)"
  }
}
