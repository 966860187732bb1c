import JSONDocument

/// What server-side apply does with documents of one type: which places they hold, how two differ, merging, removing.
///
/// The rules are those that Kubernetes documents for `listType`, `mapType` and `structType`; a null counts as a value
/// here, as a client that applies `null` states something about that place.
struct TypedFields: Sendable {
  let schema: Schema
  let root: MergeType

  init(schema: Schema, type: Int) {
    self.schema = schema
    root = MergeType(.type(type))
  }

  // MARK: - Places

  /// The places that a document states: leaves, elements of lists, members of maps; not structs as such.
  func fields(of document: JSONValue) -> FieldSet { fields(document, root).children }

  private func fields(_ value: JSONValue, _ type: MergeType) -> FieldSet.Node {
    let shape = schema.shape(of: type, sample: value)
    var result = FieldSet.Node()
    switch shape {
    case .leaf: result.isMember = true
    case .set(let elementType), .keyed(let elementType, _):
      guard case .array(let list) = value else { break }
      let items = schema.elements(of: list, shape)
      let counts = Dictionary(items.map { ($0.element, 1) }, uniquingKeysWith: +)
      for (element, item) in items {
        // Elements that cannot be told apart are owned together, as a whole.
        var node = counts[element] == 1 ? fields(item, elementType) : .init()
        node.isMember = true
        result.children.set(element, node)
      }
    case .map(let elementType):
      for member in value.objectValue?.members ?? [] {
        var node = fields(member.value, elementType)
        node.isMember = true
        result.children.set(.field(member.key), node)
      }
    case .structure(let index):
      for member in value.objectValue?.members ?? [] {
        let memberType = schema.memberType(member.key, of: index)
        var node = fields(member.value, memberType ?? .free)
        if member.value.isNull || member.value == [:] || memberType == nil { node.isMember = true }
        result.children.set(.field(member.key), node)
      }
    }
    return result
  }

  /// The set, where each struct member with something below counts as a member itself: without the last of its parts
  /// it goes too.
  func withStructs(_ set: FieldSet) -> FieldSet { withStructs(set, root) }

  private func withStructs(_ set: FieldSet, _ type: MergeType) -> FieldSet {
    var result = FieldSet()
    for (element, node) in set.nodes {
      var node = node
      if !node.children.isEmpty {
        if case .type(let index) = type.type, case .field(let name) = element,
          schema.memberType(name, of: index) != nil
        {
          node.isMember = true
        }
        node.children = withStructs(node.children, schema.type(at: element, below: type))
      }
      result.set(element, node)
    }
    return result
  }

  /// Whether something lies below a place that is taken as a whole: rare, so that it is asked first.
  func hasPartsOfLeaves(_ set: FieldSet) -> Bool { hasPartsOfLeaves(set, root) }

  private func hasPartsOfLeaves(_ set: FieldSet, _ type: MergeType) -> Bool {
    set.nodes.contains { element, node in
      if node.children.isEmpty { return false }
      let below = schema.type(at: element, below: type)
      if case .leaf = schema.shape(of: below, sample: [:]) { return true }
      return hasPartsOfLeaves(node.children, below)
    }
  }

  /// The set, where nothing lies below places that are taken as a whole: an owner of a part, recorded when the schema
  /// was another, owns the whole.
  func withoutPartsOfLeaves(_ set: FieldSet) -> FieldSet { withoutPartsOfLeaves(set, root) }

  private func withoutPartsOfLeaves(_ set: FieldSet, _ type: MergeType) -> FieldSet {
    var result = FieldSet()
    for (element, node) in set.nodes {
      let below = schema.type(at: element, below: type)
      var node = node
      if !node.children.isEmpty {
        if case .leaf = schema.shape(of: below, sample: [:]) {
          node = FieldSet.Node(isMember: true)
        } else {
          node.children = withoutPartsOfLeaves(node.children, below)
        }
      }
      result.set(element, node)
    }
    return result
  }

  // MARK: - Removing

  /// The document without the members of a set. What is left empty becomes `null`.
  func removing(_ set: FieldSet, from document: JSONValue) -> JSONValue { removing(set, from: document, root) }

  private func removing(_ set: FieldSet, from value: JSONValue, _ type: MergeType) -> JSONValue {
    if set.isEmpty { return value }
    let shape = schema.shape(of: type, sample: value)
    switch (shape, value) {
    case (.set(let elementType), .array(let list)), (.keyed(let elementType, _), .array(let list)):
      var kept: [JSONValue] = []
      for (element, item) in schema.elements(of: list, shape) {
        let node = set[element]
        if node?.isMember == true { continue }
        kept.append(removing(node?.children ?? FieldSet(), from: item, elementType))
      }
      return kept.isEmpty && !list.isEmpty ? .null : .array(kept)
    case (.map, .object(let object)), (.structure, .object(let object)):
      var kept = JSONObject()
      for member in object.members {
        let node = set[.field(member.key)]
        if node?.isMember == true { continue }
        let below = schema.type(at: .field(member.key), below: type)
        kept[member.key] = removing(node?.children ?? FieldSet(), from: member.value, below)
      }
      return kept.isEmpty && !object.isEmpty ? .null : .object(kept)
    default: return value
    }
  }
}
