/// Which objects a list takes.
package struct ListSelection: Sendable, Equatable {
  /// "app=web,tier!=db"; "" selects all.
  package var labelSelector: String
  /// "spec.nodeName=node-1"; "" selects all.
  package var fieldSelector: String
  /// `nil`: as new as the quorum. "0": whatever is at hand. Otherwise at least as new.
  package var resourceVersion: String?
  /// Objects a page at most; `nil` leaves it to the server.
  package var limit: Int?

  package init(
    labelSelector: String = "", fieldSelector: String = "", resourceVersion: String? = nil, limit: Int? = nil
  ) {
    self.labelSelector = labelSelector
    self.fieldSelector = fieldSelector
    self.resourceVersion = resourceVersion
    self.limit = limit
  }

  var queryItems: [ClusterRequest.QueryItem] {
    var items: [ClusterRequest.QueryItem] = []
    if !labelSelector.isEmpty { items.append(.init("labelSelector", labelSelector)) }
    if !fieldSelector.isEmpty { items.append(.init("fieldSelector", fieldSelector)) }
    if let resourceVersion { items.append(.init("resourceVersion", resourceVersion)) }
    if let limit { items.append(.init("limit", String(limit))) }
    return items
  }
}

/// Which changes a watch delivers.
package struct WatchSelection: Sendable, Equatable {
  package var labelSelector: String
  package var fieldSelector: String
  /// Changes after this one; `nil` begins with what exists now, as ADDED.
  package var resourceVersion: String?
  /// Asks for BOOKMARK events, which only tell how far the watch has come.
  package var bookmarks: Bool
  /// After this many seconds the server ends the stream.
  package var timeoutSeconds: Int?

  package init(
    labelSelector: String = "", fieldSelector: String = "", resourceVersion: String? = nil, bookmarks: Bool = true,
    timeoutSeconds: Int? = nil
  ) {
    self.labelSelector = labelSelector
    self.fieldSelector = fieldSelector
    self.resourceVersion = resourceVersion
    self.bookmarks = bookmarks
    self.timeoutSeconds = timeoutSeconds
  }

  var queryItems: [ClusterRequest.QueryItem] {
    var items: [ClusterRequest.QueryItem] = [.init("watch", "true")]
    if !labelSelector.isEmpty { items.append(.init("labelSelector", labelSelector)) }
    if !fieldSelector.isEmpty { items.append(.init("fieldSelector", fieldSelector)) }
    if let resourceVersion { items.append(.init("resourceVersion", resourceVersion)) }
    if bookmarks { items.append(.init("allowWatchBookmarks", "true")) }
    if let timeoutSeconds { items.append(.init("timeoutSeconds", String(timeoutSeconds))) }
    return items
  }
}
