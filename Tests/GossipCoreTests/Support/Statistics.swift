/// How often each of `bound` outcomes is drawn; outcomes beyond it, and nil, are in the last place.
func histogram(of bound: Int, draws: Int, _ draw: () -> Int?) -> [Int] {
    var counts = Array(repeating: 0, count: bound + 1)
    for _ in 0..<draws {
        if let outcome = draw(), (0..<bound).contains(outcome) {
            counts[outcome] += 1
        } else {
            counts[bound] += 1
        }
    }
    return counts
}

/// Whether a histogram is that of a uniform draw over `support`, which nothing else may be drawn.
///
/// Pearson's chi-square against the point that a right picker passes in all but 3 of 100,000 seeds (four standard
/// deviations, by Wilson and Hilferty's cube root). The seeds of these tests are fixed, so the outcome is, too.
func isUniform(_ histogram: [Int], over support: [Int]) -> Bool {
    let total = histogram.reduce(0, +)
    guard support.reduce(0, { $0 + histogram[$1] }) == total else { return false }
    let expected = Double(total) / Double(support.count)
    let statistic = support.reduce(0.0) { sum, outcome in
        let difference = Double(histogram[outcome]) - expected
        return sum + difference * difference / expected
    }
    return statistic <= chiSquareBound(freedom: support.count - 1)
}

private func chiSquareBound(freedom: Int) -> Double {
    guard freedom > 0 else { return 0 }
    let spread = 2 / (9 * Double(freedom))
    let root = 1 - spread + 4 * spread.squareRoot()
    return Double(freedom) * root * root * root
}

/// The ordered choices of `count` different numbers below `bound`, each with its place among them.
///
/// A choice that repeats a number, or has one that is out of range, has no place.
struct OrderedChoices {
    let bound: Int
    let count: Int

    var total: Int { (0..<count).reduce(1) { $0 * (bound - $1) } }

    func place(of choice: [Int]) -> Int? {
        guard choice.count == count, choice.allSatisfy({ (0..<bound).contains($0) }), Set(choice).count == count else {
            return nil
        }
        var rest = Array(0..<bound)
        return choice.reduce(0) { place, number in
            let position = rest.firstIndex(of: number) ?? 0
            rest.remove(at: position)
            return place * (rest.count + 1) + position
        }
    }

    /// Whether a picker gives every ordered choice equally often, and nothing else.
    func areUniform(draws: Int, _ draw: () -> [Int]) -> Bool {
        isUniform(histogram(of: total, draws: draws) { place(of: draw()) }, over: Array(0..<total))
    }
}
