// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension MetaV1 {
  /// `LabelSelector` of `meta/v1`.
  package struct LabelSelector: JSONCodable {
    package var matchLabels: [String: String]
    package var matchExpressions: [LabelSelectorRequirement]

    package init() {
      self.matchLabels = [:]
      self.matchExpressions = []
    }

    package init(
      matchLabels: [String: String] = [:],
      matchExpressions: [LabelSelectorRequirement] = []
    ) {
      self.matchLabels = matchLabels
      self.matchExpressions = matchExpressions
    }

    private static let fields = FieldTable([
      "matchLabels", "matchExpressions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.matchLabels = try reader.readMap()
        case 1: self.matchExpressions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !matchLabels.isEmpty {
        writer.key("matchLabels")
        writer.write(map: matchLabels)
      }
      if !matchExpressions.isEmpty {
        writer.key("matchExpressions")
        writer.write(array: matchExpressions)
      }
      writer.endObject()
    }
  }

  /// `LabelSelectorRequirement` of `meta/v1`.
  package struct LabelSelectorRequirement: JSONCodable {
    package var key: String
    package var `operator`: String
    package var values: [String]

    package init() {
      self.key = ""
      self.`operator` = ""
      self.values = []
    }

    package init(
      key: String = "",
      `operator`: String = "",
      values: [String] = []
    ) {
      self.key = key
      self.`operator` = `operator`
      self.values = values
    }

    private static let fields = FieldTable([
      "key", "operator", "values",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.key = try reader.readString()
        case 1: self.`operator` = try reader.readString()
        case 2: self.values = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("key")
      writer.write(key)
      writer.key("operator")
      writer.write(`operator`)
      if !values.isEmpty {
        writer.key("values")
        writer.write(array: values)
      }
      writer.endObject()
    }
  }

  /// `List` of `meta/v1`.
  package struct List: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "List"
    package var metadata: ListMeta
    package var items: [JSONValue]

    package init() {
      self.metadata = ListMeta()
      self.items = []
    }

    package init(
      metadata: ListMeta = ListMeta(),
      items: [JSONValue] = []
    ) {
      self.metadata = metadata
      self.items = items
    }

    private static let fields = FieldTable([
      "metadata", "items",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try ListMeta(from: &reader)
        case 1: self.items = try reader.readArray()
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
      writer.key("metadata")
      metadata.write(to: &writer)
      writer.key("items")
      writer.write(array: items)
      writer.endObject()
    }
  }

  /// `ListMeta` of `meta/v1`.
  package struct ListMeta: JSONCodable {
    package var selfLink: String
    package var resourceVersion: String
    package var `continue`: String
    package var remainingItemCount: Int64?

    package init() {
      self.selfLink = ""
      self.resourceVersion = ""
      self.`continue` = ""
      self.remainingItemCount = nil
    }

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
      self.init()
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
    package var labelSelector: String
    package var fieldSelector: String
    package var watch: Bool
    package var allowWatchBookmarks: Bool
    package var resourceVersion: String
    package var resourceVersionMatch: String
    package var timeoutSeconds: Int64?
    package var limit: Int64
    package var `continue`: String
    package var sendInitialEvents: Bool?

    package init() {
      self.labelSelector = ""
      self.fieldSelector = ""
      self.watch = false
      self.allowWatchBookmarks = false
      self.resourceVersion = ""
      self.resourceVersionMatch = ""
      self.timeoutSeconds = nil
      self.limit = 0
      self.`continue` = ""
      self.sendInitialEvents = nil
    }

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
      self.init()
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
}
