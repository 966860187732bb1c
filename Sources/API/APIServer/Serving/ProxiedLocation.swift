/// Rewrites the redirects of backends that are reached through a proxy's path.
///
/// A backend does not know under which path its clients see it. Where it sends them to a path of its own, by a path or
/// by a URL with the backend's or the request's own host, they have to come back through the proxy; redirects to other
/// hosts, and relative ones, are right as they are. The same rules as Kubernetes'.
struct ProxiedLocation: Sendable {
  /// The proxy's path, up to and with `/proxy`.
  var prefix: String
  /// `HOST:PORT` of the backend, as it is dialled.
  var backend: String
  /// The request's `Host`.
  var requestHost: String

  func rewrite(_ location: String) -> String {
    var origin = ""
    var host = ""
    var path = location[...]
    if let scheme = ["http://", "https://"].first(where: { location.lowercased().hasPrefix($0) }) {
      (origin, host, path) = Self.split(location, after: scheme.count)
    } else if location.hasPrefix("//") {
      (origin, host, path) = Self.split(location, after: 2)
    }
    guard path.hasPrefix("/"), host.isEmpty || host == backend || host == requestHost else { return location }
    // The client's own idea of this server's name stays; the backend's is not one that the client could reach.
    let kept = !host.isEmpty && host == requestHost ? origin : ""
    if path.hasPrefix(prefix) { return kept + path }
    return kept + prefix + path
  }

  private static func split(_ location: String, after count: Int) -> (String, String, Substring) {
    let start = location.index(location.startIndex, offsetBy: count)
    let end = location[start...].firstIndex { "/?#".contains($0) } ?? location.endIndex
    return (String(location[..<end]), String(location[start..<end]), location[end...])
  }
}
