// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension MetaV1 {
  /// `ApplyOptions` of `meta/v1`.
  package struct ApplyOptions: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ApplyOptions"
    package var dryRun: [String]
    package var force: Bool
    package var fieldManager: String

    package init() {
      self.dryRun = []
      self.force = false
      self.fieldManager = ""
    }

    package init(
      dryRun: [String] = [],
      force: Bool = false,
      fieldManager: String = ""
    ) {
      self.dryRun = dryRun
      self.force = force
      self.fieldManager = fieldManager
    }

    private static let fields = FieldTable([
      "dryRun", "force", "fieldManager",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.dryRun = try reader.readArray()
        case 1: self.force = try reader.readBool()
        case 2: self.fieldManager = try reader.readString()
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
      if !dryRun.isEmpty {
        writer.key("dryRun")
        writer.write(array: dryRun)
      }
      writer.key("force")
      writer.write(force)
      writer.key("fieldManager")
      writer.write(fieldManager)
      writer.endObject()
    }
  }

  /// `Condition` of `meta/v1`.
  package struct Condition: JSONCodable {
    package var type: String
    package var status: String
    package var observedGeneration: Int64
    package var lastTransitionTime: Time?
    package var reason: String
    package var message: String

    package init() {
      self.type = ""
      self.status = ""
      self.observedGeneration = 0
      self.lastTransitionTime = nil
      self.reason = ""
      self.message = ""
    }

    package init(
      type: String = "",
      status: String = "",
      observedGeneration: Int64 = 0,
      lastTransitionTime: Time? = nil,
      reason: String = "",
      message: String = ""
    ) {
      self.type = type
      self.status = status
      self.observedGeneration = observedGeneration
      self.lastTransitionTime = lastTransitionTime
      self.reason = reason
      self.message = message
    }

    private static let fields = FieldTable([
      "type", "status", "observedGeneration", "lastTransitionTime", "reason", "message",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.status = try reader.readString()
        case 2: self.observedGeneration = try reader.readInt64()
        case 3: self.lastTransitionTime = try Time(from: &reader)
        case 4: self.reason = try reader.readString()
        case 5: self.message = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      writer.key("status")
      writer.write(status)
      if observedGeneration != 0 {
        writer.key("observedGeneration")
        writer.write(observedGeneration)
      }
      if let lastTransitionTime {
        writer.key("lastTransitionTime")
        lastTransitionTime.write(to: &writer)
      }
      writer.key("reason")
      writer.write(reason)
      writer.key("message")
      writer.write(message)
      writer.endObject()
    }
  }

  /// `CreateOptions` of `meta/v1`.
  package struct CreateOptions: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "CreateOptions"
    package var dryRun: [String]
    package var fieldManager: String
    package var fieldValidation: String

    package init() {
      self.dryRun = []
      self.fieldManager = ""
      self.fieldValidation = ""
    }

    package init(
      dryRun: [String] = [],
      fieldManager: String = "",
      fieldValidation: String = ""
    ) {
      self.dryRun = dryRun
      self.fieldManager = fieldManager
      self.fieldValidation = fieldValidation
    }

    private static let fields = FieldTable([
      "dryRun", "fieldManager", "fieldValidation",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.dryRun = try reader.readArray()
        case 1: self.fieldManager = try reader.readString()
        case 2: self.fieldValidation = try reader.readString()
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
      if !dryRun.isEmpty {
        writer.key("dryRun")
        writer.write(array: dryRun)
      }
      if !fieldManager.isEmpty {
        writer.key("fieldManager")
        writer.write(fieldManager)
      }
      if !fieldValidation.isEmpty {
        writer.key("fieldValidation")
        writer.write(fieldValidation)
      }
      writer.endObject()
    }
  }

  /// `DeleteOptions` of `meta/v1`.
  package struct DeleteOptions: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "DeleteOptions"
    package var gracePeriodSeconds: Int64?
    package var preconditions: Preconditions?
    package var orphanDependents: Bool?
    package var propagationPolicy: String?
    package var dryRun: [String]
    package var ignoreStoreReadErrorWithClusterBreakingPotential: Bool?

    package init() {
      self.gracePeriodSeconds = nil
      self.preconditions = nil
      self.orphanDependents = nil
      self.propagationPolicy = nil
      self.dryRun = []
      self.ignoreStoreReadErrorWithClusterBreakingPotential = nil
    }

    package init(
      gracePeriodSeconds: Int64? = nil,
      preconditions: Preconditions? = nil,
      orphanDependents: Bool? = nil,
      propagationPolicy: String? = nil,
      dryRun: [String] = [],
      ignoreStoreReadErrorWithClusterBreakingPotential: Bool? = nil
    ) {
      self.gracePeriodSeconds = gracePeriodSeconds
      self.preconditions = preconditions
      self.orphanDependents = orphanDependents
      self.propagationPolicy = propagationPolicy
      self.dryRun = dryRun
      self.ignoreStoreReadErrorWithClusterBreakingPotential = ignoreStoreReadErrorWithClusterBreakingPotential
    }

    private static let fields = FieldTable([
      "gracePeriodSeconds", "preconditions", "orphanDependents", "propagationPolicy", "dryRun",
      "ignoreStoreReadErrorWithClusterBreakingPotential",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.gracePeriodSeconds = try reader.readInt64()
        case 1: self.preconditions = try Preconditions(from: &reader)
        case 2: self.orphanDependents = try reader.readBool()
        case 3: self.propagationPolicy = try reader.readString()
        case 4: self.dryRun = try reader.readArray()
        case 5: self.ignoreStoreReadErrorWithClusterBreakingPotential = try reader.readBool()
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
      if let gracePeriodSeconds {
        writer.key("gracePeriodSeconds")
        writer.write(gracePeriodSeconds)
      }
      if let preconditions {
        writer.key("preconditions")
        preconditions.write(to: &writer)
      }
      if let orphanDependents {
        writer.key("orphanDependents")
        writer.write(orphanDependents)
      }
      if let propagationPolicy {
        writer.key("propagationPolicy")
        writer.write(propagationPolicy)
      }
      if !dryRun.isEmpty {
        writer.key("dryRun")
        writer.write(array: dryRun)
      }
      if let ignoreStoreReadErrorWithClusterBreakingPotential {
        writer.key("ignoreStoreReadErrorWithClusterBreakingPotential")
        writer.write(ignoreStoreReadErrorWithClusterBreakingPotential)
      }
      writer.endObject()
    }
  }

  /// `FieldSelectorRequirement` of `meta/v1`.
  package struct FieldSelectorRequirement: JSONCodable {
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
}
