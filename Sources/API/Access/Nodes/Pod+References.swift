package import JSONDocument
package import KubernetesAPI

extension CoreV1.Pod {
  /// Reads of a pod only what `NodeGraph` looks at: its names, its annotations and its specification. There are as many
  /// pods as anything, and a front-end is not ready before it has seen all of them.
  /// - Throws: when the bytes are no pod in JSON, as for the whole of it.
  package init(referencesIn json: [UInt8]) throws(JSONError) {
    self.init()
    var reader = JSONReader(json)
    try reader.beginObject()
    while let key = try reader.nextKey() {
      if try reader.readNull() { continue }
      switch key {
      case "metadata": try readMetadata(&reader)
      case "spec": spec = try CoreV1.PodSpec(from: &reader)
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
}
