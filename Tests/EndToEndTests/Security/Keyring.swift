import Foundation
import TestSupport
import Testing
import ZeroMQ

/// Keys that `gotorrent keys new` made, and the list of those that may take part.
struct Keyring: Sendable {
    let folder: TemporaryFolder
    /// Public keys, 64 hex digits each.
    private(set) var publicKeys: [String: String] = [:]

    /// - Parameters:
    ///   - roles: of those on the list.
    ///   - strangers: who have keys and are not on it.
    init(_ roles: [String: String], strangers: [String] = []) async throws {
        folder = try TemporaryFolder()
        var list = "# the test's\n"
        for (name, role) in roles.sorted(by: { $0.key < $1.key }) {
            publicKeys[name] = try await Self.make(name, role, folder)
            list += String(decoding: folder.read("\(name).key.pub") ?? [], as: UTF8.self)
        }
        for name in strangers { publicKeys[name] = try await Self.make(name, "node", folder) }
        try folder.write("fleet.allow", list)
    }

    private static func make(_ name: String, _ role: String, _ folder: TemporaryFolder) async throws -> String {
        let ending = try await Program.gotorrent("keys", "new", folder.path("\(name).key"), "--role", role)
        #expect(ending.code == 0, "\(ending.errors)")
        return ending.output.trimmingCharacters(in: .newlines)
    }

    var list: String { folder.path("fleet.allow") }

    func file(_ name: String) -> String { folder.path("\(name).key") }

    func publicKey(_ name: String) throws -> String { try #require(publicKeys[name]) }

    /// Options of a tracker.
    func trackerOptions(_ name: String = "tracker") -> [String] { ["--key", file(name), "--allow", list] }

    /// Options of a node.
    func options(_ name: String) throws -> [String] {
        trackerOptions(name) + ["--tracker-key", try publicKey("tracker")]
    }

    /// The pair itself, for a socket of the test's own.
    func pair(_ name: String) throws -> CurveKeyPair {
        let words = String(decoding: try #require(folder.read("\(name).key")), as: UTF8.self)
            .split(whereSeparator: \.isWhitespace)
        let place = try #require(words.firstIndex(of: "secret"))
        let secret = try #require(CurveSecretKey(bytes: Self.bytes(words[place + 1])))
        return try CurveKeyPair(secretKey: secret)
    }

    /// What 64 hex digits stand for.
    static func bytes(_ digits: some StringProtocol) -> [UInt8] {
        let digits = Array(digits.utf8).compactMap { UInt8(String(UnicodeScalar($0)), radix: 16) }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
