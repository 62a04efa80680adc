import GossipNode
import Testing

@Suite struct SecretOwnershipTests {
    /// The file's mode and owner, who reads it, and what is said of it; nil where it is in order.
    @Test(
        arguments: [
            (0o100600, 1000, 1000, nil), (0o100400, 1000, 1000, nil), (0o100600, 0, 0, nil), (0o100400, 0, 1000, nil),
            // As systemd and Kubernetes hand it out: root's, and readable by a group.
            (0o100440, 0, 1000, nil), (0o100640, 0, 1000, nil),
            (0o100440, 0, 0, "mode 0440"), (0o100440, 1000, 1000, "mode 0440"), (0o100440, 1001, 1000, "mode 0440"),
            (0o100660, 0, 1000, "mode 0660"), (0o100444, 0, 1000, "mode 0444"), (0o100602, 0, 1000, "mode 0602"),
            (0o100650, 0, 1000, "mode 0650"), (0o100600, 1001, 1000, "user 1001"), (0o100600, 1000, 0, "user 1000"),
        ] as [(UInt32, UInt32, UInt32, String?)])
    func aSecretIsItsReadersOwn(mode: UInt32, owner: UInt32, reader: UInt32, said: String?) {
        let fault = SecretOwnership(mode: mode, owner: owner).fault(for: reader)
        if let said { #expect(fault?.contains(said) == true) } else { #expect(fault == nil) }
    }
}
