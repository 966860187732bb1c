package import ByteCoding
package import MVCC

/// One change of users, roles and whether they count, as the replicated log carries it. Passwords are digests.
package enum AuthCommand: Hashable, Sendable {
  /// `tokenSecret` is drawn by the replica that proposes it.
  case enable(tokenSecret: Bytes)
  case disable
  /// `password` nil for a user without one.
  case userAdd(AuthName, password: Bytes?)
  case userDelete(AuthName)
  case userChangePassword(AuthName, password: Bytes)
  case userGrantRole(AuthName, role: AuthName)
  case userRevokeRole(AuthName, role: AuthName)
  case roleAdd(AuthName)
  case roleDelete(AuthName)
  case roleGrantPermission(AuthName, Permission)
  case roleRevokePermission(AuthName, KeyRange)

  // Format: format version, tag, fields. A change of meaning takes a new version.
  private static let formatVersion: UInt8 = 1

  package func encode(into writer: inout ByteWriter) {
    writer.write(Self.formatVersion)
    switch self {
    case .enable(let secret):
      writer.write(UInt8(1))
      writer.write(bytes: secret)
    case .disable:
      writer.write(UInt8(2))
    case .userAdd(let name, let password):
      writer.write(UInt8(3))
      writer.write(bytes: name)
      writer.write(optional: password)
    case .userDelete(let name):
      writer.write(UInt8(4))
      writer.write(bytes: name)
    case .userChangePassword(let name, let password):
      writer.write(UInt8(5))
      writer.write(bytes: name)
      writer.write(bytes: password)
    case .userGrantRole(let name, let role):
      writer.write(UInt8(6))
      writer.write(bytes: name)
      writer.write(bytes: role)
    case .userRevokeRole(let name, let role):
      writer.write(UInt8(7))
      writer.write(bytes: name)
      writer.write(bytes: role)
    case .roleAdd(let name):
      writer.write(UInt8(8))
      writer.write(bytes: name)
    case .roleDelete(let name):
      writer.write(UInt8(9))
      writer.write(bytes: name)
    case .roleGrantPermission(let name, let permission):
      writer.write(UInt8(10))
      writer.write(bytes: name)
      writer.write(permission)
    case .roleRevokePermission(let name, let range):
      writer.write(UInt8(11))
      writer.write(bytes: name)
      writer.write(bytes: range.key)
      writer.write(bytes: range.end)
    }
  }

  package init(from reader: inout ByteReader) throws(ByteCodingError) {
    let version = try reader.readByte()
    guard version == Self.formatVersion else {
      throw .unknownValue(UInt64(version), field: "auth command format version")
    }
    let tag = try reader.readByte()
    switch tag {
    case 1: self = .enable(tokenSecret: try reader.readBytes())
    case 2: self = .disable
    case 3: self = .userAdd(try reader.readBytes(), password: try reader.readOptionalBytes())
    case 4: self = .userDelete(try reader.readBytes())
    case 5: self = .userChangePassword(try reader.readBytes(), password: try reader.readBytes())
    case 6: self = .userGrantRole(try reader.readBytes(), role: try reader.readBytes())
    case 7: self = .userRevokeRole(try reader.readBytes(), role: try reader.readBytes())
    case 8: self = .roleAdd(try reader.readBytes())
    case 9: self = .roleDelete(try reader.readBytes())
    case 10: self = .roleGrantPermission(try reader.readBytes(), try reader.readPermission())
    case 11:
      self = .roleRevokePermission(
        try reader.readBytes(), KeyRange(key: try reader.readBytes(), end: try reader.readBytes()))
    default: throw .unknownValue(UInt64(tag), field: "auth command tag")
    }
  }
}

extension ByteWriter {
  mutating func write(optional bytes: Bytes?) {
    write(bytes != nil)
    if let bytes { write(bytes: bytes) }
  }

  mutating func write(_ permission: Permission) {
    write(permission.kind.rawValue)
    write(bytes: permission.range.key)
    write(bytes: permission.range.end)
  }
}

extension ByteReader {
  mutating func readOptionalBytes() throws(ByteCodingError) -> Bytes? {
    try readBool() ? try readBytes() : nil
  }

  mutating func readPermission() throws(ByteCodingError) -> Permission {
    let raw = try readByte()
    guard let kind = Permission.Kind(rawValue: raw) else { throw .unknownValue(UInt64(raw), field: "permission") }
    return Permission(kind, KeyRange(key: try readBytes(), end: try readBytes()))
  }
}
