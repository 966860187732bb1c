package import JSONDocument
package import KubernetesAPI

extension CoreV1.Pod {
  /// Reads of a pod only what `NodeGraph` looks at: its names and annotations, its node, and what refers to other
  /// objects. What is passed over is checked to be JSON.
  /// - Throws: when the bytes are no pod in JSON.
  package init(referencesIn json: [UInt8]) throws(JSONError) {
    self.init()
    var reader = JSONReader(json)
    try reader.beginObject()
    while let key = try reader.nextKey() {
      if try reader.readNull() { continue }
      switch key {
      case "metadata": try readMetadata(&reader)
      case "spec": spec = try Self.readSpecification(&reader)
      default: try reader.skipValue()
      }
    }
    try reader.finish()
  }

  private mutating func readMetadata(_ reader: inout JSONReader) throws(JSONError) {
    try reader.beginObject()
    while let key = try reader.nextKey() {
      if try reader.readNull() { continue }
      switch key {
      case "name": metadata.name = try reader.readString()
      case "namespace": metadata.namespace = try reader.readString()
      case "uid": metadata.uid = try reader.readString()
      case "annotations": metadata.annotations = try reader.readMap(of: String.self)
      default: try reader.skipValue()
      }
    }
  }

  private static func readSpecification(_ reader: inout JSONReader) throws(JSONError) -> CoreV1.PodSpec {
    var spec = CoreV1.PodSpec()
    try reader.beginObject()
    while let key = try reader.nextKey() {
      if try reader.readNull() { continue }
      switch key {
      case "nodeName": spec.nodeName = try reader.readString()
      case "serviceAccountName": spec.serviceAccountName = try reader.readString()
      case "imagePullSecrets": spec.imagePullSecrets = try reader.readArray()
      case "volumes": spec.volumes = try reader.readArray()
      case "containers": spec.containers = try readContainers(&reader)
      case "initContainers": spec.initContainers = try readContainers(&reader)
      case "ephemeralContainers":
        spec.ephemeralContainers = try readContainers(&reader).map {
          CoreV1.EphemeralContainer(envFrom: $0.envFrom, env: $0.env)
        }
      default: try reader.skipValue()
      }
    }
    return spec
  }

  /// Containers with nothing but their environments.
  private static func readContainers(_ reader: inout JSONReader) throws(JSONError) -> [CoreV1.Container] {
    var containers: [CoreV1.Container] = []
    try reader.beginArray()
    while try reader.nextElement() {
      if try reader.readNull() { continue }
      var container = CoreV1.Container()
      try reader.beginObject()
      while let key = try reader.nextKey() {
        if try reader.readNull() { continue }
        switch key {
        case "env": container.env = try reader.readArray()
        case "envFrom": container.envFrom = try reader.readArray()
        default: try reader.skipValue()
        }
      }
      containers.append(container)
    }
    return containers
  }
}
