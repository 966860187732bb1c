// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension MetaV1 {
  /// `ManagedFieldsEntry` of `meta/v1`.
  package struct ManagedFieldsEntry: JSONCodable {
    package var manager: String
    package var operation: String
    package var apiVersion: String
    package var time: Time?
    package var fieldsType: String
    package var fieldsV1: RawJSON?
    package var subresource: String

    package init() {
      self.manager = ""
      self.operation = ""
      self.apiVersion = ""
      self.time = nil
      self.fieldsType = ""
      self.fieldsV1 = nil
      self.subresource = ""
    }

    package init(
      manager: String = "",
      operation: String = "",
      apiVersion: String = "",
      time: Time? = nil,
      fieldsType: String = "",
      fieldsV1: RawJSON? = nil,
      subresource: String = ""
    ) {
      self.manager = manager
      self.operation = operation
      self.apiVersion = apiVersion
      self.time = time
      self.fieldsType = fieldsType
      self.fieldsV1 = fieldsV1
      self.subresource = subresource
    }

    private static let fields = FieldTable([
      "manager", "operation", "apiVersion", "time", "fieldsType", "fieldsV1", "subresource",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.manager = try reader.readString()
        case 1: self.operation = try reader.readString()
        case 2: self.apiVersion = try reader.readString()
        case 3: self.time = try Time(from: &reader)
        case 4: self.fieldsType = try reader.readString()
        case 5: self.fieldsV1 = try RawJSON(from: &reader)
        case 6: self.subresource = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !manager.isEmpty {
        writer.key("manager")
        writer.write(manager)
      }
      if !operation.isEmpty {
        writer.key("operation")
        writer.write(operation)
      }
      if !apiVersion.isEmpty {
        writer.key("apiVersion")
        writer.write(apiVersion)
      }
      if let time {
        writer.key("time")
        time.write(to: &writer)
      }
      if !fieldsType.isEmpty {
        writer.key("fieldsType")
        writer.write(fieldsType)
      }
      if let fieldsV1 {
        writer.key("fieldsV1")
        fieldsV1.write(to: &writer)
      }
      if !subresource.isEmpty {
        writer.key("subresource")
        writer.write(subresource)
      }
      writer.endObject()
    }
  }

  /// `ObjectMeta` of `meta/v1`.
  package struct ObjectMeta: JSONCodable {
    package var name: String
    package var generateName: String
    package var namespace: String
    package var selfLink: String
    package var uid: String
    package var resourceVersion: String
    package var generation: Int64
    package var creationTimestamp: Time?
    package var deletionTimestamp: Time?
    package var deletionGracePeriodSeconds: Int64?
    package var labels: [String: String]
    package var annotations: [String: String]
    package var ownerReferences: [OwnerReference]
    package var finalizers: [String]
    package var managedFields: [ManagedFieldsEntry]

    package init() {
      self.name = ""
      self.generateName = ""
      self.namespace = ""
      self.selfLink = ""
      self.uid = ""
      self.resourceVersion = ""
      self.generation = 0
      self.creationTimestamp = nil
      self.deletionTimestamp = nil
      self.deletionGracePeriodSeconds = nil
      self.labels = [:]
      self.annotations = [:]
      self.ownerReferences = []
      self.finalizers = []
      self.managedFields = []
    }

    package init(
      name: String = "",
      generateName: String = "",
      namespace: String = "",
      selfLink: String = "",
      uid: String = "",
      resourceVersion: String = "",
      generation: Int64 = 0,
      creationTimestamp: Time? = nil,
      deletionTimestamp: Time? = nil,
      deletionGracePeriodSeconds: Int64? = nil,
      labels: [String: String] = [:],
      annotations: [String: String] = [:],
      ownerReferences: [OwnerReference] = [],
      finalizers: [String] = [],
      managedFields: [ManagedFieldsEntry] = []
    ) {
      self.name = name
      self.generateName = generateName
      self.namespace = namespace
      self.selfLink = selfLink
      self.uid = uid
      self.resourceVersion = resourceVersion
      self.generation = generation
      self.creationTimestamp = creationTimestamp
      self.deletionTimestamp = deletionTimestamp
      self.deletionGracePeriodSeconds = deletionGracePeriodSeconds
      self.labels = labels
      self.annotations = annotations
      self.ownerReferences = ownerReferences
      self.finalizers = finalizers
      self.managedFields = managedFields
    }

    private static let fields = FieldTable([
      "name", "generateName", "namespace", "selfLink", "uid", "resourceVersion", "generation",
      "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "labels", "annotations",
      "ownerReferences", "finalizers", "managedFields",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.generateName = try reader.readString()
        case 2: self.namespace = try reader.readString()
        case 3: self.selfLink = try reader.readString()
        case 4: self.uid = try reader.readString()
        case 5: self.resourceVersion = try reader.readString()
        case 6: self.generation = try reader.readInt64()
        case 7: self.creationTimestamp = try Time(from: &reader)
        case 8: self.deletionTimestamp = try Time(from: &reader)
        case 9: self.deletionGracePeriodSeconds = try reader.readInt64()
        case 10: self.labels = try reader.readMap()
        case 11: self.annotations = try reader.readMap()
        case 12: self.ownerReferences = try reader.readArray()
        case 13: self.finalizers = try reader.readArray()
        case 14: self.managedFields = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !name.isEmpty {
        writer.key("name")
        writer.write(name)
      }
      if !generateName.isEmpty {
        writer.key("generateName")
        writer.write(generateName)
      }
      if !namespace.isEmpty {
        writer.key("namespace")
        writer.write(namespace)
      }
      if !selfLink.isEmpty {
        writer.key("selfLink")
        writer.write(selfLink)
      }
      if !uid.isEmpty {
        writer.key("uid")
        writer.write(uid)
      }
      if !resourceVersion.isEmpty {
        writer.key("resourceVersion")
        writer.write(resourceVersion)
      }
      if generation != 0 {
        writer.key("generation")
        writer.write(generation)
      }
      if let creationTimestamp {
        writer.key("creationTimestamp")
        creationTimestamp.write(to: &writer)
      }
      if let deletionTimestamp {
        writer.key("deletionTimestamp")
        deletionTimestamp.write(to: &writer)
      }
      if let deletionGracePeriodSeconds {
        writer.key("deletionGracePeriodSeconds")
        writer.write(deletionGracePeriodSeconds)
      }
      if !labels.isEmpty {
        writer.key("labels")
        writer.write(map: labels)
      }
      if !annotations.isEmpty {
        writer.key("annotations")
        writer.write(map: annotations)
      }
      if !ownerReferences.isEmpty {
        writer.key("ownerReferences")
        writer.write(array: ownerReferences)
      }
      if !finalizers.isEmpty {
        writer.key("finalizers")
        writer.write(array: finalizers)
      }
      if !managedFields.isEmpty {
        writer.key("managedFields")
        writer.write(array: managedFields)
      }
      writer.endObject()
    }
  }

  /// `OwnerReference` of `meta/v1`.
  package struct OwnerReference: JSONCodable {
    package var apiVersion: String
    package var kind: String
    package var name: String
    package var uid: String
    package var controller: Bool?
    package var blockOwnerDeletion: Bool?

    package init() {
      self.apiVersion = ""
      self.kind = ""
      self.name = ""
      self.uid = ""
      self.controller = nil
      self.blockOwnerDeletion = nil
    }

    package init(
      apiVersion: String = "",
      kind: String = "",
      name: String = "",
      uid: String = "",
      controller: Bool? = nil,
      blockOwnerDeletion: Bool? = nil
    ) {
      self.apiVersion = apiVersion
      self.kind = kind
      self.name = name
      self.uid = uid
      self.controller = controller
      self.blockOwnerDeletion = blockOwnerDeletion
    }

    private static let fields = FieldTable([
      "apiVersion", "kind", "name", "uid", "controller", "blockOwnerDeletion",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.apiVersion = try reader.readString()
        case 1: self.kind = try reader.readString()
        case 2: self.name = try reader.readString()
        case 3: self.uid = try reader.readString()
        case 4: self.controller = try reader.readBool()
        case 5: self.blockOwnerDeletion = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("apiVersion")
      writer.write(apiVersion)
      writer.key("kind")
      writer.write(kind)
      writer.key("name")
      writer.write(name)
      writer.key("uid")
      writer.write(uid)
      if let controller {
        writer.key("controller")
        writer.write(controller)
      }
      if let blockOwnerDeletion {
        writer.key("blockOwnerDeletion")
        writer.write(blockOwnerDeletion)
      }
      writer.endObject()
    }
  }
}
