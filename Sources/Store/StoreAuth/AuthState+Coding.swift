package import ByteCoding
import MVCC

extension AuthState {
  // Format: format version, flags (1: enabled), revision, secret, number of users and for each, by name: name,
  // password (optional), credential revision, number of roles, roles; number of roles and for each, by name: name,
  // number of permissions, permissions.
  private static let formatVersion: UInt8 = 1

  /// The same bytes on all replicas that applied the same commands.
  package func encode(into writer: inout ByteWriter) {
    writer.write(Self.formatVersion)
    writer.write(isEnabled)
    writer.write(varint: revision)
    writer.write(bytes: tokenSecret)
    writer.write(varint: UInt64(users.count))
    for (name, user) in users.sorted(by: { $0.key.precedes($1.key) }) {
      writer.write(bytes: name)
      writer.write(optional: user.password)
      writer.write(varint: user.credentialRevision)
      writer.write(varint: UInt64(user.roles.count))
      for role in user.roles { writer.write(bytes: role) }
    }
    writer.write(varint: UInt64(roles.count))
    for (name, permissions) in roles.sorted(by: { $0.key.precedes($1.key) }) {
      writer.write(bytes: name)
      writer.write(varint: UInt64(permissions.count))
      for permission in permissions { writer.write(permission) }
    }
  }

  package init(from reader: inout ByteReader) throws(ByteCodingError) {
    self.init()
    let version = try reader.readByte()
    guard version == Self.formatVersion else { throw .unknownValue(UInt64(version), field: "auth format version") }
    isEnabled = try reader.readBool()
    revision = try reader.readVarint()
    tokenSecret = try reader.readBytes()
    for _ in 0..<(try reader.readCount(minimumSize: 4)) {
      let name = try reader.readBytes()
      let password = try reader.readOptionalBytes()
      var user = AuthUser(password: password, credentialRevision: try reader.readVarint())
      for _ in 0..<(try reader.readCount()) { user.roles.append(try reader.readBytes()) }
      users[name] = user
    }
    for _ in 0..<(try reader.readCount(minimumSize: 2)) {
      let name = try reader.readBytes()
      var permissions: [Permission] = []
      for _ in 0..<(try reader.readCount(minimumSize: 3)) { permissions.append(try reader.readPermission()) }
      roles[name] = permissions
    }
    try validate()
    for name in users.keys { refreshGrants(of: name) }
  }

  /// Right checksums do not tell who wrote it: what no commands could have made is refused.
  private func validate() throws(ByteCodingError) {
    guard revision > 0, revision < 1 << 62 else { throw .unknownValue(revision, field: "auth revision") }
    for (name, user) in users {
      guard !name.isEmpty else { throw .unknownValue(0, field: "name of a user") }
      guard user.credentialRevision <= revision else {
        throw .unknownValue(user.credentialRevision, field: "revision of a password")
      }
      for (index, role) in user.roles.enumerated() {
        guard role == Self.root || roles[role] != nil, index == 0 || user.roles[index - 1].precedes(role) else {
          throw .unknownValue(UInt64(index), field: "role of a user")
        }
      }
    }
    for (name, permissions) in roles {
      let areRanges = permissions.allSatisfy { permission in
        let range = permission.range
        return !range.key.isEmpty && (range.isSingleKey || range.isUnbounded || range.key.precedes(range.end))
      }
      guard !name.isEmpty, areRanges else { throw .unknownValue(UInt64(permissions.count), field: "role") }
    }
  }
}
