package import JSONDocument
package import KubernetesAPI

/// What a service account's token says that lies in a secret: the kind of before TokenRequests. It names no end and no
/// audience; it holds as long as its secret does, and only while the secret still has this very token.
package struct LegacyTokenClaims: Sendable, Hashable {
  /// The type of such secrets.
  package static let secretType = "kubernetes.io/service-account-token"
  /// The annotations by which a secret says whose it is.
  package static let nameAnnotation = "kubernetes.io/service-account.name"
  package static let uidAnnotation = "kubernetes.io/service-account.uid"
  /// With this label a secret's token is good no more, since the day that the label tells.
  package static let invalidLabel = "kubernetes.io/legacy-token-invalid-since"
  /// The keys of the secret's data.
  package static let tokenKey = "token"
  package static let authorityKey = "ca.crt"
  package static let namespaceKey = "namespace"

  /// Whoever runs the cluster, as Kubernetes names it in such tokens.
  package static let issuer = "kubernetes/serviceaccount"
  private static let prefix = "kubernetes.io/serviceaccount/"

  package var namespace: String
  package var secretName: String
  package var account: ServiceAccountClaims.Reference

  package init(namespace: String, secretName: String, account: ServiceAccountClaims.Reference) {
    self.namespace = namespace
    self.secretName = secretName
    self.account = account
  }

  private var userName: String { ServiceAccountName(namespace: namespace, name: account.name).userName }

  // MARK: As JSON

  package var json: JSONValue {
    [
      "iss": .string(Self.issuer), "kubernetes.io/serviceaccount/namespace": .string(namespace),
      "kubernetes.io/serviceaccount/secret.name": .string(secretName),
      "kubernetes.io/serviceaccount/service-account.name": .string(account.name),
      "kubernetes.io/serviceaccount/service-account.uid": .string(account.uid), "sub": .string(userName),
    ]
  }

  /// Whether claims are of this kind, good or not.
  package static func isIssuer(of json: JSONValue) -> Bool { json["iss"]?.stringValue == issuer }

  /// From a token's claims; nil where something is missing that such a token has to have.
  package init?(json: JSONValue) {
    func text(_ name: String) -> String? {
      json[Self.prefix + name]?.stringValue.flatMap { $0.isEmpty ? nil : $0 }
    }
    guard Self.isIssuer(of: json), let namespace = text("namespace"), let secretName = text("secret.name"),
      let name = text("service-account.name"), let uid = text("service-account.uid")
    else { return nil }
    self.init(namespace: namespace, secretName: secretName, account: .init(name: name, uid: uid))
    // The subject must not say anybody else than the claims that are checked.
    guard json["sub"]?.stringValue == userName else { return nil }
  }

  // MARK: Checking

  /// Who comes with this token, whose signature has been found good.
  /// - Parameters:
  ///   - token: the token as it came.
  ///   - secret: that of the claims' name; nil if there is none.
  ///   - account: likewise.
  package func user(
    of token: String, secret: CoreV1.Secret?, account found: CoreV1.ServiceAccount?
  ) throws(ServiceAccountClaims.Refusal) -> UserInfo {
    let place = "\(namespace)/\(secretName)"
    guard let secret, secret.type == Self.secretType, secret.metadata.deletionTimestamp == nil else {
      throw .init("service account token has been invalidated: there is no secret \(place) of tokens")
    }
    guard secret.metadata.annotations[Self.nameAnnotation] == account.name,
      secret.data[Self.tokenKey] == Array(token.utf8)
    else { throw .init("service account token has been invalidated: secret \(place) holds another one") }
    guard secret.metadata.labels[Self.invalidLabel] == nil else {
      throw .init("service account token has been invalidated: secret \(place) is marked so")
    }
    guard let found, found.metadata.uid == account.uid, found.metadata.deletionTimestamp == nil else {
      throw .init(
        "service account token has been invalidated: service account \(namespace)/\(account.name) is not what it was "
          + "issued for")
    }
    let name = ServiceAccountName(namespace: namespace, name: account.name)
    return .authenticated(name: name.userName, uid: account.uid, groups: name.groups)
  }
}
