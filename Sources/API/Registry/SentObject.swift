import APISchema
package import JSONDocument

/// An object as a client sent it, checked against its type.
package struct SentObject: Sendable {
  enum Form: Sendable {
    case document(JSONValue)
    /// JSON that the kind's codec reads as it is.
    case text([UInt8])
  }
  let form: Form

  /// - Parameter document: in canonical form (`Schema.canonicalize`), in the version of the resource.
  package init(_ document: JSONValue) { form = .document(document) }

  /// Of a text that is so plain that no document need be made of it (`Schema.isPlain`); nil if it is not.
  package init?(plain json: [UInt8], of resource: ServedResource) {
    let kind = resource.groupVersionKind
    guard ResourceRegistry.view(of: resource) == nil, Schema.builtIn.isPlain(json: json, as: kind) else { return nil }
    form = .text(json)
  }
}
