import APISchema
import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry
import Synchronization

/// Serves the resources: turns requests into calls of the registry, and its results into answers.
struct ResourceHandler: Sendable {
  let registry: ResourceRegistry
  let schema: Schema
  let watches: WatchHandler
  let connects: ConnectHandler
  private var decoder: BodyDecoder { BodyDecoder(schema: schema) }

  init(registry: ResourceRegistry, schema: Schema, watches: WatchHandler, connects: ConnectHandler) {
    self.registry = registry
    self.schema = schema
    self.watches = watches
    self.connects = connects
  }

  /// A request and what it is about, once the resource has been found.
  private struct Call: Sendable {
    let request: APIRequest
    let responder: Responder
    let resource: ServedResource
    var info: RequestInfo { request.info }
    /// The namespace to hand to the registry: a namespace object lies in the cluster's scope.
    var namespace: String { resource.namespaced ? info.namespace : "" }
    var kind: GroupVersionKind { resource.groupVersionKind }
  }

  func serve(_ request: APIRequest, _ responder: Responder) async throws {
    let info = request.info
    if info.group.isEmpty, info.version == "v1", info.resource == Self.bindings.plural {
      guard isLong(request) else { return try await bind(request, responder) }
      return try await HTTPServer.offLoop { try await bind(request, responder) }
    }
    guard let resource = registry.resource(group: info.group, version: info.version, plural: info.resource) else {
      guard info.verb == "list", info.group == Self.definitions.group, info.version == Self.definitions.version,
        info.resource == Self.definitions.plural, info.namespace.isEmpty
      else { throw APIError.noSuchPath() }
      return try await responder.json(Self.noDefinitions)
    }
    let call = Call(request: request, responder: responder, resource: resource)
    try checkScope(call)
    guard isLong(request) else { return try await serve(call) }
    try await HTTPServer.offLoop { try await serve(call) }
  }

  /// Whether answering may take so long that it must not hold the connection's event loop: what goes over many objects,
  /// patches, which compare and merge whole documents, and large bodies.
  private func isLong(_ request: APIRequest) -> Bool {
    switch request.info.verb {
    case "list", "deletecollection", "patch": true
    case "create", "update": request.mayHaveLongBody || Self.isMuchCompared(request.info)
    default: (request.http.body.announcedLength ?? 0) > APIRequest.longBody
    }
  }

  /// What a few bytes may make much work of: roles and bindings, which are compared combination by combination with all
  /// that their writers hold, and namespaces, whose pods are looked at when they become stricter.
  private static func isMuchCompared(_ info: RequestInfo) -> Bool {
    info.group == "rbac.authorization.k8s.io" || (info.verb == "update" && info.resource == "namespaces")
  }

  private func serve(_ call: Call) async throws {
    let info = call.info
    let resource = call.resource
    if !info.subresource.isEmpty { return try await serveSubresource(call) }
    guard resource.verbs.contains(info.verb) else { throw APIError.methodNotAllowed() }
    // A collection can be created in, listed, watched and deleted; an object cannot be created in.
    guard info.name.isEmpty ? !["update", "patch"].contains(info.verb) : info.verb != "create" else {
      throw APIError.methodNotAllowed()
    }
    switch info.verb {
    case "get": try await get(call)
    case "list": try await list(call)
    case "watch": try await watch(call)
    case "create": try await create(call)
    case "update": try await update(call)
    case "patch": try await patch(call)
    case "delete": try await delete(call)
    case "deletecollection": try await deleteCollection(call)
    default: throw APIError.methodNotAllowed()
    }
  }

  private func checkScope(_ call: Call) throws(APIError) {
    let info = call.info
    if call.resource.namespaced {
      let namesObject = !info.name.isEmpty && !info.selectedByField
      if info.namespace.isEmpty, namesObject { throw .noSuchPath() }
      if info.namespace.isEmpty, info.verb == "create" {
        throw .badRequest("an empty namespace may not be set during creation")
      }
      if info.namespace.isEmpty, info.verb == "deletecollection" { throw APIError.methodNotAllowed() }
    } else if !info.namespace.isEmpty, info.resource != "namespaces" {
      throw .noSuchPath()
    }
  }

  // MARK: Reads

  private func get(_ call: Call) async throws {
    let form = try ResponseForm.negotiate(call.request.http)
    let object = try await registry.get(
      call.resource, namespace: call.namespace, name: call.info.name, options: getOptions(call))
    try await send(object, ObjectEncoding(registry: registry, resource: call.resource, form: form), call)
  }

  /// Answers a read. To bring a large object into another form takes as long as to decode one.
  private func send(_ object: StoredObject, _ encoding: ObjectEncoding, _ call: Call) async throws {
    guard object.json.count > APIRequest.longBody else { return try await encoding.send(object, call.responder) }
    try await HTTPServer.offLoop { try await encoding.send(object, call.responder) }
  }

  private func getOptions(_ call: Call) -> GetOptions {
    GetOptions(resourceVersion: call.request.http.query["resourceVersion"] ?? "")
  }

  private func list(_ call: Call) async throws {
    let form = try ResponseForm.negotiate(call.request.http, for: .list)
    let list = try await registry.lazyList(
      call.resource, namespace: call.namespace, options: try call.request.listOptions())
    try await ObjectEncoding(registry: registry, resource: call.resource, form: form).send(list, call.responder)
  }

  private func watch(_ call: Call) async throws {
    var options = try call.request.watchOptions()
    if call.info.name.isEmpty == false, !call.info.selectedByField {
      // The old form /watch/…/NAME.
      let term = "metadata.name=\(call.info.name)"
      options.fieldSelector = options.fieldSelector.isEmpty ? term : "\(options.fieldSelector),\(term)"
    }
    try await watches.serve(
      call.request, call.responder, resource: call.resource, namespace: call.namespace, options: options)
  }

  // MARK: Writes

  private func decode(_ call: Call, kind: GroupVersionKind) async throws -> BodyDecoder.Decoded {
    let validation = call.request.fieldValidation
    let format = try BodyDecoder.format(call.request.http)
    return try decoder.object(await call.request.body(), format: format, kind: kind, validation: validation)
  }

  /// The object that is to be stored, and what the client is to be warned of.
  private func sentObject(_ call: Call) async throws -> (object: SentObject, warnings: [String]) {
    let validation = call.request.fieldValidation
    let format = try BodyDecoder.format(call.request.http)
    let body = try await call.request.body()
    if format == .json, let object = SentObject(plain: Array(body.readableBytesView), of: call.resource) {
      return (object, [])
    }
    let decoded = try decoder.object(body, format: format, kind: call.kind, validation: validation)
    return (SentObject(decoded.document), decoded.warnings)
  }

  private func answer(
    _ call: Call, _ result: WriteResult, as form: ResponseForm, warnings: [String]
  ) async throws {
    let encoding = ObjectEncoding(registry: registry, resource: call.resource, form: form)
    try await encoding.send(
      result.object, call.responder, status: result.created ? .created : .ok, warnings: warnings)
  }

  private func create(_ call: Call) async throws {
    let options = try call.request.writeOptions(.create)
    let form = try ResponseForm.negotiate(call.request.http)
    let sent = try await sentObject(call)
    let result = try await registry.create(
      call.resource, namespace: call.namespace, sent: sent.object, options: options)
    try await answer(call, result, as: form, warnings: sent.warnings + options.warnings.all)
  }

  private func update(_ call: Call) async throws {
    let options = try call.request.writeOptions(.update)
    let form = try ResponseForm.negotiate(call.request.http)
    let sent = try await sentObject(call)
    let result = try await registry.update(
      call.resource, namespace: call.namespace, name: call.info.name, sent: sent.object, options: options)
    try await answer(call, result, as: form, warnings: sent.warnings + options.warnings.all)
  }

  private func patch(_ call: Call) async throws {
    let format = try PatchDocument.format(call.request.http)
    let options = try call.request.writeOptions(.patch, isApply: format == .apply)
    let form = try ResponseForm.negotiate(call.request.http)
    let body = try await call.request.body()
    switch try PatchDocument(body, as: format, validation: call.request.fieldValidation) {
    case .apply(let configuration):
      let result = try await registry.apply(
        call.resource, namespace: call.namespace, name: call.info.name, configuration: configuration.document,
        force: call.request.flag("force"), options: options)
      try await answer(call, result, as: form, warnings: configuration.warnings + options.warnings.all)
    case .edit(let patch):
      let warnings = Warnings()
      let result = try await registry.patch(
        call.resource, namespace: call.namespace, name: call.info.name, options: options,
        transform: try transform(patch, check(call, body, format, call.kind), warnings))
      try await answer(call, result, as: form, warnings: warnings.all + options.warnings.all)
    }
  }

  /// What is to be looked for in a patch and in what it makes.
  private func check(
    _ call: Call, _ body: ByteBuffer, _ format: PatchDocument.Format, _ kind: GroupVersionKind
  ) throws(APIError) -> PatchCheck {
    try PatchCheck(
      body, as: format, kind: kind, validation: call.request.fieldValidation, decoder: decoder)
  }

  /// Applies the patch and checks what comes out.
  private func transform(
    _ patch: PatchDocument.Edit, _ check: PatchCheck, _ warnings: Warnings
  ) -> @Sendable (JSONValue) throws(APIError) -> JSONValue {
    let schema = schema
    return { (current: JSONValue) throws(APIError) -> JSONValue in
      let checked = try check.checked(try patch.apply(to: current, kind: check.kind, schema: schema))
      warnings.replace(checked.warnings)
      return checked.document
    }
  }

  /// What the last run of a patch found; it may run several times.
  private final class Warnings: Sendable {
    private let texts = Mutex<[String]>([])
    func replace(_ new: [String]) { texts.withLock { $0 = new } }
    var all: [String] { texts.withLock { $0 } }
  }

  // MARK: Deletes

  private func deleteOptions(_ call: Call) async throws -> DeleteOptions {
    let body = try await call.request.body()
    var options = DeleteOptions(user: call.request.user)
    if body.readableBytes > 0 {
      let expected = GroupVersionKind(group: "meta.k8s.io", version: "v1", kind: "DeleteOptions")
      let format = try BodyDecoder.format(call.request.http)
      let document = try decoder.parse(body, as: format, expecting: expected).document
      if let kind = document["kind"]?.stringValue, kind != "DeleteOptions" {
        throw APIError.badRequest("the body of a delete has to be DeleteOptions, found \(FieldError.quoted(kind))")
      }
      // What the body says is all that counts, as in Kubernetes.
      return try DeleteOptions(document: document, user: call.request.user)
    }
    let query = call.request.http.query
    if let seconds = try call.request.integer("gracePeriodSeconds") { options.gracePeriodSeconds = seconds }
    var errors: [FieldError] = []
    if let text = query["propagationPolicy"], !text.isEmpty {
      options.propagation = DeleteOptions.Propagation(rawValue: text)
      if options.propagation == nil { errors.append(.propagationPolicy(text)) }
      if query["orphanDependents"] != nil { errors.append(.twoPropagations(text)) }
    }
    if query["orphanDependents"] != nil {
      let orphans = call.request.flag("orphanDependents")
      options.orphansDependents = orphans
      if options.propagation == nil { options.propagation = orphans ? .orphan : .background }
    }
    if call.request.dryRun(&errors) { options.dryRun = true }
    guard errors.isEmpty else { throw APIError.invalidDeleteOptions(errors) }
    return options
  }

  private func delete(_ call: Call) async throws {
    let form = try ResponseForm.negotiate(call.request.http)
    let options = try await deleteOptions(call)
    let result = try await registry.delete(
      call.resource, namespace: call.namespace, name: call.info.name, options: options)
    let status = HTTPResponseStatus(statusCode: result.code)
    let warnings = registry.warnings(ofDeleting: call.resource, options)
    guard let object = result.object else {
      return try await call.responder.json(result.body, status: status, warnings: warnings)
    }
    try await ObjectEncoding(registry: registry, resource: call.resource, form: form).send(
      object, call.responder, status: status, warnings: warnings)
  }

  private func deleteCollection(_ call: Call) async throws {
    let options = try await deleteOptions(call)
    let form = try ResponseForm.negotiate(call.request.http, for: .list)
    let list = try await registry.deleteCollection(
      call.resource, namespace: call.namespace, list: try call.request.listOptions(), options: options)
    try await ObjectEncoding(registry: registry, resource: call.resource, form: form).send(list, call.responder)
  }

  // MARK: Subresources

  private func serveSubresource(_ call: Call) async throws {
    let info = call.info
    if let kind = ConnectKind(info) { return try await connects.serve(kind, call.request, call.responder) }
    guard let subresource = call.resource.subresource(info.subresource), info.tail.isEmpty else {
      throw APIError.noSuchPath()
    }
    guard subresource.verbs.contains(info.verb) else { throw APIError.methodNotAllowed() }
    let kind = GroupVersionKind(group: subresource.group, version: subresource.version, kind: subresource.kind)
    if info.verb == "create" { return try await create(subresource, kind, call) }
    let encoding = ObjectEncoding(
      registry: registry, resource: call.resource, subresource: subresource,
      form: try ResponseForm.negotiate(call.request.http))
    switch info.verb {
    case "get":
      let object = try await registry.getSubresource(
        subresource.name, of: call.resource, namespace: call.namespace, name: info.name, options: getOptions(call))
      try await send(object, encoding, call)
    case "update":
      let options = try call.request.writeOptions(.update)
      let decoded = try await decode(call, kind: kind)
      let object = try await registry.updateSubresource(
        subresource.name, of: call.resource, namespace: call.namespace, name: info.name, document: decoded.document,
        options: options)
      try await encoding.send(object, call.responder, warnings: decoded.warnings + options.warnings.all)
    case "patch":
      let format = try PatchDocument.format(call.request.http)
      let options = try call.request.writeOptions(.patch, isApply: format == .apply)
      let body = try await call.request.body()
      switch try PatchDocument(body, as: format, validation: call.request.fieldValidation) {
      case .apply(let configuration):
        let object = try await registry.applySubresource(
          subresource.name, of: call.resource, namespace: call.namespace, name: info.name,
          configuration: configuration.document, force: call.request.flag("force"), options: options)
        try await encoding.send(object, call.responder, warnings: configuration.warnings + options.warnings.all)
      case .edit(let patch):
        let warnings = Warnings()
        let object = try await registry.patchSubresource(
          subresource.name, of: call.resource, namespace: call.namespace, name: info.name, options: options,
          transform: try transform(patch, check(call, body, format, kind), warnings))
        try await encoding.send(object, call.responder, warnings: warnings.all + options.warnings.all)
      }
    default: throw APIError.methodNotAllowed()
    }
  }

  /// Creates through a subresource; what that answers has one shape only.
  private func create(
    _ subresource: ServedResource.Subresource, _ kind: GroupVersionKind, _ call: Call
  ) async throws {
    let options = try call.request.writeOptions(.create)
    let decoded = try await decode(call, kind: kind)
    let bytes = try await registry.createSubresource(
      subresource.name, of: call.resource, namespace: call.namespace, name: call.info.name,
      document: decoded.document, options: options)
    try await call.responder.json(bytes, status: .created, warnings: decoded.warnings + options.warnings.all)
  }

  /// What discovery shows of the older way to bind a pod: the pod is the one that the document names.
  static let bindings = DiscoveredResource(
    group: "", version: "v1", kind: "Binding", plural: "bindings", singular: "binding", namespaced: true,
    verbs: ["create"])

  /// There are no custom resources. kubectl lists their definitions, without looking whether they are served, before it
  /// creates what cannot be patched, such as a review, and gives up where nothing answers.
  private static let definitions = (group: "apiextensions.k8s.io", version: "v1", plural: "customresourcedefinitions")
  private static let noDefinitions = Array(
    #"{"kind":"CustomResourceDefinitionList","apiVersion":"apiextensions.k8s.io/v1","metadata":{},"items":[]}"#.utf8)

  private func bind(_ request: APIRequest, _ responder: Responder) async throws {
    let info = request.info
    guard info.name.isEmpty || info.selectedByField,
      let pods = registry.resource(group: "", version: "v1", plural: "pods")
    else { throw APIError.noSuchPath() }
    guard info.verb == "create" else { throw APIError.methodNotAllowed() }
    if info.namespace.isEmpty { throw APIError.badRequest("an empty namespace may not be set during creation") }
    let options = try request.writeOptions(.create)
    let call = Call(request: request, responder: responder, resource: pods)
    let decoded = try await decode(call, kind: GroupVersionKind(group: "", version: "v1", kind: "Binding"))
    let bytes = try await registry.createSubresource(
      "binding", of: pods, namespace: info.namespace,
      name: decoded.document[path: "metadata", "name"]?.stringValue ?? "", document: decoded.document,
      options: options)
    try await responder.json(bytes, status: .created, warnings: decoded.warnings + options.warnings.all)
  }
}
