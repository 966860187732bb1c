import JSONDocument

/// Horizontal pod autoscalers in autoscaling/v1 and v2. The older version has one number for the processor; other
/// metrics, the behaviour, the current metrics and the conditions are JSON in annotations.
enum AutoscalerConversion {
  private static let prefix = "autoscaling.alpha.kubernetes.io/"
  private static let metrics = prefix + "metrics"
  private static let currentMetrics = prefix + "current-metrics"
  private static let conditions = prefix + "conditions"
  private static let behavior = prefix + "behavior"
  private static let scaleUpTolerance = prefix + "scale-up-tolerance"
  private static let scaleDownTolerance = prefix + "scale-down-tolerance"
  private static let all = [metrics, currentMetrics, conditions, behavior, scaleUpTolerance, scaleDownTolerance]

  // MARK: - v1 to v2

  static func toV2(_ autoscaler: JSONObject) -> JSONObject {
    var result = autoscaler
    let annotations = autoscaler["metadata"]?["annotations"]?.objectValue ?? JSONObject()
    func annotation(_ name: String) -> JSONValue? {
      annotations[name]?.stringValue.flatMap { try? JSONValue(jsonBytes: Array($0.utf8)) }
    }

    var spec = autoscaler["spec"]?.objectValue ?? JSONObject()
    var targets = (annotation(metrics)?.arrayValue ?? []).map(AutoscalerMetrics.specToV2)
    if let percentage = spec.removeValue(forKey: "targetCPUUtilizationPercentage"), !percentage.isNull {
      targets.append(AutoscalerMetrics.processorTarget(percentage))
    }
    spec["metrics"] = targets.isEmpty ? AutoscalingDefaults.metrics : .array(targets)
    if case .object(let rules)? = annotation(behavior) {
      var behavior = JSONObject()
      for (old, new, tolerance) in [
        ("ScaleUp", "scaleUp", scaleUpTolerance), ("ScaleDown", "scaleDown", scaleDownTolerance),
      ] {
        guard let scaling = rules[old], !scaling.isNull else { continue }
        behavior[new] = AutoscalerMetrics.rulesToV2(scaling)
        if let amount = annotations[tolerance] { behavior[new]?["tolerance"] = amount }
      }
      spec["behavior"] = .object(behavior)
    }
    result["spec"] = .object(spec)

    var status = autoscaler["status"]?.objectValue ?? JSONObject()
    let percentage = status.removeValue(forKey: "currentCPUUtilizationPercentage") ?? .null
    if status["currentReplicas"] == 0 { status.removeValue(forKey: "currentReplicas") }
    if case .array(let current)? = annotation(currentMetrics), !current.isEmpty {
      status["currentMetrics"] = .array(current.map(AutoscalerMetrics.statusToV2))
    } else if !percentage.isNull {
      status["currentMetrics"] = [AutoscalerMetrics.processorStatus(percentage)]
    }
    if case .array(let list)? = annotation(conditions), !list.isEmpty { status["conditions"] = .array(list) }
    if autoscaler["status"] != nil || !status.isEmpty { result["status"] = .object(status) }

    setAnnotations(&result, [:])
    return result
  }

  // MARK: - v2 to v1

  static func toV1(_ autoscaler: JSONObject) -> JSONObject {
    var result = autoscaler
    var annotations = JSONObject()
    func annotate(_ name: String, _ value: JSONValue) { annotations[name] = .string(value.description) }

    var spec = autoscaler["spec"]?.objectValue ?? JSONObject()
    let targets = spec.removeValue(forKey: "metrics")?.arrayValue ?? []
    var others: [JSONValue] = []
    for target in targets {
      let percentage = AutoscalerMetrics.processorPercentage(of: target)
      if let percentage, spec["targetCPUUtilizationPercentage"] == nil {
        spec["targetCPUUtilizationPercentage"] = percentage
      } else {
        others.append(AutoscalerMetrics.specToV1(target))
      }
    }
    if !others.isEmpty { annotate(metrics, .array(others)) }
    if case .object(let rules)? = spec.removeValue(forKey: "behavior") {
      var old = JSONObject()
      for (new, name, tolerance) in [
        ("scaleUp", "ScaleUp", scaleUpTolerance), ("scaleDown", "ScaleDown", scaleDownTolerance),
      ] {
        guard let scaling = rules[new], !scaling.isNull else { continue }
        old[name] = AutoscalerMetrics.rulesToV1(scaling)
        if let amount = scaling["tolerance"], !amount.isNull { annotations[tolerance] = amount }
      }
      annotate(behavior, .object(old))
    }
    result["spec"] = .object(spec)

    var status = autoscaler["status"]?.objectValue ?? JSONObject()
    if case .array(let current)? = status.removeValue(forKey: "currentMetrics"), !current.isEmpty {
      for metric in current {
        guard metric["type"] == "Resource", metric["resource"]?["name"] == "cpu",
          let percentage = metric["resource"]?["current"]?["averageUtilization"], !percentage.isNull
        else { continue }
        status["currentCPUUtilizationPercentage"] = percentage
        break
      }
      annotate(currentMetrics, .array(current.map(AutoscalerMetrics.statusToV1)))
    }
    if case .array(let list)? = status.removeValue(forKey: "conditions"), !list.isEmpty {
      annotate(conditions, .array(list))
    }
    // The older version always shows it, and clients rely on that.
    if autoscaler["status"] != nil, status["currentReplicas"] == nil { status["currentReplicas"] = 0 }
    if autoscaler["status"] != nil || !status.isEmpty { result["status"] = .object(status) }

    setAnnotations(&result, annotations)
    return result
  }

  /// Replaces the annotations of the conversion, and leaves the others alone.
  private static func setAnnotations(_ autoscaler: inout JSONObject, _ ours: JSONObject) {
    var metadata = autoscaler["metadata"]?.objectValue ?? JSONObject()
    var annotations = metadata["annotations"]?.objectValue ?? JSONObject()
    let hadAny = !annotations.isEmpty
    for name in all { annotations.removeValue(forKey: name) }
    for member in ours.members { annotations[member.key] = member.value }
    if annotations.isEmpty {
      if hadAny { metadata.removeValue(forKey: "annotations") }
    } else {
      metadata["annotations"] = .object(annotations)
    }
    if !metadata.isEmpty || autoscaler["metadata"] != nil { autoscaler["metadata"] = .object(metadata) }
  }
}

/// The forms of a metric in both versions.
enum AutoscalerMetrics {
  // MARK: The processor

  static func processorTarget(_ percentage: JSONValue) -> JSONValue {
    [
      "type": "Resource",
      "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": percentage]],
    ]
  }

  static func processorStatus(_ percentage: JSONValue) -> JSONValue {
    ["type": "Resource", "resource": ["name": "cpu", "current": ["averageUtilization": percentage]]]
  }

  static func processorPercentage(of metric: JSONValue) -> JSONValue? {
    guard metric["type"] == "Resource", metric["resource"]?["name"] == "cpu",
      let percentage = metric["resource"]?["target"]?["averageUtilization"], !percentage.isNull
    else { return nil }
    return percentage
  }

  // MARK: What is aimed at

  static func specToV2(_ metric: JSONValue) -> JSONValue {
    map(metric) { source, type in
      switch type {
      case "object":
        let amounts = member("value", source["targetValue"], unlessZeroBeside: source["averageValue"])
        return [
          "describedObject": source["target"] ?? [:], "metric": identifier(source, "metricName", "selector"),
          "target": target(amounts, average: source["averageValue"]),
        ]
      case "pods":
        return [
          "metric": identifier(source, "metricName", "selector"),
          "target": target(JSONObject(), average: source["targetAverageValue"]),
        ]
      case "resource", "containerResource":
        var target = JSONObject()
        let percentage = source["targetAverageUtilization"] ?? .null
        target["type"] = percentage.isNull ? "AverageValue" : "Utilization"
        set(&target, "averageUtilization", percentage)
        set(&target, "averageValue", source["targetAverageValue"])
        var result: JSONObject = ["name": source["name"] ?? "", "target": .object(target)]
        if type == "containerResource" { result["container"] = source["container"] ?? "" }
        return result
      default:
        return [
          "metric": identifier(source, "metricName", "metricSelector"),
          "target": target(member("value", source["targetValue"]), average: source["targetAverageValue"]),
        ]
      }
    }
  }

  static func specToV1(_ metric: JSONValue) -> JSONValue {
    map(metric) { source, type in
      let target = source["target"] ?? [:]
      var result = JSONObject()
      switch type {
      case "object":
        result["target"] = source["describedObject"] ?? [:]
        name(&result, source, "selector")
        result["targetValue"] = present(target["value"]) ?? "0"
        set(&result, "averageValue", target["averageValue"])
      case "pods":
        name(&result, source, "selector")
        result["targetAverageValue"] = present(target["averageValue"]) ?? "0"
      case "resource", "containerResource":
        result["name"] = source["name"] ?? ""
        set(&result, "targetAverageUtilization", target["averageUtilization"])
        set(&result, "targetAverageValue", target["averageValue"])
        if type == "containerResource" { result["container"] = source["container"] ?? "" }
      default:
        name(&result, source, "metricSelector")
        set(&result, "targetValue", target["value"])
        set(&result, "targetAverageValue", target["averageValue"])
      }
      return result
    }
  }

  // MARK: What is measured

  static func statusToV2(_ metric: JSONValue) -> JSONValue {
    map(metric) { source, type in
      switch type {
      case "object":
        var current = member("value", source["currentValue"], unlessZeroBeside: source["averageValue"])
        set(&current, "averageValue", source["averageValue"])
        return [
          "metric": identifier(source, "metricName", "selector"), "current": .object(current),
          "describedObject": source["target"] ?? [:],
        ]
      case "pods":
        return [
          "metric": identifier(source, "metricName", "selector"),
          "current": .object(member("averageValue", source["currentAverageValue"])),
        ]
      case "resource", "containerResource":
        var current = member(
          "averageValue", source["currentAverageValue"], unlessZeroBeside: source["currentAverageUtilization"])
        set(&current, "averageUtilization", source["currentAverageUtilization"])
        var result: JSONObject = ["name": source["name"] ?? "", "current": .object(current)]
        if type == "containerResource" { result["container"] = source["container"] ?? "" }
        return result
      default:
        var current = member("value", source["currentValue"], unlessZeroBeside: source["currentAverageValue"])
        set(&current, "averageValue", source["currentAverageValue"])
        return ["metric": identifier(source, "metricName", "metricSelector"), "current": .object(current)]
      }
    }
  }

  static func statusToV1(_ metric: JSONValue) -> JSONValue {
    map(metric) { source, type in
      let current = source["current"] ?? [:]
      var result = JSONObject()
      switch type {
      case "object":
        result["target"] = source["describedObject"] ?? [:]
        name(&result, source, "selector")
        result["currentValue"] = present(current["value"]) ?? "0"
        set(&result, "averageValue", current["averageValue"])
      case "pods":
        name(&result, source, "selector")
        result["currentAverageValue"] = present(current["averageValue"]) ?? "0"
      case "resource", "containerResource":
        result["name"] = source["name"] ?? ""
        set(&result, "currentAverageUtilization", current["averageUtilization"])
        result["currentAverageValue"] = present(current["averageValue"]) ?? "0"
        if type == "containerResource" { result["container"] = source["container"] ?? "" }
      default:
        name(&result, source, "metricSelector")
        result["currentValue"] = present(current["value"]) ?? "0"
        set(&result, "currentAverageValue", current["averageValue"])
      }
      return result
    }
  }

  // MARK: How fast it goes

  /// In the annotation the names of the fields begin with capitals.
  private static let ruleNames = [
    ("StabilizationWindowSeconds", "stabilizationWindowSeconds"), ("SelectPolicy", "selectPolicy"),
  ]
  private static let policyNames = [("Type", "type"), ("Value", "value"), ("PeriodSeconds", "periodSeconds")]

  static func rulesToV2(_ rules: JSONValue) -> JSONValue {
    var result = JSONObject()
    for (old, new) in ruleNames { set(&result, new, rules[old]) }
    if case .array(let policies)? = rules["Policies"] {
      result["policies"] = .array(
        policies.map { policy in
          var result = JSONObject()
          for (old, new) in policyNames { set(&result, new, policy[old]) }
          return .object(result)
        })
    }
    return .object(result)
  }

  static func rulesToV1(_ rules: JSONValue) -> JSONValue {
    var result = JSONObject()
    for (old, new) in ruleNames { result[old] = present(rules[new]) ?? .null }
    if case .array(let policies)? = rules["policies"] {
      result["Policies"] = .array(
        policies.map { policy in
          var result = JSONObject()
          for (old, new) in policyNames { set(&result, old, policy[new]) }
          return .object(result)
        })
    } else {
      result["Policies"] = .null
    }
    return .object(result)
  }

  // MARK: Parts

  /// A metric has its type and one member for it: `ContainerResource`, `containerResource`. What is something else
  /// stays as it is.
  private static func map(_ metric: JSONValue, _ body: (JSONValue, String) -> JSONObject) -> JSONValue {
    guard case .object(var result) = metric else { return metric }
    for type in ["object", "pods", "resource", "containerResource", "external"] {
      if let source = result[type], case .object = source { result[type] = .object(body(source, type)) }
    }
    return .object(result)
  }

  private static func present(_ value: JSONValue?) -> JSONValue? {
    guard let value, !value.isNull else { return nil }
    return value
  }

  private static func set(_ object: inout JSONObject, _ name: String, _ value: JSONValue?) {
    if let value = present(value) { object[name] = value }
  }

  /// Where the older version must have a value, zero beside another one stands for none.
  private static func member(
    _ name: String, _ value: JSONValue?, unlessZeroBeside other: JSONValue? = nil
  ) -> JSONObject {
    guard let value = present(value), value != "0" || present(other) == nil else { return JSONObject() }
    return [name: value]
  }

  private static func identifier(_ source: JSONValue, _ nameField: String, _ selectorField: String) -> JSONValue {
    var result: JSONObject = ["name": source[nameField] ?? ""]
    set(&result, "selector", source[selectorField])
    return .object(result)
  }

  private static func name(_ result: inout JSONObject, _ source: JSONValue, _ selectorField: String) {
    result["metricName"] = source["metric"]?["name"] ?? ""
    set(&result, selectorField, source["metric"]?["selector"])
  }

  private static func target(_ amounts: JSONObject, average: JSONValue?) -> JSONValue {
    var result = amounts
    result["type"] = present(average) == nil ? "Value" : "AverageValue"
    set(&result, "averageValue", average)
    return .object(result)
  }
}
