package import QueryLanguage

extension TracesModel {
  /// What of the Traces screen can be pointed at.
  package enum Spot: Hashable, Sendable {
    /// The rows of the list, from the one of this index on.
    case rows(first: Int)
    case title(TraceOrder.Key)
    /// The line of the filter, and what could be typed next, by index.
    case filter
    case completion(Int)
  }

  package mutating func point(_ pointer: Pointer, at spot: Spot, _ context: Context) -> [Intent] {
    switch spot {
    case .rows(let first):
      if pointer.isClick { input = nil }
      let intents = list.point(pointer, first: first, page: Self.page(context))
      return intents + askMore(context)
    case .title(let key):
      guard pointer.isClick else { return [] }
      order = order.chosen(key)
      return refresh(context, isNew: true)
    case .completion(let index):
      if pointer.isClick { input?.take(index, context.catalog) }
      return []
    case .filter:
      return pointer.isClick && input == nil ? perform(.filter, context) : []
    }
  }
}

extension TraceOrder {
  /// By the key, or the other way where that is the order already.
  func chosen(_ key: Key) -> TraceOrder { self.key == key ? reversed : TraceOrder(key) }
}
