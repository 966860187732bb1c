import EtcdAPI
import Foundation
import GRPC
import StoreNode
import SwiftProtobuf
import Testing

/// Calls with a token, or without; their answers, or what they were refused with.
struct AuthCalls {
  let connection: GRPCConnection
  var token: String?
  /// Whether calls without a token go on the connection's session.
  var sharesStream = false

  func call<Request: Message, Response: Message>(
    _ path: String, _ request: Request, as response: Response.Type = Response.self
  ) async throws(GRPCStatus) -> Response {
    try await connection.unary(
      path, request, metadata: token.map { ["token": $0] } ?? [:], timeout: .seconds(60), waitForReady: true,
      sharesStream: sharesStream)
  }

  /// The error; nil for none.
  func refusal<Request: Message, Response: Message>(
    _ path: String, _ request: Request, as response: Response.Type
  ) async -> GRPCStatus? {
    do throws(GRPCStatus) {
      _ = try await call(path, request, as: response)
      return nil
    } catch {
      return GRPCStatus(error.code, error.message)
    }
  }

  func put(_ key: String, _ change: (inout Etcdserverpb_PutRequest) -> Void = { _ in }) async -> GRPCStatus? {
    var request = Etcdserverpb_PutRequest()
    request.key = Data(key.utf8)
    change(&request)
    return await refusal(EtcdCall.KV.put, request, as: Etcdserverpb_PutResponse.self)
  }

  func get(_ key: String, _ end: String = "", isSerializable: Bool = false) async -> GRPCStatus? {
    var request = Etcdserverpb_RangeRequest()
    request.key = Data(key.utf8)
    request.rangeEnd = Data(end.utf8)
    request.serializable = isSerializable
    return await refusal(EtcdCall.KV.range, request, as: Etcdserverpb_RangeResponse.self)
  }

  func authenticate(_ name: String, _ password: String) async throws(GRPCStatus) -> AuthCalls {
    var request = Etcdserverpb_AuthenticateRequest()
    request.name = name
    request.password = password
    let response: Etcdserverpb_AuthenticateResponse = try await call(EtcdCall.Auth.authenticate, request)
    return AuthCalls(connection: connection, token: response.token, sharesStream: sharesStream)
  }

  func addUser(_ name: String, _ password: String?) async -> GRPCStatus? {
    var request = Etcdserverpb_AuthUserAddRequest()
    request.name = name
    if let password { request.password = password } else { request.options.noPassword = true }
    return await refusal(EtcdCall.Auth.userAdd, request, as: Etcdserverpb_AuthUserAddResponse.self)
  }

  func grant(_ role: String, to user: String) async -> GRPCStatus? {
    var request = Etcdserverpb_AuthUserGrantRoleRequest()
    request.user = user
    request.role = role
    return await refusal(EtcdCall.Auth.userGrantRole, request, as: Etcdserverpb_AuthUserGrantRoleResponse.self)
  }

  /// A role with one permission.
  func addRole(_ name: String, _ type: Authpb_Permission.TypeEnum, _ key: String, _ end: String) async -> GRPCStatus? {
    var request = Etcdserverpb_AuthRoleAddRequest()
    request.name = name
    if let refusal = await refusal(EtcdCall.Auth.roleAdd, request, as: Etcdserverpb_AuthRoleAddResponse.self) {
      return refusal
    }
    var grant = Etcdserverpb_AuthRoleGrantPermissionRequest()
    grant.name = name
    grant.perm.permType = type
    grant.perm.key = Data(key.utf8)
    grant.perm.rangeEnd = Data(end.utf8)
    return await refusal(
      EtcdCall.Auth.roleGrantPermission, grant, as: Etcdserverpb_AuthRoleGrantPermissionResponse.self)
  }

  func changePassword(_ name: String, _ password: String) async -> GRPCStatus? {
    var request = Etcdserverpb_AuthUserChangePasswordRequest()
    request.name = name
    request.password = password
    return await refusal(
      EtcdCall.Auth.userChangePassword, request, as: Etcdserverpb_AuthUserChangePasswordResponse.self)
  }

  func deleteUser(_ name: String) async -> GRPCStatus? {
    var request = Etcdserverpb_AuthUserDeleteRequest()
    request.name = name
    return await refusal(EtcdCall.Auth.userDelete, request, as: Etcdserverpb_AuthUserDeleteResponse.self)
  }

  func enable() async -> GRPCStatus? {
    await refusal(EtcdCall.Auth.enable, Etcdserverpb_AuthEnableRequest(), as: Etcdserverpb_AuthEnableResponse.self)
  }

  func disable() async -> GRPCStatus? {
    await refusal(EtcdCall.Auth.disable, Etcdserverpb_AuthDisableRequest(), as: Etcdserverpb_AuthDisableResponse.self)
  }

  /// `root` with the password `root`, `alice` with `alice`, who may read and write [a, m); switched on.
  func prepare() async throws {
    #expect(await addUser("root", "root") == nil)
    #expect(await grant("root", to: "root") == nil)
    #expect(await addUser("alice", "alice") == nil)
    #expect(await addRole("early", .readwrite, "a", "m") == nil)
    #expect(await grant("early", to: "alice") == nil)
    #expect(await enable() == nil)
  }
}

extension GRPCStatus {
  static let userEmpty = GRPCStatus(.invalidArgument, "etcdserver: user name is empty")
  static let permissionDenied = GRPCStatus(.permissionDenied, "etcdserver: permission denied")
  static let invalidToken = GRPCStatus(.unauthenticated, "etcdserver: invalid auth token")
  static let authenticationFailed = GRPCStatus(
    .invalidArgument, "etcdserver: authentication failed, invalid user ID or password")
}
