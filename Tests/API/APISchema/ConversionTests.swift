import APISchema
import JSONDocument
import Testing

private let v1 = GroupVersionKind(group: "autoscaling", version: "v1", kind: "HorizontalPodAutoscaler")
private let v2 = GroupVersionKind(group: "autoscaling", version: "v2", kind: "HorizontalPodAutoscaler")
private let coreEvent = GroupVersionKind(group: "", version: "v1", kind: "Event")
private let groupEvent = GroupVersionKind(group: "events.k8s.io", version: "v1", kind: "Event")

@Suite struct ConversionTests {
  private func convert(_ document: JSONValue, _ source: GroupVersionKind, _ target: GroupVersionKind) throws
    -> JSONValue
  {
    let converted = try #require(VersionConversion.convert(document, from: source, to: target))
    #expect(try Schema.builtIn.decode(converted, as: target).strictErrors.isEmpty)
    return converted
  }

  @Test func aSimpleAutoscaler() throws {
    let old: JSONValue = [
      "apiVersion": "autoscaling/v1", "kind": "HorizontalPodAutoscaler",
      "metadata": ["name": "a", "annotations": ["mine": "x"]],
      "spec": [
        "maxReplicas": 5, "scaleTargetRef": ["kind": "Deployment", "name": "d"], "targetCPUUtilizationPercentage": 70,
      ],
      "status": ["currentReplicas": 1, "desiredReplicas": 2, "currentCPUUtilizationPercentage": 90],
    ]
    let new = try convert(old, v1, v2)
    #expect(new["apiVersion"] == "autoscaling/v2")
    #expect(
      new["spec"]?["metrics"] == [
        [
          "type": "Resource",
          "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": 70]],
        ]
      ])
    #expect(
      new["status"]?["currentMetrics"] == [
        ["type": "Resource", "resource": ["name": "cpu", "current": ["averageUtilization": 90]]]
      ])
    #expect(new["metadata"]?["annotations"] == ["mine": "x"])
    let back = try convert(new, v2, v1)
    #expect(back["spec"] == old["spec"])
    #expect(back["status"] == old["status"])
    #expect(back["metadata"]?["annotations"]?["mine"] == "x")
    // What the older version always shows.
    let idle = try convert(["spec": ["maxReplicas": 1], "status": ["desiredReplicas": 0]], v2, v1)
    #expect(idle["status"]?["currentReplicas"] == 0)
    #expect(try convert(idle, v1, v2)["status"]?["currentReplicas"] == nil)
    // Without any metric: the processor at 80 %.
    let bare = try convert(["spec": ["maxReplicas": 1]], v1, v2)
    #expect(bare["spec"]?["metrics"]?.arrayValue?.first?[path: "resource", "target", "averageUtilization"] == 80)
  }

  @Test func everyMetricSurvives() throws {
    let selector: JSONValue = ["matchLabels": ["a": "b"]]
    let described: JSONValue = ["kind": "Ingress", "name": "i", "apiVersion": "networking.k8s.io/v1"]
    let new: JSONValue = [
      "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": ["name": "a"],
      "spec": [
        "maxReplicas": 5, "scaleTargetRef": ["kind": "Deployment", "name": "d"],
        "metrics": [
          [
            "type": "Resource",
            "resource": ["name": "memory", "target": ["type": "AverageValue", "averageValue": "1Gi"]],
          ],
          [
            "type": "Pods",
            "pods": [
              "metric": ["name": "p", "selector": selector], "target": ["type": "AverageValue", "averageValue": "5"],
            ],
          ],
          [
            "type": "Object",
            "object": [
              "describedObject": described, "metric": ["name": "o"], "target": ["type": "Value", "value": "10"],
            ],
          ],
          [
            "type": "Object",
            "object": [
              "describedObject": described, "metric": ["name": "q"],
              "target": ["type": "AverageValue", "averageValue": "2"],
            ],
          ],
          [
            "type": "External",
            "external": ["metric": ["name": "e", "selector": selector], "target": ["type": "Value", "value": "3"]],
          ],
          [
            "type": "ContainerResource",
            "containerResource": [
              "name": "cpu", "container": "c", "target": ["type": "Utilization", "averageUtilization": 60],
            ],
          ],
          [
            "type": "Resource",
            "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": 50]],
          ],
        ],
        "behavior": [
          "scaleUp": [
            "stabilizationWindowSeconds": 0, "policies": [["type": "Pods", "value": 4, "periodSeconds": 15]],
            "tolerance": "50m",
          ],
          "scaleDown": ["selectPolicy": "Disabled"],
        ],
      ],
      "status": [
        "currentReplicas": 1, "desiredReplicas": 1,
        "conditions": [["type": "AbleToScale", "status": "True", "lastTransitionTime": "2024-01-01T00:00:00Z"]],
        "currentMetrics": [
          [
            "type": "Resource",
            "resource": ["name": "cpu", "current": ["averageUtilization": 40, "averageValue": "20m"]],
          ],
          [
            "type": "Object",
            "object": ["describedObject": described, "metric": ["name": "o"], "current": ["value": "7"]],
          ],
          ["type": "External", "external": ["metric": ["name": "e"], "current": ["averageValue": "7"]]],
        ],
      ],
    ]
    let old = try convert(new, v2, v1)
    #expect(old["spec"]?["targetCPUUtilizationPercentage"] == 50)
    #expect(old["status"]?["currentCPUUtilizationPercentage"] == 40)
    let prefix = "autoscaling.alpha.kubernetes.io/"
    let annotations = try #require(old["metadata"]?["annotations"]?.objectValue)
    #expect(
      Set(annotations.keys)
        == Set(["metrics", "behavior", "conditions", "current-metrics", "scale-up-tolerance"].map { prefix + $0 }))
    #expect(
      annotations[prefix + "metrics"]?.stringValue?.hasPrefix(
        #"[{"type":"Resource","resource":{"name":"memory","targetAverageValue":"1Gi"}},{"type":"Pods","pods":{"metricName":"p","#
      )
        == true)
    #expect(
      annotations[prefix + "behavior"]
        == .string(
          #"{"ScaleUp":{"StabilizationWindowSeconds":0,"SelectPolicy":null,"Policies":[{"Type":"Pods","Value":4,"PeriodSeconds":15}]},"#
            + #""ScaleDown":{"StabilizationWindowSeconds":null,"SelectPolicy":"Disabled","Policies":null}}"#))
    #expect(try convert(old, v1, v2) == new)
    // Twice is the same as once.
    #expect(try convert(convert(old, v1, v2), v2, v1) == old)
  }

  @Test func brokenAnnotationsAreIgnored() throws {
    let names = ["metrics", "behavior", "conditions", "current-metrics"].map { "autoscaling.alpha.kubernetes.io/" + $0 }
    for text in ["", "{", "null", "7", "[]", "{}", #"["a"]"#] {
      let annotations = JSONObject(names.map { ($0, .string(text)) })
      let old: JSONValue = ["metadata": ["annotations": .object(annotations)], "spec": ["maxReplicas": 1]]
      let new = try #require(VersionConversion.convert(old, from: v1, to: v2))
      #expect(new["metadata"]?["annotations"] == nil)
    }
  }

  @Test func events() throws {
    let event: JSONValue = [
      "apiVersion": "v1", "kind": "Event", "metadata": ["name": "e"], "involvedObject": ["kind": "Pod", "name": "p"],
      "reason": "Started", "message": "m", "source": ["component": "kubelet"], "count": 3, "type": "Normal",
      "firstTimestamp": "2024-01-01T00:00:00Z", "lastTimestamp": "2024-01-01T00:00:01Z",
      "eventTime": "2024-01-01T00:00:00.000001Z", "reportingComponent": "c", "reportingInstance": "i", "action": "a",
      "series": ["count": 2, "lastObservedTime": "2024-01-01T00:00:00.000001Z"], "related": ["kind": "Node"],
    ]
    let converted = try convert(event, coreEvent, groupEvent)
    #expect(
      converted == [
        "apiVersion": "events.k8s.io/v1", "kind": "Event", "metadata": ["name": "e"],
        "regarding": ["kind": "Pod", "name": "p"], "reason": "Started", "note": "m",
        "deprecatedSource": ["component": "kubelet"], "deprecatedCount": 3, "type": "Normal",
        "deprecatedFirstTimestamp": "2024-01-01T00:00:00Z", "deprecatedLastTimestamp": "2024-01-01T00:00:01Z",
        "eventTime": "2024-01-01T00:00:00.000001Z", "reportingController": "c", "reportingInstance": "i",
        "action": "a", "series": ["count": 2, "lastObservedTime": "2024-01-01T00:00:00.000001Z"],
        "related": ["kind": "Node"],
      ])
    #expect(try convert(converted, groupEvent, coreEvent) == event)
    #expect(VersionConversion.convert(event, from: coreEvent, to: v1) == nil)
  }
}
