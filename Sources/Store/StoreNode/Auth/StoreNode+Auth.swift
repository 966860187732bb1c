package import StoreAuth

extension StoreNode {
  package var isAuthEnabled: Bool { engine?.auth.isEnabled ?? false }

  package var auth: AuthState { engine?.auth.current ?? AuthState() }

  package var hasCaughtUp: Bool { engine?.auth.hasCaughtUp ?? false }

  package func currentAuth() async throws -> AuthState {
    try await read(isSerializable: false, needs: .nothing) { $0.records.auth }
  }

  package func changeAuth(_ command: AuthCommand) async throws {
    guard case .authChanged = try await propose(.auth(command)) else { throw StoreError.stopped }
  }
}
