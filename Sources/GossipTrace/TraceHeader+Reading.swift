extension TraceHeader {
    /// Reads the header at a trace's beginning.
    /// - Returns: it, and how many lines it took.
    /// - Throws: `TraceError` with the line that is none of a header, or what kept the lines from being read.
    static func read(_ next: TraceReplay.Lines) throws(TraceError) -> (header: TraceHeader, lineCount: Int) {
        var line = 0
        var unread: TraceError?
        do throws(TraceWords.Fault) {
            let header = try TraceHeader { () throws(TraceWords.Fault) in
                line += 1
                do throws(TraceError) {
                    return try next()
                } catch {
                    unread = error
                    throw TraceWords.Fault(text: error.text)
                }
            }
            return (header, line)
        } catch {
            throw unread ?? TraceError(line: line, error.text)
        }
    }
}
