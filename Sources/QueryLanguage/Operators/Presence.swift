extension FilterOperator {
  /// An attribute with an empty text is there; a built-in such as `status_message` is not.
  package static let exists = FilterOperator(
    "exists", also: ["is-not-null", "exist"], help: "is there", takes: .nothing, of: .any)
  package static let doesNotExist = FilterOperator(
    not: exists, "does-not-exist", also: ["is-null", "not-exists", "not-exist"],
    help: "is missing")
}
