package import JSONDocument

/// Group, version and kind, as a document's `apiVersion` and `kind` name them.
package struct GroupVersionKind: Hashable, Sendable, CustomStringConvertible {
  /// Empty for the core group.
  package var group: String
  package var version: String
  package var kind: String

  package init(group: String, version: String, kind: String) {
    self.group = group
    self.version = version
    self.kind = kind
  }

  /// From `apps/v1` or `v1`; nil if there are more slashes or an empty part.
  package init?(apiVersion: String, kind: String) {
    guard let split = GroupVersion(apiVersion: apiVersion) else { return nil }
    self.init(group: split.group, version: split.version, kind: kind)
  }

  package var groupVersion: GroupVersion { GroupVersion(group: group, version: version) }
  /// `apps/v1`, or `v1` for the core group.
  package var apiVersion: String { groupVersion.apiVersion }
  package var description: String { "\(apiVersion), Kind=\(kind)" }
}

/// A group and one of its versions.
package struct GroupVersion: Hashable, Sendable, CustomStringConvertible {
  /// Empty for the core group.
  package var group: String
  package var version: String

  package init(group: String, version: String) {
    self.group = group
    self.version = version
  }

  /// From `apps/v1` or `v1`; nil if there are more slashes or an empty part.
  package init?(apiVersion: String) {
    let parts = apiVersion.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    switch parts.count {
    case 1 where !parts[0].isEmpty: self.init(group: "", version: parts[0])
    case 2 where !parts[0].isEmpty && !parts[1].isEmpty: self.init(group: parts[0], version: parts[1])
    default: return nil
    }
  }

  package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }
  /// `/api/v1` or `/apis/GROUP/VERSION`.
  package var basePath: String { group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)" }
  package var description: String { apiVersion }
}

/// What a field holds.
package indirect enum FieldType: Equatable, Sendable {
  case string, bool, int32, int64, double
  /// Base64 in JSON.
  case bytes
  /// RFC 3339 in JSON: whole seconds, microseconds.
  case time, microTime
  /// Go's notation in JSON (`1m30s`).
  case duration
  /// A string, or a number as clients may write it.
  case quantity
  case intOrString
  /// Any JSON; the name (`RawExtension`) tells what it stands for.
  case any(String)
  /// Another type, by its index in the schema's `types`.
  case type(Int)
  case array(FieldType)
  case map(FieldType)
}

/// Marks of a field.
package struct FieldFlags: OptionSet, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }
  package static let optional = FieldFlags(rawValue: 1)
  /// Left out of JSON when empty.
  package static let omitEmpty = FieldFlags(rawValue: 2)
  /// Absent differs from zero.
  package static let pointer = FieldFlags(rawValue: 4)
  /// The type's fields sit in the parent.
  package static let inline = FieldFlags(rawValue: 8)
  package static let required = FieldFlags(rawValue: 16)
  /// A list that has a message of its own in protobuf, with the items in 1.
  package static let wrapped = FieldFlags(rawValue: 32)
}

/// How a strategic merge patch treats a field.
package struct PatchStrategy: OptionSet, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }
  /// List elements are merged by `mergeKey`, or as a set if there is none.
  package static let merge = PatchStrategy(rawValue: 1)
  /// `$retainKeys` clears members that the patch does not list.
  package static let retainKeys = PatchStrategy(rawValue: 2)
  package static let replace = PatchStrategy(rawValue: 4)
}

/// How server-side apply treats a list, map or struct.
package enum ListType: String, Sendable { case atomic, set, map, granular }

/// One field of a type.
package struct FieldSchema: Sendable {
  /// The name in JSON.
  package var name: String
  /// The protobuf field number.
  package var number: Int
  package var type: FieldType
  package var flags: FieldFlags
  package var patchStrategy: PatchStrategy
  package var mergeKey: String?
  package var listType: ListType?
  package var listMapKeys: [String]
  package var defaultValue: JSONValue?
  /// The values that the API defines; new ones may come, so they document and do not restrict.
  package var enumValues: [String]

  /// Whether a document must hold it, as OpenAPI lists it.
  package var isRequired: Bool {
    flags.contains(.required) || flags.isDisjoint(with: [.optional, .omitEmpty])
  }
}

/// What reading and writing needs to know of a field: little, so that it is cheap to hand on.
struct WireField: Sendable {
  let name: String
  let number: Int
  let type: FieldType
  let flags: FieldFlags
}

/// A field's default.
struct Preset: Sendable {
  let name: String
  let value: JSONValue
  /// Whether a zero value counts as absent: the field is no pointer in Kubernetes.
  let replacesZero: Bool
}

/// One type.
package struct TypeSchema: Sendable {
  /// The type package: an API group, or `core` or `meta`.
  package let package: String
  package let version: String
  package let name: String
  /// Whether documents of it carry `apiVersion` and `kind`.
  package let isKind: Bool
  /// Whether server-side apply takes it as a whole.
  package let isAtomic: Bool
  /// The fields as declared: inline ones as one field. Protobuf follows these.
  package let declaredFields: [FieldSchema]
  /// The fields as JSON shows them: those of inline types in their parent's place.
  package internal(set) var fields: [FieldSchema]
  /// The same by name.
  private(set) var members = TypeMembers([])
  /// The declared fields as protobuf sees them, in the same order, and by falling number.
  let wireFields: [WireField]
  let backwardWireFields: [WireField]
  /// Positions in `declaredFields` by number; -1 where there is none.
  private let wirePositions: [Int]

  init(
    package: String, version: String, name: String, isKind: Bool, isAtomic: Bool, declaredFields: [FieldSchema]
  ) {
    self.package = package
    self.version = version
    self.name = name
    self.isKind = isKind
    self.isAtomic = isAtomic
    self.declaredFields = declaredFields
    self.fields = declaredFields
    self.wireFields = declaredFields.map {
      WireField(name: $0.name, number: $0.number, type: $0.type, flags: $0.flags)
    }
    self.backwardWireFields = wireFields.sorted { $0.number > $1.number }
    var positions = [Int](repeating: -1, count: (declaredFields.map(\.number).max() ?? 0) + 1)
    for (position, field) in declaredFields.enumerated() { positions[field.number] = position }
    self.wirePositions = positions
  }

  /// The fields as JSON shows them, in the order of `fields`: what reading and writing documents needs of them, and
  /// what server-side apply does. A `FieldSchema` is many times as dear to hand on.
  private(set) var jsonFields: [WireField] = []

  /// The field of that JSON name.
  package func field(_ name: String) -> FieldSchema? { members.position(of: name).map { fields[$0] } }

  /// The position in `declaredFields` of the field with that number.
  func wirePosition(_ number: Int) -> Int? {
    guard number < wirePositions.count, wirePositions[number] >= 0 else { return nil }
    return wirePositions[number]
  }

  /// The type of the field of that JSON name.
  package func fieldType(_ name: String) -> FieldType? {
    guard let position = members.position(of: name) else { return nil }
    return jsonFields[position].type
  }

  /// The fields with a default, and whether one can lie anywhere below: set by the schema once all types are known.
  var presets: [Preset] = []
  var reachesPresets = false

  mutating func indexFields() {
    members = TypeMembers(fields)
    jsonFields = fields.map { WireField(name: $0.name, number: $0.number, type: $0.type, flags: $0.flags) }
  }

  /// The API group: empty for `core` and `meta`.
  package var group: String { self.package == "core" || self.package == "meta" ? "" : self.package }
  package var groupVersionKind: GroupVersionKind { GroupVersionKind(group: group, version: version, kind: name) }
}

/// A type's fields by their JSON names. An object of its own, so that to look one up copies no type.
final class TypeMembers: Sendable {
  private let positions: [String: Int]
  private let mergeTypes: [MergeType]

  init(_ fields: [FieldSchema]) {
    positions = Dictionary(fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { $1 })
    mergeTypes = fields.map { MergeType($0) }
  }

  /// The field's position in ``TypeSchema/fields``.
  func position(of name: String) -> Int? { positions[name] }

  /// The field's type, with what it says of merging.
  func mergeType(_ name: String) -> MergeType? { positions[name].map { mergeTypes[$0] } }
}
