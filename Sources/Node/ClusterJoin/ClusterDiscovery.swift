import Access
import AccessTokens
import ClusterClient
import FoundationEssentials
import KubernetesAPI
import PKI
import Yams

/// Finds out whether the server is the cluster that the operator means, and what its authority is: as kubeadm's
/// token-based discovery with pinning.
///
/// 1. `cluster-info` is read from whoever answers. Nothing of it is believed yet.
/// 2. It has to be signed with the token: who wrote it knows the token.
/// 3. Its authority has to be one of the pinned ones: knowing the token is not enough to pose as the cluster.
/// 4. It is read once more over a connection that this authority vouches for, and has to be the same.
struct ClusterDiscovery: Sendable {
  let options: JoinOptions

  /// The authority's certificate, in PEM.
  func authority() async throws -> String {
    let document = try await firstDocument()
    let authority = try Self.authority(in: document)
    guard let facts = CertificateFacts(pem: authority) else {
      throw JoinError(.notAFrontEnd, "the authority in the cluster-info of \(options.server) cannot be read")
    }
    guard options.pins.isEmpty || options.pins.contains(facts.publicKeyPin) else {
      throw JoinError(
        .wrongAuthority,
        "the authority of the cluster at \(options.server) is \(facts.publicKeyPin), not \(options.pins[0]): this is "
          + "another cluster, or somebody in between. Nothing was sent to it; `apus token create` prints the right hash"
      )
    }
    try await confirm(document, authority)
    return authority
  }

  private func firstDocument() async throws -> String {
    var configuration = ClientConfiguration(
      server: options.server, skipsServerVerification: true, userAgent: "apus-join", requestTimeout: .seconds(5))
    // Nothing that is secret goes this way.
    configuration.bearerToken = nil
    return try await withClient(configuration) { client in
      let started = ContinuousClock.now
      while true {
        let waited = ContinuousClock.now - started
        do {
          let map: CoreV1.ConfigMap = try await client.get(name: ClusterInfo.name, namespace: ClusterInfo.namespace)
          if let document = try verified(map) { return document }
          guard waited < options.signaturePatience else {
            throw JoinError(
              .unknownToken,
              "the cluster at \(options.server) does not know the token \(options.token.id), or its time is over: "
                + "`apus token list` shows those that are good, `apus token create` makes a new one")
          }
        } catch let error as ClusterConnectionError {
          guard waited < options.patience else {
            throw JoinError(.noServer, "nobody answers at \(options.server): \(error)")
          }
        } catch let error as APIStatusError {
          // A cluster that has just begun has none for a moment.
          guard error.isNotFound || error.isRetryable || error.code == 403, waited < options.signaturePatience else {
            throw JoinError(
              .notAFrontEnd,
              "\(options.server) answers, but has no cluster-info that one can read: is it a front-end, and does a "
                + "controller manager run? (\(error))")
          }
        } catch let error as ClusterDecodingError {
          throw JoinError(.notAFrontEnd, "\(options.server) is no front-end: \(error)")
        }
        try await Task.sleep(for: .milliseconds(300))
      }
    }
  }

  /// The document, if the token has signed it; nil if it bears no signature of the token.
  private func verified(_ map: CoreV1.ConfigMap) throws(JoinError) -> String? {
    guard let document = map.data[ClusterInfo.document] else {
      throw JoinError(.notAFrontEnd, "the cluster-info of \(options.server) has no \(ClusterInfo.document)")
    }
    guard let signature = map.data[ClusterInfo.signaturePrefix + options.token.id] else { return nil }
    guard DetachedSignature.isValid(signature, of: document, by: options.token) else {
      throw JoinError(
        .wrongSecret,
        "the cluster at \(options.server) has a token \(options.token.id) with another secret than this one's: look "
          + "for a typing error; or it is not the cluster that you mean")
    }
    return document
  }

  private func confirm(_ document: String, _ authority: String) async throws {
    let configuration = ClientConfiguration(
      server: options.server, certificateAuthority: Array(authority.utf8), userAgent: "apus-join",
      requestTimeout: .seconds(5))
    try await withClient(configuration) { client in
      let started = ContinuousClock.now
      while true {
        do {
          let map: CoreV1.ConfigMap = try await client.get(name: ClusterInfo.name, namespace: ClusterInfo.namespace)
          guard try verified(map) == document else {
            throw JoinError(.untrustedServer, "\(options.server) tells another tale once its certificate is checked")
          }
          return
        } catch let error as ClusterConnectionError {
          // It has answered a moment ago, so this is most likely its certificate; one dropped connection is not.
          guard ContinuousClock.now - started < .seconds(2) else {
            throw JoinError(
              .untrustedServer,
              "\(options.server) does not show a certificate of the cluster's authority for that address: use a "
                + "front-end's own address, as in the cluster's file (\(error))")
          }
        }
        try await Task.sleep(for: .milliseconds(300))
      }
    }
  }

  /// The authority of the first cluster in a kubeconfig.
  static func authority(in kubeconfig: String) throws(JoinError) -> String {
    let node = try? Yams.compose(yaml: kubeconfig)
    guard let cluster = node?.mapping?["clusters"]?.sequence?.first?.mapping?["cluster"]?.mapping,
      let text = cluster["certificate-authority-data"]?.string, let bytes = Data(base64Encoded: text)
    else { throw JoinError(.notAFrontEnd, "the cluster-info has no authority") }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The server of the first cluster in a kubeconfig.
  static func server(in kubeconfig: String) -> String? {
    let node = try? Yams.compose(yaml: kubeconfig)
    return node?.mapping?["clusters"]?.sequence?.first?.mapping?["cluster"]?.mapping?["server"]?.string
  }
}

/// A client for the time of `body`.
func withClient<Value: Sendable>(
  _ configuration: ClientConfiguration, _ body: @Sendable (ClusterClient) async throws -> Value
) async throws -> Value {
  let client: ClusterClient
  do { client = try ClusterClient(configuration: configuration) } catch {
    throw JoinError(.notAFrontEnd, "\(error)")
  }
  let result: Result<Value, any Error>
  do { result = .success(try await body(client)) } catch { result = .failure(error) }
  await client.shutdown()
  return try result.get()
}
