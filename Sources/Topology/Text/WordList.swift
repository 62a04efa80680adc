/// Lists of words as a sentence gives them, and the word that someone may have meant.
package enum WordList {
    /// `a`, `a or b`, `a, b or c`.
    package static func choice(_ words: [String]) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " or " + last
    }

    /// The word nearest to what was written, if one is near enough to have been meant.
    ///
    /// - Returns: The word with the fewest edits, at most a third of its length and at least one; the first of equals.
    package static func nearest(to written: String, among words: [String]) -> String? {
        // A word of any length would cost its square; none of ours is this long.
        guard written.utf8.count <= 64 else { return nil }
        var best: (word: String, edits: Int)?
        for word in words {
            let edits = editDistance(written.lowercased(), word)
            if edits <= max(1, word.count / 3), edits < best?.edits ?? .max { best = (word, edits) }
        }
        return best?.word
    }

    /// Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other.
    ///
    /// Source: optimal string alignment, the restricted form of Damerau's distance (CACM 7(3), 1964).
    static func editDistance(_ left: String, _ right: String) -> Int {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        var beforeLast = [Int]()
        var last = Array(0...right.count)
        for i in 0..<left.count {
            var row = [i + 1]
            for j in 0..<right.count {
                var edits = min(last[j + 1] + 1, row[j] + 1, last[j] + (left[i] == right[j] ? 0 : 1))
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    edits = min(edits, beforeLast[j - 1] + 1)
                }
                row.append(edits)
            }
            (beforeLast, last) = (last, row)
        }
        return last[right.count]
    }
}
