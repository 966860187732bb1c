import ContainerRuntime
import Foundation
import Kubelet
import KubernetesAPI
import Logging
import Synchronization
import Testing

@Suite("Service accounts' tokens in pods")
final class ServiceAccountTokenTests: Sendable {
  private let root = FileManager.default.temporaryDirectory.path + "/apus-tokens-\(UUID().uuidString)"

  deinit { try? FileManager.default.removeItem(atPath: root) }

  private static func withTokens(_ change: (inout CoreV1.Pod) -> Void = { _ in }) -> CoreV1.Pod {
    pod {
      var source = CoreV1.ProjectedVolumeSource()
      var token = CoreV1.VolumeProjection()
      token.serviceAccountToken = CoreV1.ServiceAccountTokenProjection(expirationSeconds: 3607, path: "token")
      source.sources = [
        token,
        CoreV1.VolumeProjection(
          configMap: .init(name: "kube-root-ca.crt", items: [.init(key: "ca.crt", path: "ca.crt")])),
        CoreV1.VolumeProjection(
          downwardAPI: .init(items: [.init(path: "namespace", fieldRef: .init(fieldPath: "metadata.namespace"))])),
      ]
      source.defaultMode = 0o644
      $0.spec.volumes = [CoreV1.Volume(name: "kube-api-access-x", projected: source)]
      change(&$0)
    }
  }

  private static let references = PodReferences(
    configMaps: ["kube-root-ca.crt": CoreV1.ConfigMap(data: ["ca.crt": "PEM"])],
    tokens: [TokenWish(audience: "", seconds: 3607): "abc"])

  private func files(_ pod: CoreV1.Pod, _ references: PodReferences) throws -> [ProjectedFile] {
    let contents = try VolumePlan(
      fields: EnvironmentBuilder(pod: pod, references: references, podAddresses: [], hostAddress: "")
    ).contents()
    guard case .files(let files)? = contents["kube-api-access-x"] else { return [] }
    return files
  }

  @Test("token, authority and namespace lie in one volume")
  func volume() throws {
    let files = try files(Self.withTokens(), Self.references)
    #expect(files.map(\.path) == ["token", "ca.crt", "namespace"])
    #expect(files.map { String(decoding: $0.content, as: UTF8.self) } == ["abc", "PEM", "default"])
    #expect(files.allSatisfy { $0.mode == 0o644 && $0.owner == nil })
    #expect(throws: VolumeFailure.self) { try self.files(Self.withTokens(), PodReferences()) }
  }

  @Test("where it is known who reads a token, nobody else can")
  func modes() throws {
    let one = try files(Self.withTokens { $0.spec.securityContext = .init(runAsUser: 1000) }, Self.references)
    #expect(one[0].mode == 0o600 && one[0].owner == 1000)
    #expect(one[1].mode == 0o644 && one[1].owner == nil)
    let two = try files(
      Self.withTokens {
        $0.spec.containers[0].securityContext = .init(runAsUser: 1)
        $0.spec.containers.append(container("other") { $0.securityContext = .init(runAsUser: 2) })
      }, Self.references)
    #expect(two[0].mode == 0o644 && two[0].owner == nil)
    let group = try files(Self.withTokens { $0.spec.securityContext = .init(fsGroup: 5) }, Self.references)
    #expect(group[0].mode == 0o640)
  }

  @Test("a refresh changes the files of a volume that is there, and makes none")
  func refresh() throws {
    let folders = PodFolders(root: root)
    let volumes = PodVolumes(folders: folders)
    let pod = Self.withTokens()
    func contents(_ token: String) throws -> [String: VolumeContent] {
      var references = Self.references
      references.tokens[TokenWish(audience: "", seconds: 3607)] = token
      return ["kube-api-access-x": .files(try files(pod, references))]
    }
    let path = folders.volume("kube-api-access-x", of: pod.metadata.uid)
    try volumes.refresh(pod, contents: try contents("first"))
    #expect(!FileManager.default.fileExists(atPath: path))
    try volumes.prepare(pod, contents: try contents("first"))
    #expect(try String(contentsOfFile: "\(path)/token", encoding: .utf8) == "first")
    try volumes.refresh(pod, contents: try contents("second"))
    #expect(try String(contentsOfFile: "\(path)/token", encoding: .utf8) == "second")
  }

  // MARK: Renewal

  private final class Issuer: Sendable {
    private let state = Mutex<(now: Int64, issued: Int, fails: Bool)>((1000, 0, false))
    var now: Int64 {
      get { state.withLock { $0.now } }
      set { state.withLock { $0.now = newValue } }
    }
    var issued: Int { state.withLock { $0.issued } }
    func fail(_ fails: Bool) { state.withLock { $0.fails = fails } }

    func token(_ wish: TokenWish) throws -> IssuedToken {
      try state.withLock { state in
        if state.fails { throw PodActionError(reason: "x", message: "away") }
        state.issued += 1
        return IssuedToken(text: "t\(state.issued)", issued: state.now, expires: state.now + wish.seconds)
      }
    }
  }

  @Test("a token is kept for four fifths of its life, and beyond while no other can be had")
  func renewal() async throws {
    let issuer = Issuer()
    let store = TokenStore(
      now: { issuer.now }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) { wish, _ in try issuer.token(wish) }
    let pod = Self.withTokens()
    let wish = TokenWish(seconds: 1000)
    #expect(try await store.token(wish, of: pod) == "t1")
    issuer.now = 1799
    #expect(try await store.token(wish, of: pod) == "t1")
    issuer.now = 1800
    issuer.fail(true)
    #expect(try await store.token(wish, of: pod) == "t1")
    issuer.fail(false)
    #expect(try await store.token(wish, of: pod) == "t2")
    issuer.now = 2800
    issuer.fail(true)
    await #expect(throws: PodActionError.self) { try await store.token(wish, of: pod) }
    issuer.fail(false)
    #expect(try await store.token(TokenWish(audience: "vault", seconds: 1000), of: pod) == "t3")
    store.keep([])
    #expect(try await store.token(wish, of: pod) == "t4")
    // Long lives are renewed every day.
    #expect(IssuedToken(text: "", issued: 0, expires: 1_000_000).due == 86_400)
  }

  @Test("containers are told where the API is; what they say themselves counts before it")
  func variables() throws {
    var api = CoreV1.Service()
    api.spec.clusterIP = "10.0.0.1"
    api.spec.ports = [CoreV1.ServicePort(name: "https", port: 443)]
    let references = PodReferences(api: api)
    let web = pod()
    let builder = EnvironmentBuilder(pod: web, references: references, podAddresses: [], hostAddress: "")
    var container = web.spec.containers[0]
    container.env = [CoreV1.EnvVar(name: "KUBERNETES_SERVICE_PORT", value: "6443")]
    let values = Dictionary(
      uniqueKeysWithValues: try builder.environment(of: container).map { ($0.name, $0.value) })
    #expect(values["KUBERNETES_SERVICE_HOST"] == "10.0.0.1")
    #expect(values["KUBERNETES_SERVICE_PORT"] == "6443")
    #expect(values["KUBERNETES_PORT_443_TCP"] == "tcp://10.0.0.1:443")
  }
}
