import JSONDocument
import KubernetesAPI

/// ServiceAccounts.
struct ServiceAccountKind: KindRules {
  typealias Object = CoreV1.ServiceAccount

  let storagePath = "serviceaccounts"
  let returnsDeletedObject = true

  func validate(_ account: CoreV1.ServiceAccount, into errors: inout [FieldError]) {}

  func cells(_ account: CoreV1.ServiceAccount, now: Int64) -> [JSONValue] {
    [
      .string(account.metadata.name), TableCells.count(account.secrets.count), TableCells.age(account.metadata, now),
    ]
  }
}
