import APISchema
import JSONDocument
import Testing

private let schema = Schema.builtIn

/// Messages as Kubernetes' Go code writes them, by hand from the rules of the wire.
@Suite struct ProtobufEncodingTests {
  @Test func writesANamespace() throws {
    let document: JSONValue = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "foo"]]
    #expect(
      try schema.protobuf(document) == [
        0x6b, 0x38, 0x73, 0x00,
        0x0a, 0x0f, 0x0a, 0x02, 0x76, 0x31, 0x12, 0x09, 0x4e, 0x61, 0x6d, 0x65, 0x73, 0x70, 0x61, 0x63, 0x65,
        0x12, 0x1b,
        0x0a, 0x13,
        0x0a, 0x03, 0x66, 0x6f, 0x6f, 0x12, 0x00, 0x1a, 0x00, 0x22, 0x00, 0x2a, 0x00, 0x32, 0x00, 0x38, 0x00, 0x42,
        0x00,
        0x12, 0x00, 0x1a, 0x02, 0x0a, 0x00,
        0x1a, 0x00, 0x22, 0x00,
      ])
  }

  @Test func writesAConfigMap() throws {
    let document: JSONValue = [
      "kind": "ConfigMap", "apiVersion": "v1", "immutable": false,
      "data": ["b": "2", "a": "värde", "empty": ""], "binaryData": ["blob": "AP8B"],
      "metadata": [
        "name": "x", "creationTimestamp": "2023-11-14T22:13:20.9Z", "deletionGracePeriodSeconds": 0,
        "labels": ["z": "1", "a": "2"],
      ],
    ]
    let expected = envelope(
      "v1", "ConfigMap",
      message(
        1, text(1, "x"), text(2, ""), text(3, ""), text(4, ""), text(5, ""), text(6, ""), number(7, 0),
        message(8, number(1, 1_700_000_000), number(2, 0)), number(10, 0), pair(11, "a", "2"), pair(11, "z", "1")),
      pair(2, "a", "värde"), pair(2, "b", "2"), pair(2, "empty", ""),
      message(3, text(1, "blob"), message(2, [0, 255, 1])), number(4, 0))
    #expect(try schema.protobuf(document) == expected)
  }

  @Test func writesAService() throws {
    let document: JSONValue = [
      "apiVersion": "v1", "kind": "Service", "metadata": ["name": "s"],
      "spec": [
        "type": "ClusterIP", "selector": ["app": "web"], "internalTrafficPolicy": "Cluster",
        "ports": [
          ["name": "http", "port": 80, "targetPort": "web", "protocol": "TCP"], ["port": 443, "targetPort": 8443],
        ],
        "clusterIPs": ["10.0.0.1"], "allocateLoadBalancerNodePorts": false,
      ],
    ]
    let spec = [
      message(
        1, text(1, "http"), text(2, "TCP"), number(3, 80), message(4, number(1, 1), number(2, 0), text(3, "web")),
        number(5, 0)),
      message(
        1, text(1, ""), text(2, ""), number(3, 443), message(4, number(1, 0), number(2, 8443), text(3, "")),
        number(5, 0)),
      pair(2, "app", "web"), text(3, ""), text(4, "ClusterIP"), text(7, ""), text(8, ""), text(10, ""), text(11, ""),
      number(12, 0), number(13, 0), text(18, "10.0.0.1"), number(20, 0), text(22, "Cluster"),
    ]
    #expect(
      try schema.protobuf(document)
        == envelope("v1", "Service", metadata("s"), message(2, spec.flatMap { $0 }), message(3, message(1))))
  }

  /// Inline structs, quantities, unpacked lists, pointers to zero.
  @Test func writesAPodsParts() throws {
    let container: JSONValue = [
      "name": "c", "image": "i", "env": [["name": "E", "value": "v"]],
      "resources": ["limits": ["memory": "1024Mi", "cpu": 2]],
      "livenessProbe": ["httpGet": ["port": "http"], "failureThreshold": -1],
      "securityContext": ["runAsUser": 0],
    ]
    let volume: JSONValue = ["name": "tmp", "emptyDir": ["sizeLimit": "0.5Gi"]]
    let document: JSONValue = [
      "apiVersion": "v1", "kind": "Pod",
      "spec": [
        "containers": [container], "volumes": [volume], "securityContext": ["supplementalGroups": [1, 300]],
      ],
    ]
    let volumeBytes = message(1, text(1, "tmp"), message(2, message(2, text(1, ""), message(2, text(1, "512Mi")))))
    let probe = message(
      10,
      message(
        1,
        message(2, text(1, ""), message(2, number(1, 1), number(2, 0), text(3, "http")), text(3, ""), text(4, ""))),
      number(2, 0), number(3, 0), number(4, 0), number(5, 0), number(6, -1))
    let containerBytes = message(
      2, text(1, "c"), text(2, "i"), text(5, ""), message(7, text(1, "E"), text(2, "v")),
      message(8, quantityPair(1, "cpu", "2"), quantityPair(1, "memory", "1Gi")), probe, text(13, ""), text(14, ""),
      message(15, number(4, 0)), number(16, 0), number(17, 0), number(18, 0), text(20, ""))
    let spec = [
      volumeBytes, containerBytes, text(3, ""), text(6, ""), text(8, ""), text(9, ""), text(10, ""), number(11, 0),
      number(12, 0), number(13, 0), message(14, number(4, 1), number(4, 300)), text(16, ""), text(17, ""),
      text(19, ""), text(24, ""),
    ]
    let status = message(
      3, text(1, ""), text(3, ""), text(4, ""), text(5, ""), text(6, ""), text(9, ""), text(11, ""), text(14, ""),
      number(17, 0))
    let expected = envelope("v1", "Pod", metadata(""), message(2, spec.flatMap { $0 }), status)
    #expect(try schema.protobuf(document) == expected)
  }

  @Test func writesSpecialTypes() throws {
    let lease: JSONValue = [
      "apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": ["name": "l"],
      "spec": ["holderIdentity": "me", "renewTime": "1969-12-31T23:59:59.123456Z"],
    ]
    #expect(
      try schema.protobuf(lease)
        == envelope(
          "coordination.k8s.io/v1", "Lease", metadata("l"),
          message(2, text(1, "me"), message(4, number(1, -1), number(2, 123_456_000)))))
    let review: JSONValue = [
      "apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
      "spec": ["user": "u", "extra": ["scopes": ["a", "b"]]],
    ]
    #expect(
      try schema.protobuf(review)
        == envelope(
          "authorization.k8s.io/v1", "SubjectAccessReview", metadata(""),
          message(2, text(3, "u"), message(5, text(1, "scopes"), message(2, text(1, "a"), text(1, "b"))), text(6, "")),
          message(3, number(1, 0), text(2, ""), text(3, ""), number(4, 0))))
    let resources: JSONValue = [
      "apiVersion": "v1", "kind": "APIResourceList", "groupVersion": "v1",
      "resources": [["name": "pods", "namespaced": true, "kind": "Pod", "verbs": ["get", "list"]]],
    ]
    let list = envelope(
      "v1", "APIResourceList", text(1, "v1"),
      message(
        2, text(1, "pods"), number(2, 1), text(3, "Pod"), message(4, text(1, "get"), text(1, "list")), text(6, ""),
        text(8, ""), text(9, ""), text(10, "")))
    #expect(try schema.protobuf(resources) == list)
    let read = try schema.document(
      protobuf: list, expecting: GroupVersionKind(group: "", version: "v1", kind: "APIResourceList"))
    #expect(read["resources"]?.arrayValue?.first?["verbs"] == ["get", "list"])
    let managed: JSONValue = [
      "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["managedFields": [["fieldsV1": ["f:data": ["f:a": [:]]]]]],
    ]
    let entry = message(
      17, text(1, ""), text(2, ""), text(3, ""), text(6, ""), message(7, text(1, #"{"f:data":{"f:a":{}}}"#)),
      text(8, ""))
    #expect(try schema.protobuf(managed) == envelope("v1", "ConfigMap", metadata("", entry)))
  }

  // MARK: - Lists and watches

  @Test func writesListsFromTheirItems() throws {
    let pods: [JSONValue] = [["metadata": ["name": "a"]], ["metadata": ["name": "b"], "spec": ["nodeName": "n"]]]
    let podKind = GroupVersionKind(group: "", version: "v1", kind: "Pod")
    let listKind = GroupVersionKind(group: "", version: "v1", kind: "PodList")
    let items = try pods.map { try schema.protobufMessage($0, as: podKind) }
    let whole: JSONValue = [
      "apiVersion": "v1", "kind": "PodList", "metadata": ["resourceVersion": "5", "remainingItemCount": 0],
      "items": .array(pods),
    ]
    let bytes = try schema.protobufList(
      listKind, metadata: ["resourceVersion": "5", "remainingItemCount": 0], items: items)
    #expect(try schema.protobuf(whole) == bytes)
    #expect(
      bytes
        == envelope(
          "v1", "PodList", message(1, text(1, ""), text(2, "5"), text(3, ""), number(4, 0)), message(2, items[0]),
          message(2, items[1])))
    let read = try schema.document(protobuf: bytes, expecting: listKind)
    #expect(read["items"]?.arrayValue?.count == 2)
    #expect(read[path: "metadata", "resourceVersion"] == "5")
    let partial: JSONValue = [
      "apiVersion": "meta.k8s.io/v1", "kind": "PartialObjectMetadataList", "metadata": [:],
      "items": [["metadata": ["name": "p"]]],
    ]
    #expect(
      try schema.protobuf(partial)
        == envelope(
          "meta.k8s.io/v1", "PartialObjectMetadataList", message(1, text(1, ""), text(2, ""), text(3, "")),
          message(2, metadata("p"))))
  }

  @Test func framesWatchEvents() throws {
    let pod: JSONValue = ["apiVersion": "v1", "kind": "Pod", "metadata": ["name": "a"]]
    let body = try schema.protobuf(pod)
    let frame = Schema.protobufWatchFrame(type: "ADDED", object: body)
    let content = text(1, "ADDED") + message(2, message(1, body))
    #expect(frame == [0, 0, UInt8(content.count >> 8), UInt8(content.count & 255)] + content)
    let error: JSONValue = ["apiVersion": "v1", "kind": "Status", "status": "Failure", "code": 410]
    let stream = frame + Schema.protobufWatchFrame(type: "ERROR", object: try schema.protobuf(error))
    for length in 0..<frame.count { #expect(Schema.splitWatchFrame(stream.prefix(length)) == nil) }
    let first = try #require(Schema.splitWatchFrame(stream[...]))
    let event = try schema.watchEvent(protobuf: first.frame)
    #expect(event.type == "ADDED" && event.object[path: "metadata", "name"] == "a")
    let second = try #require(Schema.splitWatchFrame(first.rest))
    let failure = try schema.watchEvent(protobuf: second.frame)
    #expect(failure.type == "ERROR" && failure.object["code"] == 410 && second.rest.isEmpty)
  }

  // MARK: - What cannot be written

  @Test(arguments: [
    (#"{"metadata":{"name":1}}"#, "metadata.name"), (#"{"spec":{"containers":{}}}"#, "spec.containers"),
    (#"{"spec":{"containers":[{"ports":[{"hostPort":4294967296}]}]}}"#, "spec.containers.ports.hostPort"),
    (#"{"metadata":{"creationTimestamp":"yesterday"}}"#, "metadata.creationTimestamp"),
    (#"{"spec":{"overhead":{"cpu":"1x"}}}"#, "spec.overhead"), (#"{"spec":[]}"#, "spec"),
    (#"{"metadata":{"labels":{"a":1}}}"#, "metadata.labels"),
  ])
  func saysWhatCannotBeWritten(text: String, path: String) throws {
    let document = try JSONValue(jsonBytes: Array(text.utf8))
    #expect {
      try schema.protobuf(document, as: GroupVersionKind(group: "", version: "v1", kind: "Pod"))
    } throws: { error in
      (error as? ProtobufError)?.path == path && (error as? ProtobufError)?.code == .value
    }
  }

  @Test func refusesUnknownKindsAndDepth() {
    func code(_ document: JSONValue) -> ProtobufError.Code? {
      do {
        _ = try schema.protobuf(document)
        return nil
      } catch { return error.code }
    }
    #expect(code(["apiVersion": "meta.k8s.io/v1", "kind": "Table"]) == .kind)
    #expect(code(["apiVersion": "example.com/v1", "kind": "Gadget"]) == .kind)
    #expect(code("text") == .kind)
    var properties: JSONValue = ["type": "object"]
    for _ in 0..<200 { properties = ["not": properties] }
    #expect(
      code([
        "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
        "spec": ["versions": [["schema": ["openAPIV3Schema": properties]]]],
      ]) == .depth)
  }
}
