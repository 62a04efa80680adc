extension HostLink {
    /// What ending everything on a host may take: nodes say goodbye and wait for the disk, and files
    /// are removed.
    private static let patience = Duration.seconds(25)

    /// Has the agent end and remove all that it holds, and waits until the connection is closed.
    ///
    /// A host that answers no more does the same by itself.
    /// - Parameter task: the one of `run`.
    func close(_ task: Task<Void, Never>) async {
        let patience = Task {
            try await Task.sleep(for: Self.patience)
            task.cancel()
        }
        if isUp {
            expectEnd()
            _ = try? await ask(.finish(keepsCopies: settings.keepsCopies, keepsRun: keepsRun))
        } else if !isLeaving {
            task.cancel()
        }
        await task.value
        patience.cancel()
    }
}
