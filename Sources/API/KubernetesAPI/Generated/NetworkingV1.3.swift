// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension NetworkingV1 {
  /// `IngressLoadBalancerIngress` of `networking.k8s.io/v1`.
  package struct IngressLoadBalancerIngress: JSONCodable {
    package var ip: String
    package var hostname: String
    package var ports: [IngressPortStatus]

    package init() {
      self.ip = ""
      self.hostname = ""
      self.ports = []
    }

    package init(
      ip: String = "",
      hostname: String = "",
      ports: [IngressPortStatus] = []
    ) {
      self.ip = ip
      self.hostname = hostname
      self.ports = ports
    }

    private static let fields = FieldTable([
      "ip", "hostname", "ports",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.ip = try reader.readString()
        case 1: self.hostname = try reader.readString()
        case 2: self.ports = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !ip.isEmpty {
        writer.key("ip")
        writer.write(ip)
      }
      if !hostname.isEmpty {
        writer.key("hostname")
        writer.write(hostname)
      }
      if !ports.isEmpty {
        writer.key("ports")
        writer.write(array: ports)
      }
      writer.endObject()
    }
  }

  /// `IngressLoadBalancerStatus` of `networking.k8s.io/v1`.
  package struct IngressLoadBalancerStatus: JSONCodable {
    package var ingress: [IngressLoadBalancerIngress]

    package init() {
      self.ingress = []
    }

    package init(
      ingress: [IngressLoadBalancerIngress] = []
    ) {
      self.ingress = ingress
    }

    private static let fields = FieldTable([
      "ingress",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.ingress = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !ingress.isEmpty {
        writer.key("ingress")
        writer.write(array: ingress)
      }
      writer.endObject()
    }
  }

  /// `IngressPortStatus` of `networking.k8s.io/v1`.
  package struct IngressPortStatus: JSONCodable {
    package var port: Int32
    package var `protocol`: String
    package var error: String?

    package init() {
      self.port = 0
      self.`protocol` = ""
      self.error = nil
    }

    package init(
      port: Int32 = 0,
      `protocol`: String = "",
      error: String? = nil
    ) {
      self.port = port
      self.`protocol` = `protocol`
      self.error = error
    }

    private static let fields = FieldTable([
      "port", "protocol", "error",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.port = try reader.readInt32()
        case 1: self.`protocol` = try reader.readString()
        case 2: self.error = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("port")
      writer.write(port)
      writer.key("protocol")
      writer.write(`protocol`)
      if let error {
        writer.key("error")
        writer.write(error)
      }
      writer.endObject()
    }
  }

  /// `IngressRule` of `networking.k8s.io/v1`.
  package struct IngressRule: JSONCodable {
    package var host: String
    package var http: HTTPIngressRuleValue?

    package init() {
      self.host = ""
      self.http = nil
    }

    package init(
      host: String = "",
      http: HTTPIngressRuleValue? = nil
    ) {
      self.host = host
      self.http = http
    }

    private static let fields = FieldTable([
      "host", "http",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.host = try reader.readString()
        case 1: self.http = try HTTPIngressRuleValue(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !host.isEmpty {
        writer.key("host")
        writer.write(host)
      }
      if let http {
        writer.key("http")
        http.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `IngressRuleValue` of `networking.k8s.io/v1`.
  package struct IngressRuleValue: JSONCodable {
    package var http: HTTPIngressRuleValue?

    package init() {
      self.http = nil
    }

    package init(
      http: HTTPIngressRuleValue? = nil
    ) {
      self.http = http
    }

    private static let fields = FieldTable([
      "http",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.http = try HTTPIngressRuleValue(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let http {
        writer.key("http")
        http.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `IngressServiceBackend` of `networking.k8s.io/v1`.
  package struct IngressServiceBackend: JSONCodable {
    package var name: String
    package var port: ServiceBackendPort

    package init() {
      self.name = ""
      self.port = ServiceBackendPort()
    }

    package init(
      name: String = "",
      port: ServiceBackendPort = ServiceBackendPort()
    ) {
      self.name = name
      self.port = port
    }

    private static let fields = FieldTable([
      "name", "port",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.port = try ServiceBackendPort(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.key("port")
      port.write(to: &writer)
      writer.endObject()
    }
  }

  /// `IngressSpec` of `networking.k8s.io/v1`.
  package struct IngressSpec: JSONCodable {
    package var ingressClassName: String?
    package var defaultBackend: IngressBackend?
    package var tls: [IngressTLS]
    package var rules: [IngressRule]

    package init() {
      self.ingressClassName = nil
      self.defaultBackend = nil
      self.tls = []
      self.rules = []
    }

    package init(
      ingressClassName: String? = nil,
      defaultBackend: IngressBackend? = nil,
      tls: [IngressTLS] = [],
      rules: [IngressRule] = []
    ) {
      self.ingressClassName = ingressClassName
      self.defaultBackend = defaultBackend
      self.tls = tls
      self.rules = rules
    }

    private static let fields = FieldTable([
      "ingressClassName", "defaultBackend", "tls", "rules",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.ingressClassName = try reader.readString()
        case 1: self.defaultBackend = try IngressBackend(from: &reader)
        case 2: self.tls = try reader.readArray()
        case 3: self.rules = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let ingressClassName {
        writer.key("ingressClassName")
        writer.write(ingressClassName)
      }
      if let defaultBackend {
        writer.key("defaultBackend")
        defaultBackend.write(to: &writer)
      }
      if !tls.isEmpty {
        writer.key("tls")
        writer.write(array: tls)
      }
      if !rules.isEmpty {
        writer.key("rules")
        writer.write(array: rules)
      }
      writer.endObject()
    }
  }
}
