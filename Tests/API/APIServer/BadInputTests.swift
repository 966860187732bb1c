import APIServer
import Access
import AsyncHTTPClient
import Foundation
import JSONDocument
import NIOCore
import NIOHTTP1
import NIOPosix
import Registry
import StorageStandIn
import Testing

/// Each kind of bad input gets a clear error, and the front-end goes on.
@Suite struct BadInputTests {
  static let configMaps = "/api/v1/namespaces/default/configmaps"

  @Test(arguments: [
    ("application/json", #"{"kind":"ConfigMap","#, 400, "BadRequest", "json parse error"),
    ("application/json", "[]", 400, "BadRequest", "cannot unmarshal array"),
    ("application/json", "", 400, "BadRequest", "unrecognized"),
    ("application/json", #"{"kind":"Gadget","apiVersion":"v1","metadata":{"name":"x"}}"#, 400, "BadRequest", "Gadget"),
    ("application/json", #"{"kind":"ConfigMap","apiVersion":"v2","metadata":{"name":"x"}}"#, 400, "BadRequest", "v2"),
    (
      "application/json", #"{"kind":"ConfigMap","metadata":{"name":"x"},"data":"text"}"#, 400, "BadRequest",
      "cannot be handled as a ConfigMap"
    ),
    (
      "application/json", #"{"kind":"ConfigMap","metadata":{"name":"x"},"data":{"a":1}}"#, 400, "BadRequest",
      "cannot be handled as a ConfigMap"
    ),
    ("application/json", #"{"kind":"ConfigMap","metadata":{}}"#, 422, "Invalid", "name or generateName is required"),
    ("application/json", #"{"kind":"ConfigMap","metadata":{"name":"Not_Valid"}}"#, 422, "Invalid", "Invalid value"),
    ("application/yaml", "kind: ConfigMap\n metadata: {name: [", 400, "BadRequest", "YAML"),
    (
      "application/yaml",
      "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n"
        + "d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n",
      400, "BadRequest", "too many values"
    ),
    ("application/vnd.kubernetes.protobuf", "", 400, "BadRequest", "protobuf prefix"),
    ("application/vnd.kubernetes.protobuf", "k8s\0", 422, "Invalid", "name or generateName is required"),
    (
      "application/vnd.kubernetes.protobuf", "k8s\0\n\u{6}\n\u{2}v1\u{12}\0", 422, "Invalid",
      "name or generateName is required"
    ),
    ("application/vnd.kubernetes.protobuf", "k8s\0\n\u{7}\u{12}\u{5}Pod", 400, "BadRequest", "cut off"),
    (
      "application/vnd.kubernetes.protobuf", "k8s\0\n\u{5}\u{12}\u{3}Pod", 400, "BadRequest",
      "converting (v1.Pod) to (core.ConfigMap): unknown conversion"
    ),
    (
      "application/vnd.kubernetes.protobuf", "k8s\0\n\u{5}\u{12}\u{3}Cat", 400, "BadRequest", "no kind \"Cat\" is known"
    ),
    ("text/html", "<p>", 415, "UnsupportedMediaType", "unknown format"),
  ]) func refusesBodies(type: String, text: String, code: Int, reason: String, message: String) async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let answer = try await client.send(.POST, Self.configMaps, text: text, headers: ["content-type": type])
      #expect(answer.code == code, "\(answer.text)")
      #expect(answer["kind"] == "Status" && answer["status"] == "Failure" && answer["code"] == .int(Int64(code)))
      #expect(answer["reason"] == .string(reason), "\(answer.text)")
      #expect(answer["message"]?.stringValue?.contains(message) == true, "\(answer.text)")
      do {
        let got = try await client.get(Self.configMaps).code
        #expect(got == 200)
      }
    }
  }

  @Test func refusesDeploymentsWithoutWhatTheyNeed() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let answer = try await client.post(
        "/apis/apps/v1/namespaces/default/deployments",
        ["kind": "Deployment", "apiVersion": "apps/v1", "metadata": ["name": "d"], "spec": [:]])
      #expect(answer.code == 422 && answer["reason"] == "Invalid", "\(answer.text)")
      #expect(answer["message"]?.stringValue?.contains("spec.selector: Required value") == true, "\(answer.text)")
      #expect(answer["details", "causes"]?.arrayValue?.isEmpty == false)
    }
  }

  @Test func checksUnknownFieldsAsAsked() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let text = #"{"kind":"ConfigMap","metadata":{"name":"f"},"datum":{},"data":{},"data":{}}"#
      let strict = try await client.send(.POST, "\(Self.configMaps)?fieldValidation=Strict", text: text)
      #expect(strict.code == 400)
      #expect(strict["message"]?.stringValue?.contains(#"strict decoding error: unknown field "datum""#) == true)
      let warned = try await client.send(.POST, Self.configMaps, text: text)
      #expect(warned.code == 201)
      #expect(warned.headers["warning"].contains(#"299 - "unknown field \"datum\"""#), "\(warned.headers)")
      #expect(warned.headers["warning"].contains { $0.contains("duplicate field") })
      #expect(warned["datum"] == nil)
      let ignored = try await client.send(
        .POST, "\(Self.configMaps)?fieldValidation=Ignore", text: text.replacingOccurrences(of: "\"f\"", with: "\"g\""))
      #expect(ignored.code == 201 && ignored.headers["warning"].isEmpty)
      do {
        let got = try await client.send(.POST, "\(Self.configMaps)?fieldValidation=Maybe", text: text).code
        #expect(got == 422)
      }
    }
  }

  @Test(arguments: [false, true]) func refusesOversizeBodies(http1: Bool) async throws {
    try await withFrontEnd(storage: InMemoryStorage(), http1: http1) { _, client in
      let text =
        #"{"kind":"ConfigMap","metadata":{"name":"big"},"data":{"a":""#
        + String(repeating: "x", count: 3 << 20) + #""}}"#
      let answer = try await client.send(.POST, Self.configMaps, text: text)
      #expect(answer.code == 413 && answer["reason"] == "RequestEntityTooLarge", "\(answer.text)")
      do {
        let got = try await client.get("\(Self.configMaps)/big").code
        #expect(got == 404)
      }
    }
  }

  @Test func knowsWhoMayDoWhat() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      try await withClient(.scheduler, port: client.port) { scheduler in
        let answer = try await scheduler.get("/api/v1/namespaces/default/pods")
        #expect(answer.code == 403 && answer["reason"] == "Forbidden")
        #expect(
          answer["message"]
            == #"pods is forbidden: User "system:kube-scheduler" cannot list resource "pods" in API group "" in the namespace "default""#
        )
      }
      try await withClient(.nobody, port: client.port) { nobody in
        let answer = try await nobody.get("/api/v1/namespaces/default/pods")
        #expect(answer.code == 403 && answer["reason"] == "Forbidden" && answer["kind"] == "Status")
        #expect(
          answer["message"]?.stringValue?.hasPrefix(#"pods is forbidden: User "system:anonymous" cannot list"#) == true)
        do {
          let got = try await nobody.get("/readyz").text
          #expect(got == "ok")
        }
      }
      try await withClient(.node, port: client.port) { node in
        do {
          let got = try await node.get("/api/v1/namespaces/default/pods").code
          #expect(got == 200)
        }
        do {
          let got = try await node.post(Self.configMaps, ["metadata": ["name": "n"]]).code
          #expect(got == 403)
        }
      }
      await #expect(throws: (any Error).self) {
        try await withClient(.stranger, port: client.port) { try await $0.get("/api/v1/namespaces") }
      }
      do {
        let got = try await client.get("/api/v1/namespaces").code
        #expect(got == 200)
      }
    }
  }

  /// Whom the cluster's own authority vouches for is known, and may do nothing that no table allows; who has no name is
  /// nobody, whatever groups the certificate tells.
  @Test func refusesWhomNoTableKnows() async throws {
    try await withFrontEnd(storage: InMemoryStorage(), authorizer: FixedAuthorizer()) { _, client in
      try await withClient(.unknown, port: client.port) { unknown in
        for (answer, verb, resource, scope) in [
          (
            try await unknown.get("/api/v1/namespaces/default/pods"), "list", "pods",
            #"API group "" in the namespace "default""#
          ),
          (try await unknown.get("/api/v1/nodes/one"), "get", "nodes", #"API group "" at the cluster scope"#),
          (
            try await unknown.post(Self.configMaps, ["metadata": ["name": "x"]]), "create", "configmaps",
            #"API group "" in the namespace "default""#
          ),
          (
            try await unknown.send(.DELETE, "/apis/apps/v1/namespaces/default/deployments/d"), "delete",
            "deployments", #"API group "apps" in the namespace "default""#
          ),
        ] {
          #expect(answer.code == 403 && answer["code"] == 403, "\(answer.text)")
          #expect(answer["kind"] == "Status" && answer["status"] == "Failure" && answer["reason"] == "Forbidden")
          let message = answer["message"]?.stringValue ?? ""
          #expect(
            message.hasSuffix(#"User "somebody" cannot \#(verb) resource "\#(resource)" in \#(scope)"#), "\(message)")
        }
        // It is known all the same: it may see what is served.
        #expect(try await unknown.get("/apis").code == 200)
      }
      try await withClient(.nameless, port: client.port) { nameless in
        for path in ["/api/v1/namespaces/default/pods", "/api/v1/nodes", "/apis"] {
          let answer = try await nameless.get(path)
          #expect(answer.code == 403 && answer["code"] == 403, "\(path): \(answer.text)")
          #expect(answer["kind"] == "Status" && answer["status"] == "Failure" && answer["reason"] == "Forbidden")
          #expect(answer["message"]?.stringValue?.contains(#"User "system:anonymous""#) == true)
        }
      }
      #expect(try await client.get(Self.configMaps)["items"]?.arrayValue?.isEmpty == true)
    }
  }

  @Test func survivesBrokenHandshakes() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      for text in ["GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}\u{0}", "\0\0\0\0"] {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
          .connect(host: "127.0.0.1", port: client.port).get()
        try await channel.writeAndFlush(ByteBuffer(string: text))
        try? await channel.close()
      }
      do {
        let got = try await client.get("/api/v1/namespaces").code
        #expect(got == 200)
      }
    }
  }

  @Test func refusesWhatPathsAndOptionsDoNotAllow() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      do {
        let got = try await client.send(.PUT, Self.configMaps, text: "{}").code
        #expect(got == 405)
      }
      do {
        let got = try await client.get("\(Self.configMaps)?limit=many").code
        #expect(got == 400)
      }
      do {
        let got = try await client.get("\(Self.configMaps)?labelSelector=%3D%3D").code
        #expect(got == 400)
      }
      do {
        let got = try await client.get("\(Self.configMaps)?resourceVersion=soon").code
        #expect(got >= 400)
      }
      do {
        let got = try await client.get("/api/v1/namespaces/default/nodes").code
        #expect(got == 404)
      }
      do {
        let got = try await client.post("/api/v1/configmaps", ["metadata": ["name": "x"]]).code
        #expect(got == 400)
      }
      do {
        let got = try await client.post("/version", [:]).code
        #expect(got == 405)
      }
    }
  }
}
