// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `events.k8s.io/v1`.
package enum EventsV1 {}

extension EventsV1 {
  /// `Event` of `events.k8s.io/v1`.
  package struct Event: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "events.k8s.io/v1"
    package static let kind = "Event"
    package static let resource = ResourceDescription(
      group: "events.k8s.io", version: "v1", kind: kind, plural: "events",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var eventTime: MicroTime?
    package var series: EventSeries?
    package var reportingController: String
    package var reportingInstance: String
    package var action: String
    package var reason: String
    @Boxed package var regarding: CoreV1.ObjectReference
    @BoxedOptional package var related: CoreV1.ObjectReference?
    package var note: String
    package var type: String
    package var deprecatedSource: CoreV1.EventSource
    package var deprecatedFirstTimestamp: Time?
    package var deprecatedLastTimestamp: Time?
    package var deprecatedCount: Int32

    package init() {
      self.eventTime = nil
      self.series = nil
      self.reportingController = ""
      self.reportingInstance = ""
      self.action = ""
      self.reason = ""
      self.note = ""
      self.type = ""
      self.deprecatedSource = CoreV1.EventSource()
      self.deprecatedFirstTimestamp = nil
      self.deprecatedLastTimestamp = nil
      self.deprecatedCount = 0
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      eventTime: MicroTime? = nil,
      series: EventSeries? = nil,
      reportingController: String = "",
      reportingInstance: String = "",
      action: String = "",
      reason: String = "",
      regarding: CoreV1.ObjectReference = CoreV1.ObjectReference(),
      related: CoreV1.ObjectReference? = nil,
      note: String = "",
      type: String = "",
      deprecatedSource: CoreV1.EventSource = CoreV1.EventSource(),
      deprecatedFirstTimestamp: Time? = nil,
      deprecatedLastTimestamp: Time? = nil,
      deprecatedCount: Int32 = 0
    ) {
      self.metadata = metadata
      self.eventTime = eventTime
      self.series = series
      self.reportingController = reportingController
      self.reportingInstance = reportingInstance
      self.action = action
      self.reason = reason
      self.regarding = regarding
      self.related = related
      self.note = note
      self.type = type
      self.deprecatedSource = deprecatedSource
      self.deprecatedFirstTimestamp = deprecatedFirstTimestamp
      self.deprecatedLastTimestamp = deprecatedLastTimestamp
      self.deprecatedCount = deprecatedCount
    }

    private static let fields = FieldTable([
      "metadata", "eventTime", "series", "reportingController", "reportingInstance", "action", "reason",
      "regarding", "related", "note", "type", "deprecatedSource", "deprecatedFirstTimestamp",
      "deprecatedLastTimestamp", "deprecatedCount",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.eventTime = try MicroTime(from: &reader)
        case 2: self.series = try EventSeries(from: &reader)
        case 3: self.reportingController = try reader.readString()
        case 4: self.reportingInstance = try reader.readString()
        case 5: self.action = try reader.readString()
        case 6: self.reason = try reader.readString()
        case 7: self.regarding = try CoreV1.ObjectReference(from: &reader)
        case 8: self.related = try CoreV1.ObjectReference(from: &reader)
        case 9: self.note = try reader.readString()
        case 10: self.type = try reader.readString()
        case 11: self.deprecatedSource = try CoreV1.EventSource(from: &reader)
        case 12: self.deprecatedFirstTimestamp = try Time(from: &reader)
        case 13: self.deprecatedLastTimestamp = try Time(from: &reader)
        case 14: self.deprecatedCount = try reader.readInt32()
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
      if let eventTime {
        writer.key("eventTime")
        eventTime.write(to: &writer)
      }
      if let series {
        writer.key("series")
        series.write(to: &writer)
      }
      if !reportingController.isEmpty {
        writer.key("reportingController")
        writer.write(reportingController)
      }
      if !reportingInstance.isEmpty {
        writer.key("reportingInstance")
        writer.write(reportingInstance)
      }
      if !action.isEmpty {
        writer.key("action")
        writer.write(action)
      }
      if !reason.isEmpty {
        writer.key("reason")
        writer.write(reason)
      }
      writer.key("regarding")
      regarding.write(to: &writer)
      if let related {
        writer.key("related")
        related.write(to: &writer)
      }
      if !note.isEmpty {
        writer.key("note")
        writer.write(note)
      }
      if !type.isEmpty {
        writer.key("type")
        writer.write(type)
      }
      writer.key("deprecatedSource")
      deprecatedSource.write(to: &writer)
      if let deprecatedFirstTimestamp {
        writer.key("deprecatedFirstTimestamp")
        deprecatedFirstTimestamp.write(to: &writer)
      }
      if let deprecatedLastTimestamp {
        writer.key("deprecatedLastTimestamp")
        deprecatedLastTimestamp.write(to: &writer)
      }
      if deprecatedCount != 0 {
        writer.key("deprecatedCount")
        writer.write(deprecatedCount)
      }
      writer.endObject()
    }
  }

  /// `EventList` of `events.k8s.io/v1`.
  package struct EventList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "events.k8s.io/v1"
    package static let kind = "EventList"
    package var metadata: MetaV1.ListMeta
    package var items: [Event]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [Event] = []
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
        case 0: self.metadata = try MetaV1.ListMeta(from: &reader)
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

  /// `EventSeries` of `events.k8s.io/v1`.
  package struct EventSeries: JSONCodable {
    package var count: Int32
    package var lastObservedTime: MicroTime?

    package init() {
      self.count = 0
      self.lastObservedTime = nil
    }

    package init(
      count: Int32 = 0,
      lastObservedTime: MicroTime? = nil
    ) {
      self.count = count
      self.lastObservedTime = lastObservedTime
    }

    private static let fields = FieldTable([
      "count", "lastObservedTime",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.count = try reader.readInt32()
        case 1: self.lastObservedTime = try MicroTime(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("count")
      writer.write(count)
      if let lastObservedTime {
        writer.key("lastObservedTime")
        lastObservedTime.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
