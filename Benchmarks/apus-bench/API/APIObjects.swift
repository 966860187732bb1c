/// The objects that the benchmark makes. Pure.
struct APIObjects: Sendable {
  enum Kind: String, Sendable {
    case configMaps = "configmaps"
    case pods

    /// Of which all objects of the kind are.
    var namespace: String { "bench-\(rawValue)" }
    /// Of the collection.
    var path: String { APIObjects.path(self, in: namespace) }
  }

  /// How many of the objects of a kind have a label's value in common: one in so many.
  static let parts = 100

  /// What a config map holds, without what says where it is.
  private let value: String

  /// - Parameter valueSize: bytes of the value of a config map.
  init(valueSize: Int) {
    value = String(
      String(repeating: "0123456789abcdef", count: valueSize / 16 + 1).prefix(valueSize))
  }

  static func path(_ kind: Kind, in namespace: String) -> String { "/api/v1/namespaces/\(namespace)/\(kind.rawValue)" }

  static func name(_ number: Int) -> String {
    let digits = String(number)
    return "bench-" + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
  }

  /// - Parameter write: the number of the write, for an object whose writes are told apart.
  func configMap(_ number: Int, in namespace: String, write: Int? = nil) -> String {
    let mark = write.map { "," + WriteMark.member($0) } ?? ""
    let data = "{\"value\":\"\(value)\"\(mark)}"
    return #"{"apiVersion":"v1","kind":"ConfigMap",\#(metadata(number, namespace)),"data":\#(data)}"#
  }

  /// A pod that passes validation and that nobody has given a node. It mounts no token, so that it is the same whatever
  /// a front-end's admission does about tokens.
  func pod(_ number: Int, in namespace: String) -> String {
    #"""
    {"apiVersion":"v1","kind":"Pod",\#(metadata(number, namespace)),"spec":{"automountServiceAccountToken":false,\#
    "containers":[{"name":"server","image":"registry.example/apus-demo:v1","args":["--port","8080"],\#
    "env":[{"name":"MODE","value":"production"},\#
    {"name":"POD","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}],\#
    "ports":[{"name":"http","containerPort":8080}],"readinessProbe":{"httpGet":{"path":"/ready","port":"http"}},\#
    "resources":{"requests":{"cpu":"10m","memory":"8Mi"},"limits":{"memory":"64Mi"}}}]}}
    """#
  }

  func document(_ kind: Kind, _ number: Int, in namespace: String) -> String {
    switch kind {
    case .configMaps: configMap(number, in: namespace)
    case .pods: pod(number, in: namespace)
    }
  }

  private func metadata(_ number: Int, _ namespace: String) -> String {
    let labels = #"{"app":"bench","part":"\#(number % Self.parts)"}"#
    return #""metadata":{"name":"\#(Self.name(number))","namespace":"\#(namespace)","labels":\#(labels)}"#
  }
}
