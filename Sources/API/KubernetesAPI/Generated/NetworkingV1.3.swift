// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension NetworkingV1 {
  /// `IngressLoadBalancerStatus` of `networking.k8s.io/v1`.
  package struct IngressLoadBalancerStatus: JSONCodable {
    package var ingress: [IngressLoadBalancerIngress] = []

    package init() {}
    package init(
      ingress: [IngressLoadBalancerIngress] = []
    ) {
      self.ingress = ingress
    }

    private static let fields = FieldTable([
      "ingress",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
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
    package var port: Int32 = 0
    package var `protocol`: String = ""
    package var error: String?

    package init() {}
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
    package var host: String = ""
    package var http: HTTPIngressRuleValue?

    package init() {}
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

    package init() {}
    package init(
      http: HTTPIngressRuleValue? = nil
    ) {
      self.http = http
    }

    private static let fields = FieldTable([
      "http",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
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
    package var name: String = ""
    package var port: ServiceBackendPort = ServiceBackendPort()

    package init() {}
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
    package var tls: [IngressTLS] = []
    package var rules: [IngressRule] = []

    package init() {}
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

  /// `IngressStatus` of `networking.k8s.io/v1`.
  package struct IngressStatus: JSONCodable {
    package var loadBalancer: IngressLoadBalancerStatus = IngressLoadBalancerStatus()

    package init() {}
    package init(
      loadBalancer: IngressLoadBalancerStatus = IngressLoadBalancerStatus()
    ) {
      self.loadBalancer = loadBalancer
    }

    private static let fields = FieldTable([
      "loadBalancer",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.loadBalancer = try IngressLoadBalancerStatus(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("loadBalancer")
      loadBalancer.write(to: &writer)
      writer.endObject()
    }
  }

  /// `IngressTLS` of `networking.k8s.io/v1`.
  package struct IngressTLS: JSONCodable {
    package var hosts: [String] = []
    package var secretName: String = ""

    package init() {}
    package init(
      hosts: [String] = [],
      secretName: String = ""
    ) {
      self.hosts = hosts
      self.secretName = secretName
    }

    private static let fields = FieldTable([
      "hosts", "secretName",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.hosts = try reader.readArray()
        case 1: self.secretName = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !hosts.isEmpty {
        writer.key("hosts")
        writer.write(array: hosts)
      }
      if !secretName.isEmpty {
        writer.key("secretName")
        writer.write(secretName)
      }
      writer.endObject()
    }
  }
}
