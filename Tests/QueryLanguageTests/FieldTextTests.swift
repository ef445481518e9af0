import QueryLanguage
import Testing

@Suite struct FieldTextTests {
  @Test(
    "prefixes name the span and the place, built-ins come first",
    arguments: [
      ("http.target", FieldRef("http.target"), "http.target"),
      ("root.http.target", FieldRef("http.target", of: .root), "root.http.target"),
      ("parent.name", FieldRef("name", of: .parent), "parent.name"),
      ("span.kind", FieldRef("span.kind"), "span.kind"),
      ("root.span.kind", FieldRef("span.kind", of: .root), "root.span.kind"),
      ("span.`kind`", FieldRef("kind", scope: .span), "span.`kind`"),
      ("span.span.kind", FieldRef("span.kind", scope: .span), "span.span.kind"),
      ("span.num_events", FieldRef("span.num_events"), "span.num_events"),
      ("span.http.target", FieldRef("http.target", scope: .span), "span.http.target"),
      ("resource.host.name", FieldRef("host.name", scope: .resource), "resource.host.name"),
      ("scope.x", FieldRef("x", scope: .scope), "scope.x"),
      ("root.resource.x", FieldRef("x", scope: .resource, of: .root), "root.resource.x"),
      ("root.resource.`x y`", FieldRef("x y", scope: .resource, of: .root), "root.resource.`x y`"),
      ("`root.x`", FieldRef("root.x"), "`root.x`"), ("`span.x`", FieldRef("span.x"), "`span.x`"),
      ("span.root.x", FieldRef("root.x", scope: .span), "span.root.x"),
      ("root", FieldRef("root"), "`root`"), ("root.", FieldRef("root."), "root."),
      ("`a b`", FieldRef("a b"), "`a b`"), ("`a``b`", FieldRef("a`b"), "`a\\`b`"),
      ("`limit`", FieldRef("limit"), "`limit`"), ("`5`", FieldRef("5"), "`5`"),
      ("``", FieldRef(""), "``"), ("größe", FieldRef("größe"), "`größe`"),
      ("user@host:80/x-y_z", FieldRef("user@host:80/x-y_z"), "user@host:80/x-y_z"),
    ])
  func names(_ text: String, _ field: FieldRef, _ canonical: String) throws {
    #expect(try QueryText.parseField(text) == field)
    #expect(field.text == canonical)
  }
}
