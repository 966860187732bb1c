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

  /// The values that Kubernetes' own discovery shows: clients compare them to see whether objects are stored anew.
  @Test func versionsOfStorageAreTold() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      for (groupVersion, expected) in [
        ("/api/v1", ["pods": "xPOwRZ+Yhw8=", "services": "0/CO1lhkEBI=", "events": "r2yiGXH7wu8="]),
        ("/apis/apps/v1", ["deployments": "8aSe+NMegvE="]),
        // Second views of what is stored under another group-version.
        ("/apis/events.k8s.io/v1", ["events": "r2yiGXH7wu8="]),
        ("/apis/autoscaling/v1", ["horizontalpodautoscalers": "qwQve8ut294="]),
        ("/apis/autoscaling/v2", ["horizontalpodautoscalers": "qwQve8ut294="]),
      ] {
        let resources = try await client.get(groupVersion)["resources"]?.arrayValue ?? []
        for (name, hash) in expected {
          let entry = resources.first { $0["name"] == .string(name) }
          #expect(entry?["storageVersionHash"] == .string(hash), "\(groupVersion) \(name)")
        }
      }
      // What is not stored has none, and neither have parts of what is.
      for (groupVersion, names) in [
        ("/api/v1", ["bindings", "componentstatuses", "pods/status"]),
        ("/apis/authentication.k8s.io/v1", ["selfsubjectreviews", "tokenreviews"]),
        ("/apis/authorization.k8s.io/v1", ["subjectaccessreviews"]),
      ] {
        let resources = try await client.get(groupVersion)["resources"]?.arrayValue ?? []
        for name in names {
          let entry = resources.first { $0["name"] == .string(name) }
          #expect(entry != nil && entry?["storageVersionHash"] == nil, "\(groupVersion) \(name)")
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

  /// A document may be kept for a year under the address with its hash, and under no other.
  @Test func openAPIAddressesWithAnotherHashLeadToTheRightOne() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let path = "/openapi/v3/apis/apps/v1"
      let index = try await client.get("/openapi/v3")
      let address = try #require(index["paths", "apis/apps/v1", "serverRelativeURL"]?.stringValue)
      let protobuf = "application/com.github.proto-openapi.spec.v3.v1.0+protobuf"
      for accept in ["application/json", protobuf] {
        let wrong = try await client.getWithoutRedirects("\(path)?hash=BAD", accept: accept)
        #expect(wrong.code == 301 && wrong.headers["location"] == [address], "\(wrong.headers)")
        #expect(wrong.headers["cache-control"] == ["no-cache, private"] && wrong.headers["vary"] == ["Accept"])
        let right = try await client.getWithoutRedirects(address, accept: accept)
        #expect(right.code == 200 && right.headers.first(name: "content-type") == accept)
        #expect(right.headers["cache-control"] == ["public, immutable, max-age=31536000"])
      }
      let plain = try await client.getWithoutRedirects(path)
      #expect(plain.code == 200 && plain.headers["cache-control"] == ["no-cache, private"])
      // Other addresses have no hash, and do not change.
      for path in ["/openapi/v2", "/openapi/v3"] {
        let answer = try await client.getWithoutRedirects("\(path)?hash=BAD")
        #expect(answer.code == 200 && answer.headers["cache-control"] == ["no-cache, private"], "\(path)")
      }
      let unknown = try await client.getWithoutRedirects("/openapi/v3/apis/none.example/v1?hash=BAD")
      #expect(unknown.code == 404)
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
