import QueryLanguage
import Testing

@testable import QueryEngine

/// Against values of scipy 1.17: `chi2.sf`, `kstwobign.sf`, `fisher_exact`, `chi2_contingency` with
/// the log-likelihood ratio, `false_discovery_control`.
@Suite struct StatisticsTests {
  @Test(
    "χ² survives as published",
    arguments: [
      (3.84, 1, 0.05004352124870519), (10, 5, 0.07523524614651217), (0.5, 4, 0.9735009788392561),
      (50, 30, 0.01240206071890054), (200, 100, 1.1784500720979781e-08),
      (1_100, 1_000, 0.014614408126295192), (300, 10, 1.5546747543803087e-58),
      (0.001, 1, 0.9747728793699604),
    ] as [(Double, Int, Double)])
  func chiSquare(value: Double, degrees: Int, expected: Double) {
    let found = ChiSquare.survival(value, degrees: degrees)
    #expect(abs(found / expected - 1) < 1e-10, "\(found)")
  }

  @Test("χ² of nothing is certain to be exceeded, of infinity never")
  func chiSquareEnds() {
    #expect(ChiSquare.survival(0, degrees: 3) == 1)
    #expect(ChiSquare.survival(.infinity, degrees: 3) == 0)
    #expect(ChiSquare.survival(5, degrees: 0) == 1)
  }

  @Test(
    "Kolmogorov's distribution is as published",
    arguments: [
      (0.2, 100, 120, 0.025463957781115085), (0.05, 5_000, 4_000, 2.9890677049562753e-05),
      (0.5, 12, 104, 0.009222000764448244), (0.02, 100_000, 100_000, 8.496708510583118e-18),
    ])
  func kolmogorov(distance: Double, n: Int, m: Int, expected: Double) {
    let found = KolmogorovSmirnov.probability(distance: distance, n, m)
    #expect(abs(found / expected - 1) < 1e-9, "\(found)")
  }

  @Test("A G-test is that of the whole table where no cell is sparse")
  func table() {
    let first = GTest.probability([Sides(30, 60), Sides(20, 70), Sides(50, 170)])
    #expect(abs(first / 0.12706593446447603 - 1) < 1e-10)
    let second = GTest.probability(
      [Sides(100, 150), Sides(200, 180), Sides(300, 310), Sides(400, 360)])
    #expect(abs(second / 0.003862910924235648 - 1) < 1e-10)
  }

  @Test("Sparse cells are joined")
  func sparse() {
    let joined = GTest.probability([Sides(30, 60), Sides(20, 70), Sides(50, 170)])
    let split = GTest.probability(
      [Sides(30, 60), Sides(20, 70), Sides(50, 166), Sides(0, 2), Sides(0, 2)])
    let alike = GTest.probability([Sides(30, 60), Sides(20, 70), Sides(50, 166), Sides(0, 4)])
    #expect(split == alike)
    // The rare ones are too few together, and the next rarest joins them.
    let next = GTest.probability([Sides(30, 60), Sides(20, 74), Sides(50, 166)])
    #expect(abs(split - next) < 1e-12 && split != joined)
  }

  @Test(
    "Fisher's test is exact",
    arguments: [
      (Sides(12, 22), Sides(12, 104), 7.972527117321662e-08),
      (Sides(8, 1), Sides(10, 6), 0.034965034965034975),
      (Sides(3, 10), Sides(4, 410), 9.566022173610173e-05), (Sides(5, 50), Sides(12, 110), 1),
    ] as [(Sides, Sides, Double)])
  func fisher(cell: Sides, whole: Sides, expected: Double) {
    let found = Fisher.probability(cell, of: whole)
    #expect(abs(found / expected - 1) < 1e-7, "\(found)")
  }

  @Test("Few selected are told from chance where no cell has enough: Fisher's test, twice")
  func few() {
    let found = GTest.probability([Sides(8, 130), Sides(0, 270)])
    #expect(found < 0.001)
    #expect(found == Fisher.probability(Sides(8, 130), of: Sides(8, 400)) * 2)
  }

  @Test("Probabilities are adjusted as Benjamini and Hochberg do")
  func discovery() {
    let found = FalseDiscovery.adjusted([0.01, 0.04, 0.03, 0.005, 0.5])
    for (a, b) in zip(found, [0.025, 0.05, 0.05, 0.025, 0.5]) { #expect(abs(a - b) < 1e-12) }
  }

  @Test("Every bucket of numbers holds what lies between its edges")
  func buckets() {
    for exponent in -30...70 {
      for part in [1.0, 1.1, 1.5, 1.999] {
        let value = part * Double(sign: .plus, exponent: exponent, significand: 1)
        for signed in [value, -value] {
          let bucket = NumberBuckets.bucket(signed)
          #expect(NumberBuckets.lowerEdge(bucket) <= signed, "\(signed)")
          #expect(
            bucket + 1 == NumberBuckets.count || NumberBuckets.lowerEdge(bucket + 1) > signed,
            "\(signed)")
        }
      }
    }
    #expect(NumberBuckets.bucket(0) == NumberBuckets.bucket(-0.0))
    #expect(NumberBuckets.bucket(.infinity) == NumberBuckets.count - 1)
    #expect(NumberBuckets.bucket(-.infinity) == 0)
  }
}
