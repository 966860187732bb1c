/// The raw tables, one text a group-version, in a notation that is parsed once at start.
///
/// A type begins in the first column, its fields follow, each after one space:
///
///     Pod kind
///      metadata 1 meta/v1.ObjectMeta oe
///      spec 2 PodSpec oe
///
/// After a type's name: `kind` if its documents carry `apiVersion` and `kind`, `atomic` if server-side apply takes it
/// as a whole. A field is its JSON name, its protobuf number, its type and its flags, then `key=value` attributes.
///
/// - Types: `string bool int32 int64 double bytes Time MicroTime Duration Quantity IntOrString`, names of free-form
///   JSON (`RawExtension FieldsV1 JSON …`), a type of the same group-version or of another one (`core/v1.PodSpec`);
///   `[]T` is a list and `{}T` a map from strings.
/// - Flags, `-` for none: `o` optional, `e` left out when empty, `p` a pointer (absent differs from zero),
///   `i` inline (its fields sit in the parent), `r` required, `w` a list wrapped into a message of its own in protobuf.
/// - `patch=merge+retainKeys:KEY` strategic merge patch; `list=map:KEY,KEY`, `list=set`, `list=atomic` list type (for
///   maps and structs `atomic` or `granular`); `default=JSON`; `enum=A|B`, with `~` for a space.
///
/// `Resources`: a group-version in the first column, then resources: name, kind, `n`amespaced or `c`luster, verbs as
/// letters (`c`reate, `d`elete, delete`x` collection, `g`et, `l`ist, `p`atch, `u`pdate, `w`atch), `short=`,
/// `categories=`, `as=GROUP/VERSION` where the kind is of another group-version.
///
/// `Columns`: `GROUPVERSION RESOURCE`, then columns: name, type, format, priority, separated by ` | `.
enum SchemaTables {
  /// The tables of types with the group and version that they describe. `core` and `meta` are the names of the type
  /// packages; as API groups both are the empty group.
  static let all: [(group: String, version: String, text: StaticString)] = [
    ("meta", "v1", metaV1),
    ("core", "v1", coreV1),
    ("admissionregistration.k8s.io", "v1", admissionregistrationV1),
    ("apiextensions.k8s.io", "v1", apiextensionsV1),
    ("apiregistration.k8s.io", "v1", apiregistrationV1),
    ("apps", "v1", appsV1),
    ("authentication.k8s.io", "v1", authenticationV1),
    ("authorization.k8s.io", "v1", authorizationV1),
    ("autoscaling", "v1", autoscalingV1),
    ("autoscaling", "v2", autoscalingV2),
    ("batch", "v1", batchV1),
    ("certificates.k8s.io", "v1", certificatesV1),
    ("coordination.k8s.io", "v1", coordinationV1),
    ("discovery.k8s.io", "v1", discoveryV1),
    ("events.k8s.io", "v1", eventsV1),
    ("flowcontrol.apiserver.k8s.io", "v1", flowcontrolV1),
    ("metrics.k8s.io", "v1beta1", metricsV1beta1),
    ("networking.k8s.io", "v1", networkingV1),
    ("node.k8s.io", "v1", nodeV1),
    ("policy", "v1", policyV1),
    ("rbac.authorization.k8s.io", "v1", rbacV1),
    ("scheduling.k8s.io", "v1", schedulingV1),
    ("storage.k8s.io", "v1", storageV1),
  ]
}
