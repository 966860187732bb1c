import KubernetesAPI
import Testing

@Suite struct SelectorTests {
  private let labels = ["app": "web", "tier": "front", "rank": "7", "empty": ""]

  @Test(arguments: [
    ("", true), ("app=web", true), ("app==web", true), ("app = web , tier != back", true), ("app=db", false),
    ("app!=web", false), ("missing!=x", true), ("app in (web,db)", true), ("app in(db)", false),
    ("app notin (db, x)", true), ("missing notin (x)", true), ("app", true), ("missing", false), ("!missing", true),
    ("!app", false), ("rank>6", true), ("rank>7", false), ("rank<8,app", true), ("app>1", false), ("empty=", true),
    ("app=", false), ("in=x", false), ("kubernetes.io/os!=linux", true),
  ])
  func labelSelectors(text: String, matches: Bool) throws {
    #expect(try LabelMatcher(parsing: text).matches(labels) == matches)
  }

  @Test(arguments: [
    ",", "a,", ",a", "a=b=c", "a in b", "a in (b", "a in (b c)", "=b", "!", "a b", "a!b", "a>x", "a=b c", "a/b/c=d",
    "-a=b", "a=-b", "/a", "a in ((b))", "!a=b",
  ])
  func refusesBadLabelSelectors(text: String) {
    #expect(throws: SelectorError.self) { try LabelMatcher(parsing: text) }
  }

  @Test func theSelectorOfAnObject() {
    let selector = MetaV1.LabelSelector(
      matchLabels: ["app": "web"],
      matchExpressions: [
        .init(key: "tier", operator: "NotIn", values: ["back"]), .init(key: "rank", operator: "Exists"),
      ])
    #expect(selector.matches(labels))
    #expect(!selector.matches(["app": "web"]))
    #expect(MetaV1.LabelSelector().matches([:]))
    #expect(!MetaV1.LabelSelector(matchExpressions: [.init(key: "a", operator: "Near")]).matches(labels))
  }

  @Test func fieldSelectors() throws {
    let fields = ["metadata.name": "a", "status.phase": "Running", "x": "p,q=r"]
    func matches(_ text: String) throws -> Bool { try FieldMatcher(parsing: text).matches { fields[$0] ?? "" } }
    #expect(try matches(""))
    #expect(try matches("metadata.name=a,status.phase!=Failed"))
    #expect(try !matches("metadata.name==b"))
    #expect(try matches("spec.nodeName="))
    #expect(try matches(#"x=p\,q\=r"#))
    #expect(try FieldMatcher(parsing: "metadata.name=a").required("metadata.name") == "a")
    for text in ["a", "=b", #"a=b\"#, #"a=\b"#] {
      #expect(throws: SelectorError.self) { try FieldMatcher(parsing: text) }
    }
  }

  @Test func names() {
    #expect(Names.subdomainProblem("a.b-c.d1") == nil)
    #expect(Names.labelProblem(String(repeating: "a", count: 63)) == nil)
    for bad in ["", "A", "-a", "a-", "a..b", "a_b", String(repeating: "a", count: 254), "é"] {
      #expect(Names.subdomainProblem(bad) != nil)
    }
    #expect(Names.labelProblem("a.b") != nil)
    #expect(Names.serviceNameProblem("1a") != nil)
    #expect(Names.portNameProblem("http-1") == nil)
    for bad in ["", "80", "a--b", "abcdefghijklmnop"] { #expect(Names.portNameProblem(bad) != nil) }
    #expect(Names.labelKeyProblem("example.org/App_1") == nil)
    for bad in ["", "/a", "a/", "a/b/c", "-a", "EX/a"] { #expect(Names.labelKeyProblem(bad) != nil) }
    #expect(Names.labelValueProblem("") == nil)
    #expect(Names.labelValueProblem("a b") != nil)
    #expect(Names.configKeyProblem("..a") != nil)
    var generator = SystemRandomNumberGenerator()
    let name = Names.generated(prefix: String(repeating: "a", count: 100), using: &generator)
    #expect(name.count == 63)
    #expect(Names.labelProblem(name) == nil)
  }
}
