import KubernetesAPI

/// Which objects of a resource a list or a watch is about: a namespace, labels, fields.
struct ObjectSelection: Sendable {
  enum Field: Sendable {
    case name, namespace
    /// By its position among the kind's selectable fields.
    case declared(Int)
  }
  struct FieldRequirement: Sendable {
    var field: Field
    var value: String
    var equal: Bool
  }
  /// The keys begin with this.
  let keyPrefix: String
  private let labels: LabelMatcher
  private let fields: [FieldRequirement]

  /// - Throws: `badRequest` for a selector that cannot be read or names a field that is not selectable.
  init(
    keyPrefix: String, labelSelector: String, fieldSelector: String, selectable: [SelectableField]
  ) throws(APIError) {
    self.keyPrefix = keyPrefix
    let wanted: FieldMatcher
    do {
      labels = try LabelMatcher(parsing: labelSelector)
      wanted = try FieldMatcher(parsing: fieldSelector)
    } catch {
      throw .badRequest(error.description)
    }
    var fields: [FieldRequirement] = []
    for term in wanted.requirements {
      let field: Field
      switch term.field {
      case "metadata.name": field = .name
      case "metadata.namespace": field = .namespace
      default:
        guard let position = selectable.firstIndex(where: { $0.name == term.field }) else {
          // Kubernetes' words, which differ between kinds with fields of their own and those without.
          throw .badRequest(
            selectable.isEmpty
              ? "\(FieldError.quoted(term.field)) is not a known field selector: only \"metadata.name\", "
                + "\"metadata.namespace\""
              : "field label not supported: \(term.field)")
        }
        field = .declared(position)
      }
      fields.append(FieldRequirement(field: field, value: term.value, equal: term.isEqual))
    }
    self.fields = fields
  }

  /// Whether neither labels nor fields narrow it down.
  var selectsAll: Bool { labels.requirements.isEmpty && fields.isEmpty }

  func matches(_ object: StoredObject) -> Bool {
    guard object.key.hasPrefix(keyPrefix) else { return false }
    for requirement in fields {
      let value: String
      switch requirement.field {
      case .name: value = object.name
      case .namespace: value = object.namespace
      case .declared(let position): value = object.summary.fields[position]
      }
      if (value == requirement.value) != requirement.equal { return false }
    }
    return labels.matches(object.summary.labels)
  }
}
