import JSONDocument
import KubernetesAPI

/// ComponentStatuses: how the parts of the control plane are, asked at the moment of the request. None are stored.
struct ComponentStatusKind: KindRules {
  typealias Object = CoreV1.ComponentStatus

  /// Nothing lies there.
  let storagePath = "componentstatuses"

  func validate(_ status: CoreV1.ComponentStatus, into errors: inout [FieldError]) {}

  func cells(_ status: CoreV1.ComponentStatus, now: Int64) -> [JSONValue] {
    let condition = status.conditions.first { $0.type == "Healthy" }
    let word =
      switch condition?.status {
      case "True"?: "Healthy"
      case "False"?: "Unhealthy"
      default: "Unknown"
      }
    return [
      .string(status.metadata.name), .string(word), .string(condition?.message ?? ""),
      .string(condition?.error ?? ""),
    ]
  }
}

/// How one part of the control plane is.
package struct ComponentHealth: Sendable {
  /// `scheduler`
  package var name: String
  package var isHealthy: Bool
  /// What it says of itself.
  package var message: String
  /// Why it could not be asked.
  package var error: String

  package init(name: String, isHealthy: Bool, message: String = "", error: String = "") {
    self.name = name
    self.isHealthy = isHealthy
    self.message = message
    self.error = error
  }
}
