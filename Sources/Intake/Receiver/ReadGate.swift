import NIOCore

/// A request that is being received, as its connection knows it.
protocol IncomingRequest: AnyObject {
  /// Refuses the request and lets go of what is here of it.
  ///
  /// - Parameter isImmediate: the rest will not come, so the answer does not wait for it.
  func giveUp(_ failure: ExportFailure, isImmediate: Bool)
}

/// The first handler of a connection: reads only while there is room for what requests hold, and
/// ends what rests for too long.
final class ReadGate: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private struct Incoming {
    let request: any IncomingRequest
    let start: NIODeadline
  }

  private let budget: RequestBudget
  private let configuration: ReceiverConfiguration
  private var context: ChannelHandlerContext?
  private var incoming: [ObjectIdentifier: Incoming] = [:]
  /// Bytes read since a request began while no other was under way.
  private var part = 0
  /// Requests that are here as a whole and not answered yet.
  private var answering = 0
  private var lastActivity = NIODeadline.uptimeNanoseconds(0)
  private var waitStart: NIODeadline?
  private var idleTimer: Scheduled<Void>?
  /// There was no room for so long that what comes is refused.
  private var isRefusing = false
  /// HTTP/2 ends idle connections itself, by GOAWAY.
  var isHTTP2 = false

  init(_ budget: RequestBudget, _ configuration: ReceiverConfiguration) {
    (self.budget, self.configuration) = (budget, configuration)
  }

  // MARK: Requests

  /// A request begins; false when there is no room for it, and has not been for long.
  func begin(_ request: any IncomingRequest) -> Bool {
    if budget.hasRoom(holding: 0) { isRefusing = false }
    incoming[ObjectIdentifier(request)] = Incoming(request: request, start: now)
    return !isRefusing
  }

  /// The request has come as a whole, or will not.
  func end(_ request: any IncomingRequest) {
    incoming[ObjectIdentifier(request)] = nil
    guard incoming.isEmpty else { return }
    part = 0
    budget.endTurn(self)
  }

  func beginAnswer() { answering += 1 }

  func endAnswer() {
    answering -= 1
    lastActivity = now
  }

  // MARK: Room

  func read(context: ChannelHandlerContext) {
    guard waitStart == nil else { return }
    if mayRead { return context.read() }
    waitStart = now
    wait()
    scheduleCheck()
  }

  /// When all that there is room for waits for more, one goes on all the same, until it is done.
  private var mayRead: Bool {
    budget.hasRoom(holding: part) || isRefusing || !incoming.isEmpty && budget.takeTurn(self)
  }

  /// There may be room again.
  func open() {
    guard waitStart != nil, let context else { return }
    guard mayRead else { return wait() }
    waitStart = nil
    lastActivity = now
    context.read()
  }

  private func wait() { budget.wait(self, holding: part, hasPart: !incoming.isEmpty) }

  private func scheduleCheck() {
    guard let context, let waitStart else { return }
    let next = min(now + .seconds(1), waitStart + configuration.roomWait)
    let this = NIOLoopBound(self, eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(deadline: next) { this.value.check() }
  }

  private func check() {
    guard let waitStart else { return }
    guard now - waitStart >= configuration.roomWait else {
      budget.endStalled()
      return scheduleCheck()
    }
    isRefusing = true
    for request in incoming.values {
      request.request.giveUp(.exhausted, isImmediate: false)
    }
    open()
  }

  /// Ends requests whose rest does not come, or comes so slowly that they hold up others.
  func endStalled() {
    guard waitStart == nil else { return }
    let isQuiet = now - lastActivity >= configuration.stall
    for request in incoming.values
    where isQuiet || now - request.start >= .nanoseconds(10 * configuration.stall.nanoseconds) {
      request.request.giveUp(.exhausted, isImmediate: true)
    }
  }

  // MARK: Rest

  private func scheduleIdle() {
    guard let context else { return }
    let this = NIOLoopBound(self, eventLoop: context.eventLoop)
    idleTimer = context.eventLoop.scheduleTask(deadline: lastActivity + configuration.idle) {
      this.value.checkIdle()
    }
  }

  private func checkIdle() {
    guard let context else { return }
    let isQuiet = now - lastActivity >= configuration.idle
    let isResting = isHTTP2 ? !incoming.isEmpty : answering == 0
    if isQuiet, isResting, waitStart == nil { return context.close(promise: nil) }
    if isQuiet { lastActivity = now }
    scheduleIdle()
  }

  /// Closes the connection when the peer has had time to read its last answer.
  func closeSoon() {
    guard let context else { return }
    let this = NIOLoopBound(self, eventLoop: context.eventLoop)
    context.eventLoop.scheduleTask(in: .seconds(5)) { this.value.context?.close(promise: nil) }
  }

  // MARK: The connection

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    lastActivity = now
    part += unwrapInboundIn(data).readableBytes
    context.fireChannelRead(data)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    lastActivity = now
    budget.register(self, on: context.eventLoop)
    scheduleIdle()
  }

  func handlerRemoved(context: ChannelHandlerContext) { leave() }

  func channelInactive(context: ChannelHandlerContext) {
    leave()
    context.fireChannelInactive()
  }

  private func leave() {
    context = nil
    waitStart = nil
    idleTimer?.cancel()
    incoming = [:]
    budget.endTurn(self)
    budget.remove(self)
  }

  private var now: NIODeadline { context?.eventLoop.now ?? lastActivity }
}
