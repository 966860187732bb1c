// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension StorageV1 {
  /// `VolumeAttachmentStatus` of `storage.k8s.io/v1`.
  package struct VolumeAttachmentStatus: JSONCodable {
    package var attached: Bool
    package var attachmentMetadata: [String: String]
    @BoxedOptional package var attachError: VolumeError?
    @BoxedOptional package var detachError: VolumeError?

    package init() {
      self.attached = false
      self.attachmentMetadata = [:]
    }

    package init(
      attached: Bool = false,
      attachmentMetadata: [String: String] = [:],
      attachError: VolumeError? = nil,
      detachError: VolumeError? = nil
    ) {
      self.attached = attached
      self.attachmentMetadata = attachmentMetadata
      self.attachError = attachError
      self.detachError = detachError
    }

    private static let fields = FieldTable([
      "attached", "attachmentMetadata", "attachError", "detachError",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.attached = try reader.readBool()
        case 1: self.attachmentMetadata = try reader.readMap()
        case 2: self.attachError = try VolumeError(from: &reader)
        case 3: self.detachError = try VolumeError(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("attached")
      writer.write(attached)
      if !attachmentMetadata.isEmpty {
        writer.key("attachmentMetadata")
        writer.write(map: attachmentMetadata)
      }
      if let attachError {
        writer.key("attachError")
        attachError.write(to: &writer)
      }
      if let detachError {
        writer.key("detachError")
        detachError.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `VolumeError` of `storage.k8s.io/v1`.
  package struct VolumeError: JSONCodable {
    package var time: Time?
    package var message: String
    package var errorCode: Int32?

    package init() {
      self.time = nil
      self.message = ""
      self.errorCode = nil
    }

    package init(
      time: Time? = nil,
      message: String = "",
      errorCode: Int32? = nil
    ) {
      self.time = time
      self.message = message
      self.errorCode = errorCode
    }

    private static let fields = FieldTable([
      "time", "message", "errorCode",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.time = try Time(from: &reader)
        case 1: self.message = try reader.readString()
        case 2: self.errorCode = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let time {
        writer.key("time")
        time.write(to: &writer)
      }
      if !message.isEmpty {
        writer.key("message")
        writer.write(message)
      }
      if let errorCode {
        writer.key("errorCode")
        writer.write(errorCode)
      }
      writer.endObject()
    }
  }

  /// `VolumeNodeResources` of `storage.k8s.io/v1`.
  package struct VolumeNodeResources: JSONCodable {
    package var count: Int32?

    package init() {
      self.count = nil
    }

    package init(
      count: Int32? = nil
    ) {
      self.count = count
    }

    private static let fields = FieldTable([
      "count",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.count = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let count {
        writer.key("count")
        writer.write(count)
      }
      writer.endObject()
    }
  }
}
