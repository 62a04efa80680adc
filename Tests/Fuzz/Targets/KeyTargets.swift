import GossipNode

/// Key files, what a launcher hands to a node, and allow-lists, signed and not: all of them text that someone copied.
enum KeyTargets {
    private static let path = "file"

    /// A key file; then one that is right but for what the input says, for the fuzzer finds no key pair.
    static func keyFile(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        let bytes = input.rest()
        let isTaken = try checkKeyFile(bytes)
        guard bytes.count >= 32 else { return isTaken }
        let kind = bytes[0] & 1 == 0 ? "curve" : "ed25519"
        guard let made = KeyFile(kind: kind, secret: Array(bytes[..<32])) else { return isTaken }
        return try checkKeyFile(spoiled(made.text, by: bytes[32...])) || isTaken
    }

    private static func checkKeyFile(_ bytes: [UInt8]) throws(FuzzFinding) -> Bool {
        guard let file = try? KeyFile(text: bytes, path: path) else { return false }
        guard let again = try? KeyFile(text: Array(file.text.utf8), path: path) else {
            throw FuzzFinding("what is written of a key is read again")
        }
        try require(again.publicHex == file.publicHex && again.text == file.text, "it is the same key")
        return true
    }

    /// What comes through the pipe; the text begins with a right key where the first byte is odd.
    static func credentials(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        let hasKey = input.bool()
        let key = hasKey ? KeyFile(kind: "curve", secret: [UInt8](repeating: 7, count: 32))?.text ?? "" : ""
        let bytes = Array(key.utf8) + input.rest()
        guard let credentials = try? NodeCredentials(text: bytes, path: path) else { return false }
        guard let again = try? NodeCredentials(text: Array(credentials.text.utf8), path: path) else {
            throw FuzzFinding("what is written of credentials is read again")
        }
        try require(
            again.text == credentials.text && again.list == credentials.list
                && again.trackerKey == credentials.trackerKey, "they are the same credentials")
        return true
    }

    /// A list as it is, and as its signer would sign it, with bytes changed.
    static func allowList(_ input: inout FuzzInput) throws(FuzzFinding) -> Bool {
        let (serial, change, place) = (input.number(), input.byte(), Int(input.integer(as: UInt16.self)))
        let bytes = input.rest()
        guard let signer = ListSigner(secret: [UInt8](repeating: 9, count: 32)) else {
            throw FuzzFinding("there is a signer")
        }
        try require(
            (try? signer.publicKey.verified(bytes, path: path)) == nil, "nobody finds a signature")
        guard let list = try? AllowList(text: bytes, path: path) else { return false }
        try require(
            (try? AllowList(text: Array(list.text.utf8), path: path)) == list, "a list is read as it was written")
        for entry in list.entries { try require(list[entry.key] == entry, "each key is found") }

        guard let text = try? signer.sign(list, serial: serial) else { throw FuzzFinding("a list can be signed") }
        var signed = Array(text.utf8)
        let read = try? signer.publicKey.verified(signed, path: path)
        try require(read?.serial == serial && read?.entries == list.entries, "what is signed is believed")
        guard change != 0 else { return true }
        signed[place % signed.count] ^= change
        if let believed = try? signer.publicKey.verified(signed, path: path) {
            // Hex digits of either case are the same signature, and the last line needs no end.
            try require(believed == read, "what was changed is not believed")
        }
        return true
    }

    /// The text with bytes changed: of each three of the input two are the place and one is the change.
    private static func spoiled(_ text: String, by changes: ArraySlice<UInt8>) -> [UInt8] {
        var bytes = Array(text.utf8)
        var rest = changes
        while rest.count >= 3 {
            let change = Array(rest.prefix(3))
            bytes[(Int(change[0]) << 8 | Int(change[1])) % bytes.count] ^= change[2]
            rest = rest.dropFirst(3)
        }
        return bytes
    }
}
