/// Acting as somebody else: `Impersonate-User`, `-Group`, `-Uid`, `-Extra-KEY` (`kubectl --as`). What is asked for is
/// put together here, with what the asker has to be allowed for it; the authoriser's answers decide.
package struct Impersonation: Sendable, Hashable {
  /// As whom the request goes on.
  package var user: UserInfo
  /// Each of these has to be allowed to the user who asks, in this order.
  package var checks: [AccessAttributes]

  package struct Malformed: Error, Hashable, Sendable {
    package var message: String
  }

  package static let prefix = "impersonate-"
  private static let extraPrefix = "impersonate-extra-"

  /// Whether a header field of that name has to do with it. Most requests have none: asked of each of their fields.
  package static func concerns(_ field: String) -> Bool {
    // All other fields that clients commonly send begin with another letter, or are conditions (`If-…`).
    guard let first = field.utf8.first, first | 0x20 == UInt8(ascii: "i"),
      field.utf8.count >= prefix.utf8.count
    else { return false }
    return zip(field.utf8, prefix.utf8).allSatisfy { sent, wanted in
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(sent) ? sent | 0x20 == wanted : sent == wanted
    }
  }

  /// - Parameter headers: name and value of each header field, as they were sent, in any case.
  /// - Returns: nil if the request does not ask for it.
  /// - Throws: `Malformed` when groups or the like are asked for without a user.
  package init?(headers: some Sequence<(name: String, value: String)>) throws(Malformed) {
    var name = ""
    var uid = ""
    var groups: [String] = []
    var extra: [String: [String]] = [:]
    for (field, value) in headers {
      guard Self.concerns(field) else { continue }
      let field = field.lowercased()
      switch field {
      case "impersonate-user":
        if name.isEmpty { name = value }
      case "impersonate-uid":
        if uid.isEmpty { uid = value }
      case "impersonate-group": groups.append(value)
      case _ where field.hasPrefix(Self.extraPrefix):
        let key = Self.percentDecoded(field.dropFirst(Self.extraPrefix.utf8.count))
        extra[key, default: []].append(value)
      default: break
      }
    }
    if name.isEmpty {
      if groups.isEmpty, uid.isEmpty, extra.isEmpty { return nil }
      throw Malformed(message: "impersonation of groups, a uid or extra fields was requested without a user")
    }
    var checks: [AccessAttributes] = []
    let account = ServiceAccountName(userName: name)
    if let account {
      checks.append(
        AccessAttributes(
          verb: "impersonate", resource: "serviceaccounts", namespace: account.namespace, name: account.name))
    } else {
      checks.append(AccessAttributes(verb: "impersonate", resource: "users", name: name))
    }
    for group in groups { checks.append(AccessAttributes(verb: "impersonate", resource: "groups", name: group)) }
    for key in extra.keys.sorted() {
      for value in extra[key] ?? [] {
        checks.append(
          AccessAttributes(
            verb: "impersonate", group: "authentication.k8s.io", resource: "userextras", subresource: key, name: value))
      }
    }
    if !uid.isEmpty {
      checks.append(
        AccessAttributes(verb: "impersonate", group: "authentication.k8s.io", resource: "uids", name: uid))
    }
    self.checks = checks
    user = UserInfo(name: name, uid: uid, groups: Self.completed(groups, name, account), extra: extra)
  }

  /// The groups that authentication would have added: a service account's where none were asked for, and whether the
  /// user is known.
  private static func completed(_ groups: [String], _ name: String, _ account: ServiceAccountName?) -> [String] {
    var groups = groups
    if let account, groups.isEmpty { groups = account.groups }
    if groups.contains(UserInfo.authenticatedGroup) || groups.contains(UserInfo.unauthenticatedGroup) { return groups }
    groups.append(name == UserInfo.anonymousName ? UserInfo.unauthenticatedGroup : UserInfo.authenticatedGroup)
    return groups
  }

  /// `%2F` → `/`; what is not such an escape stays as it is.
  private static func percentDecoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    let source = Array(text.utf8)
    var position = 0
    while position < source.count {
      if source[position] == UInt8(ascii: "%"), position + 2 < source.count,
        let value = UInt8(String(decoding: source[(position + 1)...(position + 2)], as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        position += 3
      } else {
        bytes.append(source[position])
        position += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
