import ZeroMQ

extension Socket {
    /// Has a lost link noticed and made again within seconds, whatever became of the other end.
    ///
    /// TCP by itself notices nothing where nothing is sent: whoever only listens to a machine whose power went listens for
    /// ever. And where something is sent, it tries again at intervals that double up to two minutes, so that a network
    /// that was cut for one minute stays silent for up to another. Heartbeats end such a link after 5 to 7 s, and a
    /// connection that does not come about in 2 s is begun anew. Call before `connect`.
    func keepAlive() throws(ZeroMQError) {
        try set(.heartbeatInterval, to: .seconds(2))
        try set(.heartbeatTimeout, to: .seconds(5))
        try set(.connectTimeout, to: .seconds(2))
    }
}
