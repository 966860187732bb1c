package import Access
package import JSONDocument

/// The keys of a cluster's tokens: one to sign with, and those whose tokens are taken, so that keys can be changed
/// without cutting anybody off.
package struct TokenKeys: Sendable {
  /// Whose name is in the tokens (`iss`); a URL.
  package let issuer: String
  /// nil: tokens are checked only.
  private let signing: TokenSigningKey?
  private let keys: [TokenVerificationKey]

  /// - Parameter older: keys that are not signed with any more (or, on other front-ends, not yet).
  package init(issuer: String, signing: TokenSigningKey?, older: [TokenVerificationKey] = []) {
    self.issuer = issuer
    self.signing = signing
    var keys: [TokenVerificationKey] = []
    for key in (signing.map { [$0.verification] } ?? []) + older where !keys.contains(where: { $0.id == key.id }) {
      keys.append(key)
    }
    self.keys = keys
  }

  /// Whether a token is one of this cluster's service accounts' at all, by what it says; others (bootstrap tokens,
  /// tokens of somebody else) are for others to judge.
  package static func isServiceAccountToken(_ text: String) -> Bool {
    CompactToken(text)?.claims["kubernetes.io"] != nil
  }

  package func token(_ claims: ServiceAccountClaims) throws -> String {
    guard let signing else { throw ServiceAccountClaims.Refusal("this front-end has no key to sign tokens with") }
    return try signing.token(claims.json)
  }

  /// A token for a secret.
  package func token(_ claims: LegacyTokenClaims) throws -> String {
    guard let signing else { throw ServiceAccountClaims.Refusal("this front-end has no key to sign tokens with") }
    return try signing.token(claims.json)
  }

  /// The claims of a token, once its signature has been found to be by one of the keys. Nothing else has been checked:
  /// see `ServiceAccountClaims.user`.
  ///
  /// The key's kind says which algorithm is right: a token that names another one (`none` among them) is refused.
  package func claims(of text: String) throws(ServiceAccountClaims.Refusal) -> ServiceAccountClaims {
    guard let claims = ServiceAccountClaims(json: try verified(text)) else {
      throw .init("the token lacks claims of a service account")
    }
    return claims
  }

  /// What a token says, once its signature has been found to be by one of the keys.
  package func verified(_ text: String) throws(ServiceAccountClaims.Refusal) -> JSONValue {
    guard let token = CompactToken(text) else { throw .init("the token is malformed") }
    let candidates = keys.filter { token.keyID == nil || $0.id == token.keyID }
    guard
      candidates.contains(where: {
        $0.algorithm == token.algorithm && $0.isSignature(token.signature, of: token.signed)
      })
    else { throw .init("the token is not signed with a key of this cluster") }
    return token.claims
  }

  // MARK: For others who check tokens

  package static let configurationPath = "/.well-known/openid-configuration"
  package static let keysPath = "/openid/v1/jwks"

  /// The document at `/openid/v1/jwks` (`application/jwk-set+json`).
  package var keySet: JSONValue { ["keys": .array(keys.map(\.json))] }

  /// The document at `/.well-known/openid-configuration`.
  /// - Parameter keysURL: where the keys are; nil: below the issuer.
  package func configuration(keysURL: String? = nil) -> JSONValue {
    var base = issuer[...]
    while base.hasSuffix("/") { base = base.dropLast() }
    var algorithms: [String] = []
    for key in keys where !algorithms.contains(key.algorithm) { algorithms.append(key.algorithm) }
    return [
      "issuer": .string(issuer), "jwks_uri": .string(keysURL ?? base + Self.keysPath),
      "response_types_supported": ["id_token"], "subject_types_supported": ["public"],
      "id_token_signing_alg_values_supported": .array(algorithms.sorted().map { .string($0) }),
    ]
  }
}
