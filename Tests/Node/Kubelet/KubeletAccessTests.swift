import Access
import ClusterClient
import HTTPServer
import Kubelet
import KubernetesAPI
import NIOHTTP1
import Synchronization
import Testing

@Suite("Who may ask a kubelet")
struct KubeletAccessTests {
  @Test("requests become verbs on subresources of the node")
  func attributes() {
    let table: [(HTTPMethod, String, String, [String])] = [
      (.GET, "/metrics", "get", ["metrics"]), (.HEAD, "/metrics/cadvisor", "get", ["metrics"]),
      (.GET, "/stats/summary", "get", ["stats"]), (.GET, "/logs/syslog", "get", ["log"]),
      (.POST, "/checkpoint/ns/web/app", "create", ["checkpoint"]), (.GET, "/pods", "get", ["pods", "proxy"]),
      (.GET, "/runningpods/", "get", ["pods", "proxy"]), (.GET, "/healthz", "get", ["healthz", "proxy"]),
      (.GET, "/readyz", "get", ["healthz", "proxy"]), (.GET, "/configz", "get", ["configz", "proxy"]),
      (.GET, "/containerLogs/ns/web/app", "get", ["proxy"]), (.GET, "/", "get", ["proxy"]),
      (.GET, "/metricsx", "get", ["proxy"]), (.PUT, "/x", "update", ["proxy"]), (.PATCH, "/x", "patch", ["proxy"]),
      (.DELETE, "/x", "delete", ["proxy"]), (.OPTIONS, "/x", "", ["proxy"]),
      // A WebSocket is opened by GET.
      (.POST, "/exec/ns/web/app", "create", ["proxy"]), (.GET, "/exec/ns/web/app", "create", ["proxy"]),
      (.GET, "/attach/ns/web/app", "create", ["proxy"]), (.GET, "/portForward/ns/web", "create", ["proxy"]),
      (.GET, "/run/ns/web/app", "create", ["proxy"]),
    ]
    for (method, path, verb, subresources) in table {
      let attributes = KubeletAttributes(method: method, path: path.split(separator: "/").map(String.init))
      #expect(attributes.verb == verb && attributes.subresources == subresources, "\(method) \(path): \(attributes)")
    }
  }

  @Test("the question names the node and all of the user")
  func question() {
    let user = UserInfo(name: "ann", uid: "7", groups: ["g"], extra: ["k": ["v"]])
    let review = KubeletAttributes(method: .GET, path: ["pods"]).review(of: user, "proxy", node: "n1")
    #expect(review.user == "ann" && review.uid == "7" && review.groups == ["g"] && review.extra == ["k": ["v"]])
    let wanted = AuthorizationV1.ResourceAttributes(
      verb: "get", version: "v1", resource: "nodes", subresource: "proxy", name: "n1")
    #expect(review.resourceAttributes == wanted && review.nonResourceAttributes == nil)
  }

  // MARK: Caches

  @Test("an answer holds until its time is over, and no more than so many are kept")
  func expiry() {
    let start = ContinuousClock.now
    func at(_ seconds: Int) -> ContinuousClock.Instant { start.advanced(by: .seconds(seconds)) }
    var cache = ExpiringCache<Int, String>(capacity: 3)
    for number in 1...3 { cache.keep("\(number)", for: number, until: at(10)) }
    #expect(cache.value(1, now: at(9)) == "1")
    #expect(cache.value(1, now: at(10)) == nil)
    // A newer answer takes no other's place.
    cache.keep("one", for: 1, until: at(20))
    #expect(cache.value(1, now: at(15)) == "one")
    #expect(cache.value(2, now: at(9)) == "2")
    for number in 4...1000 { cache.keep("\(number)", for: number, until: at(10)) }
    #expect(cache.count == 3)
    #expect(cache.value(998, now: at(0)) == "998")
    #expect(cache.value(997, now: at(0)) == nil)
  }

  @Test("reviews are asked for when nothing is known, and only so many at a time")
  func reviews() {
    let start = ContinuousClock.now
    var cache = ReviewCache<String, Bool>(
      ReviewLimits(yes: .seconds(10), no: .seconds(2), capacity: 4, underWay: 2)
    ) { $0 }
    func at(_ seconds: Int) -> ContinuousClock.Instant { start.advanced(by: .seconds(seconds)) }
    func step(_ question: String, _ seconds: Int) -> String {
      switch cache.step(question, now: at(seconds)) {
      case .known(let answer): "\(answer)"
      case .ask: "ask"
      case .busy: "busy"
      }
    }
    let steps = [step("a", 0), step("b", 0), step("c", 0)]
    #expect(steps == ["ask", "ask", "busy"])
    cache.answered(true, to: "a", now: at(0))
    cache.unanswered()
    let yes = [step("a", 9), step("a", 10)]
    #expect(yes == ["true", "ask"])
    cache.answered(false, to: "a", now: at(10))
    let no = [step("a", 11), step("a", 12)]
    #expect(no == ["false", "ask"])
    cache.answered(true, to: "a", now: at(12))
    // However many are refused, whoever is known stays known.
    for number in 0..<100 {
      let asked = step("x\(number)", 13)
      #expect(asked == "ask")
      cache.answered(false, to: "x\(number)", now: at(13))
    }
    let last = [step("a", 14), step("x99", 14), step("x0", 14)]
    #expect(last == ["true", "false", "ask"])
  }

  // MARK: Decisions

  @Test("front-ends and administrators need nobody's word; who shows nothing is refused")
  func trusted() async {
    let api = ReviewingAPI()
    let access = api.access()
    api.state.withLock { $0.isAway = true }
    let frontEnd = ClientIdentity(commonName: "kube-apiserver-kubelet-client")
    let administrator = ClientIdentity(commonName: "anna", organizations: ["x", "system:masters"])
    #expect(await access.verdict(.POST, "/exec/ns/web/app", peer: frontEnd) == "allowed")
    #expect(await access.verdict(.GET, "/pods", peer: administrator) == "allowed")
    api.state.withLock { $0.isAway = false }
    #expect(await access.verdict(.GET, "/healthz") == "401 Unauthorized")
    #expect(api.asked() == [])
  }

  @Test("a token is reviewed every two minutes, what it may every five, what it may not every half")
  func tokens() async {
    let api = ReviewingAPI()
    let access = api.access()
    let permission = "prom get metrics"
    api.state.withLock {
      $0.users["good"] = UserInfo.authenticated(name: "prom", groups: [])
      $0.permissions = [permission]
    }
    #expect(await access.verdict(.GET, "/metrics", token: "good") == "allowed")
    #expect(api.asked() == ["token good", permission])
    api.pass(119)
    #expect(await access.verdict(.GET, "/metrics", token: "good") == "allowed")
    #expect(api.asked() == [])
    api.pass(1)
    #expect(await access.verdict(.GET, "/metrics", token: "good") == "allowed")
    #expect(api.asked() == ["token good"])
    api.pass(180)
    api.state.withLock { $0.permissions = [] }
    let forbidden = "403 Forbidden (user=prom, verb=get, resource=nodes, subresource(s)=[metrics])"
    #expect(await access.verdict(.GET, "/metrics", token: "good") == forbidden)
    #expect(api.asked() == ["token good", permission])
    api.state.withLock { $0.permissions = [permission] }
    api.pass(29)
    #expect(await access.verdict(.GET, "/metrics", token: "good") == forbidden)
    #expect(api.asked() == [])
    api.pass(1)
    #expect(await access.verdict(.GET, "/metrics", token: "good") == "allowed")
    #expect(api.asked() == [permission])

    #expect(await access.verdict(.GET, "/metrics", token: "bad") == "401 Unauthorized")
    #expect(await access.verdict(.GET, "/metrics", token: "bad") == "401 Unauthorized")
    #expect(api.asked() == ["token bad"])
    api.pass(10)
    #expect(await access.verdict(.GET, "/metrics", token: "bad") == "401 Unauthorized")
    #expect(api.asked() == ["token bad"])
  }

  @Test("other certificates are reviewed too; nodes/proxy stands in for what is finer")
  func certificates() async {
    let api = ReviewingAPI()
    let access = api.access()
    api.state.withLock { $0.permissions = ["ann get proxy", "bob get healthz"] }
    let ann = ClientIdentity(commonName: "ann")
    let bob = ClientIdentity(commonName: "bob")
    #expect(await access.verdict(.GET, "/pods", peer: ann) == "allowed")
    #expect(api.asked() == ["ann get pods", "ann get proxy"])
    #expect(await access.verdict(.GET, "/healthz", peer: bob) == "allowed")
    #expect(api.asked() == ["bob get healthz"])
    // A certificate goes before a token, and reading is not running.
    #expect(
      await access.verdict(.GET, "/exec/ns/web/app", peer: ann, token: "x")
        == "403 Forbidden (user=ann, verb=create, resource=nodes, subresource(s)=[proxy])")
    #expect(
      await access.verdict(.GET, "/pods", peer: bob)
        == "403 Forbidden (user=bob, verb=get, resource=nodes, subresource(s)=[pods proxy])")
    #expect(api.asked() == ["ann create proxy", "bob get pods", "bob get proxy"])
  }

  @Test("while the API is away, what is known holds, and nothing is made of its silence")
  func away() async {
    let api = ReviewingAPI()
    let access = api.access()
    api.state.withLock {
      $0.users = ["good": UserInfo(name: "prom", groups: []), "late": UserInfo(name: "prom", groups: [])]
      $0.permissions = ["prom get metrics", "prom get stats"]
    }
    #expect(await access.verdict(.GET, "/metrics", token: "good") == "allowed")
    api.state.withLock { $0.isAway = true }
    #expect(await access.verdict(.GET, "/metrics", token: "good") == "allowed")
    let late = await access.verdict(.GET, "/metrics", token: "late")
    #expect(late.hasPrefix("401 Unauthorized"))
    #expect(
      await access.verdict(.GET, "/stats", token: "good")
        == "500 Authorization error (user=prom, verb=get, resource=nodes, subresource=stats)")
    api.state.withLock { $0.isAway = false }
    #expect(await access.verdict(.GET, "/metrics", token: "late") == "allowed")
    #expect(await access.verdict(.GET, "/stats", token: "good") == "allowed")
  }

  // MARK: Asking

  /// Answers the requests in turn; nil: nobody answers.
  private final class ScriptedTransport: ClusterTransport {
    private let answers: Mutex<[ClusterResponse?]>
    let requests = Mutex<[ClusterRequest]>([])

    init(_ answers: [ClusterResponse?]) { self.answers = Mutex(answers) }

    func perform(_ request: ClusterRequest) async throws -> ClusterResponse {
      requests.withLock { $0.append(request) }
      let answer = answers.withLock { $0.isEmpty ? nil : $0.removeFirst() }
      guard let answer else { throw ClusterConnectionError(message: "nobody answers", mayHaveTakenEffect: true) }
      return answer
    }

    func open(_ request: ClusterRequest) async throws -> ClusterByteStream {
      throw ClusterConnectionError(message: "nothing streams", mayHaveTakenEffect: false)
    }

    func shutdown() async {}
  }

  private static func created(_ text: String) -> ClusterResponse {
    ClusterResponse(status: 201, body: Array(text.utf8))
  }

  @Test("tokens go to TokenReview, again where a front-end was silent")
  func tokenReview() async throws {
    let transport = ScriptedTransport([
      nil,
      Self.created(
        #"{"status":{"authenticated":true,"user":{"username":"u","uid":"7","groups":["g"],"extra":{"k":["v"]}}}}"#),
      Self.created(#"{"status":{"error":"[invalid bearer token]"}}"#),
    ])
    let reviewer = AccessReviewer(client: ClusterClient(transport: transport))
    let user = try await reviewer.user("secret")
    #expect(user == UserInfo(name: "u", uid: "7", groups: ["g"], extra: ["k": ["v"]]))
    let nobody = try await reviewer.user("bad")
    #expect(nobody == nil)
    let sent = transport.requests.withLock { $0 }
    #expect(sent.map(\.path) == Array(repeating: "/apis/authentication.k8s.io/v1/tokenreviews", count: 3))
    let review = try AuthenticationV1.TokenReview(jsonBytes: sent[1].body ?? [])
    #expect(review.spec.token == "secret" && review.spec.audiences == [])
  }

  @Test("permissions go to SubjectAccessReview, and a refusal of the API's is no answer")
  func accessReview() async throws {
    let transport = ScriptedTransport([
      Self.created(#"{"status":{"allowed":true}}"#), Self.created(#"{"status":{"allowed":false}}"#),
      Self.created(#"{"status":{"allowed":true,"denied":true}}"#),
      ClusterResponse(status: 403, body: Array(#"{"kind":"Status","code":403,"message":"no"}"#.utf8)),
    ])
    let reviewer = AccessReviewer(client: ClusterClient(transport: transport))
    let question = KubeletAttributes(method: .GET, path: ["metrics"]).review(
      of: UserInfo(name: "u", groups: ["g"]), "metrics", node: "n1")
    var answers: [Bool] = []
    for _ in 0..<3 { answers.append(try await reviewer.isAllowed(question)) }
    #expect(answers == [true, false, false])
    await #expect(throws: APIStatusError.self) { try await reviewer.isAllowed(question) }
    let sent = transport.requests.withLock { $0 }
    #expect(sent.map(\.path) == Array(repeating: "/apis/authorization.k8s.io/v1/subjectaccessreviews", count: 4))
    let review = try AuthorizationV1.SubjectAccessReview(jsonBytes: sent[0].body ?? [])
    #expect(review.spec == question)
  }
}
