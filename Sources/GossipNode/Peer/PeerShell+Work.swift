import GossipCore
import GossipWire
import Logging
import ZeroMQ

/// What is done away from the event loop: hashing and writing, and waiting for the disk.
extension PeerShell {
    /// What other threads tell the loop.
    enum Letter: Sendable {
        /// A receiver's link took a chunk in full, or is gone.
        case chunkServed(ReceiverID, byteCount: Int)
        /// A link took the bytes of an answer, or is gone.
        case answerTaken(link: [UInt8], byteCount: Int)
        /// A chunk was hashed, and written where it was right.
        case chunkChecked(MessageToken, Result<Bool, NodeError>)
        /// What was written is on the disk.
        case proven(Result<Void, NodeError>)
        /// The download has its own name; whether it is still to be brought to the disk.
        case finished(Result<Bool, NodeError>)
        /// The download is on the disk.
        case settled(Result<Void, NodeError>)
    }

    /// Below this many bytes another thread costs more than hashing.
    private static let smallestJob = 32 << 10

    func startMail() {
        loop.add(fileDescriptor: mail.fileDescriptor, events: .readable) { [unowned self] _ in
            for letter in mail.removeAll() { read(letter) }
        }
    }

    func stopMail() { loop.remove(fileDescriptor: mail.fileDescriptor) }

    private func read(_ letter: Letter) {
        switch letter {
        case .chunkServed(let receiver, let byteCount):
            // The next chunk may be granted when this one is paid for.
            paced(by: configuration.uploadLimit, byteCount) { $0.handle(.chunkServed(to: receiver)) }
        case .answerTaken(let link, let byteCount): answers.take(byteCount, by: link, at: .now)
        case .chunkChecked(let token, let outcome):
            waits.disk -= 1
            finishCheck(token, outcome)
        case .proven(let outcome): if case .failure(let error) = outcome { end(.failure(error)) }
        case .finished(let outcome): noteFinished(outcome)
        case .settled(let outcome):
            isSettling = false
            if case .failure(let error) = outcome { end(.failure(error)) }
            for waiter in settlingWaiters { waiter() }
            settlingWaiters = []
        }
    }

    /// Does something when a limit, if there is one, allows the next use of it.
    func paced(by limit: RateLimit?, _ byteCount: Int, _ body: @escaping (PeerShell) -> Void) {
        guard let due = limit?.take(byteCount), due > .now else { return body(self) }
        loop.schedule(at: MonotonicTime(due)) { [weak self] in
            guard let self, !isClosed else { return }
            body(self)
        }
    }

    // MARK: Chunks

    func verify(_ chunk: ChunkID, _ token: MessageToken) {
        let message = slots[token]
        bytesReceived += UInt64(message.data.count)
        guard message.data.count >= Self.smallestJob else {
            let outcome = Self.check(message, chunk, store) { bytes throws(NodeError) in try put(bytes, chunk) }
            finishCheck(token, outcome)
            return
        }
        waits.disk += 1
        workers.submit { [mail, store] in
            let outcome = Self.check(message, chunk, store) { bytes throws(NodeError) in
                try store.write(bytes, chunk)
            }
            mail.add(.chunkChecked(token, outcome))
        }
    }

    /// Writes what is right at once, while its bytes are at hand. Of a chunk that is there already they are the same.
    private static func check(
        _ message: KeptMessage, _ chunk: ChunkID, _ store: ChunkStore,
        _ write: (UnsafeRawBufferPointer) throws(NodeError) -> Void
    ) -> Result<Bool, NodeError> {
        message.data.withUnsafeBytes { bytes in
            Result { () throws(NodeError) in
                guard try store.isValid(bytes, chunk, message.proof) else { return false }
                try write(bytes)
                return true
            }
        }
    }

    /// Writes a chunk on the loop, and leaves the wait for the disk to another thread: many nodes may share the loop.
    private func put(_ bytes: UnsafeRawBufferPointer, _ chunk: ChunkID) throws(NodeError) {
        guard try store.put(bytes, chunk) else { return }
        workers.submit { [mail, store] in
            mail.add(.proven(Result { () throws(NodeError) in try store.prove() }))
        }
    }

    private func finishCheck(_ token: MessageToken, _ outcome: Result<Bool, NodeError>) {
        guard !hasFailed else { return }
        switch outcome {
        case .success(let isValid):
            if isValid, let key = slots[token].key { configuration.security?.gate.noteRightChunk(from: key) }
            waits.limit += 1
            paced(by: configuration.downloadLimit, slots[token].data.count) {
                $0.waits.limit -= 1
                $0.handle(.chunkVerified(token, isValid: isValid))
            }
        case .failure(let error): end(.failure(error))
        }
    }

    // MARK: The end of a download

    func noteCompletion() {
        isSettling = true
        workers.submit { [mail, store] in
            let outcome = Result { () throws(NodeError) in try store.finish() }
            mail.add(.finished(outcome))
            guard case .success(true) = outcome else { return }
            mail.add(.settled(Result { () throws(NodeError) in try store.settle() }))
        }
    }

    func noteFinished(_ outcome: Result<Bool, NodeError>) {
        switch outcome {
        case .success(true): break
        case .success(false): read(.settled(.success(())))
        case .failure(let error):
            read(.settled(.failure(error)))
            return
        }
        log.info("complete", metadata: ["cycle": "\(machine.cycle)", "file": "\(store.path)"])
        publishEvent(.completed)
        noteStatus()
        guard let stay = configuration.stay else { return }
        loop.schedule(after: Duration(stay)) { [weak self] in self?.end(.success(.completed)) }
    }

    /// Calls `completion` when no download is waiting for the disk any longer.
    func whenSettled(_ completion: @escaping () -> Void) {
        guard isSettling else { return completion() }
        settlingWaiters.append(completion)
    }
}
