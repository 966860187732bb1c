import BenchKit
import ClusterClient
import FoundationEssentials

/// What a front-end's load by wrk needs: somebody to be, and a place for what is created.
extension APIContender {
  private static let namespace = "bench-wrk"
  private static let account = "wrk"

  private struct Issued: Decodable {
    struct Status: Decodable { var token: String }
    var status: Status
  }

  private struct Review: Decodable {
    struct Status: Decodable { var allowed: Bool }
    var status: Status
  }

  /// Gets by wrk.
  func getByWrk(
    _ wrk: Wrk, _ kind: APIObjects.Kind, _ query: String, count: Int, connections: Int, seconds: Int
  ) async throws -> WrkRound {
    let request = Wrk.Request.get(
      kind.path, query, count: count, authority: door.authority, token: try await wrkToken())
    return try await measured(wrk, request, connections: connections, seconds: seconds)
  }

  /// Creates by wrk of config maps in a namespace of their own, which are removed again: whoever measures next must not
  /// find them.
  func createByWrk(_ wrk: Wrk, _ objects: APIObjects, connections: Int, seconds: Int) async throws -> WrkRound {
    let token = try await wrkToken()
    let collection = APIObjects.path(.configMaps, in: Self.namespace)
    let parts = objects.configMap(0, in: Self.namespace).split(
      separator: APIObjects.name(0), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw Program.Failure("a config map's document does not have its name") }
    let request = Wrk.Request.create(
      collection, before: String(parts[0]), after: String(parts[1]), first: takeWrites(), authority: door.authority,
      token: token)
    let round = try await measured(wrk, request, connections: connections, seconds: seconds)
    try await removeAll(collection)
    return round
  }

  private func removeAll(_ collection: String) async throws {
    var attempt = 1
    while true {
      do {
        _ = try await client.send(ClusterRequest(.delete, collection))
        return
      } catch {
        // So many may take longer than a request may: what is gone is gone.
        guard attempt < 20 else { throw error }
        attempt += 1
        try await Task.sleep(for: .milliseconds(500))
      }
    }
  }

  /// A token of an account that may do everything, once the front-end knows that it may.
  private func wrkToken() async throws -> String {
    if let token = wrkTokenKept { return token }
    let (namespace, account) = (Self.namespace, Self.account)
    let accounts = "/api/v1/namespaces/\(namespace)/serviceaccounts"
    let group = "rbac.authorization.k8s.io"
    try await ensure(namespace: namespace)
    try await make(
      accounts, #"{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"\#(account)"}}"#)
    try await make(
      "/apis/\(group)/v1/clusterrolebindings",
      #"""
      {"apiVersion":"\#(group)/v1","kind":"ClusterRoleBinding","metadata":{"name":"bench-wrk"},\#
      "roleRef":{"apiGroup":"\#(group)","kind":"ClusterRole","name":"cluster-admin"},\#
      "subjects":[{"kind":"ServiceAccount","name":"\#(account)","namespace":"\#(namespace)"}]}
      """#)
    let review = #"""
      {"apiVersion":"authorization.k8s.io/v1","kind":"SubjectAccessReview","spec":{\#
      "user":"system:serviceaccount:\#(namespace):\#(account)",\#
      "resourceAttributes":{"verb":"create","resource":"configmaps","namespace":"\#(namespace)"}}}
      """#
    let deadline = ContinuousClock.now + .seconds(20)
    while true {
      let answer: Review = try await ask("/apis/authorization.k8s.io/v1/subjectaccessreviews", review)
      if answer.status.allowed { break }
      guard ContinuousClock.now < deadline else { throw Program.Failure("\(name): wrk's account may do nothing") }
      try await Task.sleep(for: .milliseconds(50))
    }
    let issued: Issued = try await ask(
      "\(accounts)/\(account)/token",
      #"{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":86400}}"#)
    keepWrkToken(issued.status.token)
    return issued.status.token
  }

  private func ask<T: Decodable>(_ path: String, _ document: String) async throws -> T {
    let body = try await client.send(
      ClusterRequest(.post, path, contentType: "application/json", body: Array(document.utf8)))
    return try JSONDecoder().decode(T.self, from: Data(body))
  }
}

/// What came of one round by wrk, and what it cost those who answered.
struct WrkRound {
  var found: Wrk.Found
  var frontEndSeconds: Double
  var membersSeconds: Double
}
