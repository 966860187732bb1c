import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry

/// Tells clients what is served: `/api`, `/apis`, `/apis/GROUP`, `/api/v1`, `/apis/GROUP/VERSION`, and all of it in one
/// answer (aggregated discovery, `apidiscovery.k8s.io/v2`). Made once, as nothing changes while a front-end runs.
struct Discovery: Sendable {
  /// A group-version and its resources, in order.
  private struct Served {
    var group: String
    var version: String
    var resources: [DiscoveredResource]
    var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }
  }

  /// The two halves of aggregated discovery in one version of its kind.
  private struct Aggregated {
    var core: [UInt8]
    var groups: [UInt8]
    var tag: String
  }

  private let documents: [String: [UInt8]]
  private let aggregated: [String: Aggregated]

  /// The versions of aggregated discovery; they differ in their names only.
  private static let aggregatedVersions = ["v2", "v2beta1"]

  private static func aggregatedType(_ version: String) -> String {
    "application/json;g=apidiscovery.k8s.io;v=\(version);as=APIGroupDiscoveryList"
  }

  init(resources: [DiscoveredResource], serverAddress: String) {
    var served: [Served] = []
    for resource in resources {
      if let index = served.firstIndex(where: { $0.group == resource.group && $0.version == resource.version }) {
        served[index].resources.append(resource)
      } else {
        served.append(Served(group: resource.group, version: resource.version, resources: [resource]))
      }
    }
    for index in served.indices { served[index].resources.sort { $0.plural < $1.plural } }
    var groups: [String] = []
    for one in served where !one.group.isEmpty && !groups.contains(one.group) { groups.append(one.group) }
    func groupDocument(_ group: String, top: Bool) -> JSONValue {
      let versions = Self.newestFirst(served.filter { $0.group == group }).map { one -> JSONValue in
        ["groupVersion": .string(one.apiVersion), "version": .string(one.version)]
      }
      var object = JSONObject()
      if top {
        object["kind"] = "APIGroup"
        object["apiVersion"] = "v1"
      }
      object["name"] = .string(group)
      object["versions"] = .array(versions)
      object["preferredVersion"] = versions.first ?? .null
      return .object(object)
    }
    var documents: [String: JSONValue] = [:]
    documents["/api"] = [
      "kind": "APIVersions", "versions": .array(served.filter { $0.group.isEmpty }.map { .string($0.version) }),
      "serverAddressByClientCIDRs": [["clientCIDR": "0.0.0.0/0", "serverAddress": .string(serverAddress)]],
    ]
    documents["/apis"] = [
      "kind": "APIGroupList", "apiVersion": "v1", "groups": .array(groups.map { groupDocument($0, top: false) }),
    ]
    for group in groups { documents["/apis/\(group)"] = groupDocument(group, top: true) }
    for one in served {
      let path = one.group.isEmpty ? "/api/\(one.version)" : "/apis/\(one.group)/\(one.version)"
      documents[path] = [
        "kind": "APIResourceList", "apiVersion": "v1", "groupVersion": .string(one.apiVersion),
        "resources": .array(one.resources.flatMap(Self.entries)),
      ]
    }
    documents["/"] = ["paths": .array((Array(documents.keys) + Self.otherPaths).sorted().map { .string($0) })]
    self.documents = documents.mapValues(\.jsonBytes)
    var aggregated: [String: Aggregated] = [:]
    for version in Self.aggregatedVersions {
      let core = Self.aggregated(served.filter { $0.group.isEmpty }, groups: [""], version)
      let rest = Self.aggregated(served, groups: groups, version)
      aggregated[version] = Aggregated(core: core, groups: rest, tag: "\"\(ContentHash.hex(core + rest))\"")
    }
    self.aggregated = aggregated
  }

  private static let otherPaths = [
    "/healthz", "/livez", "/metrics", "/openapi/v2", "/openapi/v3", "/readyz", "/version",
  ]

  /// Answers a discovery path. False if it is none.
  func answer(_ path: String, _ responder: Responder) async throws -> Bool {
    let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    guard let document = documents[path] else { return false }
    if path == "/api" || path == "/apis", let version = Self.aggregatedVersion(responder.request),
      let aggregated = aggregated[version]
    {
      let headers: HTTPHeaders = ["etag": aggregated.tag, "vary": "Accept"]
      if responder.request.headers[canonicalForm: "if-none-match"].contains(where: { $0 == aggregated.tag }) {
        try await responder.writer.respond(.notModified, headers: headers)
      } else {
        try await responder.send(
          ByteBuffer(bytes: path == "/api" ? aggregated.core : aggregated.groups), headers: headers,
          contentType: Self.aggregatedType(version))
      }
      return true
    }
    try await responder.json(document, headers: path == "/api" || path == "/apis" ? ["vary": "Accept"] : [:])
    return true
  }

  /// The version of aggregated discovery that a client prefers; nil if it prefers the older documents.
  private static func aggregatedVersion(_ request: HTTPServerRequest) -> String? {
    for media in MediaType.list(request.headers["accept"]) where media.accepts("application/json") {
      guard media.parameters["as"] == "APIGroupDiscoveryList" else {
        if media.parameters["as"] == nil { return nil }
        continue
      }
      if media.parameters["g"] == "apidiscovery.k8s.io", let version = media.parameters["v"],
        aggregatedVersions.contains(version)
      {
        return version
      }
    }
    return nil
  }

  // MARK: Documents

  /// A resource and its subresources in `APIResource` form.
  private static func entries(_ resource: DiscoveredResource) -> [JSONValue] {
    var entry: JSONObject = [
      "name": .string(resource.plural), "singularName": .string(resource.singular),
      "namespaced": .bool(resource.namespaced), "kind": .string(resource.kind), "verbs": strings(resource.verbs),
    ]
    if !resource.shortNames.isEmpty { entry["shortNames"] = strings(resource.shortNames) }
    if !resource.categories.isEmpty { entry["categories"] = strings(resource.categories) }
    if let stored = resource.storedKind { entry["storageVersionHash"] = .string(ContentHash.storageVersion(stored)) }
    var entries: [JSONValue] = [.object(entry)]
    for subresource in resource.subresources {
      var entry: JSONObject = [
        "name": .string("\(resource.plural)/\(subresource.name)"), "singularName": "",
        "namespaced": .bool(resource.namespaced),
      ]
      if subresource.group != resource.group || subresource.version != resource.version {
        entry["group"] = .string(subresource.group)
        entry["version"] = .string(subresource.version)
      }
      entry["kind"] = .string(subresource.kind)
      entry["verbs"] = strings(subresource.verbs)
      entries.append(.object(entry))
    }
    return entries
  }

  private static func aggregated(_ served: [Served], groups: [String], _ version: String) -> [UInt8] {
    let items = groups.map { group -> JSONValue in
      let versions = newestFirst(served.filter { $0.group == group }).map { one -> JSONValue in
        [
          "version": .string(one.version), "resources": .array(one.resources.map(aggregatedEntry)),
          "freshness": "Current",
        ]
      }
      return ["metadata": ["name": .string(group), "creationTimestamp": .null], "versions": .array(versions)]
    }
    return JSONValue.object([
      "kind": "APIGroupDiscoveryList", "apiVersion": .string("apidiscovery.k8s.io/\(version)"), "metadata": [:],
      "items": .array(items),
    ]).jsonBytes
  }

  private static func aggregatedEntry(_ resource: DiscoveredResource) -> JSONValue {
    var entry: JSONObject = [
      "resource": .string(resource.plural),
      "responseKind": kind(resource.group, resource.version, resource.kind),
      "scope": .string(resource.namespaced ? "Namespaced" : "Cluster"),
      "singularResource": .string(resource.singular), "verbs": strings(resource.verbs),
    ]
    if !resource.shortNames.isEmpty { entry["shortNames"] = strings(resource.shortNames) }
    if !resource.categories.isEmpty { entry["categories"] = strings(resource.categories) }
    if !resource.subresources.isEmpty {
      entry["subresources"] = .array(
        resource.subresources.map { subresource in
          [
            "subresource": .string(subresource.name),
            "responseKind": kind(subresource.group, subresource.version, subresource.kind),
            "verbs": strings(subresource.verbs),
          ]
        })
    }
    return .object(entry)
  }

  private static func kind(_ group: String, _ version: String, _ kind: String) -> JSONValue {
    ["group": .string(group), "version": .string(version), "kind": .string(kind)]
  }

  private static func strings(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }

  /// Stable versions (v2, v1) before those that are not (v1beta1), newer ones first.
  private static func newestFirst(_ served: [Served]) -> [Served] {
    func rank(_ version: String) -> (Bool, Int) {
      let digits = version.dropFirst().prefix { $0.isNumber }
      return (digits.count == version.count - 1, Int(digits) ?? 0)
    }
    return served.sorted { left, right in
      let (left, right) = (rank(left.version), rank(right.version))
      return left.0 == right.0 ? left.1 > right.1 : left.0
    }
  }
}
