import ByteCoding
import Crypto
import FoundationEssentials
package import StoreAuth

/// What a client gets for its password, and shows with each call: the user, the auth revision at which the password was
/// right, and when it runs out, signed with the secret that all replicas share (HMAC-SHA256, RFC 2104).
///
/// No replica keeps a list of them: any replica knows a token of any other. It ends early when the user is deleted or
/// gets another password, and when access control is switched off.
package enum AuthToken {
  /// As long as etcd's; there it starts anew with each use, here the client asks for another.
  package static let lifetimeMilliseconds: UInt64 = 300_000

  // Format: base64url of: version, user, auth revision (varint), end (milliseconds since 1970, varint), 32 bytes of
  // HMAC over all before.
  private static let version: UInt8 = 1
  private static let codeSize = 32

  package static func make(user: AuthName, revision: UInt64, secret: [UInt8], now: UInt64) -> String {
    var writer = ByteWriter()
    writer.write(version)
    writer.write(bytes: user)
    writer.write(varint: revision)
    writer.write(varint: now + lifetimeMilliseconds)
    let code = HMAC<SHA256>.authenticationCode(for: writer.bytes, using: SymmetricKey(data: secret))
    writer.write(raw: code)
    return Data(writer.bytes).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }

  /// Who shows a token.
  ///
  /// - Parameters:
  ///   - auth: users and roles as this replica knows them. It may be behind the replica that made the token.
  ///   - now: milliseconds since 1970.
  /// - Throws: ``AuthError/invalidToken``, upon which clients show their password again.
  package static func identity(
    of token: String, in auth: borrowing AuthState, now: UInt64
  ) throws(AuthError) -> AuthIdentity {
    guard !auth.tokenSecret.isEmpty, let bytes = decode(token), bytes.count > codeSize else { throw .invalidToken }
    let signed = bytes.dropLast(codeSize)
    guard
      HMAC<SHA256>.isValidAuthenticationCode(
        bytes.suffix(codeSize), authenticating: signed, using: SymmetricKey(data: auth.tokenSecret)),
      let (identity, end) = try? read(signed), now < end
    else { throw .invalidToken }
    // Where the token knows more than this replica, the state that it will be held against decides.
    if identity.revision <= auth.revision {
      guard let user = auth.users[identity.user], user.credentialRevision <= identity.revision else {
        throw .invalidToken
      }
    }
    return identity
  }

  private static func read(_ bytes: ArraySlice<UInt8>) throws(ByteCodingError) -> (AuthIdentity, end: UInt64) {
    var reader = ByteReader(bytes)
    let version = try reader.readByte()
    guard version == Self.version else { throw .unknownValue(UInt64(version), field: "token version") }
    let identity = AuthIdentity(user: try reader.readBytes(), revision: try reader.readVarint())
    let end = try reader.readVarint()
    try reader.expectEnd()
    return (identity, end)
  }

  private static func decode(_ token: String) -> [UInt8]? {
    // Longer than any that was made: not worth the work.
    guard token.utf8.count < 16 << 10 else { return nil }
    var text = token.replacing("-", with: "+").replacing("_", with: "/")
    text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
    return Data(base64Encoded: text).map { [UInt8]($0) }
  }
}
