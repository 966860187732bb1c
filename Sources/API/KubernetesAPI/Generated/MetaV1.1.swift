// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `meta/v1`.
package enum MetaV1 {}

extension MetaV1 {
  /// `APIGroup` of `meta/v1`.
  package struct APIGroup: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "APIGroup"
    package var name: String
    package var versions: [GroupVersionForDiscovery]
    package var preferredVersion: GroupVersionForDiscovery
    package var serverAddressByClientCIDRs: [ServerAddressByClientCIDR]

    package init() {
      self.name = ""
      self.versions = []
      self.preferredVersion = GroupVersionForDiscovery()
      self.serverAddressByClientCIDRs = []
    }

    package init(
      name: String = "",
      versions: [GroupVersionForDiscovery] = [],
      preferredVersion: GroupVersionForDiscovery = GroupVersionForDiscovery(),
      serverAddressByClientCIDRs: [ServerAddressByClientCIDR] = []
    ) {
      self.name = name
      self.versions = versions
      self.preferredVersion = preferredVersion
      self.serverAddressByClientCIDRs = serverAddressByClientCIDRs
    }

    private static let fields = FieldTable([
      "name", "versions", "preferredVersion", "serverAddressByClientCIDRs",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.versions = try reader.readArray()
        case 2: self.preferredVersion = try GroupVersionForDiscovery(from: &reader)
        case 3: self.serverAddressByClientCIDRs = try reader.readArray()
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
      writer.key("name")
      writer.write(name)
      writer.key("versions")
      writer.write(array: versions)
      writer.key("preferredVersion")
      preferredVersion.write(to: &writer)
      if !serverAddressByClientCIDRs.isEmpty {
        writer.key("serverAddressByClientCIDRs")
        writer.write(array: serverAddressByClientCIDRs)
      }
      writer.endObject()
    }
  }

  /// `APIGroupList` of `meta/v1`.
  package struct APIGroupList: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "APIGroupList"
    package var groups: [APIGroup]

    package init() {
      self.groups = []
    }

    package init(
      groups: [APIGroup] = []
    ) {
      self.groups = groups
    }

    private static let fields = FieldTable([
      "groups",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.groups = try reader.readArray()
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
      writer.key("groups")
      writer.write(array: groups)
      writer.endObject()
    }
  }

  /// `APIResource` of `meta/v1`.
  package struct APIResource: JSONCodable {
    package var name: String
    package var singularName: String
    package var namespaced: Bool
    package var group: String
    package var version: String
    package var kind: String
    package var verbs: [String]
    package var shortNames: [String]
    package var categories: [String]
    package var storageVersionHash: String

    package init() {
      self.name = ""
      self.singularName = ""
      self.namespaced = false
      self.group = ""
      self.version = ""
      self.kind = ""
      self.verbs = []
      self.shortNames = []
      self.categories = []
      self.storageVersionHash = ""
    }

    package init(
      name: String = "",
      singularName: String = "",
      namespaced: Bool = false,
      group: String = "",
      version: String = "",
      kind: String = "",
      verbs: [String] = [],
      shortNames: [String] = [],
      categories: [String] = [],
      storageVersionHash: String = ""
    ) {
      self.name = name
      self.singularName = singularName
      self.namespaced = namespaced
      self.group = group
      self.version = version
      self.kind = kind
      self.verbs = verbs
      self.shortNames = shortNames
      self.categories = categories
      self.storageVersionHash = storageVersionHash
    }

    private static let fields = FieldTable([
      "name", "singularName", "namespaced", "group", "version", "kind", "verbs", "shortNames",
      "categories", "storageVersionHash",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.singularName = try reader.readString()
        case 2: self.namespaced = try reader.readBool()
        case 3: self.group = try reader.readString()
        case 4: self.version = try reader.readString()
        case 5: self.kind = try reader.readString()
        case 6: self.verbs = try reader.readArray()
        case 7: self.shortNames = try reader.readArray()
        case 8: self.categories = try reader.readArray()
        case 9: self.storageVersionHash = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.key("singularName")
      writer.write(singularName)
      writer.key("namespaced")
      writer.write(namespaced)
      if !group.isEmpty {
        writer.key("group")
        writer.write(group)
      }
      if !version.isEmpty {
        writer.key("version")
        writer.write(version)
      }
      writer.key("kind")
      writer.write(kind)
      writer.key("verbs")
      writer.write(array: verbs)
      if !shortNames.isEmpty {
        writer.key("shortNames")
        writer.write(array: shortNames)
      }
      if !categories.isEmpty {
        writer.key("categories")
        writer.write(array: categories)
      }
      if !storageVersionHash.isEmpty {
        writer.key("storageVersionHash")
        writer.write(storageVersionHash)
      }
      writer.endObject()
    }
  }

  /// `APIResourceList` of `meta/v1`.
  package struct APIResourceList: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "APIResourceList"
    package var groupVersion: String
    package var resources: [APIResource]

    package init() {
      self.groupVersion = ""
      self.resources = []
    }

    package init(
      groupVersion: String = "",
      resources: [APIResource] = []
    ) {
      self.groupVersion = groupVersion
      self.resources = resources
    }

    private static let fields = FieldTable([
      "groupVersion", "resources",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.groupVersion = try reader.readString()
        case 1: self.resources = try reader.readArray()
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
      writer.key("groupVersion")
      writer.write(groupVersion)
      writer.key("resources")
      writer.write(array: resources)
      writer.endObject()
    }
  }

  /// `APIVersions` of `meta/v1`.
  package struct APIVersions: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "APIVersions"
    package var versions: [String]
    package var serverAddressByClientCIDRs: [ServerAddressByClientCIDR]

    package init() {
      self.versions = []
      self.serverAddressByClientCIDRs = []
    }

    package init(
      versions: [String] = [],
      serverAddressByClientCIDRs: [ServerAddressByClientCIDR] = []
    ) {
      self.versions = versions
      self.serverAddressByClientCIDRs = serverAddressByClientCIDRs
    }

    private static let fields = FieldTable([
      "versions", "serverAddressByClientCIDRs",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.versions = try reader.readArray()
        case 1: self.serverAddressByClientCIDRs = try reader.readArray()
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
      writer.key("versions")
      writer.write(array: versions)
      writer.key("serverAddressByClientCIDRs")
      writer.write(array: serverAddressByClientCIDRs)
      writer.endObject()
    }
  }
}
