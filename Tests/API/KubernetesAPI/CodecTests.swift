import JSONDocument
import KubernetesAPI
import Testing

@Suite struct CodecTests {
  private static let pod = #"""
    {"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-0","namespace":"default","uid":"u1",
     "creationTimestamp":"2024-02-29T12:30:45Z","labels":{"app":"web"},
     "ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"web","uid":"u0","controller":true}]},
     "spec":{"nodeName":"n1","hostNetwork":true,"terminationGracePeriodSeconds":0,
      "containers":[{"name":"c","image":"web:1","ports":[{"containerPort":8080,"protocol":"TCP"}],
       "resources":{"limits":{"memory":"128Mi"},"requests":{"cpu":"500m"}},
       "securityContext":{"runAsUser":0,"capabilities":{"drop":["ALL"]}},
       "livenessProbe":{"httpGet":{"path":"/healthz","port":"http"},"periodSeconds":5},
       "env":[{"name":"A","valueFrom":{"configMapKeyRef":{"name":"m","key":"k","optional":false}}}]}],
      "volumes":[{"name":"v","emptyDir":{"sizeLimit":"1Gi"}},{"name":"s","secret":{"secretName":"t"}}],
      "affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":
       [{"matchExpressions":[{"key":"k","operator":"In","values":["v"]}]}]}}},
      "tolerations":[{"key":"node.kubernetes.io/not-ready","operator":"Exists","tolerationSeconds":300}]},
     "status":{"phase":"Running","podIP":"198.19.1.2","startTime":"2024-02-29T12:30:46Z","conditions":
      [{"type":"Ready","status":"True","lastTransitionTime":"2024-02-29T12:30:47Z"}],
      "containerStatuses":[{"name":"c","ready":true,"restartCount":2,"image":"web:1","imageID":"sha256:1",
       "state":{"running":{"startedAt":"2024-02-29T12:30:46Z"}},"lastState":{},"started":true}]},
     "someday":{"unknown":[1,2,{"a":null}]}}
    """#

  private func decode<T: JSONCodable>(_ type: T.Type = T.self, _ text: String) throws(JSONError) -> T {
    try T(jsonBytes: Array(text.utf8))
  }

  @Test func readsAPod() throws {
    let pod = try decode(CoreV1.Pod.self, Self.pod)
    #expect(pod.objectKey == "default/web-0")
    #expect(pod.metadata.creationTimestamp?.description == "2024-02-29T12:30:45Z")
    #expect(pod.metadata.deletionTimestamp == nil)
    #expect(pod.metadata.controller?.name == "web")
    #expect(pod.spec.hostNetwork)
    #expect(pod.spec.terminationGracePeriodSeconds == 0)
    let container = try #require(pod.spec.containers.first)
    #expect(container.ports.first?.containerPort == 8080)
    #expect(container.resources.requests["cpu"]?.milliValue == 500)
    #expect(container.securityContext?.runAsUser == 0)
    #expect(container.securityContext?.privileged == nil)
    #expect(container.livenessProbe?.httpGet?.port == .string("http"))
    #expect(container.env.first?.valueFrom?.configMapKeyRef?.name == "m")
    #expect(container.env.first?.valueFrom?.configMapKeyRef?.optional == false)
    #expect(pod.spec.volumes[0].emptyDir?.sizeLimit?.value == 1 << 30)
    #expect(pod.spec.volumes[1].secret?.secretName == "t")
    #expect(
      pod.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms.first?
        .matchExpressions.first?.operator == "In")
    #expect(pod.status.containerStatuses.first?.state.running != nil)
    #expect(pod.status.containerStatuses.first?.state.waiting == nil)
  }

  @Test func aPodSurvivesARoundTrip() throws {
    let pod = try decode(CoreV1.Pod.self, Self.pod)
    #expect(try CoreV1.Pod(jsonBytes: pod.jsonBytes) == pod)
    let document = pod.json
    #expect(document["apiVersion"] == "v1")
    #expect(document["kind"] == "Pod")
    #expect(document["someday"] == nil)
    #expect(document[path: "spec", "terminationGracePeriodSeconds"] == 0)
    #expect(document[path: "spec", "hostPID"] == nil)
    #expect(document["status"]?["containerStatuses"]?.arrayValue?.first?["restartCount"] == 2)
    #expect(try CoreV1.Pod(json: document) == pod)
  }

  @Test func zeroValuesAreLeftOutWhereKubernetesLeavesThemOut() {
    let document = CoreV1.Container(name: "c").json
    #expect(document == ["name": "c", "resources": [:]])
    #expect(AppsV1.DeploymentSpec(replicas: 0).json["replicas"] == 0)
    #expect(CoreV1.PodList().json["items"] == [])
  }

  @Test func copiesAreIndependent() {
    var first = CoreV1.Pod(metadata: .init(name: "a"), spec: .init(securityContext: .init(runAsUser: 1)))
    let second = first
    first.metadata.name = "b"
    first.metadata.labels["x"] = "y"
    first.spec.securityContext?.runAsUser = 2
    first.spec.affinity = .init(nodeAffinity: .init())
    #expect(second.metadata.name == "a")
    #expect(second.metadata.labels.isEmpty)
    #expect(second.spec.securityContext?.runAsUser == 1)
    #expect(second.spec.affinity == nil)
    #expect(first.metadata.name == "b")
    #expect(first.spec.securityContext?.runAsUser == 2)
    #expect(first != second)
    first.spec.affinity = nil
    #expect(first.spec.affinity == nil)
  }

  @Test func structsStaySmall() {
    #expect(MemoryLayout<CoreV1.Pod>.size <= 32)
    #expect(MemoryLayout<CoreV1.Volume>.size <= 512)
    #expect(MemoryLayout<CoreV1.Container>.size <= 512)
  }

  @Test(arguments: [
    (#"{"spec":{"containers":[{"ports":[{"containerPort":"80"}]}]}}"#, "spec.containers[0].ports[0].containerPort"),
    (#"{"spec":{"terminationGracePeriodSeconds":1.0}}"#, "spec.terminationGracePeriodSeconds"),
    (#"{"metadata":{"creationTimestamp":"yesterday"}}"#, "metadata.creationTimestamp"),
    (#"{"metadata":{"creationTimestamp":"2023-02-29T00:00:00Z"}}"#, "metadata.creationTimestamp"),
    (#"{"spec":{"containers":[{"resources":{"limits":{"cpu":"1x"}}}]}}"#, "spec.containers[0].resources.limits.cpu"),
    (#"{"spec":[]}"#, "spec"), (#"{"spec":{"containers":{}}}"#, "spec.containers"),
  ])
  func errorsNameTheField(text: String, path: String) {
    let error = #expect(throws: JSONError.self) { try decode(CoreV1.Pod.self, text) }
    #expect(error?.path == path)
  }

  @Test func describesResources() {
    #expect(AppsV1.Deployment.resource.basePath == "/apis/apps/v1")
    #expect(
      AppsV1.Deployment.resource.path(namespace: "a", name: "b", subresource: "status")
        == "/apis/apps/v1/namespaces/a/deployments/b/status")
    #expect(CoreV1.Node.resource.path(namespace: "ignored", name: "n") == "/api/v1/nodes/n")
    #expect(CoreV1.Pod.resource.path() == "/api/v1/pods")
    #expect(CoreV1.Endpoints.resource.plural == "endpoints")
    #expect(MetaV1.Status.apiVersion == "v1")
  }

  @Test func genericAndGeneratedListsAgree() throws {
    let list = CoreV1.PodList(metadata: .init(resourceVersion: "7"), items: [.init(metadata: .init(name: "a"))])
    let generic = try ObjectList<CoreV1.Pod>(jsonBytes: list.jsonBytes)
    #expect(generic.items == list.items)
    #expect(generic.metadata.resourceVersion == "7")
    #expect(generic.json == list.json)
  }

  @Test func secretsHoldBytes() throws {
    let secret = try decode(CoreV1.Secret.self, #"{"data":{"a":"aGk=","b":null}}"#)
    #expect(secret.data == ["a": Array("hi".utf8), "b": []])
    #expect(secret.json["data"] == ["a": "aGk=", "b": ""])
  }

  @Test func schemaPropertiesNestThemselves() throws {
    let text =
      #"{"type":"object","not":{"$ref":"x"},"properties":{"a":{"type":"string","x-kubernetes-int-or-string":true}}}"#
    let properties = try decode(ApiextensionsV1.JSONSchemaProps.self, text)
    #expect(properties.not?.ref == "x")
    #expect(properties.properties["a"]?.xKubernetesIntOrString == true)
    #expect(String(decoding: properties.jsonBytes, as: UTF8.self).contains(#""$ref":"x""#))
  }
}
