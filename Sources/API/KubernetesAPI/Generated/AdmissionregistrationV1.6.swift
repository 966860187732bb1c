// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AdmissionregistrationV1 {
  /// `WebhookClientConfig` of `admissionregistration.k8s.io/v1`.
  package struct WebhookClientConfig: JSONCodable {
    package var url: String?
    @BoxedOptional package var service: ServiceReference?
    package var caBundle: [UInt8]

    package init() {
      self.url = nil
      self.caBundle = []
    }

    package init(
      url: String? = nil,
      service: ServiceReference? = nil,
      caBundle: [UInt8] = []
    ) {
      self.url = url
      self.service = service
      self.caBundle = caBundle
    }

    private static let fields = FieldTable([
      "url", "service", "caBundle",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.url = try reader.readString()
        case 1: self.service = try ServiceReference(from: &reader)
        case 2: self.caBundle = try reader.readBytes()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let url {
        writer.key("url")
        writer.write(url)
      }
      if let service {
        writer.key("service")
        service.write(to: &writer)
      }
      if !caBundle.isEmpty {
        writer.key("caBundle")
        writer.write(caBundle)
      }
      writer.endObject()
    }
  }
}
