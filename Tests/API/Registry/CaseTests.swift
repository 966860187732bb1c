import JSONDocument
import Registry
import Testing

/// Runs the tables in `Cases`: for every kind what succeeds, what fails, and with which words.
@Suite("Requests and answers, by kind")
struct CaseTests {
  @Test("every table can be read")
  func readable() throws { #expect(try !CaseFile.all().isEmpty) }

  @Test("every kind that is served has a table")
  func complete() async throws {
    let tables = try Set(CaseFile.all().flatMap(\.cases).flatMap(\.steps).map(\.resource.description))
    try await Harness.run { harness in
      for resource in harness.registry.resources {
        #expect(tables.contains("\(resource.apiVersion) \(resource.plural)"))
      }
    }
  }

  @Test("requests are answered as the table says", arguments: (try? CaseFile.all())?.flatMap(\.cases) ?? [])
  func answers(_ one: RequestCase) async throws {
    try await Harness.run(configure: { $0.disabledAdmissionPlugins = one.without }) { harness in
      for (index, step) in one.steps.enumerated() {
        let place: Comment = "\(one.file).json: \"\(one.name)\", step \(index + 1) (\(step.verb.rawValue))"
        try await CaseRunner(harness: harness, step: step, place: place).run()
      }
    }
  }
}

extension RequestCase: CustomTestStringConvertible {
  var testDescription: String { "\(file): \(name)" }
}

/// Makes one request and compares its answer.
private struct CaseRunner {
  let harness: Harness
  let step: RequestStep
  let place: Comment

  /// What came back: a document, or a row's cells.
  private struct Answer {
    var document: JSONValue = [:]
    var names: [String] = []
    var cells: [JSONValue] = []
  }

  func run() async throws {
    if step.verb == .advance {
      harness.advance(step.arguments["seconds"]?.doubleValue ?? 0)
      return
    }
    do {
      let answer = try await ask()
      #expect(step.fails == nil && step.error == nil, "should have failed, but gave \(answer.document)")
      if step.fails != nil || step.error != nil { Issue.record(place) }
      try compare(answer)
    } catch let error as APIError {
      compare(error)
    }
  }

  // MARK: Requests

  private func ask() async throws -> Answer {
    guard
      let resource = harness.registry.resource(
        group: step.resource.group, version: step.resource.version, plural: step.resource.plural)
    else { throw CaseError("\(place): \(step.resource) is not served") }
    let registry = harness.registry
    let namespace = resource.namespaced ? step.namespace : ""
    let name = step.name ?? step.base[path: "metadata", "name"]?.stringValue ?? ""
    func current() async throws -> JSONValue {
      try await JSONValue(jsonBytes: registry.get(resource, namespace: namespace, name: name).json)
    }
    func edited(_ document: JSONValue) throws -> JSONValue {
      var document = document
      for edit in step.arguments.members { try document.set(pointer: edit.key, edit.value) }
      return document
    }
    switch step.verb {
    case .create where step.subresource.isEmpty:
      let result = try await registry.create(
        resource, namespace: namespace, document: edited(step.base), options: Harness.admin)
      return try Answer(document: JSONValue(jsonBytes: result.object.json))
    case .create:
      let body = try await registry.createSubresource(
        step.subresource, of: resource, namespace: namespace, name: name, document: .object(step.arguments),
        options: Harness.admin)
      return try Answer(document: JSONValue(jsonBytes: body))
    case .update where step.subresource.isEmpty:
      let result = try await registry.update(
        resource, namespace: namespace, name: name, document: edited(await current()), options: Harness.admin)
      return try Answer(document: JSONValue(jsonBytes: result.object.json))
    case .update:
      var document = try await current()
      // Those that can be read are edited in their own form.
      if resource.subresource(step.subresource)?.verbs.contains("get") == true {
        document = try await JSONValue(
          jsonBytes: registry.getSubresource(step.subresource, of: resource, namespace: namespace, name: name).json)
      }
      let object = try await registry.updateSubresource(
        step.subresource, of: resource, namespace: namespace, name: name, document: edited(document),
        options: Harness.admin)
      return try Answer(document: JSONValue(jsonBytes: object.json))
    case .get where step.subresource.isEmpty: return try await Answer(document: current())
    case .get:
      let object = try await registry.getSubresource(
        step.subresource, of: resource, namespace: namespace, name: name)
      return try Answer(document: JSONValue(jsonBytes: object.json))
    case .delete:
      let result = try await registry.delete(
        resource, namespace: namespace, name: name,
        options: DeleteOptions(document: .object(step.arguments), user: Harness.admin.user))
      return try Answer(document: JSONValue(jsonBytes: result.body))
    case .list:
      let options = ListOptions(
        labelSelector: step.arguments["labelSelector"]?.stringValue ?? "",
        fieldSelector: step.arguments["fieldSelector"]?.stringValue ?? "")
      let list = try await registry.list(resource, namespace: namespace, options: options)
      return Answer(names: list.objects.map(\.name))
    case .table:
      let object = try await registry.get(resource, namespace: namespace, name: name)
      let cells = registry.tableCells(of: object, in: resource)
      #expect(cells.count == registry.tableColumns(of: resource).count, place)
      return Answer(cells: cells)
    case .advance: return Answer()
    }
  }

  // MARK: Comparison

  private func compare(_ answer: Answer) throws {
    for (pointer, wanted) in step.gives.members.map({ ($0.key, $0.value) }) {
      let found = try answer.document.at(pointer: pointer)
      #expect(found ?? .null == wanted, "\(place): \(pointer)")
    }
    if let names = step.names { #expect(answer.names == names, place) }
    if let cells = step.cells { #expect(answer.cells == cells, place) }
  }

  private func compare(_ error: APIError) {
    if let fails = step.fails {
      let causes = error.details?.causes ?? []
      #expect(error.code == 422 && error.reason == .invalid, "\(place): \(error.message)")
      let found = causes.map { "\($0.field): \($0.message)" }
      let matches = found.count == fails.count && zip(found, fails).allSatisfy(Self.matches)
      #expect(matches, "\(place): wrong should be \(fails), but was said to be \(found)")
      for cause in causes {
        let kind = Self.kinds.first { cause.message.hasPrefix($0.key) }?.value
        #expect(cause.reason == kind, "\(place): \(cause.message)")
      }
    } else if let wanted = step.error {
      if let code = wanted["code"] { #expect(.int(Int64(error.code)) == code, place) }
      if let reason = wanted["reason"] { #expect(.string(error.reason.rawValue) == reason, place) }
      if let message = wanted["message"]?.stringValue {
        #expect(Self.matches(error.message, message), "\(place): \(error.message)")
      }
      if let causes = wanted["causes"]?.arrayValue {
        let found = (error.details?.causes ?? []).map { "\($0.reason): \($0.message)" }
        #expect(found.map { JSONValue.string($0) } == causes, place)
      }
    } else {
      Issue.record("\(place): \(error.message)")
    }
  }

  /// An expected text may leave out its end, which it says by "…".
  private static func matches(_ found: String, _ wanted: String) -> Bool {
    wanted.hasSuffix("…") ? found.hasPrefix(wanted.dropLast()) : found == wanted
  }

  /// How the text of an error begins, and the type that goes with it.
  private static let kinds = [
    "Required value": "FieldValueRequired", "Invalid value": "FieldValueInvalid",
    "Unsupported value": "FieldValueNotSupported", "Forbidden": "FieldValueForbidden",
    "Duplicate value": "FieldValueDuplicate", "Not found": "FieldValueNotFound", "Too long": "FieldValueTooLong",
    "Too many": "FieldValueTooMany",
  ]
}
