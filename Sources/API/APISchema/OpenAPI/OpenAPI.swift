package import JSONDocument

/// The OpenAPI documents of the API: `/openapi/v2` whole, `/openapi/v3` one a group-version.
///
/// They hold what clients act on — types, patch strategies, list types, operations with their parameters and kinds —
/// and what `Descriptions` has to say on types and fields. Making one takes milliseconds: make it once and keep its
/// bytes.
package struct OpenAPI: Sendable {
  let schema: Schema
  /// Only these resources and the types that they lead to are described.
  let resources: ResourceTable
  /// `info.version`, such as `v1.33.0`.
  let version: String

  package init(schema: Schema = .builtIn, resources: ResourceTable = .served, version: String) {
    self.schema = schema
    self.resources = resources
    self.version = version
  }

  // MARK: - Version 2

  /// The document of `/openapi/v2`: Swagger 2.0, all group-versions.
  package func v2Document() -> JSONValue {
    var paths = JSONObject()
    addDiscovery(to: &paths, style: .v2)
    for groupVersion in resources.groupVersions { addPaths(of: groupVersion, to: &paths, style: .v2) }
    return [
      "swagger": "2.0",
      "info": info,
      "paths": .object(paths),
      "definitions": definitions(reachableFrom: resources.groupVersions, style: .v2),
      "securityDefinitions": [
        "BearerToken": [
          "description": "Bearer Token authentication", "type": "apiKey", "name": "authorization", "in": "header",
        ]
      ],
      "security": [["BearerToken": []]],
    ]
  }

  // MARK: - Version 3

  /// The document of `/openapi/v3`: where each group-version's document is. The hash in each address changes with
  /// the document, so that clients may keep it.
  package func v3Index() -> JSONValue {
    var paths = JSONObject()
    for groupVersion in resources.groupVersions {
      guard let hash = v3Hash(of: groupVersion) else { continue }
      let path = String(groupVersion.basePath.dropFirst())
      paths[path] = ["serverRelativeURL": .string("/openapi/v3/\(path)?hash=\(hash)")]
    }
    return ["paths": .object(paths)]
  }

  /// The hash in the address of a group-version's document, the same for all of its forms; nil if it is not served.
  /// Makes the document: keep what comes back.
  package func v3Hash(of groupVersion: GroupVersion) -> String? {
    v3Document(of: groupVersion).map { Self.hash($0.jsonBytes) }
  }

  /// The document of a group-version, at `/openapi/v3/api/v1` or `/openapi/v3/apis/GROUP/VERSION`; nil if it is not
  /// served.
  package func v3Document(of groupVersion: GroupVersion) -> JSONValue? {
    guard !resources.resources(of: groupVersion).isEmpty else { return nil }
    var paths = JSONObject()
    addPaths(of: groupVersion, to: &paths, style: .v3)
    return [
      "openapi": "3.0.0",
      "info": info,
      "paths": .object(paths),
      "components": ["schemas": definitions(reachableFrom: [groupVersion], style: .v3)],
    ]
  }

  private var info: JSONValue { ["title": "Kubernetes", "version": .string(version)] }

  /// The two notations.
  enum Style {
    case v2, v3

    var referencePrefix: String { self == .v2 ? "#/definitions/" : "#/components/schemas/" }
  }

  /// FNV-1a, 64 bits, in hexadecimal: it names a document's version and protects nothing.
  private static func hash(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 14_695_981_039_346_656_037
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211 }
    return String(hash, radix: 16)
  }
}
