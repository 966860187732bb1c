import HTTPServer
import NIOCore
import NIOHTTP1
import Testing

@Suite struct RequestTests {
  @Test func readsQueries() {
    let query = HTTPQuery(encoded: "watch=true&labelSelector=a%3Db%2Cc+d&labelSelector=e&empty=&flag&bad=%zz")
    #expect(query["watch"] == "true")
    #expect(query.all("labelSelector") == ["a=b,c d", "e"])
    #expect(query["empty"] == "" && query["flag"] == "" && query["none"] == nil)
    #expect(query["bad"] == "%zz")
    #expect(HTTPQuery(encoded: "").items.isEmpty)
    let odd = HTTPQuery(encoded: "&=x&a==b&&%41=%C3%BC&ü=+&%FF=%FF&=")
    #expect(odd.items.map(\.name) == ["", "a", "A", "ü", "%FF", ""])
    #expect(odd.items.map(\.value) == ["x", "=b", "ü", " ", "%FF", ""])
  }

  @Test func findsTheTokenOfWhoeverBearsOne() async throws {
    try await withServer(handler: { request, writer in
      try await writer.respond(.ok, body: ByteBuffer(string: "[\(request.bearerToken ?? "none")];"))
    }) { _, port in
      let connection = try await RawConnection(port: port)
      for (sent, token) in [
        ("Bearer a.b-c_d", "a.b-c_d"), ("bEARER   x y", "x y"), ("Basic x", "none"), ("Bearer", "none"),
        ("Bearerx", "none"), ("Bearers x", "none"), ("B x", "none"),
      ] {
        try await connection.send("GET / HTTP/1.1\r\nHost: x\r\nAuthorization: \(sent)\r\n\r\n")
        #expect(await connection.read(until: ";").hasSuffix("\r\n\r\n[\(token)];"))
      }
    }
  }

  @Test func decodesPathsAndRefusesTricks() async throws {
    try await withServer(handler: { request, writer in
      let text = request.pathSegments.map { $0.joined(separator: "|") } ?? "bad"
      try await writer.respond(.ok, body: ByteBuffer(string: text))
    }) { _, port in
      for (path, expected) in [
        ("/api/v1/pods", "api|v1|pods"), ("//a%20b/", "a b"), ("/", ""), ("/a//b", "a|b"),
        ("/.a/..b", ".a|..b"), ("/./a", "bad"), ("/a/..", "bad"), ("/a?b=/c", "a"), ("/a/../b", "bad"),
        ("/a/%2e%2e/b", "bad"),
        ("/a%2fb", "bad"), ("/%ff", "bad"), ("/%4", "bad"),
      ] {
        let connection = try await RawConnection(port: port)
        try await connection.send("GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        #expect(await connection.read().hasSuffix("\r\n\r\n\(expected)"), "\(path)")
      }
    }
  }
}
