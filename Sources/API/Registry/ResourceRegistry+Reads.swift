import JSONDocument

extension ResourceRegistry {
  /// How fresh an answer has to be.
  private enum Freshness {
    case newest
    case any
    case atLeast(Int64)
  }

  private func freshness(_ text: String) throws(APIError) -> Freshness {
    switch text {
    case "": return .newest
    case "0": return .any
    default: return .atLeast(try revision(text))
    }
  }

  private func revision(_ text: String) throws(APIError) -> Int64 {
    guard let revision = Int64(text), revision >= 0 else {
      throw .badRequest("invalid resourceVersion \(FieldError.quoted(text)): must be a non-negative integer")
    }
    return revision
  }

  /// Waits until the cache shows what the client asks for.
  private func reach(_ freshness: Freshness) async throws(APIError) {
    let wanted: Int64
    switch freshness {
    case .any: return
    case .newest:
      wanted = try await store.ask { () async throws(StorageError) in try await cache.barrier.currentRevision() }
    case .atLeast(let revision): wanted = revision
    }
    guard cache.gate.revision < wanted else { return }
    if await cache.gate.reach(wanted, within: .seconds(configuration.freshnessTimeout)) { return }
    throw .tooLargeResourceVersion(wanted, current: cache.gate.revision)
  }

  package func get(
    _ resource: ServedResource, namespace: String, name: String, options: GetOptions = GetOptions()
  ) async throws(APIError) -> StoredObject {
    let target = try namedTarget(resource, namespace, name)
    if isComputed(target) {
      guard let object = try await components(target).first(where: { $0.name == name }) else {
        throw .notFound(target.groupResource, name: name)
      }
      return object
    }
    try await reach(try freshness(options.resourceVersion))
    guard let object = try target.kind.cache.object(target.key) else {
      throw .notFound(target.groupResource, name: name)
    }
    return view(of: resource)?.fromStored(object) ?? object
  }

  // MARK: List

  package func list(
    _ resource: ServedResource, namespace: String, options: ListOptions = ListOptions()
  ) async throws(APIError) -> ListResult {
    let target = try target(resource, namespace, "")
    let selection = try ObjectSelection(
      keyPrefix: target.keyPrefix, labelSelector: options.labelSelector, fieldSelector: options.fieldSelector,
      selectable: target.kind.rules.selectableFields)
    if isComputed(target) {
      let objects = try await components(target).filter { selection.matches($0) }
      return ListResult(
        objects: objects, revision: cache.gate.revision, continueToken: "", remainingItemCount: nil)
    }
    var result = try await page(target, selection, options)
    if let view = view(of: resource) { result.objects = result.objects.map { view.fromStored($0) } }
    return result
  }

  private func page(
    _ target: Target, _ selection: ObjectSelection, _ options: ListOptions
  ) async throws(APIError) -> ListResult {
    if !options.continueToken.isEmpty {
      if !options.resourceVersion.isEmpty, options.resourceVersion != "0" {
        throw .badRequest("specifying resource version is not allowed when using continue")
      }
      let token = try ContinueToken(parsing: options.continueToken)
      // Where nothing of this kind has changed since the first page, the cache still shows that state.
      let snapshot = target.kind.cache.snapshot()
      if snapshot.changed <= token.revision, token.revision <= snapshot.revision {
        return cachedPage(snapshot.objects, token.revision, target, selection, options.limit, after: token.lastKey)
      }
      return try await storedPage(target, selection, options.limit, at: token.revision, after: token.lastKey)
    }
    switch options.resourceVersionMatch {
    case "Exact":
      let revision = try revision(options.resourceVersion)
      if revision == 0 {
        throw .badRequest("resourceVersionMatch \"Exact\" is forbidden for resourceVersion \"0\" or unset")
      }
      return try await storedPage(target, selection, options.limit, at: revision, after: "")
    case "", "NotOlderThan":
      if options.resourceVersionMatch == "NotOlderThan", options.resourceVersion.isEmpty {
        throw .badRequest("resourceVersionMatch is forbidden unless resourceVersion is provided")
      }
    default:
      throw .badRequest(
        "resourceVersionMatch \(FieldError.quoted(options.resourceVersionMatch)) is not supported: must be Exact or "
          + "NotOlderThan")
    }
    try await reach(try freshness(options.resourceVersion))
    let snapshot = target.kind.cache.snapshot()
    return cachedPage(snapshot.objects, snapshot.revision, target, selection, options.limit, after: "")
  }

  private func cachedPage(
    _ objects: SortedObjects, _ revision: Int64, _ target: Target, _ selection: ObjectSelection, _ limit: Int,
    after lastKey: String
  ) -> ListResult {
    let start = lastKey.isEmpty ? nil : target.kind.cache.keyPrefix + lastKey + "\0"
    var result = ListResult(objects: [], revision: revision, continueToken: "", remainingItemCount: nil)
    var rest: Int64 = 0
    for object in objects.objects(withPrefix: selection.keyPrefix, from: start) where selection.matches(object) {
      if limit > 0, result.objects.count == limit {
        rest += 1
        if !selection.selectsAll { break }
      } else {
        result.objects.append(object)
      }
    }
    finish(&result, rest: rest, target, selection)
    return result
  }

  private func finish(_ result: inout ListResult, rest: Int64, _ target: Target, _ selection: ObjectSelection) {
    guard rest > 0, let last = result.objects.last else { return }
    let relative = String(last.key.dropFirst(target.kind.cache.keyPrefix.count))
    result.continueToken = ContinueToken(revision: result.revision, lastKey: relative).text
    if selection.selectsAll { result.remainingItemCount = rest }
  }

  /// A page of a state that the cache no longer shows, from the store.
  private func storedPage(
    _ target: Target, _ selection: ObjectSelection, _ limit: Int, at revision: Int64, after lastKey: String
  ) async throws(APIError) -> ListResult {
    var result = ListResult(objects: [], revision: revision, continueToken: "", remainingItemCount: nil)
    var start: String? = lastKey.isEmpty ? nil : target.kind.cache.keyPrefix + lastKey + "\0"
    var rest: Int64 = 0
    reading: while true {
      let range = StorageRange.prefix(
        selection.keyPrefix, from: start.map { max($0, selection.keyPrefix) }, limit: 500, revision: revision)
      let page: StorageRangeResult
      do {
        page = try await store.storage.range(range)
      } catch {
        switch error.code {
        case .compacted:
          throw .expired(
            "the version \(revision) that the list asks for is too old: it has been compacted; start a new list "
              + "without continue and resourceVersion")
        case .futureRevision: throw .tooLargeResourceVersion(revision, current: cache.gate.revision)
        default: throw APIError(error)
        }
      }
      for keyValue in page.keyValues {
        guard case .success(let object) = target.kind.cache.decode(keyValue), selection.matches(object) else {
          continue
        }
        if limit > 0, result.objects.count == limit {
          rest += 1
          if !selection.selectsAll { break reading }
        } else {
          result.objects.append(object)
        }
      }
      if limit > 0, result.objects.count == limit, selection.selectsAll {
        // The count of the range tells the rest without reading it.
        rest += Int64(page.count - page.keyValues.count)
        break
      }
      guard page.more, let last = page.keyValues.last else { break }
      start = last.key + "\0"
    }
    finish(&result, rest: rest, target, selection)
    return result
  }

  // MARK: Watch

  /// - Throws: 410 `Expired` when the asked-for version is no longer kept: the client has to list anew.
  package func watch(
    _ resource: ServedResource, namespace: String, options: WatchOptions = WatchOptions()
  ) async throws(APIError) -> ObjectWatch {
    let target = try target(resource, namespace, "")
    let selection = try ObjectSelection(
      keyPrefix: target.keyPrefix, labelSelector: options.labelSelector, fieldSelector: options.fieldSelector,
      selectable: target.kind.rules.selectableFields)
    let view = view(of: resource).map { view in
      { @Sendable (object: StoredObject) -> StoredObject in view.fromStored(object) }
    }
    let freshness = try freshness(options.resourceVersion)
    try await reach(freshness)
    let wantsState: Bool
    switch freshness {
    case .newest, .any: wantsState = options.sendInitialEvents ?? true
    case .atLeast: wantsState = options.sendInitialEvents ?? false
    }
    if wantsState {
      return target.kind.cache.watchFromNow(
        selection, wantsBookmarks: options.allowBookmarks,
        marksInitialEnd: options.sendInitialEvents == true && options.allowBookmarks,
        queueLimit: configuration.watcherQueueLength, view: view)
    }
    let revision: Int64
    switch freshness {
    case .atLeast(let wanted): revision = wanted
    case .newest, .any: revision = target.kind.cache.snapshot().revision
    }
    return try target.kind.cache.watch(
      selection, after: revision, wantsBookmarks: options.allowBookmarks,
      queueLimit: configuration.watcherQueueLength, view: view)
  }
}

/// Where the next page of a list begins, as opaque text that is safe in a URL.
struct ContinueToken: Equatable {
  var revision: Int64
  /// The last key of the page before, without the resource's prefix.
  var lastKey: String

  init(revision: Int64, lastKey: String) {
    self.revision = revision
    self.lastKey = lastKey
  }

  var text: String {
    let plain = Base64.encode(Array("v1:\(revision):\(lastKey)".utf8))
    return String(plain.compactMap { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 == "=" ? nil : $0 })
  }

  init(parsing text: String) throws(APIError) {
    var plain = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
    while plain.count % 4 != 0, plain.count < text.count + 3 { plain.append("=") }
    let parts = Base64.decode(String(plain).utf8).map { String(decoding: $0, as: UTF8.self) }?
      .split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard let parts, parts.count == 3, parts[0] == "v1", let revision = Int64(parts[1]), revision > 0 else {
      throw .badRequest("continue key is not valid")
    }
    self.init(revision: revision, lastKey: String(parts[2]))
  }
}
