use proptest::prelude::*;
use shared::readme::Node::{self, *};

use super::tree;

fn text(text: &str) -> Node {
    Text(text.to_owned())
}

fn nodes(markdown: &str) -> Vec<Node> {
    tree(markdown).0
}

fn depth(nodes: &[Node]) -> usize {
    let inner = |node: &Node| match node {
        Heading(_, nodes)
        | Paragraph(nodes)
        | Emphasis(nodes)
        | Strong(nodes)
        | Strikethrough(nodes)
        | Link(_, nodes)
        | Quote(nodes) => depth(nodes),
        List(_, items) => items.iter().map(|item| depth(item)).max().unwrap_or(0),
        Table(header, rows) => rows.iter().flatten().chain(header).map(|cell| depth(cell)).max().unwrap_or(0),
        Text(_) | Code(_) | CodeBlock(..) | Image(..) | Rule | Break => 0,
    };
    nodes.iter().map(|node| 1 + inner(node)).max().unwrap_or(0)
}

#[test]
fn the_usual_parts_of_a_readme_become_nodes() {
    assert_eq!(nodes("# Hello *you*"), [Heading(1, vec![text("Hello "), Emphasis(vec![text("you")])])]);
    assert_eq!(
        nodes("a **b** ~~c~~ `d`"),
        [Paragraph(vec![
            text("a "),
            Strong(vec![text("b")]),
            text(" "),
            Strikethrough(vec![text("c")]),
            text(" "),
            Code("d".into())
        ])]
    );
    assert_eq!(nodes("```js\nlet a;\n```"), [CodeBlock(Some("js".into()), "let a;\n".into())]);
    assert_eq!(nodes("3. a\n4. b"), [List(Some(3), vec![vec![text("a")], vec![text("b")]])]);
    assert_eq!(nodes("> a\n\n---"), [Quote(vec![Paragraph(vec![text("a")])]), Rule]);
    assert_eq!(nodes("|h|\n|-|\n|c|"), [Table(vec![vec![text("h")]], vec![vec![vec![text("c")]]])]);
}

#[test]
fn links_and_images_keep_safe_addresses_only() {
    assert_eq!(
        nodes("[a](https://example.com)"),
        [Paragraph(vec![Link(Some("https://example.com/".into()), vec![text("a")])])]
    );
    assert_eq!(nodes("[a](javascript:alert(1))"), [Paragraph(vec![Link(None, vec![text("a")])])]);
    assert_eq!(nodes("![an *image*](data:x)"), [Paragraph(vec![Image(None, "an image".into())])]);
}

#[test]
fn html_is_text() {
    assert_eq!(nodes("a <img src=x onerror=alert(1)> b"), [Paragraph(vec![text("a <img src=x onerror=alert(1)> b")])]);
    assert_eq!(nodes("<script>alert(1)</script>"), [Paragraph(vec![text("<script>alert(1)</script>")])]);
}

#[test]
fn a_deep_text_is_shown_flat() {
    let (nodes, cut) = tree(&format!("{}deep", "> ".repeat(60_000)));
    assert!(cut && depth(&nodes) <= 33, "{}", depth(&nodes));
    let json = serde_json::to_string(&nodes).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Node>>(&json).unwrap(), nodes, "the browser can read it");
}

#[test]
fn a_text_of_many_parts_is_cut() {
    let (nodes, cut) = tree(&"*a* ".repeat(60_000));
    assert!(cut && !nodes.is_empty());
}

proptest! {
    #[test]
    fn no_text_makes_a_deep_tree_or_a_panic(markdown in "([>*_`~|\\[\\]()!#-]|\n|  |a|1\\.|https://a|<b>){0,200}") {
        prop_assert!(depth(&nodes(&markdown)) <= 33);
    }
}
