/// The words of the protocol as frames, made once.
enum Word {
    static let signature = Array("GT1".utf8)
    static let announce = Array("announce".utf8)
    static let getPeers = Array("get_peers".utf8)
    static let leave = Array("leave".utf8)
    static let ok = Array("ok".utf8)
    static let peers = Array("peers".utf8)
    static let error = Array("error".utf8)
    static let push = Array("push".utf8)
    static let pull = Array("pull".utf8)
    static let have = Array("have".utf8)
    static let chunk = Array("chunk".utf8)
    static let none = Array("none".utf8)
    static let late = Array("late".utf8)
}
