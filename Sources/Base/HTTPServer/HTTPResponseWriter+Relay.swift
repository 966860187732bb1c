import NIOCore
package import NIOHTTP1

extension HTTPHeaders {
  /// The fields that concern more than one connection (RFC 9110, 7.6.1): what a proxy hands on.
  ///
  /// - Parameter keepsUpgrade: `Connection: Upgrade` and `Upgrade` stay, of a request or an answer whose whole
  ///   connection is handed on.
  package func endToEnd(keepsUpgrade: Bool = false) -> HTTPHeaders {
    var named: Set<String> = [
      "connection", "proxy-connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer",
      "transfer-encoding", "upgrade",
    ]
    for name in self[canonicalForm: "connection"] { named.insert(name.lowercased()) }
    var kept = HTTPHeaders(filter { !named.contains($0.name.lowercased()) }.map { ($0.name, $0.value) })
    if keepsUpgrade {
      kept.add(name: "connection", value: "Upgrade")
      for value in self["upgrade"] { kept.add(name: "upgrade", value: value) }
    }
    return kept
  }
}

extension HTTPResponseWriter {
  /// Gives the client what a server said to its wish for other protocols: the switch, and then the bytes both ways
  /// until the tunnel ends, or the server's other answer as it is. Returns how the tunnel ended; `nil` if there was none.
  @discardableResult
  package func relay(_ answer: UpgradeAnswer, limits: TunnelLimits = TunnelLimits()) async throws -> TunnelEnd? {
    switch answer {
    case .switched(let head, let server):
      var headers = head.headers.endToEnd(keepsUpgrade: true)
      headers.remove(name: "content-length")
      let client: ByteTunnel
      do { client = try await upgrade(headers: headers) } catch {
        server.close()
        throw error
      }
      return await client.join(server, limits: limits)
    case .refused(let refusal):
      defer { refusal.close() }
      try await writeHead(refusal.head.status, headers: refusal.head.headers.endToEnd())
      do { for try await bytes in refusal.body { try await write(bytes) } } catch {
        // A part must not be taken for the whole.
        abort()
        throw error
      }
      try await finish()
      return nil
    }
  }
}
