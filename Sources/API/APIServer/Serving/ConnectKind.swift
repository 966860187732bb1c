import HTTPServer

/// The subresources through which clients reach what runs on nodes, instead of an object.
enum ConnectKind: String, Sendable {
  case log
  case exec
  case attach
  case portForward = "portforward"
  case proxy

  /// Nil: the request is about something that is stored.
  init?(_ info: RequestInfo) {
    guard info.isResource, !info.subresource.isEmpty, info.group.isEmpty, info.version == "v1", !info.name.isEmpty,
      !info.selectedByField,
      let kind = ConnectKind(rawValue: info.subresource)
    else { return nil }
    switch info.resource {
    case "pods": self = kind
    case "services" where kind == .proxy, "nodes" where kind == .proxy: self = kind
    default: return nil
    }
  }

  /// The verbs that a request has to be allowed beside its own.
  ///
  /// A WebSocket can only be opened by GET, which counts as `get`. Who may only read must not run commands by it:
  /// `exec`, `attach` and `portforward` need `create`, whichever the method (as in Kubernetes since 1.35); so does a
  /// node's proxy where the request asks for other protocols, because that leads to the kubelet's own streams.
  static func furtherVerbs(_ info: RequestInfo, asksForUpgrade: Bool) -> [String] {
    guard let kind = ConnectKind(info), info.verb != "create" else { return [] }
    switch kind {
    case .exec, .attach, .portForward: return ["create"]
    case .proxy where info.resource == "nodes" && asksForUpgrade: return ["create"]
    case .log, .proxy: return []
    }
  }
}

/// The path of a request through a proxy: `…/pods/NAME/proxy`, `…/services/NAME/proxy`, `…/nodes/NAME/proxy`, and what
/// follows, which is the backend's: it is handed on as it was sent, neither decoded nor judged.
struct ProxiedPath: Sendable, Equatable {
  /// Up to `proxy`, decoded.
  var segments: [String]
  /// Up to `proxy`, as it was sent.
  var prefix: String
  /// From the "/" behind `proxy` on; "" if the path ends there.
  var rest: String

  init?(_ request: HTTPServerRequest) {
    // Nearly all requests end here.
    guard Self.mentionsProxy(request.path) else { return nil }
    for count in [7, 5] {
      guard let (segments, rest) = request.pathPrefix(count), segments.last == "proxy",
        segments.prefix(2) == ["api", "v1"]
      else { continue }
      let isMeant =
        count == 5
        ? segments[2] == "nodes" : segments[2] == "namespaces" && ["pods", "services"].contains(segments[4])
      guard isMeant else { continue }
      self.segments = segments
      self.prefix = String(decoding: request.path.utf8.dropLast(rest.utf8.count), as: UTF8.self)
      self.rest = rest
      return
    }
    return nil
  }

  private static func mentionsProxy(_ path: String) -> Bool {
    let wanted: StaticString = "/proxy"
    var path = path
    return path.withUTF8 { path in
      guard path.count >= wanted.utf8CodeUnitCount else { return false }
      for start in 0...(path.count - wanted.utf8CodeUnitCount) where path[start] == UInt8(ascii: "/") {
        var length = 1
        while length < wanted.utf8CodeUnitCount, path[start + length] == wanted.utf8Start[length] { length += 1 }
        if length == wanted.utf8CodeUnitCount { return true }
      }
      return false
    }
  }
}
