import Foundation
import JSONDocument

/// A table of requests and expected answers: one file a kind in `Cases`, whose README tells the notation.
struct CaseFile: Sendable {
  /// The file's name without its ending.
  var name: String
  var cases: [RequestCase]

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

  /// All files, in the order of their names.
  static func all() throws -> [CaseFile] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }
      .map { file in
        let name = file.deletingPathExtension().lastPathComponent
        do {
          return try CaseFile(name, JSONValue(jsonBytes: Array(Data(contentsOf: file))))
        } catch {
          throw CaseError("\(name).json: \(error)")
        }
      }
  }

  init(_ name: String, _ document: JSONValue) throws {
    self.name = name
    let members = try CaseMembers(document, known: ["resource", "base", "bases", "cases"])
    let resource = try CaseResource(members.text("resource"))
    var bases = document["bases"]?.objectValue ?? [:]
    bases[""] = document["base"] ?? [:]
    cases = try (document["cases"]?.arrayValue ?? []).map {
      try RequestCase(file: name, document: $0, resource: resource, bases: bases)
    }
    let names = cases.map(\.name)
    if let twice = names.first(where: { name in names.filter { $0 == name }.count > 1 }) {
      throw CaseError("two cases are called \"\(twice)\"")
    }
  }
}

/// One case: requests that follow each other on an empty registry.
struct RequestCase: Sendable {
  var file: String
  var name: String
  var steps: [RequestStep]
  /// Plug-ins of admission that are left out.
  var without: Set<String>

  init(file: String, document: JSONValue, resource: CaseResource, bases: JSONObject) throws {
    self.file = file
    guard let name = document["name"]?.stringValue else { throw CaseError("a case has no name: \(document)") }
    self.name = name
    without = Set(document["without"]?.arrayValue?.compactMap(\.stringValue) ?? [])
    var steps = document["steps"]?.arrayValue ?? []
    if steps.isEmpty {
      var step = document
      step["name"] = nil
      step["without"] = nil
      steps = [step]
    } else {
      _ = try CaseMembers(document, known: ["name", "base", "steps", "without"])
      for index in steps.indices where steps[index]["base"] == nil { steps[index]["base"] = document["base"] }
    }
    do {
      self.steps = try steps.map { try RequestStep($0, resource: resource, bases: bases) }
    } catch {
      throw CaseError("\"\(name)\": \(error)")
    }
  }
}

/// A request and what it must be answered with.
struct RequestStep: Sendable {
  enum Verb: String, CaseIterable, Sendable {
    case create, update, get, delete, list, table, advance
  }
  var verb: Verb
  var resource: CaseResource
  var subresource: String
  /// The object that the request is about; nil: as the base says.
  var name: String?
  var namespace: String
  /// What edits begin with, where there is no object yet.
  var base: JSONValue
  /// Edits by JSON pointer, or parameters.
  var arguments: JSONObject

  /// The fields that are wrong, each as `path: text`.
  var fails: [String]?
  /// The members of the error that count: `code`, `reason`, `message`, `causes`.
  var error: JSONObject?
  /// Values of the answer by JSON pointer; null: there must be none.
  var gives: JSONObject
  /// The names in a list.
  var names: [String]?
  /// The cells of a row, those of the age aside.
  var cells: [JSONValue]?

  init(_ document: JSONValue, resource: CaseResource, bases: JSONObject) throws {
    let verbs = Verb.allCases.filter { document[$0.rawValue] != nil }
    guard verbs.count == 1 else { throw CaseError("a step needs exactly one request: \(document)") }
    verb = verbs[0]
    let members = try CaseMembers(
      document,
      known: [
        verb.rawValue, "resource", "subresource", "object", "namespace", "base", "fails", "error", "gives", "names",
        "cells",
      ])
    self.resource = document["resource"] == nil ? resource : try CaseResource(members.text("resource"))
    subresource = document["subresource"]?.stringValue ?? ""
    name = document["object"]?.stringValue
    namespace = document["namespace"]?.stringValue ?? "default"
    let baseName = document["base"]?.stringValue ?? ""
    guard let base = bases[baseName] else { throw CaseError("there is no base \"\(baseName)\"") }
    self.base = base
    if verb == .advance {
      arguments = ["seconds": document["advance"] ?? .null]
    } else if let given = document[verb.rawValue]?.objectValue {
      arguments = given
    } else {
      throw CaseError("what is under \"\(verb.rawValue)\" must be an object: \(document)")
    }
    fails = document["fails"]?.arrayValue?.map { $0.stringValue ?? "?" }
    error = document["error"]?.objectValue
    gives = document["gives"]?.objectValue ?? [:]
    names = document["names"]?.arrayValue?.map { $0.stringValue ?? "?" }
    cells = document["cells"]?.arrayValue
  }
}

/// `apps/v1 statefulsets`.
struct CaseResource: Sendable, CustomStringConvertible {
  var group: String
  var version: String
  var plural: String
  var description: String { (group.isEmpty ? "" : group + "/") + "\(version) \(plural)" }

  init(_ text: String) throws {
    let parts = text.split(separator: " ")
    let version = parts.first?.split(separator: "/") ?? []
    guard parts.count == 2, (1...2).contains(version.count) else { throw CaseError("no resource: \"\(text)\"") }
    group = version.count == 2 ? String(version[0]) : ""
    self.version = String(version[version.count - 1])
    plural = String(parts[1])
  }
}

/// Checks that a document has no members but those that are known: a slip of the pen must not make a test pass.
private struct CaseMembers {
  let document: JSONValue

  init(_ document: JSONValue, known: Set<String>) throws {
    guard case .object(let object) = document else { throw CaseError("expected an object: \(document)") }
    if let odd = object.keys.first(where: { !known.contains($0) }) {
      throw CaseError("\"\(odd)\" means nothing here: \(document)")
    }
    self.document = document
  }

  func text(_ name: String) throws -> String {
    guard let text = document[name]?.stringValue else { throw CaseError("\"\(name)\" is missing") }
    return text
  }
}

struct CaseError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

// MARK: - JSON pointers

extension JSONValue {
  /// The value that a JSON pointer (RFC 6901) leads to; nil: there is none.
  func at(pointer: String) throws -> JSONValue? { at(try Self.steps(pointer)[...]) }

  private func at(_ steps: ArraySlice<String>) -> JSONValue? {
    guard let step = steps.first else { return self }
    if case .array(let elements) = self {
      guard let index = Int(step), elements.indices.contains(index) else { return nil }
      return elements[index].at(steps.dropFirst())
    }
    return self[step]?.at(steps.dropFirst())
  }

  /// Sets, or with null removes, the value that a JSON pointer leads to. Objects on the way are made; `-`, or the
  /// index after the last, appends to a list.
  mutating func set(pointer: String, _ value: JSONValue) throws {
    try set(Self.steps(pointer)[...], value)
  }

  private mutating func set(_ steps: ArraySlice<String>, _ value: JSONValue) throws {
    guard let step = steps.first else {
      self = value
      return
    }
    let rest = steps.dropFirst()
    if case .array(var elements) = self {
      let index = step == "-" ? elements.count : Int(step) ?? -1
      guard (0...elements.count).contains(index) else { throw CaseError("no element \(step) in \(self)") }
      if index == elements.count { elements.append([:]) }
      if rest.isEmpty, value.isNull {
        elements.remove(at: index)
      } else {
        try elements[index].set(rest, value)
      }
      self = .array(elements)
      return
    }
    if rest.isEmpty {
      // A bare `nil` would be the value null.
      self[step] = value.isNull ? JSONValue?.none : value
      return
    }
    var member = self[step] ?? [:]
    try member.set(rest, value)
    self[step] = member
  }

  private static func steps(_ pointer: String) throws -> [String] {
    if pointer.isEmpty { return [] }
    guard pointer.hasPrefix("/") else { throw CaseError("no JSON pointer: \"\(pointer)\"") }
    return pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
      String($0).replacing("~1", with: "/").replacing("~0", with: "~")
    }
  }
}
