import APISchema
import JSONDocument
import Testing

/// Defaults that Kubernetes' API reference states, group by group; pods, deployments and services are in
/// `DefaultsTests`.
@Suite struct GroupDefaultsTests {
  private func defaulted(
    _ document: JSONValue, _ group: String, _ kind: String, version: String = "v1"
  ) throws -> JSONValue {
    var document = document
    let kind = GroupVersionKind(group: group, version: version, kind: kind)
    Schema.builtIn.applyDefaults(to: &document, as: kind)
    var again = document
    Schema.builtIn.applyDefaults(to: &again, as: kind)
    #expect(again == document, "defaults are idempotent")
    #expect(try Schema.builtIn.decode(document, as: kind).strictErrors.isEmpty)
    return document
  }

  @Test func jobs() throws {
    let template: JSONValue = ["metadata": ["labels": ["a": "b"]], "spec": ["restartPolicy": "Never"]]
    let job = try defaulted(["spec": ["template": template]], "batch", "Job")
    #expect(job["metadata"]?["labels"] == ["a": "b"])
    var spec = try #require(job["spec"])
    spec["template"] = nil
    #expect(
      spec == [
        "completions": 1, "parallelism": 1, "backoffLimit": 6, "completionMode": "NonIndexed", "suspend": false,
        "manualSelector": false, "podReplacementPolicy": "TerminatingOrFailed",
      ])
    let queue = try defaulted(
      [
        "spec": [
          "parallelism": 3, "backoffLimitPerIndex": 1,
          "podFailurePolicy": ["rules": [["onPodConditions": [["type": "X"]]]]],
        ]
      ],
      "batch", "Job")["spec"]
    #expect(queue?["completions"] == nil && queue?["parallelism"] == 3)
    #expect(queue?["backoffLimit"] == 2_147_483_647)
    #expect(queue?["podReplacementPolicy"] == "Failed")
    #expect(queue?["podFailurePolicy"] == ["rules": [["onPodConditions": [["type": "X", "status": "True"]]]]])
  }

  @Test func cronJobs() throws {
    let spec = try defaulted(
      ["spec": ["schedule": "* * * * *", "jobTemplate": ["spec": ["template": ["spec": ["containers": []]]]]]],
      "batch", "CronJob")["spec"]
    #expect(spec?["concurrencyPolicy"] == "Allow")
    #expect(spec?["suspend"] == false)
    #expect(spec?["successfulJobsHistoryLimit"] == 3)
    #expect(spec?["failedJobsHistoryLimit"] == 1)
    #expect(spec?[path: "jobTemplate", "spec", "completions"] == nil, "the job's own, when it is made")
    #expect(spec?[path: "jobTemplate", "spec", "template", "spec", "dnsPolicy"] == "ClusterFirst")
  }

  @Test func statefulAndDaemonSets() throws {
    let set = try defaulted(
      ["spec": ["template": [:], "volumeClaimTemplates": [["metadata": ["name": "d"], "spec": [:]]]]], "apps",
      "StatefulSet")["spec"]
    #expect(set?["replicas"] == 1 && set?["revisionHistoryLimit"] == 10)
    #expect(set?["podManagementPolicy"] == "OrderedReady")
    #expect(set?["updateStrategy"] == ["type": "RollingUpdate", "rollingUpdate": ["partition": 0]])
    #expect(set?["persistentVolumeClaimRetentionPolicy"] == ["whenDeleted": "Retain", "whenScaled": "Retain"])
    #expect(
      set?["volumeClaimTemplates"] == [
        [
          "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": ["name": "d"],
          "spec": ["volumeMode": "Filesystem"], "status": ["phase": "Pending"],
        ]
      ])
    let named = try defaulted(["spec": ["updateStrategy": ["type": "RollingUpdate"]]], "apps", "StatefulSet")["spec"]
    #expect(named?["updateStrategy"] == ["type": "RollingUpdate"])
    let daemons = try defaulted(["spec": ["template": [:]]], "apps", "DaemonSet")["spec"]
    #expect(
      daemons?["updateStrategy"]
        == ["type": "RollingUpdate", "rollingUpdate": ["maxUnavailable": 1, "maxSurge": 0]])
  }

  @Test func autoscalers() throws {
    let plain = try defaulted(["spec": ["maxReplicas": 3]], "autoscaling", "HorizontalPodAutoscaler", version: "v2")
    #expect(
      plain["spec"] == [
        "maxReplicas": 3, "minReplicas": 1,
        "metrics": [
          [
            "type": "Resource",
            "resource": ["name": "cpu", "target": ["type": "Utilization", "averageUtilization": 80]],
          ]
        ],
      ])
    let rules = try defaulted(
      ["spec": ["behavior": ["scaleDown": ["selectPolicy": "Disabled"]]]], "autoscaling", "HorizontalPodAutoscaler",
      version: "v2")[path: "spec", "behavior"]
    #expect(
      rules?["scaleUp"] == [
        "stabilizationWindowSeconds": 0, "selectPolicy": "Max",
        "policies": [
          ["type": "Pods", "value": 4, "periodSeconds": 15], ["type": "Percent", "value": 100, "periodSeconds": 15],
        ],
      ])
    #expect(
      rules?["scaleDown"] == [
        "selectPolicy": "Disabled", "policies": [["type": "Percent", "value": 100, "periodSeconds": 15]],
      ])
    #expect(
      try defaulted(["spec": ["maxReplicas": 3]], "autoscaling", "HorizontalPodAutoscaler")["spec"]
        == ["maxReplicas": 3, "minReplicas": 1])
  }

  @Test func networking() throws {
    let group = "networking.k8s.io"
    #expect(
      try defaulted(["spec": ["podSelector": [:]]], group, "NetworkPolicy")["spec"]
        == ["podSelector": [:], "policyTypes": ["Ingress"]])
    let both = try defaulted(["spec": ["egress": [["ports": [["port": 53]]]]]], group, "NetworkPolicy")["spec"]
    #expect(both?["policyTypes"] == ["Ingress", "Egress"])
    #expect(both?["egress"] == [["ports": [["port": 53, "protocol": "TCP"]]]])
    #expect(
      try defaulted(["spec": ["parameters": ["kind": "K", "name": "n"]]], group, "IngressClass")[
        path: "spec", "parameters", "scope"] == "Cluster")
  }

  @Test func accessAndScheduling() throws {
    let group = "rbac.authorization.k8s.io"
    let binding = try defaulted(
      [
        "roleRef": ["kind": "Role", "name": "r"],
        "subjects": [
          ["kind": "User", "name": "u"], ["kind": "ServiceAccount", "name": "s"],
          ["kind": "Group", "name": "g", "apiGroup": "x"],
        ],
      ], group, "RoleBinding")
    #expect(binding["roleRef"]?["apiGroup"] == .string(group))
    #expect(binding["subjects"]?.arrayValue?.map { $0["apiGroup"] } == [.string(group), nil, "x"])
    #expect(
      try defaulted(["value": 1], "scheduling.k8s.io", "PriorityClass")["preemptionPolicy"] == "PreemptLowerPriority")
    #expect(
      try defaulted(["spec": ["audiences": []]], "authentication.k8s.io", "TokenRequest")["spec"]?["expirationSeconds"]
        == 3600)
  }

  @Test func storage() throws {
    let storageClass = try defaulted(["provisioner": "p"], "storage.k8s.io", "StorageClass")
    #expect(storageClass["reclaimPolicy"] == "Delete" && storageClass["volumeBindingMode"] == "Immediate")
    let driver = try defaulted(["spec": [:]], "storage.k8s.io", "CSIDriver")["spec"]
    #expect(
      driver == [
        "attachRequired": true, "podInfoOnMount": false, "storageCapacity": false, "requiresRepublish": false,
        "seLinuxMount": false, "fsGroupPolicy": "ReadWriteOnceWithFSType", "volumeLifecycleModes": ["Persistent"],
      ])
    let volume = try defaulted(
      ["spec": ["hostPath": ["path": "/d"], "capacity": ["storage": "1Gi"]]], "", "PersistentVolume")
    #expect(volume["status"] == ["phase": "Pending"])
    #expect(
      volume["spec"] == [
        "hostPath": ["path": "/d", "type": ""], "capacity": ["storage": "1Gi"],
        "persistentVolumeReclaimPolicy": "Retain", "volumeMode": "Filesystem",
      ])
    let iscsi = try defaulted(["spec": ["iscsi": ["iqn": "i", "iscsiInterface": ""]]], "", "PersistentVolume")
    #expect(iscsi[path: "spec", "iscsi", "iscsiInterface"] == "default")
  }

  @Test func limitRanges() throws {
    let range = try defaulted(
      [
        "spec": [
          "limits": [
            ["type": "Container", "max": ["cpu": "2"], "min": ["memory": "1Mi"], "default": ["memory": "8Mi"]],
            ["type": "Pod", "max": ["cpu": "1.0005"]],
          ]
        ]
      ], "", "LimitRange")
    #expect(
      range["spec"]?["limits"] == [
        [
          "type": "Container", "max": ["cpu": "2"], "min": ["memory": "1Mi"],
          "default": ["memory": "8Mi", "cpu": "2"], "defaultRequest": ["memory": "8Mi", "cpu": "2"],
        ],
        // What is finer than a thousandth is rounded up.
        ["type": "Pod", "max": ["cpu": "1001m"]],
      ])
  }

  @Test func replicationControllers() throws {
    let controller = try defaulted(
      ["spec": ["template": ["metadata": ["labels": ["a": "b"]]]]], "", "ReplicationController")
    #expect(controller["spec"]?["selector"] == ["a": "b"])
    #expect(controller["metadata"]?["labels"] == ["a": "b"])
    #expect(controller["spec"]?["replicas"] == 1)
  }

  @Test func corners() throws {
    let namespace = try defaulted(
      ["metadata": ["name": "n", "labels": ["kubernetes.io/metadata.name": "x"]]], "", "Namespace")
    #expect(namespace["metadata"]?["labels"] == ["kubernetes.io/metadata.name": "n"])
    #expect(namespace["status"] == ["phase": "Active"])
    let probed = try defaulted(
      ["spec": ["containers": [["name": "c", "livenessProbe": ["grpc": ["port": 1]], "ports": [["protocol": ""]]]]]],
      "", "Pod")["spec"]?["containers"]?.arrayValue?.first
    #expect(probed?[path: "livenessProbe", "grpc"] == ["port": 1, "service": ""])
    #expect(probed?["ports"] == [["protocol": "TCP"]])
    // Only pods take over the host's ports, not their templates.
    let template = try defaulted(
      [
        "spec": [
          "template": ["spec": ["hostNetwork": true, "containers": [["ports": [["containerPort": 80]]]]]]
        ]
      ], "apps", "Deployment")
    let port = template[path: "spec", "template", "spec", "containers"]?.arrayValue?.first?["ports"]
    #expect(port == [["containerPort": 80, "protocol": "TCP"]])
    let balanced = try defaulted(
      ["spec": ["type": "LoadBalancer"], "status": ["loadBalancer": ["ingress": [["ip": "10.0.0.1"]]]]], "", "Service")
    #expect(balanced[path: "status", "loadBalancer", "ingress"] == [["ip": "10.0.0.1", "ipMode": "VIP"]])
    #expect(balanced["spec"]?["allocateLoadBalancerNodePorts"] == true)
  }
}
