import JSONDocument

/// The paths that tell what is served, rather than serve it.
extension OpenAPI {
  /// `/version/`, `/api/`, `/apis/` and `/apis/GROUP/`; each group-version's own path is with its resources.
  func addDiscovery(to paths: inout JSONObject, style: Style) {
    var version = OpenAPIOperation(
      id: "getCodeVersion", tag: "version", text: "Tells the version of the server.",
      answer: reference(to: Self.versionInfoName, style))
    version.consumes = ["application/json"]
    version.produces = ["application/json"]
    paths["/version/"] = Self.onlyGet(version, style)
    paths["/api/"] = discovery(
      "getCoreAPIVersions", "core", "Lists the versions of the core group.", kind: "APIVersions", style)
    paths["/apis/"] = discovery(
      "getAPIVersions", "apis", "Lists the groups, and the versions of each.", kind: "APIGroupList", style)
    var groups: Set<String> = [""]
    for groupVersion in resources.groupVersions where groups.insert(groupVersion.group).inserted {
      let name = Self.shortName(ofGroup: groupVersion.group)
      paths["/apis/\(groupVersion.group)/"] = discovery(
        "get\(Self.capitalized(name))APIGroup", name, "Lists the versions of one group.", kind: "APIGroup", style)
    }
  }

  /// `/api/v1/`, `/apis/GROUP/VERSION/`
  func addResourceList(of groupVersion: GroupVersion, to paths: inout JSONObject, style: Style) {
    paths[groupVersion.basePath + "/"] = discovery(
      "get\(Self.prefix(of: groupVersion))APIResources", Self.tag(of: groupVersion),
      "Lists the resources of one version of a group.", kind: "APIResourceList", style)
  }

  private func discovery(
    _ id: String, _ tag: String, _ text: String, kind: String, _ style: Style
  ) -> JSONValue {
    var operation = OpenAPIOperation(
      id: id, tag: tag, text: text, answer: reference(to: Self.metaPrefix + kind, style))
    operation.consumes = OpenAPIOperation.documentTypes
    return Self.onlyGet(operation, style)
  }

  private static func onlyGet(_ operation: OpenAPIOperation, _ style: Style) -> JSONValue {
    ["get": operation.document(style)]
  }

  // MARK: - Types

  /// The kinds of the answers. Unlike others of `meta/v1`, they are of that group-version only.
  static let discoveryKinds = ["APIGroup", "APIGroupList", "APIResourceList", "APIVersions"]

  /// What `/version` answers: no kind of the API.
  static let versionInfoName = "io.k8s.apimachinery.pkg.version.Info"

  static let versionInfo: JSONValue = {
    let required = [
      "major", "minor", "gitVersion", "gitCommit", "gitTreeState", "buildDate", "goVersion", "compiler", "platform",
    ]
    let optional = ["emulationMajor", "emulationMinor", "minCompatibilityMajor", "minCompatibilityMinor"]
    let text: JSONValue = ["type": "string"]
    return [
      "type": "object", "description": "What the server is, and which versions it stands in for.",
      "properties": .object(JSONObject((required + optional).map { ($0, text) })),
      "required": .array(required.map { .string($0) }),
    ]
  }()
}
