import JSONDocument
import KubernetesAPI

/// What the tables of several kinds have in common.
enum TableCells {
  /// The time since an object was made, or what stands for it when that is not known.
  static func age(_ created: Time?, _ now: Int64) -> JSONValue {
    guard let created else { return "<unknown>" }
    return .string(HumanDuration.text(seconds: now - created.secondsSinceEpoch))
  }

  static func age(_ metadata: MetaV1.ObjectMeta, _ now: Int64) -> JSONValue { age(metadata.creationTimestamp, now) }

  /// The row of a kind without columns of its own: its name, and when it was made.
  static func created(_ metadata: MetaV1.ObjectMeta) -> [JSONValue] {
    [.string(metadata.name), .string(metadata.creationTimestamp?.description ?? "<unknown>")]
  }

  /// When an object was made, for kinds that have no columns of their own.
  static func created(_ metadata: MetaV1.ObjectMeta) -> JSONValue {
    .string(metadata.creationTimestamp?.description ?? "<unknown>")
  }

  static func text(_ text: String, or absent: String = "<none>") -> JSONValue {
    .string(text.isEmpty ? absent : text)
  }

  static func count(_ count: Int) -> JSONValue { .int(Int64(count)) }
  static func count(_ count: Int32) -> JSONValue { .int(Int64(count)) }

  /// `app=web,tier=front`
  static func labels(_ labels: [String: String]) -> JSONValue {
    text(labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ","))
  }

  /// A selector in the notation of selector parameters.
  static func selector(_ selector: MetaV1.LabelSelector?) -> String {
    guard let selector else { return "<none>" }
    var terms = selector.matchLabels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    for expression in selector.matchExpressions {
      let values = expression.values.sorted().joined(separator: ",")
      switch expression.operator {
      case "In": terms.append("\(expression.key) in (\(values))")
      case "NotIn": terms.append("\(expression.key) notin (\(values))")
      case "Exists": terms.append(expression.key)
      default: terms.append("!\(expression.key)")
      }
    }
    return terms.joined(separator: ",")
  }

  /// The names, and the images, of a template's containers.
  static func containers(_ spec: CoreV1.PodSpec) -> (names: JSONValue, images: JSONValue) {
    (
      .string(spec.containers.map(\.name).joined(separator: ",")),
      .string(spec.containers.map(\.image).joined(separator: ","))
    )
  }
}
