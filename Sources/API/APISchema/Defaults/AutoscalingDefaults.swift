import JSONDocument

/// Defaults of autoscaling/v1 and v2.
enum AutoscalingDefaults {
  /// The processor's target is not one of these: annotations may hold other metrics, so the conversion adds it.
  static let kindsV1: KindDefaults.Group = [
    "HorizontalPodAutoscaler": { $0.update("spec") { $0.setDefault("minReplicas", 1) } }
  ]

  static let kindsV2: KindDefaults.Group = ["HorizontalPodAutoscaler": autoscaler]

  /// Without any metric: the processor at 80 % of what is asked for.
  static let metrics: JSONValue = [
    [
      "type": "Resource",
      "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": 80]],
    ]
  ]

  private static func autoscaler(_ autoscaler: inout JSONValue) {
    autoscaler.update("spec") { spec in
      guard case .object = spec else { return }
      spec.setDefault("minReplicas", 1)
      switch spec["metrics"] {
      case nil, .null, .array([]): spec["metrics"] = metrics
      default: break
      }
      spec.update("behavior") { behavior in
        behavior.setDefault("scaleUp", [:])
        behavior.update("scaleUp") { rules in
          rules.setDefault("stabilizationWindowSeconds", 0)
          rules.setDefault("selectPolicy", "Max")
          rules.setDefault(
            "policies",
            [
              ["type": "Pods", "value": 4, "periodSeconds": 15],
              ["type": "Percent", "value": 100, "periodSeconds": 15],
            ])
        }
        behavior.setDefault("scaleDown", [:])
        behavior.update("scaleDown") { rules in
          // Its window is the controller's: how long it is may be configured there.
          rules.setDefault("selectPolicy", "Max")
          rules.setDefault("policies", [["type": "Percent", "value": 100, "periodSeconds": 15]])
        }
      }
    }
  }
}
