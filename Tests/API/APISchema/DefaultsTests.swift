import APISchema
import JSONDocument
import Testing

@Suite struct DefaultsTests {
  private func defaulted(_ document: JSONValue, _ group: String, _ kind: String) -> JSONValue {
    var document = document
    let kind = GroupVersionKind(group: group, version: "v1", kind: kind)
    Schema.builtIn.applyDefaults(to: &document, as: kind)
    var again = document
    Schema.builtIn.applyDefaults(to: &again, as: kind)
    #expect(again == document, "defaults are idempotent")
    #expect(Schema.builtIn.validateStructure(document, as: kind) == StructureReport())
    return document
  }

  @Test func pods() throws {
    let pod = defaulted(
      [
        "spec": [
          "containers": [
            [
              "name": "c", "image": "web", "ports": [["containerPort": 80]], "resources": ["limits": ["cpu": "1"]],
              "livenessProbe": ["httpGet": ["port": 80]],
              "env": [["name": "A", "valueFrom": ["fieldRef": ["fieldPath": "x"]]]],
            ]
          ],
          "volumes": [["name": "a"], ["name": "b", "secret": ["secretName": "s"]]],
        ]
      ], "", "Pod")
    let spec = try #require(pod["spec"])
    #expect(spec["restartPolicy"] == "Always")
    #expect(spec["dnsPolicy"] == "ClusterFirst")
    #expect(spec["terminationGracePeriodSeconds"] == 30)
    #expect(spec["schedulerName"] == "default-scheduler")
    #expect(spec["enableServiceLinks"] == true)
    #expect(spec["securityContext"] == [:])
    let container = try #require(spec["containers"]?.arrayValue?.first)
    #expect(container["imagePullPolicy"] == "Always")
    #expect(container["terminationMessagePath"] == "/dev/termination-log")
    #expect(container["ports"] == [["containerPort": 80, "protocol": "TCP"]])
    #expect(container["resources"] == ["limits": ["cpu": "1"], "requests": ["cpu": "1"]])
    #expect(
      container["livenessProbe"] == [
        "httpGet": ["port": 80, "path": "/", "scheme": "HTTP"], "timeoutSeconds": 1, "periodSeconds": 10,
        "successThreshold": 1, "failureThreshold": 3,
      ])
    #expect(container["env"]?.arrayValue?.first?["valueFrom"]?["fieldRef"]?["apiVersion"] == "v1")
    #expect(
      spec["volumes"] == [
        ["name": "a", "emptyDir": [:]], ["name": "b", "secret": ["secretName": "s", "defaultMode": 420]],
      ])
  }

  @Test(arguments: [
    ("web", "Always"), ("web:latest", "Always"), ("web:1", "IfNotPresent"), ("host:5000/web", "Always"),
    ("host:5000/web:1", "IfNotPresent"), ("web@sha256:abc", "IfNotPresent"), ("web:latest@sha256:abc", "Always"),
  ])
  func pullPolicies(image: String, policy: String) {
    let pod = defaulted(["spec": ["containers": [["name": "c", "image": .string(image)]]]], "", "Pod")
    #expect(pod["spec"]?["containers"]?.arrayValue?.first?["imagePullPolicy"] == .string(policy))
  }

  @Test func whatIsWrittenStays() {
    let spec: JSONValue = [
      "restartPolicy": "Never", "terminationGracePeriodSeconds": 0, "dnsPolicy": "Default", "hostNetwork": true,
      "containers": [["name": "c", "imagePullPolicy": "Never", "ports": [["containerPort": 53, "protocol": "UDP"]]]],
    ]
    let pod = defaulted(["spec": spec], "", "Pod")
    #expect(pod["spec"]?["restartPolicy"] == "Never")
    #expect(pod["spec"]?["terminationGracePeriodSeconds"] == 0)
    #expect(pod["spec"]?["dnsPolicy"] == "Default")
    let container = pod["spec"]?["containers"]?.arrayValue?.first
    #expect(container?["imagePullPolicy"] == "Never")
    #expect(container?["ports"] == [["containerPort": 53, "hostPort": 53, "protocol": "UDP"]])
  }

  @Test func deployments() {
    let spec = defaulted(
      ["spec": ["template": ["spec": ["containers": [["name": "c", "image": "i:1"]]]]]], "apps", "Deployment")["spec"]
    #expect(spec?["replicas"] == 1)
    #expect(
      spec?["strategy"]
        == ["type": "RollingUpdate", "rollingUpdate": ["maxUnavailable": "25%", "maxSurge": "25%"]])
    #expect(spec?["revisionHistoryLimit"] == 10)
    #expect(spec?["progressDeadlineSeconds"] == 600)
    #expect(spec?["template"]?["spec"]?["restartPolicy"] == "Always")
    #expect(spec?["template"]?["spec"]?["enableServiceLinks"] == nil)
    let recreate = defaulted(["spec": ["replicas": 0, "strategy": ["type": "Recreate"]]], "apps", "Deployment")["spec"]
    #expect(recreate?["replicas"] == 0)
    #expect(recreate?["strategy"] == ["type": "Recreate"])
  }

  @Test func services() {
    let clusterIP = defaulted(["spec": ["ports": [["port": 80]]]], "", "Service")["spec"]
    #expect(clusterIP?["ports"] == [["port": 80, "protocol": "TCP", "targetPort": 80]])
    #expect(clusterIP?["type"] == "ClusterIP")
    #expect(clusterIP?["sessionAffinity"] == "None")
    #expect(clusterIP?["internalTrafficPolicy"] == "Cluster")
    #expect(clusterIP?["externalTrafficPolicy"] == nil)
    let nodePort = defaulted(["spec": ["type": "NodePort", "sessionAffinity": "ClientIP"]], "", "Service")["spec"]
    #expect(nodePort?["externalTrafficPolicy"] == "Cluster")
    #expect(nodePort?["sessionAffinityConfig"] == ["clientIP": ["timeoutSeconds": 10800]])
    let external = defaulted(["spec": ["type": "ExternalName", "externalName": "x"]], "", "Service")["spec"]
    #expect(external?["internalTrafficPolicy"] == nil)
  }

  @Test func smallerKinds() {
    let secret = defaulted(["stringData": ["a": "hi"], "data": ["b": "eA=="]], "", "Secret")
    #expect(secret == ["type": "Opaque", "data": ["b": "eA==", "a": "aGk="]])
    let namespace = defaulted(["metadata": ["name": "n"]], "", "Namespace")
    #expect(namespace["metadata"]?["labels"] == ["kubernetes.io/metadata.name": "n"])
    let node = defaulted(["status": ["capacity": ["cpu": "2"]]], "", "Node")
    #expect(node["status"]?["allocatable"] == ["cpu": "2"])
    let slice = defaulted(["addressType": "IPv4", "ports": [["port": 1]]], "discovery.k8s.io", "EndpointSlice")
    #expect(slice["ports"] == [["port": 1, "name": "", "protocol": "TCP"]])
  }

  @Test func whatIsMalformedIsLeftAlone() {
    for document: JSONValue in ["text", ["spec": "text"], ["spec": ["containers": "x", "volumes": [1]]], [1]] {
      var changed = document
      Schema.builtIn.applyDefaults(to: &changed, as: GroupVersionKind(group: "", version: "v1", kind: "Pod"))
      if document["spec"]?.objectValue == nil { #expect(changed == document) }
    }
  }
}
