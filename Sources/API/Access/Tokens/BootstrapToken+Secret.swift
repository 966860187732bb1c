package import KubernetesAPI

// The secret behind a bootstrap token, and the document by which a machine without any credentials gets to know the
// cluster. Both as Kubernetes documents them ("Authenticating with Bootstrap Tokens").

extension BootstrapToken {
  /// A new one.
  package init(using generator: inout some RandomNumberGenerator) {
    let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
    func word(_ length: Int) -> String {
      String(decoding: (0..<length).map { _ in alphabet.randomElement(using: &generator) ?? 97 }, as: UTF8.self)
    }
    id = word(6)
    secret = word(16)
  }

  /// The token that a secret stands for; nil if it is no such secret, or not whole.
  package init?(stored: CoreV1.Secret) {
    guard stored.type == Self.secretType,
      let token = BootstrapToken(
        String(decoding: stored.data["token-id"] ?? [], as: UTF8.self) + "."
          + String(decoding: stored.data["token-secret"] ?? [], as: UTF8.self)),
      stored.metadata.name == token.secretName
    else { return nil }
    self = token
  }

  package var text: String { "\(id).\(secret)" }

  /// The secret of this token.
  /// - Parameters:
  ///   - end: seconds since 1970; nil: it holds for ever.
  ///   - groups: beside `system:bootstrappers`.
  package func stored(end: Int64?, description: String = "", groups: [String] = []) -> CoreV1.Secret {
    var stored = CoreV1.Secret()
    stored.metadata.name = secretName
    stored.metadata.namespace = Self.namespace
    stored.type = Self.secretType
    var data = [
      "token-id": id, "token-secret": secret, "usage-bootstrap-authentication": "true",
      "usage-bootstrap-signing": "true",
    ]
    if let end { data["expiration"] = Time(secondsSinceEpoch: end).description }
    if !description.isEmpty { data["description"] = description }
    if !groups.isEmpty { data["auth-extra-groups"] = groups.joined(separator: ",") }
    stored.data = data.mapValues { Array($0.utf8) }
    return stored
  }

  /// When a token ends.
  package enum End: Sendable, Hashable {
    case never
    /// Seconds since 1970.
    case at(Int64)
    /// It says something that is no time.
    case unreadable
  }

  package static func end(of stored: CoreV1.Secret) -> End {
    guard let text = stored.data["expiration"], !text.isEmpty else { return .never }
    return Time(String(decoding: text, as: UTF8.self)).map { .at($0.secondsSinceEpoch) } ?? .unreadable
  }

  /// Whether the token's time is over; what cannot be read has passed.
  package static func hasEnded(_ stored: CoreV1.Secret, now: Int64) -> Bool {
    switch end(of: stored) {
    case .never: false
    case .at(let end): end <= now
    case .unreadable: true
    }
  }

  /// `signing`, `authentication`: what a token is good for.
  package static func serves(_ usage: String, _ stored: CoreV1.Secret) -> Bool {
    stored.data["usage-bootstrap-\(usage)"].map { String(decoding: $0, as: UTF8.self) } == "true"
  }
}

/// The config map by which a machine without credentials finds the cluster's authority: everybody may read it, and who
/// has a token can tell by its signature that it is the cluster's.
package enum ClusterInfo {
  package static let namespace = "kube-public"
  package static let name = "cluster-info"
  /// The key of the kubeconfig: a server and its authority, no user.
  package static let document = "kubeconfig"
  /// The signature by a token stands under this and the token's id.
  package static let signaturePrefix = "jws-kubeconfig-"

  /// The config map with the cluster's file, for machines that join; in `kube-system`.
  package static let configName = "apus-config"
  package static let configDocument = "cluster.yaml"
}
