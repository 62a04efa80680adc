import Foundation
import GossipNode
import TestSupport
import Testing
import ZeroMQ

@Suite struct KeyFileTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func write(_ text: String, mode: Int = 0o600) throws -> String {
        let path = try folder.write("written.key", text)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }

    @Test func aPairIsKeptForItsOwnerAlone() throws {
        let keys = try CurveKeyPair.generate()
        let path = folder.path("lab1.key")
        let entry = AllowList.Entry(key: keys.publicKey, name: "lab1", role: .node)
        try KeyFile.curve(keys).create(at: path, entry: entry)
        #expect(try mode(path) == 0o600)
        #expect(try KeyFile.readPair(path) == keys)
        #expect(try KeyFile.read(path).publicHex == keys.publicKey.hex)
        #expect(folder.read("lab1.key.pub") == Array("\(keys.publicKey.hex) lab1 node\n".utf8))
        #expect(throws: NodeError.self) { try KeyFile.readSigner(path) }
    }

    @Test func aSignerIsKeptLikewise() throws {
        let signer = ListSigner()
        let path = folder.path("signer.key")
        try KeyFile.signer(signer).create(at: path, entry: nil)
        #expect(try mode(path) == 0o600)
        #expect(try KeyFile.readSigner(path).publicKey == signer.publicKey)
        #expect(throws: NodeError.self) { try KeyFile.readPair(path) }
        #expect(try folder.names == ["signer.key"])
    }

    @Test func nothingIsOverwritten() throws {
        let keys = try CurveKeyPair.generate()
        let entry = AllowList.Entry(key: keys.publicKey, name: "lab1", role: .node)
        let path = try folder.write("lab1.key", "precious")
        #expect(throws: NodeError.self) { try KeyFile.curve(keys).create(at: path, entry: entry) }
        try folder.write("lab2.key.pub", "precious")
        #expect(throws: NodeError.self) { try KeyFile.curve(keys).create(at: folder.path("lab2.key"), entry: entry) }
        #expect(folder.read("lab1.key") == Array("precious".utf8))
        #expect(try folder.names == ["lab1.key", "lab2.key.pub"], "no secret without its public half")
    }

    @Test(arguments: [0o640, 0o604, 0o620, 0o602, 0o644, 0o666])
    func aSecretThatOthersMayReadOrChangeIsRefused(mode: Int) throws {
        let keys = try CurveKeyPair.generate()
        let text = "gotorrent-key curve\npublic \(keys.publicKey.hex)\nsecret \(hex(keys.secretKey.bytes))\n"
        #expect(try KeyFile.readPair(try write(text)) == keys)
        let path = try write(text, mode: mode)
        let error = #expect(throws: NodeError.self) { try KeyFile.readPair(path) }
        #expect(error?.description.contains("mode 0\(String(mode, radix: 8))") == true)
        #expect(error?.description.contains("chmod 600") == true)
    }

    @Test func whatIsNoKeyFileIsRefusedWithoutRepeatingIt() throws {
        let keys = try CurveKeyPair.generate()
        let (open, secret) = (keys.publicKey.hex, hex(keys.secretKey.bytes))
        let other = try CurveKeyPair.generate().publicKey.hex
        let wrong = [
            "", "secret \(secret)\n", "gotorrent-key curve\npublic \(open)\n",
            "gotorrent-key curve\npublic \(other)\nsecret \(secret)\n",
            "gotorrent-key rsa\npublic \(open)\nsecret \(secret)\n",
            "gotorrent-key ed25519\npublic \(open)\nsecret \(secret)\n",
            "gotorrent-key curve\npublic \(open)\nsecret \(secret)0\n",
            "gotorrent-key curve\nsecret \(secret)\npublic \(open)\n",
            "gotorrent-key curve\npublic \(open)\nsecret \(secret)\nsecret \(secret)\n",
            String(repeating: "# long\n", count: 1_000),
        ]
        for text in wrong {
            let path = try write(text)
            let error = #expect(throws: NodeError.self, "\(text)") { try KeyFile.readPair(path) }
            #expect(error?.description.contains(secret) == false)
            #expect(error?.description.contains(path) == true)
        }
    }

    @Test func whatIsHandedToANodeIsReadThere() throws {
        let (keys, tracker) = (try CurveKeyPair.generate(), try CurveKeyPair.generate())
        let list = AllowList([.init(key: tracker.publicKey, name: "tracker", role: .tracker)])
        let credentials = NodeCredentials(keys: keys, trackerKey: tracker.publicKey, list: list)
        let read = try NodeCredentials(text: Array(credentials.text.utf8), path: "input")
        #expect(read.keys == keys && read.trackerKey == tracker.publicKey && read.list == list)
        #expect(credentials.text.hasSuffix("\nend\n"))
        for length in 0..<credentials.text.utf8.count - 1 {
            #expect(throws: NodeError.self) {
                try NodeCredentials(text: Array(credentials.text.utf8.prefix(length)), path: "input")
            }
        }
        #expect(!"\(credentials)".contains(hex(keys.secretKey.bytes)))
    }

    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
