// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `PodSignature` of `core/v1`.
  package struct PodSignature: JSONCodable {
    @BoxedOptional package var podController: MetaV1.OwnerReference?

    package init() {}
    package init(
      podController: MetaV1.OwnerReference? = nil
    ) {
      self.podController = podController
    }

    private static let fields = FieldTable([
      "podController",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.podController = try MetaV1.OwnerReference(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let podController {
        writer.key("podController")
        podController.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `PodSpec` of `core/v1`.
  package struct PodSpec: JSONCodable {
    package var volumes: [Volume]
    package var initContainers: [Container]
    package var containers: [Container]
    package var ephemeralContainers: [EphemeralContainer]
    package var restartPolicy: String
    package var terminationGracePeriodSeconds: Int64?
    package var activeDeadlineSeconds: Int64?
    package var dnsPolicy: String
    package var nodeSelector: [String: String]
    package var serviceAccountName: String
    package var serviceAccount: String
    package var automountServiceAccountToken: Bool?
    package var nodeName: String
    package var hostNetwork: Bool
    package var hostPID: Bool
    package var hostIPC: Bool
    package var shareProcessNamespace: Bool?
    @BoxedOptional package var securityContext: PodSecurityContext?
    package var imagePullSecrets: [LocalObjectReference]
    package var hostname: String
    package var subdomain: String
    @BoxedOptional package var affinity: Affinity?
    package var schedulerName: String
    package var tolerations: [Toleration]
    package var hostAliases: [HostAlias]
    package var priorityClassName: String
    package var priority: Int32?
    package var dnsConfig: PodDNSConfig?
    package var readinessGates: [PodReadinessGate]
    package var runtimeClassName: String?
    package var enableServiceLinks: Bool?
    package var preemptionPolicy: String?
    package var overhead: [String: Quantity]
    package var topologySpreadConstraints: [TopologySpreadConstraint]
    package var setHostnameAsFQDN: Bool?
    package var os: PodOS?
    package var hostUsers: Bool?
    package var schedulingGates: [PodSchedulingGate]
    package var resourceClaims: [PodResourceClaim]
    package var resources: ResourceRequirements?

    package init() {
      self.volumes = []
      self.initContainers = []
      self.containers = []
      self.ephemeralContainers = []
      self.restartPolicy = ""
      self.terminationGracePeriodSeconds = nil
      self.activeDeadlineSeconds = nil
      self.dnsPolicy = ""
      self.nodeSelector = [:]
      self.serviceAccountName = ""
      self.serviceAccount = ""
      self.automountServiceAccountToken = nil
      self.nodeName = ""
      self.hostNetwork = false
      self.hostPID = false
      self.hostIPC = false
      self.shareProcessNamespace = nil
      self.imagePullSecrets = []
      self.hostname = ""
      self.subdomain = ""
      self.schedulerName = ""
      self.tolerations = []
      self.hostAliases = []
      self.priorityClassName = ""
      self.priority = nil
      self.dnsConfig = nil
      self.readinessGates = []
      self.runtimeClassName = nil
      self.enableServiceLinks = nil
      self.preemptionPolicy = nil
      self.overhead = [:]
      self.topologySpreadConstraints = []
      self.setHostnameAsFQDN = nil
      self.os = nil
      self.hostUsers = nil
      self.schedulingGates = []
      self.resourceClaims = []
      self.resources = nil
    }

    package init(
      volumes: [Volume] = [],
      initContainers: [Container] = [],
      containers: [Container] = [],
      ephemeralContainers: [EphemeralContainer] = [],
      restartPolicy: String = "",
      terminationGracePeriodSeconds: Int64? = nil,
      activeDeadlineSeconds: Int64? = nil,
      dnsPolicy: String = "",
      nodeSelector: [String: String] = [:],
      serviceAccountName: String = "",
      serviceAccount: String = "",
      automountServiceAccountToken: Bool? = nil,
      nodeName: String = "",
      hostNetwork: Bool = false,
      hostPID: Bool = false,
      hostIPC: Bool = false,
      shareProcessNamespace: Bool? = nil,
      securityContext: PodSecurityContext? = nil,
      imagePullSecrets: [LocalObjectReference] = [],
      hostname: String = "",
      subdomain: String = "",
      affinity: Affinity? = nil,
      schedulerName: String = "",
      tolerations: [Toleration] = [],
      hostAliases: [HostAlias] = [],
      priorityClassName: String = "",
      priority: Int32? = nil,
      dnsConfig: PodDNSConfig? = nil,
      readinessGates: [PodReadinessGate] = [],
      runtimeClassName: String? = nil,
      enableServiceLinks: Bool? = nil,
      preemptionPolicy: String? = nil,
      overhead: [String: Quantity] = [:],
      topologySpreadConstraints: [TopologySpreadConstraint] = [],
      setHostnameAsFQDN: Bool? = nil,
      os: PodOS? = nil,
      hostUsers: Bool? = nil,
      schedulingGates: [PodSchedulingGate] = [],
      resourceClaims: [PodResourceClaim] = [],
      resources: ResourceRequirements? = nil
    ) {
      self.volumes = volumes
      self.initContainers = initContainers
      self.containers = containers
      self.ephemeralContainers = ephemeralContainers
      self.restartPolicy = restartPolicy
      self.terminationGracePeriodSeconds = terminationGracePeriodSeconds
      self.activeDeadlineSeconds = activeDeadlineSeconds
      self.dnsPolicy = dnsPolicy
      self.nodeSelector = nodeSelector
      self.serviceAccountName = serviceAccountName
      self.serviceAccount = serviceAccount
      self.automountServiceAccountToken = automountServiceAccountToken
      self.nodeName = nodeName
      self.hostNetwork = hostNetwork
      self.hostPID = hostPID
      self.hostIPC = hostIPC
      self.shareProcessNamespace = shareProcessNamespace
      self.securityContext = securityContext
      self.imagePullSecrets = imagePullSecrets
      self.hostname = hostname
      self.subdomain = subdomain
      self.affinity = affinity
      self.schedulerName = schedulerName
      self.tolerations = tolerations
      self.hostAliases = hostAliases
      self.priorityClassName = priorityClassName
      self.priority = priority
      self.dnsConfig = dnsConfig
      self.readinessGates = readinessGates
      self.runtimeClassName = runtimeClassName
      self.enableServiceLinks = enableServiceLinks
      self.preemptionPolicy = preemptionPolicy
      self.overhead = overhead
      self.topologySpreadConstraints = topologySpreadConstraints
      self.setHostnameAsFQDN = setHostnameAsFQDN
      self.os = os
      self.hostUsers = hostUsers
      self.schedulingGates = schedulingGates
      self.resourceClaims = resourceClaims
      self.resources = resources
    }

    private static let fields = FieldTable([
      "volumes", "initContainers", "containers", "ephemeralContainers", "restartPolicy",
      "terminationGracePeriodSeconds", "activeDeadlineSeconds", "dnsPolicy", "nodeSelector",
      "serviceAccountName", "serviceAccount", "automountServiceAccountToken", "nodeName", "hostNetwork",
      "hostPID", "hostIPC", "shareProcessNamespace", "securityContext", "imagePullSecrets", "hostname",
      "subdomain", "affinity", "schedulerName", "tolerations", "hostAliases", "priorityClassName",
      "priority", "dnsConfig", "readinessGates", "runtimeClassName", "enableServiceLinks",
      "preemptionPolicy", "overhead", "topologySpreadConstraints", "setHostnameAsFQDN", "os", "hostUsers",
      "schedulingGates", "resourceClaims", "resources",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.volumes = try reader.readArray()
        case 1: self.initContainers = try reader.readArray()
        case 2: self.containers = try reader.readArray()
        case 3: self.ephemeralContainers = try reader.readArray()
        case 4: self.restartPolicy = try reader.readString()
        case 5: self.terminationGracePeriodSeconds = try reader.readInt64()
        case 6: self.activeDeadlineSeconds = try reader.readInt64()
        case 7: self.dnsPolicy = try reader.readString()
        case 8: self.nodeSelector = try reader.readMap()
        case 9: self.serviceAccountName = try reader.readString()
        case 10: self.serviceAccount = try reader.readString()
        case 11: self.automountServiceAccountToken = try reader.readBool()
        case 12: self.nodeName = try reader.readString()
        case 13: self.hostNetwork = try reader.readBool()
        case 14: self.hostPID = try reader.readBool()
        case 15: self.hostIPC = try reader.readBool()
        case 16: self.shareProcessNamespace = try reader.readBool()
        case 17: self.securityContext = try PodSecurityContext(from: &reader)
        case 18: self.imagePullSecrets = try reader.readArray()
        case 19: self.hostname = try reader.readString()
        case 20: self.subdomain = try reader.readString()
        case 21: self.affinity = try Affinity(from: &reader)
        case 22: self.schedulerName = try reader.readString()
        case 23: self.tolerations = try reader.readArray()
        case 24: self.hostAliases = try reader.readArray()
        case 25: self.priorityClassName = try reader.readString()
        case 26: self.priority = try reader.readInt32()
        case 27: self.dnsConfig = try PodDNSConfig(from: &reader)
        case 28: self.readinessGates = try reader.readArray()
        case 29: self.runtimeClassName = try reader.readString()
        case 30: self.enableServiceLinks = try reader.readBool()
        case 31: self.preemptionPolicy = try reader.readString()
        case 32: self.overhead = try reader.readMap()
        case 33: self.topologySpreadConstraints = try reader.readArray()
        case 34: self.setHostnameAsFQDN = try reader.readBool()
        case 35: self.os = try PodOS(from: &reader)
        case 36: self.hostUsers = try reader.readBool()
        case 37: self.schedulingGates = try reader.readArray()
        case 38: self.resourceClaims = try reader.readArray()
        case 39: self.resources = try ResourceRequirements(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !volumes.isEmpty {
        writer.key("volumes")
        writer.write(array: volumes)
      }
      if !initContainers.isEmpty {
        writer.key("initContainers")
        writer.write(array: initContainers)
      }
      writer.key("containers")
      writer.write(array: containers)
      if !ephemeralContainers.isEmpty {
        writer.key("ephemeralContainers")
        writer.write(array: ephemeralContainers)
      }
      if !restartPolicy.isEmpty {
        writer.key("restartPolicy")
        writer.write(restartPolicy)
      }
      if let terminationGracePeriodSeconds {
        writer.key("terminationGracePeriodSeconds")
        writer.write(terminationGracePeriodSeconds)
      }
      if let activeDeadlineSeconds {
        writer.key("activeDeadlineSeconds")
        writer.write(activeDeadlineSeconds)
      }
      if !dnsPolicy.isEmpty {
        writer.key("dnsPolicy")
        writer.write(dnsPolicy)
      }
      if !nodeSelector.isEmpty {
        writer.key("nodeSelector")
        writer.write(map: nodeSelector)
      }
      if !serviceAccountName.isEmpty {
        writer.key("serviceAccountName")
        writer.write(serviceAccountName)
      }
      if !serviceAccount.isEmpty {
        writer.key("serviceAccount")
        writer.write(serviceAccount)
      }
      if let automountServiceAccountToken {
        writer.key("automountServiceAccountToken")
        writer.write(automountServiceAccountToken)
      }
      if !nodeName.isEmpty {
        writer.key("nodeName")
        writer.write(nodeName)
      }
      if hostNetwork {
        writer.key("hostNetwork")
        writer.write(hostNetwork)
      }
      if hostPID {
        writer.key("hostPID")
        writer.write(hostPID)
      }
      if hostIPC {
        writer.key("hostIPC")
        writer.write(hostIPC)
      }
      if let shareProcessNamespace {
        writer.key("shareProcessNamespace")
        writer.write(shareProcessNamespace)
      }
      if let securityContext {
        writer.key("securityContext")
        securityContext.write(to: &writer)
      }
      if !imagePullSecrets.isEmpty {
        writer.key("imagePullSecrets")
        writer.write(array: imagePullSecrets)
      }
      if !hostname.isEmpty {
        writer.key("hostname")
        writer.write(hostname)
      }
      if !subdomain.isEmpty {
        writer.key("subdomain")
        writer.write(subdomain)
      }
      if let affinity {
        writer.key("affinity")
        affinity.write(to: &writer)
      }
      if !schedulerName.isEmpty {
        writer.key("schedulerName")
        writer.write(schedulerName)
      }
      if !tolerations.isEmpty {
        writer.key("tolerations")
        writer.write(array: tolerations)
      }
      if !hostAliases.isEmpty {
        writer.key("hostAliases")
        writer.write(array: hostAliases)
      }
      if !priorityClassName.isEmpty {
        writer.key("priorityClassName")
        writer.write(priorityClassName)
      }
      if let priority {
        writer.key("priority")
        writer.write(priority)
      }
      if let dnsConfig {
        writer.key("dnsConfig")
        dnsConfig.write(to: &writer)
      }
      if !readinessGates.isEmpty {
        writer.key("readinessGates")
        writer.write(array: readinessGates)
      }
      if let runtimeClassName {
        writer.key("runtimeClassName")
        writer.write(runtimeClassName)
      }
      if let enableServiceLinks {
        writer.key("enableServiceLinks")
        writer.write(enableServiceLinks)
      }
      if let preemptionPolicy {
        writer.key("preemptionPolicy")
        writer.write(preemptionPolicy)
      }
      if !overhead.isEmpty {
        writer.key("overhead")
        writer.write(map: overhead)
      }
      if !topologySpreadConstraints.isEmpty {
        writer.key("topologySpreadConstraints")
        writer.write(array: topologySpreadConstraints)
      }
      if let setHostnameAsFQDN {
        writer.key("setHostnameAsFQDN")
        writer.write(setHostnameAsFQDN)
      }
      if let os {
        writer.key("os")
        os.write(to: &writer)
      }
      if let hostUsers {
        writer.key("hostUsers")
        writer.write(hostUsers)
      }
      if !schedulingGates.isEmpty {
        writer.key("schedulingGates")
        writer.write(array: schedulingGates)
      }
      if !resourceClaims.isEmpty {
        writer.key("resourceClaims")
        writer.write(array: resourceClaims)
      }
      if let resources {
        writer.key("resources")
        resources.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
