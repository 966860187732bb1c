import APISchema
import JSONDocument
import SeededNumbers
import Testing

private func decode(_ bytes: [UInt8], _ kind: String = "Pod") throws(ProtobufError) -> JSONValue {
  try Schema.builtIn.document(
    protobuf: bytes, expecting: GroupVersionKind(group: "", version: "v1", kind: kind))
}

private func code(_ bytes: [UInt8], _ kind: String = "Pod") -> ProtobufError.Code? {
  do {
    _ = try decode(bytes, kind)
    return nil
  } catch { return error.code }
}

private let namespace = envelope("v1", "Namespace", metadata("foo"), message(2), message(3, text(1, "")))

private let podFields: [[UInt8]] = [
  metadata("web", pair(11, "app", "web"), message(13, text(1, "ReplicaSet"), number(6, 1))),
  message(
    2,
    message(1, text(1, "scratch"), message(2, message(2, text(1, ""), message(2, text(1, "64Mi"))))),
    message(1, text(1, "settings"), message(2, message(19, message(1, text(1, "map")), number(3, 0x1a4)))),
    message(
      2, text(1, "main"), text(2, "web:1"), text(3, "serve"), text(3, ""), text(5, ""),
      message(6, text(1, "http"), number(2, 0), number(3, 8080), text(4, "TCP"), text(5, "")),
      message(8, quantityPair(1, "memory", "1Gi"), quantityPair(2, "cpu", "250m")),
      message(
        10,
        message(1, message(2, text(1, "/healthz"), message(2, number(1, 1), number(2, 0), text(3, "http")))),
        number(2, 0), number(3, 1), number(4, 10), number(5, 1), number(6, 3)),
      message(
        11, message(1, message(3, message(1, number(1, 0), number(2, 8080), text(3, "")))),
        number(2, -1), number(3, 0), number(4, 0), number(5, 0), number(6, 0)),
      number(16, 0), number(17, 0), number(18, 1)),
    text(3, "Always"), number(4, 0), number(11, 0),
    message(14, number(2, 1000), message(4, [1, 2, 0xac, 2]), number(4, 7), number(3, 0))),
  message(3),
]
private let pod = envelope("v1", "Pod", podFields.flatMap { $0 })

@Suite struct ProtobufTests {
  @Test func readsANamespaceAsGoWritesIt() throws {
    #expect(
      try decode(namespace, "Namespace") == [
        "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "foo"], "spec": [:], "status": [:],
      ])
  }

  @Test func readsAConfigMap() throws {
    let bytes = envelope(
      "v1", "ConfigMap",
      metadata("x", message(8, number(1, 1_700_000_000), number(2, 0)), number(10, 0)),
      pair(2, "key", "värde"), message(2, text(1, "empty")), message(3, text(1, "blob"), message(2, [0, 255, 1])),
      number(4, 0))
    #expect(
      try decode(bytes, "ConfigMap") == [
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": [
          "name": "x", "creationTimestamp": "2023-11-14T22:13:20Z", "deletionGracePeriodSeconds": 0,
        ],
        "data": ["key": "värde", "empty": ""], "binaryData": ["blob": "AP8B"], "immutable": false,
      ])
  }

  @Test func readsAPod() throws {
    let document = try decode(pod)
    #expect(
      Schema.builtIn.validateStructure(document, as: GroupVersionKind(group: "", version: "v1", kind: "Pod"))
        == StructureReport())
    #expect(document[path: "metadata", "labels"] == ["app": "web"])
    let spec = try #require(document["spec"])
    #expect(
      spec["volumes"] == [
        ["name": "scratch", "emptyDir": ["sizeLimit": "64Mi"]],
        ["name": "settings", "configMap": ["name": "map", "defaultMode": 420]],
      ])
    let container = try #require(spec["containers"]?.arrayValue?.first)
    #expect(
      container == [
        "name": "main", "image": "web:1", "command": ["serve", ""],
        "ports": [["name": "http", "containerPort": 8080, "protocol": "TCP"]],
        "resources": ["limits": ["memory": "1Gi"], "requests": ["cpu": "250m"]],
        "livenessProbe": [
          "httpGet": ["path": "/healthz", "port": "http"], "timeoutSeconds": 1, "periodSeconds": 10,
          "successThreshold": 1, "failureThreshold": 3,
        ],
        "readinessProbe": ["tcpSocket": ["port": 8080], "initialDelaySeconds": -1],
        "tty": true,
      ])
    #expect(spec["restartPolicy"] == "Always")
    #expect(spec["terminationGracePeriodSeconds"] == 0, "a pointer: zero is not absent")
    #expect(spec["hostNetwork"] == nil)
    #expect(
      spec["securityContext"] == ["runAsUser": 1000, "runAsNonRoot": false, "supplementalGroups": [1, 2, 300, 7]])
  }

  @Test func readsSpecialTypes() throws {
    let lease = envelope(
      "coordination.k8s.io/v1", "Lease", metadata("l"),
      message(2, text(1, "me"), message(4, number(1, -1), number(2, 123_456_789))))
    #expect(try decode(lease)[path: "spec", "renewTime"] == "1969-12-31T23:59:59.123456Z")
    let request = envelope(
      "certificates.k8s.io/v1", "CertificateSigningRequest", metadata("c"),
      message(2, message(1), message(6, text(1, "scopes"), message(2, text(1, "a"), text(1, "b")))))
    #expect(try decode(request)["spec"] == ["request": "", "extra": ["scopes": ["a", "b"]]])
    let revision = envelope(
      "apps/v1", "ControllerRevision", metadata("r"), message(2, text(1, #"{"spec":{"n":[1]}}"#)), number(3, 0))
    #expect(try decode(revision)["data"] == ["spec": ["n": [1]]])
    #expect(try decode(revision)["revision"] == 0, "JSON always shows it")
    let managed = envelope("v1", "ConfigMap", metadata("m", message(17, message(7, text(1, #"{"f:data":{}}"#)))))
    #expect(try decode(managed)[path: "metadata", "managedFields"] == [["fieldsV1": ["f:data": [:]]]])
    let list = envelope("v1", "List", message(2, message(1, namespace)))
    #expect(try decode(list)["items"]?.arrayValue?.first?[path: "metadata", "name"] == "foo")
    for (nanoseconds, shown) in [
      (0, "0s"), (90_000_000_000, "1m30s"), (3_600_000_000_000, "1h0m0s"), (1_500_000_000, "1.5s"),
      (300_000_000, "300ms"), (-1500, "-1.5µs"), (Int64.min, "-2562047h47m16.854775808s"),
    ] {
      let metrics = envelope(
        "metrics.k8s.io/v1beta1", "NodeMetrics", metadata("n"), message(3, number(1, nanoseconds)))
      #expect(try decode(metrics)["window"] == .string(shown))
    }
  }

  @Test func readsCustomResourceSchemas() throws {
    let properties = message(
      1, text(5, "object"), varint(9 << 3 | 1) + [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], message(8, text(1, "{}")),
      message(24, message(1, text(5, "string"))), message(30, number(1, 1)), message(29, text(1, "p"), message(2)))
    let definition = envelope(
      "apiextensions.k8s.io/v1", "CustomResourceDefinition", metadata("d"),
      message(2, message(7, text(1, "v1"), number(2, 1), number(3, 0), message(4, properties))))
    let version = try #require(try decode(definition)[path: "spec", "versions"]?.arrayValue?.first)
    #expect(version["served"] == true && version["storage"] == false)
    let schema = try #require(version[path: "schema", "openAPIV3Schema"])
    #expect(schema["type"] == "object" && schema["maximum"] == 1.5 && schema["default"] == [:])
    #expect(schema["items"]?["type"] == "string")
    #expect(schema["additionalProperties"] == true && schema["properties"] == ["p": [:]])
  }

  @Test func mergesAMessageThatOccursTwiceAndSkipsUnknownFields() throws {
    let bytes = envelope(
      "v1", "ConfigMap", message(1, text(1, "a"), text(3, "n")), message(1, text(1, "b")), text(99, "new"),
      number(98, 1), varint(97 << 3 | 5) + [1, 2, 3, 4])
    #expect(
      try decode(bytes) == [
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "b", "namespace": "n"],
      ])
  }

  @Test func fillsInTheKindThatIsExpected() throws {
    let bare = Array("k8s\0".utf8) + message(2, metadata("x"))
    #expect(
      try decode(bare, "Secret") == ["apiVersion": "v1", "kind": "Secret", "metadata": ["name": "x"]])
    #expect(code(bare, "Gadget") == .kind)
    #expect(code(envelope("a/b/c", "Pod")) == .kind)
  }

  @Test func refusesWhatIsCutOff() {
    // Cut between two fields of the envelope, what is left is an envelope still: of an object without fields, or whole.
    for bytes in [namespace, pod] {
      let typeMeta = 4 + 2 + Int(bytes[5])
      let complete: Set<Int> = [4, typeMeta, bytes.count - 4, bytes.count - 2, bytes.count]
      for length in 0...bytes.count {
        let result = code(Array(bytes.prefix(length)))
        #expect(complete.contains(length) ? result == nil : result == (length < 4 ? .malformed : .truncated))
      }
    }
    // Cut within the object, with the lengths around it set right: whole only between two of its fields.
    let object = podFields.flatMap { $0 }
    let ends = podFields.indices.map { podFields[...$0].joined().count }
    for length in 0...object.count {
      let result = code(envelope("v1", "Pod", Array(object.prefix(length))))
      #expect(result == (length == 0 || ends.contains(length) ? nil : .truncated))
    }
    // Begun anywhere, it is garbage that must not crash.
    for length in 0..<object.count { _ = code(envelope("v1", "Pod", Array(object.dropFirst(length)))) }
  }

  @Test func refusesBadValues() {
    #expect(code([]) == .malformed)
    #expect(code(Array(#"{"kind":"Pod"}"#.utf8)) == .malformed)
    #expect(code(envelope("v1", "Pod", message(1, message(1, [0xff, 0xfe])))) == .encoding)
    #expect(code(envelope("v1", "Pod", number(1, 1))) == .malformed, "a number where a message belongs")
    #expect(code(envelope("v1", "Pod", [0x0b])) == .malformed, "groups")
    #expect(code(envelope("v1", "Pod", [0x02, 0x00])) == .malformed, "field 0")
    #expect(code(envelope("v1", "Pod", [UInt8](repeating: 0xff, count: 11))) == .malformed, "over 64 bits")
    #expect(code(envelope("v1", "Pod", [0x0a] + varint(.max))) == .truncated)
    for seconds in [Int64.max, .min, 253_402_300_800] {
      #expect(code(envelope("v1", "Pod", message(1, message(8, number(1, seconds))))) == .value)
    }
    #expect(code(envelope("apps/v1", "ControllerRevision", message(2, text(1, "{")))) == .value)
    #expect(code(Array("k8s\0".utf8) + text(3, "gzip")) == .malformed)
    #expect(code(Array("k8s\0".utf8) + text(4, "application/json")) == .malformed)
  }

  @Test func saysWhereItWent() {
    let bytes = envelope("v1", "Pod", message(2, message(2, text(1, "c"), message(2, [0xc0]))))
    #expect { try decode(bytes) } throws: { error in
      (error as? ProtobufError)?.path == "spec.containers.image"
    }
  }

  @Test func refusesDepth() {
    var schema = text(5, "object")
    for _ in 0..<5000 { schema = message(28, schema) }
    let definition = message(2, message(7, message(4, message(1, schema))))
    #expect(code(envelope("apiextensions.k8s.io/v1", "CustomResourceDefinition", definition)) == .depth)
    var list = envelope("v1", "List")
    for _ in 0..<2000 { list = envelope("v1", "List", message(2, message(1, list))) }
    #expect(code(list) == .depth)
  }

  @Test func survivesGarbage() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<3000 {
      var bytes = pod
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        bytes[Int.random(in: 4..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      _ = code(bytes)
      let noise = (0..<Int.random(in: 0...64, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      _ = code(envelope("v1", "Pod", noise))
    }
  }
}
