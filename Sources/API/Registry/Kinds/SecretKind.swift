import JSONDocument
import KubernetesAPI

/// Secrets. `stringData` has become `data` before the rules see it.
struct SecretKind: KindRules {
  typealias Object = CoreV1.Secret

  let storagePath = "secrets"
  let selectableFields = [SelectableField("type")]

  /// The keys that a type of secret must have.
  private static let requiredKeys = [
    "kubernetes.io/tls": ["tls.crt", "tls.key"],
    "kubernetes.io/dockercfg": [".dockercfg"],
    "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
    "kubernetes.io/ssh-auth": ["ssh-privatekey"],
  ]

  func prepareForCreate(_ secret: inout CoreV1.Secret) { secret.stringData = [:] }

  func prepareForUpdate(_ secret: inout CoreV1.Secret, from old: CoreV1.Secret) {
    secret.stringData = [:]
    if secret.type.isEmpty { secret.type = old.type }
  }

  func validate(_ secret: CoreV1.Secret, into errors: inout [FieldError]) {
    let path = FieldPath("data")
    var size = 0
    for (key, value) in secret.data.sorted(by: { $0.key < $1.key }) {
      for problem in NameRules.configKey(key) { errors.append(.invalid(path.key(key), key, problem)) }
      size += value.count
    }
    if size > ConfigMapKind.sizeLimit { errors.append(.tooLong(path, limit: ConfigMapKind.sizeLimit)) }
    for key in Self.requiredKeys[secret.type] ?? [] where secret.data[key] == nil {
      errors.append(.required(path.key(key)))
    }
    switch secret.type {
    case "kubernetes.io/service-account-token":
      if secret.metadata.annotations["kubernetes.io/service-account.name"] ?? "" == "" {
        errors.append(.required(FieldPath("metadata.annotations").key("kubernetes.io/service-account.name")))
      }
    case "kubernetes.io/basic-auth":
      if secret.data["username"] == nil, secret.data["password"] == nil {
        errors.append(.required(path.key("username")))
        errors.append(.required(path.key("password")))
      }
    default: break
    }
  }

  func validateUpdate(_ secret: CoreV1.Secret, from old: CoreV1.Secret, into errors: inout [FieldError]) {
    if secret.type != old.type { errors.append(.invalid(FieldPath("type"), secret.type, "field is immutable")) }
    guard old.immutable == true else { return }
    let detail = "field is immutable when `immutable` is set"
    if secret.immutable != true { errors.append(.forbidden(FieldPath("immutable"), detail)) }
    if secret.data != old.data { errors.append(.forbidden(FieldPath("data"), detail)) }
  }

  func cells(_ secret: CoreV1.Secret, now: Int64) -> [JSONValue] {
    [
      .string(secret.metadata.name), .string(secret.type), TableCells.count(secret.data.count),
      TableCells.age(secret.metadata, now),
    ]
  }
}
