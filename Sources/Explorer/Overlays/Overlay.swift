/// What lies over a screen and has the keys while it does.
///
/// It goes away by an intent to be closed; a key that means nothing to it does nothing.
package protocol Overlay: Component {}
