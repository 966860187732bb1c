package import JSONDocument

/// A set of places in documents of a kind.
///
/// It is a tree: a place can belong to the set itself (it is a *member*), or only places below it do. An owner of
/// `.spec.replicas` does not own `.spec`.
package struct FieldSet: Equatable, Sendable {
  /// One place, and what lies below it. One of the two holds: it is a member, or there are children.
  package struct Node: Equatable, Sendable {
    package var isMember: Bool
    package var children: FieldSet

    var isEmpty: Bool { !isMember && children.isEmpty }

    init(isMember: Bool = false, children: FieldSet = FieldSet()) {
      self.isMember = isMember
      self.children = children
    }
  }

  private(set) var nodes: [PathElement: Node] = [:]

  package init() {}

  /// The set with just these paths.
  package init(_ paths: [[PathElement]]) {
    for path in paths { insert(path) }
  }

  package var isEmpty: Bool { nodes.isEmpty }

  /// What the set holds at a place and below; nil if nothing.
  package subscript(element: PathElement) -> Node? { nodes[element] }

  /// Puts a node in its place, over what was there; an empty one leaves none.
  mutating func set(_ element: PathElement, _ node: Node) { nodes[element] = node.isEmpty ? nil : node }

  package mutating func insert(_ path: [PathElement]) { insert(path[...]) }

  private mutating func insert(_ path: ArraySlice<PathElement>) {
    guard let first = path.first else { return }
    if path.count == 1 {
      nodes[first, default: Node()].isMember = true
    } else {
      nodes[first, default: Node()].children.insert(path.dropFirst())
    }
  }

  /// Whether the path itself is a member.
  package func contains(_ path: [PathElement]) -> Bool {
    guard let first = path.first, let node = nodes[first] else { return false }
    return path.count == 1 ? node.isMember : node.children.contains(Array(path.dropFirst()))
  }

  /// All members, each after those above it, siblings in the order of `FieldsV1`.
  package var paths: [[PathElement]] {
    var result: [[PathElement]] = []
    collect(below: [], into: &result)
    return result
  }

  private func collect(below path: [PathElement], into result: inout [[PathElement]]) {
    for (element, node) in sortedNodes {
      if node.isMember { result.append(path + [element]) }
      node.children.collect(below: path + [element], into: &result)
    }
  }

  var sortedNodes: [(key: PathElement, value: Node)] { nodes.sorted { $0.key < $1.key } }
}

// MARK: - Algebra

extension FieldSet {
  package func union(_ other: FieldSet) -> FieldSet {
    if isEmpty { return other }
    var result = self
    for (element, node) in other.nodes {
      guard let mine = result.nodes[element] else {
        result.nodes[element] = node
        continue
      }
      result.nodes[element] = Node(
        isMember: mine.isMember || node.isMember, children: mine.children.union(node.children))
    }
    return result
  }

  package func intersection(_ other: FieldSet) -> FieldSet {
    var result = FieldSet()
    for (element, node) in nodes {
      guard let match = other.nodes[element] else { continue }
      result.set(
        element,
        Node(isMember: node.isMember && match.isMember, children: node.children.intersection(match.children)))
    }
    return result
  }

  /// Without the other's members. What lies below those stays.
  package func subtracting(_ other: FieldSet) -> FieldSet {
    if other.isEmpty { return self }
    var result = self
    for (element, match) in other.nodes {
      guard let node = nodes[element] else { continue }
      result.set(
        element,
        Node(isMember: node.isMember && !match.isMember, children: node.children.subtracting(match.children)))
    }
    return result
  }

  /// Without the other's members and all that lies below those.
  package func subtractingTrees(_ other: FieldSet) -> FieldSet {
    if other.isEmpty { return self }
    var result = self
    for (element, match) in other.nodes {
      guard let node = nodes[element] else { continue }
      let kept =
        match.isMember
        ? Node()
        : Node(
          isMember: node.isMember, children: node.children.subtractingTrees(match.children))
      result.set(element, kept)
    }
    return result
  }
}

// MARK: - Patterns

extension FieldSet {
  /// What lies on the way of a pattern, at its end, or below that. In a pattern nil stands for any one step.
  func within(_ patterns: [ArraySlice<PathElement?>]) -> FieldSet {
    var result = FieldSet()
    for (element, node) in nodes {
      let rests = patterns.filter { pattern in pattern.first.map { $0 == nil || $0 == element } ?? false }
        .map { $0.dropFirst() }
      if rests.isEmpty { continue }
      if rests.contains(where: \.isEmpty) {
        result.set(element, node)
      } else {
        result.set(element, Node(isMember: node.isMember, children: node.children.within(rests)))
      }
    }
    return result
  }
}

// MARK: - FieldsV1

extension FieldSet {
  /// The set as `fieldsV1` holds it: a member without anything below is `{}`, one with more has a `"."`.
  package var encoded: JSONValue {
    var object = JSONObject()
    for (element, node) in sortedNodes {
      if node.children.isEmpty {
        object[element.encoded] = [:]
        continue
      }
      guard case .object(var below) = node.children.encoded else { continue }
      if node.isMember { below.prepend(".", [:]) }
      object[element.encoded] = .object(below)
    }
    return .object(object)
  }

  /// Reads `fieldsV1`. Steps of a sort that this version does not know are skipped with all below them.
  package init(encoded document: JSONValue) throws(ManagedFieldsError) {
    guard case .object(let object) = document else {
      throw ManagedFieldsError("fields are an object, found \(document.typeName)")
    }
    for member in object.members where member.key != "." {
      guard let element = try PathElement(encoded: member.key) else { continue }
      let children = member.value.isNull ? FieldSet() : try FieldSet(encoded: member.value)
      let isMember = children.isEmpty || member.value["."] != nil
      nodes[element] = Node(isMember: isMember, children: children)
    }
  }
}
