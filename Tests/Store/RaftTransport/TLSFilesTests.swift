import ClusterConfig
import FoundationEssentials
import Glibc
import PKI
import RaftTransport
import Testing

/// Certificates that cannot be used are named, with what is wrong and what to do.
@Suite struct TLSFilesTests {
  private static func peerFiles(_ folder: CertificateFolder, _ host: String = "a") -> TLSFiles {
    TLSFiles(folder.host(host).storePeer, trust: folder.host(host).trust(.storePeer))
  }

  /// Both ways to the files of a host agree on what is wrong with them.
  private static func defect(_ folder: CertificateFolder) throws -> TLSFiles.Defect {
    let defect = try #require(throws: TLSFiles.Defect.self) { _ = try Self.peerFiles(folder).load() }
    #expect(throws: defect) { _ = try PeerCredentials(files: folder.host("a")) }
    return defect
  }

  @Test func goodOnesAreRead() async throws {
    try await RaftTransportTests.withCertificates { folder in
      let content = try Self.peerFiles(folder).load()
      #expect(content.chain.count == 1 && content.trust.count == 1 && content.isOwnAuthoritys)
      let left = TimeInterval(content.expires) - Date().timeIntervalSince1970
      #expect(abs(left - ClusterCertificates.certificateLifetime) < 3600)
      _ = try PeerCredentials(files: folder.host("a"))
    }
  }

  @Test func missingAndUnreadableFilesAreNamed() async throws {
    try await RaftTransportTests.withCertificates { folder in
      let files = Self.peerFiles(folder)
      for path in [files.trust, files.key, files.certificate] {
        #expect(unlink(path) == 0)
        let missing = try Self.defect(folder)
        #expect(missing.file == path && missing.problem == "is missing", "\(missing)")
        #expect(missing.description.hasPrefix("\(path) is missing: "))
        #expect(missing.advice.contains("apus certs init") && missing.advice.contains("--certs"))
        #expect(mkdir(path, 0o700) == 0)
        let folderInItsPlace = try Self.defect(folder)
        #expect(folderInItsPlace.file == path && folderInItsPlace.problem.contains("Is a directory"))
        #expect(rmdir(path) == 0)
        try Data().write(to: URL(filePath: path))
        let empty = try Self.defect(folder)
        #expect(empty.file == path && empty.problem == "is empty")
        try Data("-----BEGIN NONSENSE-----\n".utf8).write(to: URL(filePath: path))
        let rubbish = try Self.defect(folder)
        #expect(rubbish.file == path && rubbish.problem.contains("in PEM"), "\(rubbish)")
      }
    }
  }

  @Test func filesThatDoNotGoTogetherAreNamed() async throws {
    try await RaftTransportTests.withCertificates { folder in
      let (files, others) = (Self.peerFiles(folder), Self.peerFiles(folder, "b"))
      let key = try Data(contentsOf: URL(filePath: files.key))
      try Data(contentsOf: URL(filePath: others.key)).write(to: URL(filePath: files.key))
      let mixedUp = try Self.defect(folder)
      #expect(mixedUp.file == files.key && mixedUp.problem == "is not the key of \(files.certificate)", "\(mixedUp)")
      try key.write(to: URL(filePath: files.key))
      _ = try PeerCredentials(files: folder.host("a"))

      let wrongTrust = folder.host("a").trust(.storeClient)
      try Data(contentsOf: URL(filePath: wrongTrust)).write(to: URL(filePath: files.trust))
      // One that serves may trust others than those who vouch for it; members may not.
      #expect(try !files.load().isOwnAuthoritys)
      let foreign = try #require(throws: TLSFiles.Defect.self) { _ = try PeerCredentials(files: folder.host("a")) }
      #expect(foreign == files.foreignCertificate)
      #expect(foreign.file == files.certificate && foreign.problem.contains(files.trust), "\(foreign)")
    }
  }

  @Test func certificatesThatDoNotHoldNowAreNamed() async throws {
    try await RaftTransportTests.withCertificates { folder in
      let files = Self.peerFiles(folder)
      let now = Int64(Date().timeIntervalSince1970)
      _ = try files.load(now: now)
      let year: Int64 = 365 * 86_400
      let ended = try #require(throws: TLSFiles.Defect.self) { _ = try files.load(now: now + year + 86_400) }
      #expect(ended.file == files.certificate && ended.problem.hasPrefix("ended on 2"), "\(ended)")
      let early = try #require(throws: TLSFiles.Defect.self) { _ = try files.load(now: now - 86_400) }
      #expect(early.file == files.certificate && early.problem.contains("holds only from"), "\(early)")
      #expect(early.advice.contains("clock"))
    }
  }
}
