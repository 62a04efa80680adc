import Foundation
import GossipNode
import TestSupport
import Testing

@Suite struct AllowListFileTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("fleet.allow")
    }

    private func list(_ name: String, serial: UInt64? = nil) throws -> AllowList {
        var list = AllowList([.init(key: try AllowListTests.key(0), name: name, role: .node)])
        list.serial = serial
        return list
    }

    @Test func itIsReadAgainWhenItWasChangedAndOnlyThen() throws {
        try folder.write("fleet.allow", try list("lab1").text)
        var file = try AllowListFile(path: path, signer: nil)
        #expect(file.list == (try list("lab1")))
        #expect(try !file.refresh())
        try folder.write("fleet.allow", try list("lab22").text)
        #expect(try file.refresh())
        #expect(file.list == (try list("lab22")))
        #expect(try !file.refresh())
        // Touched, but the same.
        try folder.write("fleet.allow", try list("lab22").text + "# remark\n")
        #expect(try !file.refresh())
    }

    @Test func aWrongOneLeavesTheOldInForceAndIsToldOnce() throws {
        try folder.write("fleet.allow", try list("lab1").text)
        var file = try AllowListFile(path: path, signer: nil)
        try folder.write("fleet.allow", "nonsense\n")
        #expect(throws: NodeError.self) { try file.refresh() }
        #expect(try !file.refresh())
        #expect(file.list == (try list("lab1")))
        try FileManager.default.removeItem(atPath: path)
        #expect(try !file.refresh())
        try folder.write("fleet.allow", try list("lab3").text)
        #expect(try file.refresh())
        #expect(file.list == (try list("lab3")))
    }

    @Test func withASignerOnlyItsNewerListsCount() throws {
        let signer = ListSigner()
        func sign(_ name: String, _ serial: UInt64) throws {
            try folder.write("fleet.allow", try signer.sign(try list(name), serial: serial))
        }
        try sign("lab1", 5)
        var file = try AllowListFile(path: path, signer: signer.publicKey)
        for text in [try list("lab2", serial: 6).text, try ListSigner().sign(try list("lab2"), serial: 6)] {
            try folder.write("fleet.allow", text)
            #expect(throws: NodeError.self) { try file.refresh() }
        }
        try sign("older", 4)
        let error = #expect(throws: NodeError.self) { try file.refresh() }
        #expect(error?.description.contains("older than 5") == true)
        #expect(file.list == (try list("lab1", serial: 5)))
        try sign("lab2", 6)
        #expect(try file.refresh())
        #expect(file.list == (try list("lab2", serial: 6)))
        // Who does not know the signer reads the entries.
        #expect(try AllowListFile(path: path, signer: nil).list == file.list)
    }

    @Test func aListThatEveryoneMayChangeIsRefusedUnlessItIsSigned() throws {
        let signer = ListSigner()
        try folder.write("fleet.allow", try signer.sign(try list("lab1"), serial: 1))
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: path)
        #expect(throws: NodeError.self) { try AllowListFile(path: path, signer: nil) }
        #expect(try AllowListFile(path: path, signer: signer.publicKey).list.entries.count == 1)
    }

    @Test func aListThatIsNotThereIsNamed() {
        let error = #expect(throws: NodeError.self) { try AllowListFile(path: path, signer: nil) }
        #expect(error?.description.contains(path) == true)
    }
}
