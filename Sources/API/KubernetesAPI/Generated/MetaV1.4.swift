// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension MetaV1 {
  /// `ListMeta` of `meta/v1`.
  package struct ListMeta: JSONCodable {
    package var selfLink: String = ""
    package var resourceVersion: String = ""
    package var `continue`: String = ""
    package var remainingItemCount: Int64?

    package init() {}
    package init(
      selfLink: String = "",
      resourceVersion: String = "",
      `continue`: String = "",
      remainingItemCount: Int64? = nil
    ) {
      self.selfLink = selfLink
      self.resourceVersion = resourceVersion
      self.`continue` = `continue`
      self.remainingItemCount = remainingItemCount
    }

    private static let fields = FieldTable([
      "selfLink", "resourceVersion", "continue", "remainingItemCount",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.selfLink = try reader.readString()
        case 1: self.resourceVersion = try reader.readString()
        case 2: self.`continue` = try reader.readString()
        case 3: self.remainingItemCount = try reader.readInt64()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !selfLink.isEmpty {
        writer.key("selfLink")
        writer.write(selfLink)
      }
      if !resourceVersion.isEmpty {
        writer.key("resourceVersion")
        writer.write(resourceVersion)
      }
      if !`continue`.isEmpty {
        writer.key("continue")
        writer.write(`continue`)
      }
      if let remainingItemCount {
        writer.key("remainingItemCount")
        writer.write(remainingItemCount)
      }
      writer.endObject()
    }
  }

  /// `ListOptions` of `meta/v1`.
  package struct ListOptions: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ListOptions"
    package var labelSelector: String = ""
    package var fieldSelector: String = ""
    package var watch: Bool = false
    package var allowWatchBookmarks: Bool = false
    package var resourceVersion: String = ""
    package var resourceVersionMatch: String = ""
    package var timeoutSeconds: Int64?
    package var limit: Int64 = 0
    package var `continue`: String = ""
    package var sendInitialEvents: Bool?

    package init() {}
    package init(
      labelSelector: String = "",
      fieldSelector: String = "",
      watch: Bool = false,
      allowWatchBookmarks: Bool = false,
      resourceVersion: String = "",
      resourceVersionMatch: String = "",
      timeoutSeconds: Int64? = nil,
      limit: Int64 = 0,
      `continue`: String = "",
      sendInitialEvents: Bool? = nil
    ) {
      self.labelSelector = labelSelector
      self.fieldSelector = fieldSelector
      self.watch = watch
      self.allowWatchBookmarks = allowWatchBookmarks
      self.resourceVersion = resourceVersion
      self.resourceVersionMatch = resourceVersionMatch
      self.timeoutSeconds = timeoutSeconds
      self.limit = limit
      self.`continue` = `continue`
      self.sendInitialEvents = sendInitialEvents
    }

    private static let fields = FieldTable([
      "labelSelector", "fieldSelector", "watch", "allowWatchBookmarks", "resourceVersion",
      "resourceVersionMatch", "timeoutSeconds", "limit", "continue", "sendInitialEvents",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.labelSelector = try reader.readString()
        case 1: self.fieldSelector = try reader.readString()
        case 2: self.watch = try reader.readBool()
        case 3: self.allowWatchBookmarks = try reader.readBool()
        case 4: self.resourceVersion = try reader.readString()
        case 5: self.resourceVersionMatch = try reader.readString()
        case 6: self.timeoutSeconds = try reader.readInt64()
        case 7: self.limit = try reader.readInt64()
        case 8: self.`continue` = try reader.readString()
        case 9: self.sendInitialEvents = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("apiVersion")
      writer.write(Self.apiVersion)
      writer.key("kind")
      writer.write(Self.kind)
      if !labelSelector.isEmpty {
        writer.key("labelSelector")
        writer.write(labelSelector)
      }
      if !fieldSelector.isEmpty {
        writer.key("fieldSelector")
        writer.write(fieldSelector)
      }
      if watch {
        writer.key("watch")
        writer.write(watch)
      }
      if allowWatchBookmarks {
        writer.key("allowWatchBookmarks")
        writer.write(allowWatchBookmarks)
      }
      if !resourceVersion.isEmpty {
        writer.key("resourceVersion")
        writer.write(resourceVersion)
      }
      if !resourceVersionMatch.isEmpty {
        writer.key("resourceVersionMatch")
        writer.write(resourceVersionMatch)
      }
      if let timeoutSeconds {
        writer.key("timeoutSeconds")
        writer.write(timeoutSeconds)
      }
      if limit != 0 {
        writer.key("limit")
        writer.write(limit)
      }
      if !`continue`.isEmpty {
        writer.key("continue")
        writer.write(`continue`)
      }
      if let sendInitialEvents {
        writer.key("sendInitialEvents")
        writer.write(sendInitialEvents)
      }
      writer.endObject()
    }
  }

  /// `ManagedFieldsEntry` of `meta/v1`.
  package struct ManagedFieldsEntry: JSONCodable {
    package var manager: String = ""
    package var operation: String = ""
    package var apiVersion: String = ""
    package var time: Time?
    package var fieldsType: String = ""
    package var fieldsV1: JSONValue?
    package var subresource: String = ""

    package init() {}
    package init(
      manager: String = "",
      operation: String = "",
      apiVersion: String = "",
      time: Time? = nil,
      fieldsType: String = "",
      fieldsV1: JSONValue? = nil,
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
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.manager = try reader.readString()
        case 1: self.operation = try reader.readString()
        case 2: self.apiVersion = try reader.readString()
        case 3: self.time = try Time(from: &reader)
        case 4: self.fieldsType = try reader.readString()
        case 5: self.fieldsV1 = try reader.readValue()
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
        writer.write(fieldsV1)
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
    package var name: String = ""
    package var generateName: String = ""
    package var namespace: String = ""
    package var selfLink: String = ""
    package var uid: String = ""
    package var resourceVersion: String = ""
    package var generation: Int64 = 0
    package var creationTimestamp: Time?
    package var deletionTimestamp: Time?
    package var deletionGracePeriodSeconds: Int64?
    package var labels: [String: String] = [:]
    package var annotations: [String: String] = [:]
    package var ownerReferences: [OwnerReference] = []
    package var finalizers: [String] = []
    package var managedFields: [ManagedFieldsEntry] = []

    package init() {}
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
}
