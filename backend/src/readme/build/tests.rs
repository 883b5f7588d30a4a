use proptest::prelude::*;
use shared::readme::Node::{self, *};

use super::tree;

fn text(text: &str) -> Node {
    Text(text.to_owned())
}

fn nodes(markdown: &str) -> Vec<Node> {
    tree(markdown).0
}

/// The lists of nodes inside a node.
fn inside(node: &Node) -> Vec<&[Node]> {
    match node {
        Heading(_, nodes)
        | Paragraph(nodes)
        | Emphasis(nodes)
        | Strong(nodes)
        | Strikethrough(nodes)
        | Link(_, nodes)
        | Quote(nodes) => vec![nodes],
        List(_, items) => items.iter().map(Vec::as_slice).collect(),
        Table(header, rows) => header.iter().chain(rows.iter().flatten()).map(Vec::as_slice).collect(),
        Text(_) | Code(_) | CodeBlock(..) | Image(..) | Rule | Break => Vec::new(),
    }
}

fn depth(nodes: &[Node]) -> usize {
    nodes.iter().map(|node| 1 + inside(node).into_iter().map(depth).max().unwrap_or(0)).max().unwrap_or(0)
}

/// All nodes of a tree, the inner ones too.
fn all(nodes: &[Node]) -> Vec<&Node> {
    nodes.iter().flat_map(|node| std::iter::once(node).chain(inside(node).into_iter().flat_map(all))).collect()
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

#[test]
fn whatever_a_readme_holds_only_plain_addresses_come_out() {
    let attacks = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<div style=\"background:url(javascript:alert(1))\">",
        "<details open ontoggle=alert(1)>",
        "<math><mtext></p><style><img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVa\tScRiPt:alert(1))",
        "[x](&#x6A;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox(1))",
        "[x](file:///etc/passwd)",
        "[x](<javascript:alert(1)>)",
        "[x]: javascript:alert(1)\n[x]",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "![x](data:image/svg+xml,<svg onload=alert(1)>)",
        "`<script>`",
        "```html\n<script>alert(1)</script>\n```",
        "<!-- <script> -->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "\u{202e}<script>\u{200b}",
    ];
    for attack in attacks {
        let tree = nodes(attack);
        for node in all(&tree) {
            if let Link(Some(address), _) | Image(Some(address), _) = node {
                let plain = ["https://", "http://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
                assert!(plain, "{attack} → {address}");
            }
        }
    }
}

#[test]
fn no_readme_grows_beyond_its_bounds() {
    let bombs = [
        ">".repeat(500_000),
        "[".repeat(500_000),
        "![".repeat(250_000),
        "*".repeat(500_000),
        "*a _b ".repeat(80_000),
        "- ".repeat(250_000),
        "`".repeat(500_000),
        "|a".repeat(200_000) + "\n" + &"|-".repeat(200_000),
        "|a|b|c|\n|-|-|-|\n".to_owned() + &"|x\n".repeat(160_000),
        "a\n\n".repeat(160_000),
        "# a\n".repeat(120_000),
        "[a](b)".repeat(80_000),
        "<a".repeat(250_000),
        "&amp;".repeat(100_000),
    ];
    for bomb in bombs {
        let (nodes, _) = tree(&bomb);
        assert!(all(&nodes).len() <= 60_000 && depth(&nodes) <= 40, "{:.10}", bomb);
    }
}
