import APIServer
import Foundation
import JSONDocument
import NIOCore
import NIOHTTP1
import Programs
import Registry
import StorageStandIn
import Testing

/// Bodies in protobuf: written by hand, and by kubectl where there is one.
@Suite struct ProtobufBodyTests {
  static let protobuf = "application/vnd.kubernetes.protobuf"

  /// A field with the wire type of text, bytes and messages; at most 127 bytes.
  static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] { [number << 3 | 2, UInt8(bytes.count)] + bytes }

  static func body(_ apiVersion: String, _ kind: String, _ object: [UInt8]) -> ByteBuffer {
    let typeMeta = field(1, Array(apiVersion.utf8)) + field(2, Array(kind.utf8))
    return ByteBuffer(bytes: Array("k8s\0".utf8) + field(1, typeMeta) + field(2, object))
  }

  static func send(
    _ client: TestClient, _ method: HTTPMethod, _ path: String, _ body: ByteBuffer,
    accept: String = "application/json"
  ) async throws -> Answer {
    let response = try await client.start(
      method, path, body: body, headers: ["content-type": Self.protobuf, "accept": accept])
    let answer = try await response.body.collect(upTo: 1 << 20)
    return Answer(status: response.status, headers: response.headers, body: answer)
  }

  @Test func takesProtobufBodies() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let metadata = Self.field(1, Self.field(1, Array("foo".utf8)))
      let namespace = Self.body("v1", "Namespace", metadata)
      let created = try await Self.send(client, .POST, "/api/v1/namespaces", namespace)
      #expect(created.code == 201, "\(created.text)")
      #expect(created.headers.first(name: "content-type") == "application/json")
      #expect(created["metadata", "name"] == "foo" && created["status", "phase"] == "Active", "\(created.text)")

      let path = "/api/v1/namespaces/foo/configmaps"
      func configMap(_ value: String) -> ByteBuffer {
        let entry = Self.field(2, Self.field(1, Array("key".utf8)) + Self.field(2, Array(value.utf8)))
        return Self.body("v1", "ConfigMap", metadata + entry)
      }
      let first = try await Self.send(client, .POST, path, configMap("one"))
      #expect(first.code == 201 && first["data"] == ["key": "one"], "\(first.text)")
      let second = try await Self.send(client, .PUT, "\(path)/foo", configMap("two"))
      #expect(second.code == 200 && second["data"] == ["key": "two"], "\(second.text)")
      let wrong = try await Self.send(client, .POST, path, namespace)
      #expect(wrong.code == 400, "\(wrong.text)")

      // DeleteOptions.dryRun, then preconditions that do not hold, then an ordinary delete.
      let dryRun = Self.body("v1", "DeleteOptions", Self.field(5, Array("All".utf8)))
      let tried = try await Self.send(client, .DELETE, "\(path)/foo", dryRun)
      #expect(tried.code == 200, "\(tried.text)")
      let otherUID = Self.body("v1", "DeleteOptions", Self.field(2, Self.field(1, Array("other".utf8))))
      let conflict = try await Self.send(client, .DELETE, "\(path)/foo", otherUID)
      #expect(conflict.code == 409, "\(conflict.text)")
      let deleted = try await Self.send(
        client, .DELETE, "\(path)/foo", Self.body("meta.k8s.io/v1", "DeleteOptions", []))
      #expect(deleted.code == 200, "\(deleted.text)")
      let gone = try await client.get("\(path)/foo").code
      #expect(gone == 404)
    }
  }

  /// Runs kubectl as the cluster's administrator; its output, errors included.
  static func kubectl(_ arguments: [String], port: Int) async throws -> (status: Int32, output: String) {
    let folder = try TestCertificates.shared.get()
    let outcome = try await #require(Program(named: "kubectl")).run(
      [
        "--server=https://127.0.0.1:\(port)", "--certificate-authority=\(folder.host("one").trust(.cluster))",
        "--client-certificate=\(folder.admin.certificate)", "--client-key=\(folder.admin.key)",
        "--cache-dir=/tmp/apus-apiserver-tests-\(getpid())/kubectl", "--kubeconfig=/dev/null",
      ] + arguments)
    return (outcome.code, outcome.text)
  }

  @Test(.enabled(if: Program(named: "kubectl") != nil, "needs kubectl"))
  func kubectlCreatesObjects() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      for command in [
        "create namespace foo", "create configmap x --from-literal=a=1 -n foo",
        "create secret generic s --from-literal=a=1 -n foo", "create service clusterip web --tcp=80:8080 -n foo",
        "create service nodeport out --tcp=80:http -n foo", "create deployment d --image=web:1 --replicas=2 -n foo",
        "create serviceaccount robot -n foo", "auth can-i get pods",
        "delete configmap x -n foo",
      ] {
        let result = try await Self.kubectl(command.split(separator: " ").map(String.init), port: client.port)
        #expect(result.status == 0, "kubectl \(command): \(result.output)")
      }
      let deployment = try await client.get("/apis/apps/v1/namespaces/foo/deployments/d")
      #expect(deployment["spec", "replicas"] == 2, "\(deployment.text)")
      #expect(deployment["spec", "strategy", "type"] == "RollingUpdate")
      let secret = try await client.get("/api/v1/namespaces/foo/secrets/s")
      #expect(secret["data", "a"] == "MQ==")
      let service = try await client.get("/api/v1/namespaces/foo/services/out")
      #expect(service["spec", "ports"]?.arrayValue?.first?["targetPort"] == "http")
      let gone = try await client.get("/api/v1/namespaces/foo/configmaps/x").code
      #expect(gone == 404)
    }
  }
}
