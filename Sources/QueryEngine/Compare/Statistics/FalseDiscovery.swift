/// Probabilities of many tests, raised so that few of those called small are so by chance.
enum FalseDiscovery {
  /// The adjusted probabilities of Benjamini and Hochberg (1995), in the order given.
  static func adjusted(_ probabilities: [Double]) -> [Double] {
    let count = probabilities.count
    let falling = probabilities.indices.sorted { probabilities[$0] > probabilities[$1] }
    var adjusted = probabilities
    var least = 1.0
    for (position, index) in falling.enumerated() {
      least = min(least, probabilities[index] * Double(count) / Double(count - position))
      adjusted[index] = least
    }
    return adjusted
  }
}
