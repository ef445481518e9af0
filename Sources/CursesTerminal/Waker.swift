/// Makes a waiting `next` return `.wake`, from any thread.
package struct Waker: Sendable {
  let pipe: WakePipe

  package func wake() { pipe.send(.wake) }
}
