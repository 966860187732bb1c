package import KubernetesAPI

/// The tokens by which a new machine asks for its certificate: `ID.SECRET`, backed by the secret
/// `bootstrap-token-ID` in `kube-system`.
package struct BootstrapToken: Sendable, Hashable {
  /// The group of everyone who comes with one.
  package static let group = "system:bootstrappers"
  package static let userPrefix = "system:bootstrap:"
  package static let namespace = "kube-system"
  package static let secretType = "bootstrap.kubernetes.io/token"
  package static let secretPrefix = "bootstrap-token-"

  /// Six characters; not secret.
  package var id: String
  /// Sixteen characters.
  package var secret: String

  /// From what a request carries; nil if it is not of that form.
  package init?(_ text: String) {
    // Every token comes through here first, and nearly all of them are of the other kind, which is long.
    guard text.utf8.count == 23 else { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, Self.isWord(parts[0], 6), Self.isWord(parts[1], 16) else { return nil }
    id = String(parts[0])
    secret = String(parts[1])
  }

  package var secretName: String { Self.secretPrefix + id }

  private static func isWord(_ text: Substring, _ length: Int) -> Bool {
    text.utf8.count == length
      && text.utf8.allSatisfy { ($0 >= UInt8(ascii: "a") && $0 <= UInt8(ascii: "z")) || ($0 >= 48 && $0 <= 57) }
  }

  /// Who comes with this token.
  ///
  /// - Parameters:
  ///   - stored: the secret of `secretName` in `kube-system`; nil if there is none.
  ///   - now: seconds since 1970.
  /// - Returns: nil when the token is not (or no longer) good for signing in. Which of the reasons it was is for the
  ///   log alone: whoever tries tokens learns nothing.
  package func user(stored: CoreV1.Secret?, now: Int64) -> UserInfo? {
    guard let stored, stored.type == Self.secretType, stored.metadata.deletionTimestamp == nil,
      stored.metadata.name == secretName, stored.metadata.namespace == Self.namespace
    else { return nil }
    let id = stored.data["token-id"] ?? []
    let secret = stored.data["token-secret"] ?? []
    // Both are compared, in a time that does not tell how far they agree.
    let sameSecret = Self.equalInConstantTime(secret, Array(self.secret.utf8))
    guard sameSecret, id == Array(self.id.utf8), !secret.isEmpty else { return nil }
    if let expiration = stored.data["expiration"], !expiration.isEmpty {
      // An end that cannot be read is one that has passed.
      guard let end = Time(String(decoding: expiration, as: UTF8.self)), end.secondsSinceEpoch > now else { return nil }
    }
    guard stored.data["usage-bootstrap-authentication"].map({ String(decoding: $0, as: UTF8.self) }) == "true" else {
      return nil
    }
    guard let groups = Self.groups(stored.data["auth-extra-groups"] ?? []) else { return nil }
    return .authenticated(name: Self.userPrefix + self.id, groups: groups)
  }

  /// `system:bootstrappers` and the extra groups of a list by commas; nil if one of those is not below
  /// `system:bootstrappers:`, since a secret must not make anybody an administrator.
  static func groups(_ extra: [UInt8]) -> [String]? {
    var groups: Set<String> = [group]
    for part in String(decoding: extra, as: UTF8.self).split(separator: ",", omittingEmptySubsequences: false) {
      if part.isEmpty { continue }
      let rest = part.dropFirst(group.utf8.count + 1)
      guard part.hasPrefix(group + ":"), let last = rest.utf8.last, last != UInt8(ascii: "-"), last != 58,
        rest.utf8.count <= 256,
        rest.utf8.allSatisfy({ ($0 >= 97 && $0 <= 122) || ($0 >= 48 && $0 <= 57) || $0 == 45 || $0 == 58 })
      else { return nil }
      groups.insert(String(part))
    }
    return groups.sorted()
  }

  static func equalInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for (one, other) in zip(left, right) { difference |= one ^ other }
    return difference == 0
  }
}
