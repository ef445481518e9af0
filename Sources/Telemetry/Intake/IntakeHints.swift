extension IntakeCounts {
  /// What a person should know beside the numbers, a line each, without a final stop.
  package var hints: [String] {
    var hints = unreadShapes.hints
    if announcedSpans > spans {
      hints.append(
        "\(announcedSpans - spans) spans were only counted by a collector's debug exporter: "
          + "its verbosity: detailed prints them")
    }
    if hasYAML { hints.append("OTLP written as YAML is not read: make JSON of it first") }
    if unreadValues > 0 {
      hints.append("\(unreadValues) attributes are no values of OTLP and were kept as text")
    }
    return hints
  }
}
