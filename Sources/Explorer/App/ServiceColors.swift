/// Which colour belongs to which service, the same on every screen for as long as the program runs.
///
/// Numbers go out in the order services are first seen; views map a number to one of the theme's
/// series colours, and to a mark, so that colour is never the only difference.
package struct ServiceColors: Equatable, Sendable {
  private var numbers: [String: Int] = [:]

  package init() {}

  /// Gives each new service the next number.
  package mutating func learn(_ services: some Sequence<String>) {
    for service in services where numbers[service] == nil { numbers[service] = numbers.count }
  }

  /// The number of `service`; 0 for one never learnt.
  package subscript(service: String) -> Int { numbers[service] ?? 0 }
}
