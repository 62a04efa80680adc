/// Jobs in the order they came, in one array that is used again.
struct JobQueue {
    private var jobs: [UnownedJob] = []
    private var head = 0

    var isEmpty: Bool { head == jobs.count }

    mutating func append(_ job: UnownedJob) {
        jobs.append(job)
    }

    /// Takes all of `others`, and leaves its storage to be filled again.
    mutating func append(takingFrom others: inout [UnownedJob]) {
        if jobs.isEmpty {
            // Two arrays changing places: in the usual case nothing is copied.
            swap(&jobs, &others)
        } else {
            jobs.append(contentsOf: others)
            others.removeAll(keepingCapacity: true)
        }
    }

    mutating func popFirst() -> UnownedJob? {
        guard head < jobs.count else { return nil }
        let job = jobs[head]
        head += 1
        if head == jobs.count {
            jobs.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 1024 && head * 2 >= jobs.count {
            // A queue that never runs empty must not keep all the jobs it ever had.
            jobs.removeFirst(head)
            head = 0
        }
        return job
    }
}
