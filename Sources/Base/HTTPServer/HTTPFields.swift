import NIOHTTP1

/// What the server itself looks for in a request's header, found in one pass.
struct HTTPRequestFields {
  var hasUpgrade = false
  /// The first `Expect` is `100-continue`.
  var expectsContinue = false
  /// The first `Content-Length`, if it is a number.
  var contentLength: Int?

  init(_ headers: HTTPHeaders) {
    var seenExpect = false
    var seenLength = false
    for (name, value) in headers {
      switch name.utf8.count {
      case 6 where !seenExpect && name.isField("expect"):
        seenExpect = true
        expectsContinue = value.isField("100-continue")
      case 7 where !hasUpgrade: hasUpgrade = name.isField("upgrade")
      case 14 where !seenLength && name.isField("content-length"):
        seenLength = true
        contentLength = Int(value)
      default: break
      }
    }
  }
}

/// What the server itself looks for in an answer's header, found in one pass.
struct HTTPResponseFields {
  var hasDate = false
  var hasConnection = false
  var hasContentLength = false

  init(_ headers: HTTPHeaders) {
    for (name, _) in headers {
      switch name.utf8.count {
      case 4 where !hasDate: hasDate = name.isField("date")
      case 10 where !hasConnection: hasConnection = name.isField("connection")
      case 14 where !hasContentLength: hasContentLength = name.isField("content-length")
      default: break
      }
    }
  }
}

extension String {
  /// Equal but for the case of ASCII letters. `lowercase` is.
  fileprivate func isField(_ lowercase: StaticString) -> Bool {
    guard utf8.count == lowercase.utf8CodeUnitCount else { return false }
    var expected = lowercase.utf8Start
    for byte in utf8 {
      let isUppercase = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
      guard (isUppercase ? byte + 32 : byte) == expected.pointee else { return false }
      expected += 1
    }
    return true
  }
}
