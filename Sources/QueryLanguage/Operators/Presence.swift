extension FilterOperator {
  package static let exists = FilterOperator(
    "exists", also: ["is-not-null", "exist"], help: "is there", takes: .nothing, of: .any)
  package static let doesNotExist = FilterOperator(
    not: exists, "does-not-exist", also: ["is-null", "not-exists", "not-exist"],
    help: "is missing")
}
