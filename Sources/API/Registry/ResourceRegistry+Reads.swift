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

  /// The objects that the options select, in the form of the resource.
  package func list(
    _ resource: ServedResource, namespace: String, options: ListOptions = ListOptions()
  ) async throws(APIError) -> ListResult {
    var result = try await lazyList(resource, namespace: namespace, options: options)
    if result.view != nil {
      result.objects = result.objects.map { result.shown($0) }
      result.view = nil
    }
    return result
  }

  /// The same, with objects that get the resource's form only by `shown`: the whole list in another form need never be
  /// in memory.
  package func lazyList(
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
    if let view = view(of: resource) { result.view = { view.fromStored($0) } }
    return result
  }

  /// Which state a list shows, by `resourceVersion`, `resourceVersionMatch`, `limit` and `continue`, as Kubernetes
  /// documents the table of them:
  ///
  /// - `continue`: the state of the first page, or the newest one if the token says so;
  /// - `Exact`, and a version with a limit: exactly that version;
  /// - else at least that version, any for "0", the newest without one.
  private func page(
    _ target: Target, _ selection: ObjectSelection, _ options: ListOptions
  ) async throws(APIError) -> ListResult {
    try check(options)
    var startKey = ""
    var exactly: Int64?
    if !options.continueToken.isEmpty {
      if !options.resourceVersion.isEmpty, options.resourceVersion != "0" {
        throw .badRequest("specifying resource version is not allowed when using continue")
      }
      let token = try ContinueToken(parsing: options.continueToken)
      startKey = token.startKey
      if token.revision > 0 { exactly = token.revision } else { try await reach(.newest) }
    } else {
      let revision = try freshness(options.resourceVersion)
      switch (revision, options.resourceVersionMatch) {
      case (.atLeast(let revision), "Exact"): exactly = revision
      case (.atLeast(let revision), "") where options.limit > 0: exactly = revision
      default: try await reach(revision)
      }
    }
    // Where nothing of this kind has changed since that version, the cache still shows that state.
    let snapshot = target.kind.cache.snapshot()
    if let exactly, exactly < snapshot.changed || exactly > snapshot.revision {
      return try await storedPage(
        target, selection, options.limit, at: exactly, from: startKey, continues: !options.continueToken.isEmpty)
    }
    return cachedPage(
      snapshot.objects, exactly ?? snapshot.revision, target, selection, options.limit, from: startKey)
  }

  private func check(_ options: ListOptions) throws(APIError) {
    let match = options.resourceVersionMatch
    guard !match.isEmpty else { return }
    let path = FieldPath("resourceVersionMatch")
    var errors: [FieldError] = []
    if options.resourceVersion.isEmpty {
      errors.append(.forbidden(path, "resourceVersionMatch is forbidden unless resourceVersion is provided"))
    }
    if !options.continueToken.isEmpty {
      errors.append(.forbidden(path, "resourceVersionMatch is forbidden when continue is provided"))
    }
    if match != "Exact", match != "NotOlderThan" {
      errors.append(.notSupported(path, match, supported: ["Exact", "NotOlderThan", ""]))
    }
    if match == "Exact", options.resourceVersion == "0" {
      errors.append(.forbidden(path, #"resourceVersionMatch "exact" is forbidden for resourceVersion "0""#))
    }
    guard errors.isEmpty else { throw .invalidListOptions(errors) }
  }

  private func cachedPage(
    _ objects: SortedObjects, _ revision: Int64, _ target: Target, _ selection: ObjectSelection, _ limit: Int,
    from startKey: String
  ) -> ListResult {
    let start = startKey.isEmpty ? nil : target.kind.cache.keyPrefix + startKey
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
    result.continueToken = ContinueToken(revision: result.revision, startKey: relative + "\0").text
    if selection.selectsAll { result.remainingItemCount = rest }
  }

  /// A page of a state that the cache no longer shows, from the store.
  private func storedPage(
    _ target: Target, _ selection: ObjectSelection, _ limit: Int, at revision: Int64, from startKey: String,
    continues: Bool
  ) async throws(APIError) -> ListResult {
    var result = ListResult(objects: [], revision: revision, continueToken: "", remainingItemCount: nil)
    var start: String? = startKey.isEmpty ? nil : target.kind.cache.keyPrefix + startKey
    var rest: Int64 = 0
    reading: while true {
      let range = StorageRange.prefix(
        selection.keyPrefix, from: start.map { max($0, selection.keyPrefix) }, limit: 500, revision: revision)
      let page: StorageRangeResult
      do {
        page = try await store.storage.range(range)
      } catch {
        switch error.code {
        case .compacted: throw .expiredList(continuingFrom: continues ? startKey : nil)
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
      WatchView(name: view.shown.apiVersion) { view.fromStored($0) }
    }
    let freshness = try freshness(options.resourceVersion)
    let wantsState: Bool
    switch freshness {
    case .newest, .any: wantsState = options.sendInitialEvents ?? true
    case .atLeast: wantsState = options.sendInitialEvents ?? false
    }
    // Changes after a version may be waited for before there is such a version.
    if case .atLeast = freshness, !wantsState {} else { try await reach(freshness) }
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

  /// Sends a bookmark to a watch of the resource that wants them: before it ends, so that its client need not begin far
  /// back when it resumes.
  package func sendBookmark(to watch: ObjectWatch, of resource: ServedResource) {
    guard let target = try? target(resource, "", "") else { return }
    target.kind.cache.sendBookmark(to: watch)
  }
}
