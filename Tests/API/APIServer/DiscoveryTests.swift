import APISchema
import Foundation
import JSONDocument
import NIOCore
import NIOHTTP1
import Programs
import Registry
import StorageStandIn
import Testing

/// What is served, told in each of the ways in which clients ask; and how the front-end is.
@Suite struct DiscoveryTests {
  @Test func olderDocumentsComeInProtobufToo() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      for path in ["/api", "/apis", "/apis/apps", "/api/v1", "/apis/apps/v1"] {
        let json = try await client.get(path)
        let protobuf = try WireFormTests.document(try await client.get(path, accept: WireFormTests.protobuf))
        #expect(protobuf["kind"] == json["kind"], "\(path)")
        for name in ["versions", "groups", "resources"] where json[name] != nil {
          let counts = [protobuf[name]?.arrayValue?.count, json[name]?.arrayValue?.count]
          #expect(counts[0] == counts[1], "\(path) \(name)")
        }
      }
      let core = try WireFormTests.document(try await client.get("/api/v1", accept: WireFormTests.protobuf))
      let pods = core["resources"]?.arrayValue?.first { $0["name"] == "pods" }
      #expect(pods?["verbs"]?.arrayValue?.contains("watch") == true && pods?["shortNames"] == ["po"])
    }
  }

  @Test(arguments: ["v2", "v2beta1"]) func aggregatedDiscoveryHasTwoVersions(version: String) async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let type = "application/json;g=apidiscovery.k8s.io;v=\(version);as=APIGroupDiscoveryList"
      let answer = try await client.get("/apis", accept: "\(type),application/json")
      #expect(answer.headers.first(name: "content-type") == type)
      #expect(answer["apiVersion"] == .string("apidiscovery.k8s.io/\(version)"))
      // Who would rather have the older documents gets them.
      let older = try await client.get("/apis", accept: "\(type);q=0.5,application/json")
      #expect(older["kind"] == "APIGroupList")
      let unknown = try await client.get(
        "/apis", accept: "application/json;g=apidiscovery.k8s.io;v=v9;as=APIGroupDiscoveryList,\(type)")
      #expect(unknown["kind"] == "APIGroupDiscoveryList")
    }
  }

  /// All that Kubernetes has, but the kinds that come later.
  @Test func nothingIsMissing() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let later = [
        "admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io",
        "flowcontrol.apiserver.k8s.io",
      ]
      for groupVersion in ResourceTable.builtIn.groupVersions where !later.contains(groupVersion.group) {
        let shown = try await client.get(groupVersion.basePath)
        for resource in ResourceTable.builtIn.resources(of: groupVersion) {
          let entry = shown["resources"]?.arrayValue?.first { $0["name"] == .string(resource.name) }
          #expect(entry?["kind"] == .string(resource.kind.kind), "\(groupVersion) \(resource.name)")
          #expect(
            entry?["verbs"] == .array(resource.verbs.map { .string($0) }), "\(groupVersion) \(resource.name)")
          #expect(entry?["namespaced"] == .bool(resource.isNamespaced))
        }
      }
    }
  }

  @Test func checksOfHealthAreTold() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let verbose = try await client.get("/readyz?verbose")
      #expect(
        verbose.text == """
          [+]ping ok
          [+]log ok
          [+]informer-sync ok
          [+]etcd ok
          [+]etcd-readiness ok
          [+]shutdown ok
          readyz check passed

          """)
      let excluded = try await client.get("/readyz?verbose&exclude=etcd&exclude=nothing")
      #expect(excluded.text.contains("[+]etcd excluded: ok\n"))
      #expect(
        excluded.text.contains("warn: some health checks cannot be excluded: no matches for \"nothing\"\n"))
      #expect(try await client.get("/livez?verbose").text == "[+]ping ok\n[+]log ok\nlivez check passed\n")
      for endpoint in ["livez", "readyz", "healthz"] {
        for name in ["ping", "log", "etcd", "informer-sync", "shutdown"] {
          let answer = try await client.get("/\(endpoint)/\(name)")
          #expect(answer.code == 200 && answer.text == "ok", "\(endpoint)/\(name)")
        }
        #expect(try await client.get("/\(endpoint)/nothing").code == 404)
      }
    }
  }

  @Test func openAPIComesInProtobuf() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      for name in ["v2@v1.0", "v2.v1.0"] {
        let answer = try await client.get(
          "/openapi/v2", accept: "application/com.github.proto-openapi.spec.\(name)+protobuf")
        #expect(
          answer.headers.first(name: "content-type") == "application/com.github.proto-openapi.spec.v2.v1.0+protobuf")
        // Field 1 is the version of Swagger.
        #expect(Array(answer.body.readableBytesView.prefix(5)) == [0x0a, 3] + Array("2.0".utf8))
      }
      let apps = try await client.get(
        "/openapi/v3/apis/apps/v1", accept: "application/com.github.proto-openapi.spec.v3@v1.0+protobuf")
      #expect(
        apps.headers.first(name: "content-type") == "application/com.github.proto-openapi.spec.v3.v1.0+protobuf")
      #expect(Array(apps.body.readableBytesView.prefix(7)) == [0x0a, 5] + Array("3.0.0".utf8))
      let other = try await client.get("/openapi/v3/apis/apps/v1", accept: "application/vnd.kubernetes.protobuf")
      #expect(other.code == 406)
      let index = try await client.get("/openapi/v3", accept: "application/vnd.kubernetes.protobuf")
      #expect(index["paths", "apis/apps/v1"] != nil)
      let wildcard = try await client.get("/openapi/v2", accept: "application/*")
      #expect(wildcard["swagger"] == "2.0")
    }
  }

  /// kubectl reads the protobuf of OpenAPI's second version where it is told to.
  @Test(.enabled(if: Program(named: "kubectl") != nil, "needs kubectl"))
  func kubectlReadsOpenAPIInProtobuf() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let explained = try await ProtobufBodyTests.kubectl(
        ["explain", "deployment.spec.strategy", "--output=plaintext-openapiv2"], port: client.port)
      #expect(explained.status == 0 && explained.output.contains("rollingUpdate"), "\(explained.output)")
    }
  }
}
