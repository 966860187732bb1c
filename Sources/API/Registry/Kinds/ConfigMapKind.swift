import JSONDocument
import KubernetesAPI

/// ConfigMaps.
struct ConfigMapKind: KindRules {
  typealias Object = CoreV1.ConfigMap
  /// The limit of all values together.
  static let sizeLimit = 1 << 20

  let storagePath = "configmaps"

  func validate(_ map: CoreV1.ConfigMap, into errors: inout [FieldError]) {
    // In order, and with paths, only where there is something to say.
    let wrong = map.data.keys.filter { !NameRules.configKey($0).isEmpty || map.binaryData[$0] != nil }
    for key in wrong.sorted() {
      let path = FieldPath("data").key(key)
      for problem in NameRules.configKey(key) { errors.append(.invalid(path, key, problem)) }
      if map.binaryData[key] != nil {
        errors.append(.invalid(path, key, "duplicate of key present in binaryData"))
      }
    }
    for key in map.binaryData.keys.filter({ !NameRules.configKey($0).isEmpty }).sorted() {
      for problem in NameRules.configKey(key) {
        errors.append(.invalid(FieldPath("binaryData").key(key), key, problem))
      }
    }
    let size =
      map.data.values.reduce(0) { $0 + $1.utf8.count } + map.binaryData.values.reduce(0) { $0 + $1.count }
    if size > Self.sizeLimit { errors.append(.tooLong(.whole, limit: Self.sizeLimit)) }
  }

  func validateUpdate(_ map: CoreV1.ConfigMap, from old: CoreV1.ConfigMap, into errors: inout [FieldError]) {
    guard old.immutable == true else { return }
    let detail = "field is immutable when `immutable` is set"
    if map.immutable != true { errors.append(.forbidden(FieldPath("immutable"), detail)) }
    if map.data != old.data { errors.append(.forbidden(FieldPath("data"), detail)) }
    if map.binaryData != old.binaryData { errors.append(.forbidden(FieldPath("binaryData"), detail)) }
  }

  func cells(_ map: CoreV1.ConfigMap, now: Int64) -> [JSONValue] {
    [
      .string(map.metadata.name), TableCells.count(map.data.count + map.binaryData.count),
      TableCells.age(map.metadata, now),
    ]
  }
}
