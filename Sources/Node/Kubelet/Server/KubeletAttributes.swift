package import Access
package import KubernetesAPI
package import NIOHTTP1

/// What a request to a kubelet wants, in the API's terms: a verb on a subresource of this Node.
///
///     GET  /metrics/cadvisor        get     nodes/metrics
///     GET  /stats/summary           get     nodes/stats
///     GET  /logs/syslog             get     nodes/log
///     GET  /pods                    get     nodes/pods, or nodes/proxy
///     GET  /containerLogs/…         get     nodes/proxy
///     POST /exec/…                  create  nodes/proxy
///
/// As Kubernetes 1.33 documents it ("Kubelet authentication/authorization", `KubeletFineGrainedAuthz`), but for two
/// things:
///
/// - what opens streams into containers needs `create` by GET too, as at the front-ends: a WebSocket is opened by GET,
///   and whoever may only read must not run commands that way;
/// - `/livez` and `/readyz`, which are ours, count as `/healthz`.
package struct KubeletAttributes: Hashable, Sendable {
  /// "" for a method that stands for none.
  package var verb: String
  /// One that is allowed is enough; to be asked for in this order.
  package var subresources: [String]

  /// - Parameter path: the segments by which the request is served.
  package init(method: HTTPMethod, path: [String]) {
    let first = path.first ?? ""
    subresources =
      switch first {
      case "stats", "metrics", "checkpoint": [first]
      case "logs": ["log"]
      case "pods", "runningpods": ["pods", "proxy"]
      case "healthz", "livez", "readyz": ["healthz", "proxy"]
      case "configz": ["configz", "proxy"]
      default: ["proxy"]
      }
    verb =
      switch method {
      case _ where ["exec", "attach", "portForward", "run"].contains(first): "create"
      case .GET, .HEAD: "get"
      case .POST: "create"
      case .PUT: "update"
      case .PATCH: "patch"
      case .DELETE: "delete"
      default: ""
      }
  }

  /// The question whether somebody may.
  package func review(
    of user: UserInfo, _ subresource: String, node: String
  ) -> AuthorizationV1.SubjectAccessReviewSpec {
    AuthorizationV1.SubjectAccessReviewSpec(
      resourceAttributes: AuthorizationV1.ResourceAttributes(
        verb: verb, version: "v1", resource: "nodes", subresource: subresource, name: node),
      user: user.name, groups: user.groups, extra: user.extra, uid: user.uid)
  }

  /// How a refusal names it all.
  package func forbidden(_ user: UserInfo) -> String {
    let all = subresources.joined(separator: " ")
    return "Forbidden (user=\(user.name), verb=\(verb), resource=nodes, subresource(s)=[\(all)])"
  }

  /// The same where one of the subresources could not be asked about.
  package func undecided(_ user: UserInfo, _ subresource: String) -> String {
    "Authorization error (user=\(user.name), verb=\(verb), resource=nodes, subresource=\(subresource))"
  }
}
