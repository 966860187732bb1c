import Access
import JSONDocument
import KubernetesAPI

/// What one kind asks for beyond what all objects have in common: what clients may change, validation, its table.
/// One file a kind implements it; `ObjectStore` does the rest.
protocol KindRules: Sendable {
  /// The type in the version that is stored.
  associatedtype Object: KubernetesObject

  /// The part of the keys behind the prefix, as Kubernetes lays them out: `pods`, `services/specs`.
  var storagePath: String { get }
  var selectableFields: [SelectableField] { get }
  /// The cells of an object's row, one for each column that `APISchema` lists. `now` in seconds since 1970.
  func cells(_ object: Object, now: Int64) -> [JSONValue]

  /// What is wrong with a name of this kind.
  func problems(inName name: String) -> [String]
  /// Whether a PUT to a name that does not exist creates it.
  var allowsCreateOnUpdate: Bool { get }
  /// Whether a PUT without `resourceVersion` overwrites.
  var allowsUnconditionalUpdate: Bool { get }
  /// Whether a delete answers with the object instead of a `Status`.
  var returnsDeletedObject: Bool { get }
  /// Whether `metadata.generation` counts the changes of the wanted state.
  var countsGenerations: Bool { get }
  /// Seconds after its last write at which an object goes away by itself; nil: never.
  var lifetime: Int64? { get }

  /// Drops what a create may not set and fills in what it sets; admission included.
  func prepareForCreate(_ object: inout Object)
  /// The same for kinds that write down who made them.
  func prepareForCreate(_ object: inout Object, by user: UserInfo)
  /// Fills in what depends on the name, which may have been generated: it is known only now.
  func completeCreate(_ object: inout Object)
  /// Restores what an update of the main resource may not change.
  func prepareForUpdate(_ object: inout Object, from old: Object)
  /// Whether the wanted state differs, so that the generation grows.
  func wantsDiffer(_ object: Object, _ old: Object) -> Bool
  /// All that is wrong with an object, metadata aside.
  func validate(_ object: Object, into errors: inout [FieldError])
  /// What besides is wrong with an object that is new: things that older ones may have.
  func validateCreate(_ object: Object, into errors: inout [FieldError])
  /// What besides is wrong with an object that came in under that resource, where a kind is served under several.
  func validate(_ object: Object, from old: Object?, as resource: ServedResource, into errors: inout [FieldError])
  /// All that is wrong with a change (`validate` ran on the new state as well).
  func validateUpdate(_ object: Object, from old: Object, into errors: inout [FieldError])

  /// The current object with the status that a client sent.
  func object(_ current: Object, withStatusOf sent: Object) -> Object
  func validateStatusUpdate(_ object: Object, from old: Object, into errors: inout [FieldError])

  /// Keys of records that exist exactly as long as this object claims them: addresses, ports.
  func claims(of object: Object) -> Set<String>
  /// Fills in claims that the client left to the server, none of them out of `taken`.
  func allocate(_ object: inout Object, from old: Object?, avoiding taken: Set<String>) throws(APIError)
  /// What to say about a claim that the client asked for and somebody else has.
  func claimConflict(_ key: String, in object: Object) -> FieldError

  /// Seconds that a delete waits for; 0: none.
  func gracePeriod(of object: Object, requested: Int64?) -> Int64
  /// What becomes of dependents when a delete does not say; nil: they are deleted in the background.
  var defaultPropagation: DeleteOptions.Propagation? { get }
  /// What whoever deletes without saying what becomes of dependents is warned of; nil: of nothing.
  var warningWithoutPropagation: String? { get }
  /// Why this object may not be deleted; nil: it may.
  func reasonToKeep(_ object: Object) -> String?
  /// What changes when the object begins to go away.
  func markDeleted(_ object: inout Object)
  /// Whether something besides `metadata.finalizers` holds a deleted object.
  func isHeld(_ object: Object) -> Bool
}

extension KindRules {
  var selectableFields: [SelectableField] { [] }
  func problems(inName name: String) -> [String] { NameRules.dnsSubdomain(name) }
  var allowsCreateOnUpdate: Bool { false }
  var allowsUnconditionalUpdate: Bool { true }
  var returnsDeletedObject: Bool { false }
  var countsGenerations: Bool { false }
  var lifetime: Int64? { nil }
  func prepareForCreate(_ object: inout Object) {}
  func prepareForCreate(_ object: inout Object, by user: UserInfo) { prepareForCreate(&object) }
  func completeCreate(_ object: inout Object) {}
  func prepareForUpdate(_ object: inout Object, from old: Object) {}
  func wantsDiffer(_ object: Object, _ old: Object) -> Bool { false }
  func validateCreate(_ object: Object, into errors: inout [FieldError]) {}
  func validate(_ object: Object, from old: Object?, as resource: ServedResource, into errors: inout [FieldError]) {}
  func validateUpdate(_ object: Object, from old: Object, into errors: inout [FieldError]) {}
  func object(_ current: Object, withStatusOf sent: Object) -> Object { current }
  func validateStatusUpdate(_ object: Object, from old: Object, into errors: inout [FieldError]) {}
  func claims(of object: Object) -> Set<String> { [] }
  func allocate(_ object: inout Object, from old: Object?, avoiding taken: Set<String>) throws(APIError) {}
  func claimConflict(_ key: String, in object: Object) -> FieldError {
    .invalid(FieldPath("spec"), key, "is already allocated")
  }
  func gracePeriod(of object: Object, requested: Int64?) -> Int64 { 0 }
  var defaultPropagation: DeleteOptions.Propagation? { nil }
  var warningWithoutPropagation: String? { nil }
  func reasonToKeep(_ object: Object) -> String? { nil }
  func markDeleted(_ object: inout Object) {}
  func isHeld(_ object: Object) -> Bool { false }

  var groupResource: GroupResource {
    GroupResource(group: Object.resource.group, resource: Object.resource.plural)
  }
}
