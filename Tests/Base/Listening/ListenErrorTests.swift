import Listening
import NIOCore
import NIOPosix
import Testing

@Suite struct ListenErrorTests {
  static var bootstrap: ServerBootstrap { ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton) }

  static func failure(_ body: () async throws(ListenError) -> any Channel) async throws -> String {
    do throws(ListenError) {
      let channel = try await body()
      try? await channel.close()
      return "listens"
    } catch {
      return error.description
    }
  }

  @Test func aPortThatIsTakenIsNamed() async throws {
    let first = try await Self.bootstrap.listen(host: "127.0.0.1", port: 0)
    let port = try #require(first.localAddress?.port)
    let text = try await Self.failure { () throws(ListenError) in
      try await Self.bootstrap.listen(host: "127.0.0.1", port: port)
    }
    #expect(text.hasPrefix("cannot listen on 127.0.0.1:\(port): Address already in use: another process"), "\(text)")
    try await first.close()
  }

  @Test func anAddressOfAnotherMachineIsNamed() async throws {
    let text = try await Self.failure { () throws(ListenError) in
      try await Self.bootstrap.listen(host: "198.18.250.1", port: 2379)
    }
    #expect(
      text.hasPrefix("cannot listen on 198.18.250.1:2379: Cannot assign requested address: this machine does not"),
      "\(text)")
  }

  @Test func aPathThatCannotBeIsNamed() async throws {
    let text = try await Self.failure { () throws(ListenError) in
      try await Self.bootstrap.listen(path: "/nowhere/to/be/found/socket")
    }
    #expect(text == "cannot listen on /nowhere/to/be/found/socket: No such file or directory")
  }
}
