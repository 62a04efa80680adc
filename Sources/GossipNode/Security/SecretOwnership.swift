/// Whose a file with a secret is, and who may read it.
package struct SecretOwnership: Sendable {
    private let mode: UInt32
    private let owner: UInt32

    /// - Parameters:
    ///   - mode: as `stat` tells it; all but the permissions is passed over.
    ///   - owner: a user's number.
    package init(mode: UInt32, owner: UInt32) {
        self.mode = mode & 0o777
        self.owner = owner
    }

    /// What is wrong where a process of this user reads its secret from the file; nil where nothing is.
    ///
    /// A group may read a file that root hands to another user, and nothing more: so systemd (LoadCredential, whose ACL
    /// shows as the group's rights) and Kubernetes (fsGroup) give a service its secrets. Which group, root has chosen.
    package func fault(for user: UInt32) -> String? {
        let isHandedOut = owner == 0 && user != 0
        guard mode & (isHandedOut ? 0o037 : 0o077) == 0 else {
            return "holds a secret that others can read or change (mode 0\(String(mode, radix: 8))); "
                + "run chmod 600 on it, or make a new key if others may have read it"
        }
        guard owner == user || owner == 0 else {
            return "holds a secret and belongs to the user \(owner); it must belong to the user \(user), who reads it"
        }
        return nil
    }
}
