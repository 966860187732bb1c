import APISchema
import JSONDocument
import Testing

private let pods = GroupVersionKind(group: "", version: "v1", kind: "Pod")
private let deployments = GroupVersionKind(group: "apps", version: "v1", kind: "Deployment")

@Suite struct SchemaTests {
  private let schema = Schema.builtIn

  @Test func holdsEveryType() throws {
    #expect(schema.types.count >= 560)
    for package in [
      "core", "meta", "apps", "batch", "autoscaling", "policy", "networking.k8s.io", "rbac.authorization.k8s.io",
      "storage.k8s.io", "discovery.k8s.io", "coordination.k8s.io", "events.k8s.io", "apiextensions.k8s.io",
      "metrics.k8s.io",
    ] { #expect(schema.types.contains { $0.package == package }) }
  }

  @Test func fieldsHaveUniqueNamesAndNumbers() {
    for type in schema.types {
      #expect(Set(type.fields.map(\.name)).count == type.fields.count, "\(type.package) \(type.name)")
      #expect(Set(type.declaredFields.map(\.number)).count == type.declaredFields.count, "\(type.package) \(type.name)")
    }
  }

  @Test func mergeKeysAndMapKeysAreFields() {
    // `Variable` of the admission policies writes its fields with capitals, its map key without.
    for type in schema.types where type.name != "ValidatingAdmissionPolicySpec" {
      for field in type.fields {
        guard case .array(.type(let element)) = field.type else { continue }
        for key in field.listMapKeys + [field.mergeKey].compactMap({ $0 }) {
          #expect(schema.types[element].field(key) != nil, "\(type.name).\(field.name): \(key)")
        }
      }
    }
  }

  @Test func knowsWhatTheFactsSayAboutAField() throws {
    let container = try #require(schema.index(package: "core", version: "v1", name: "Container"))
    let ports = try #require(schema.types[container].field("ports"))
    #expect(ports.number == 6)
    #expect(ports.patchStrategy == .merge)
    #expect(ports.mergeKey == "containerPort")
    #expect(ports.listType == .map)
    #expect(ports.listMapKeys == ["containerPort", "protocol"])
    #expect(!ports.isRequired)
    let volume = try #require(schema.index(package: "core", version: "v1", name: "Volume"))
    #expect(schema.types[volume].field("emptyDir") != nil)
    #expect(schema.types[volume].field("volumeSource") == nil)
    #expect(schema[pods]?.isKind == true)
    #expect(schema[GroupVersionKind(group: "apps", version: "v1", kind: "Pod")] == nil)
    #expect(schema[GroupVersionKind(group: "apps", version: "v1", kind: "DeleteOptions")]?.package == "meta")
  }

  @Test func parsesGroupVersions() {
    #expect(GroupVersionKind(apiVersion: "apps/v1", kind: "Deployment") == deployments)
    #expect(GroupVersionKind(apiVersion: "v1", kind: "Pod") == pods)
    for bad in ["", "/v1", "apps/", "a/b/c", "/"] { #expect(GroupVersion(apiVersion: bad) == nil) }
    #expect(GroupVersion(group: "", version: "v1").basePath == "/api/v1")
    #expect(deployments.description == "apps/v1, Kind=Deployment")
  }

  // MARK: - Structure

  @Test func findsUnknownFieldsAndWrongTypes() {
    let document: JSONValue = [
      "apiVersion": "v1", "kind": "Pod", "foo": 1,
      "metadata": ["name": "a", "labels": ["anything": "goes"], "nmae": "b"],
      "spec": [
        "containers": [["name": "c", "imagee": "x", "ports": [["containerPort": "80"]]]], "hostNetwork": "true",
        "terminationGracePeriodSeconds": 1.5, "nodeSelector": ["a": 1], "volumes": nil,
      ],
    ]
    let report = schema.validateStructure(document, as: pods)
    #expect(report.unknownFields == ["foo", "metadata.nmae", "spec.containers[0].imagee"])
    #expect(
      report.typeProblems.map(\.path) == [
        "spec.containers[0].ports[0].containerPort", "spec.hostNetwork", "spec.terminationGracePeriodSeconds",
        "spec.nodeSelector.a",
      ])
    #expect(
      report.strictDecodingError(duplicates: ["spec.x"])
        == "strict decoding error: unknown field \"foo\", unknown field \"metadata.nmae\", "
        + "unknown field \"spec.containers[0].imagee\", duplicate field \"spec.x\"")
    #expect(!report.isReadable)
    #expect(StructureReport().strictDecodingError() == nil)
  }

  @Test func integersHaveARange() {
    let report = schema.validateStructure(
      ["spec": ["replicas": 3_000_000_000, "template": ["spec": ["activeDeadlineSeconds": 3_000_000_000]]]],
      as: deployments)
    #expect(report.typeProblems.map(\.path) == ["spec.replicas"])
  }

  @Test func theReportIsBounded() {
    let members = JSONObject((0..<1000).map { ("x\($0)", JSONValue.int(1)) })
    #expect(schema.validateStructure(.object(members), as: pods).unknownFields.count == StructureReport.limit)
  }

  @Test func prunesUnknownFieldsAndNulls() {
    var document: JSONValue = [
      "apiVersion": "v1", "kind": "Pod", "foo": 1, "metadata": ["creationTimestamp": nil, "labels": ["x": "y"]],
      "spec": ["containers": [["name": "c", "bar": [1]]], "nodeName": nil],
    ]
    schema.prune(&document, as: pods)
    #expect(
      document == [
        "apiVersion": "v1", "kind": "Pod", "metadata": ["labels": ["x": "y"]], "spec": ["containers": [["name": "c"]]],
      ])
    #expect(schema.validateStructure(document, as: pods) == StructureReport())
  }

  // MARK: - Discovery and tables

  @Test func resourcesAreTyped() throws {
    let core = GroupVersion(group: "", version: "v1")
    let table = ResourceTable.builtIn
    let pod = try #require(table.resource("pods", in: core))
    #expect(pod.shortNames == ["po"])
    #expect(pod.categories == ["all"])
    #expect(pod.singularName == "pod")
    #expect(pod.verbs == ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])
    #expect(table.resource(for: pods) == pod)
    #expect(table.resource("services", in: core)?.verbs == pod.verbs)
    #expect(table.resource("namespaces", in: core)?.verbs.contains("deletecollection") == false)
    let scale = try #require(table.resource("deployments/scale", in: deployments.groupVersion))
    #expect(scale.kind == GroupVersionKind(group: "autoscaling", version: "v1", kind: "Scale"))
    #expect(scale.resource == "deployments")
    #expect(scale.subresource == "scale")
    #expect(table.groupVersions.first == core)
    #expect(Set(table.groupVersions).count == table.groupVersions.count)
    for resource in table.resources where !resource.isSubresource {
      #expect(Schema.builtIn.index(of: resource.kind) != nil, "\(resource.name)")
    }
  }

  @Test func servesASubset() {
    let served = ResourceTable.served
    #expect(served.resources.allSatisfy { ResourceTable.builtIn.resources.contains($0) })
    #expect(served.groupVersions.first == GroupVersion(group: "", version: "v1"))
    // What belongs to extensions comes later, with custom resources.
    let later = ["apiextensions.k8s.io", "apiregistration.k8s.io", "admissionregistration.k8s.io"]
    #expect(!served.groupVersions.contains { later.contains($0.group) || $0.group == "flowcontrol.apiserver.k8s.io" })
    // A part is served with the whole.
    for resource in served.resources where resource.isSubresource {
      #expect(served.resource(resource.resource, in: resource.groupVersion) != nil, "\(resource.name)")
    }
  }

  @Test func tablesHaveColumns() {
    let columns = TableColumns.builtIn.columns(of: "nodes", in: GroupVersion(group: "", version: "v1"))
    #expect(columns.prefix(2).map(\.name) == ["Name", "Status"])
    #expect(columns.first?.format == "name")
    #expect(columns.last == TableColumn(name: "Container-Runtime", type: "string", priority: 1))
    let unknown = TableColumns.builtIn.columns(of: "x", in: GroupVersion(group: "y", version: "v1"))
    #expect(unknown == TableColumns.fallback)
  }
}
