//! From the parser's events to the tree.

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag};
use shared::readme::Node;

use super::address::checked;

/// How deep the tree may be. Deeper parts are shown flat.
const MOST_DEPTH: usize = 32;

/// How many events are read.
const MOST_EVENTS: usize = 50_000;

/// The nodes of a text, and whether some of it is not shown, or not shown as it was meant.
pub fn tree(text: &str) -> (Vec<Node>, bool) {
    let mut builder = Builder::default();
    let mut events = 0;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        events += 1;
        if events > MOST_EVENTS {
            builder.cut = true;
            break;
        }
        builder.take(event);
    }
    builder.finish()
}

/// What is open: a tag, and what it holds so far.
struct Open {
    tag: Kind,
    nodes: Vec<Node>,
    /// Items of a list, or cells of a row.
    groups: Vec<Vec<Node>>,
    /// Rows of a table.
    rows: Vec<Vec<Vec<Node>>>,
    header: Vec<Vec<Node>>,
}

enum Kind {
    Heading(u8),
    Paragraph,
    CodeBlock(Option<String>),
    Emphasis,
    Strong,
    Strikethrough,
    Link(Option<String>),
    Image(Option<String>),
    List(Option<u64>),
    Item,
    Quote,
    Table,
    Header,
    Row,
    Cell,
    /// Shown as what it holds, without a node of its own.
    Flat,
}

#[derive(Default)]
struct Builder {
    done: Vec<Node>,
    open: Vec<Open>,
    /// Open tags beyond the depth that is shown: what they hold stands in the deepest one shown.
    too_deep: usize,
    cut: bool,
}

impl Builder {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(_) => self.end(),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => self.text(&text),
            Event::Code(text) => self.push(Node::Code(text.into_string())),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.push(Node::Break),
            Event::Rule => self.push(Node::Rule),
            Event::TaskListMarker(done) => self.text(if done { "[x] " } else { "[ ] " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        if self.open.len() >= MOST_DEPTH {
            self.cut = true;
            self.too_deep += 1;
            return;
        }
        let tag = kind(tag);
        self.open.push(Open { tag, nodes: Vec::new(), groups: Vec::new(), rows: Vec::new(), header: Vec::new() });
    }

    fn end(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if let Some(open) = self.open.pop() {
            self.close(open);
        }
    }

    fn close(&mut self, open: Open) {
        let Open { tag, nodes, groups, rows, header } = open;
        match tag {
            Kind::Heading(level) => self.push(Node::Heading(level, nodes)),
            Kind::Paragraph => self.push(Node::Paragraph(nodes)),
            Kind::CodeBlock(language) => self.push(Node::CodeBlock(language, plain(&nodes))),
            Kind::Emphasis => self.push(Node::Emphasis(nodes)),
            Kind::Strong => self.push(Node::Strong(nodes)),
            Kind::Strikethrough => self.push(Node::Strikethrough(nodes)),
            Kind::Link(address) => self.push(Node::Link(address, nodes)),
            Kind::Image(address) => self.push(Node::Image(address, plain(&nodes))),
            Kind::List(first) => self.push(Node::List(first, groups)),
            Kind::Quote => self.push(Node::Quote(nodes)),
            Kind::Table => self.push(Node::Table(header, rows)),
            Kind::Item | Kind::Cell => match self.open.last_mut() {
                Some(parent) if parent.takes_groups() => parent.groups.push(nodes),
                _ => self.extend(nodes),
            },
            Kind::Header => match self.open.last_mut() {
                Some(Open { tag: Kind::Table, header, .. }) => *header = groups,
                _ => self.extend(groups.into_iter().flatten().collect()),
            },
            Kind::Row => match self.open.last_mut() {
                Some(Open { tag: Kind::Table, rows, .. }) => rows.push(groups),
                _ => self.extend(groups.into_iter().flatten().collect()),
            },
            Kind::Flat => self.extend(nodes),
        }
    }

    fn place(&mut self) -> &mut Vec<Node> {
        match self.open.last_mut() {
            Some(open) => &mut open.nodes,
            None => &mut self.done,
        }
    }

    fn push(&mut self, node: Node) {
        self.place().push(node);
    }

    fn extend(&mut self, nodes: Vec<Node>) {
        self.place().extend(nodes);
    }

    fn text(&mut self, text: &str) {
        match self.place().last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => self.push(Node::Text(text.to_owned())),
        }
    }

    fn finish(mut self) -> (Vec<Node>, bool) {
        while let Some(open) = self.open.pop() {
            self.close(open);
        }
        (self.done, self.cut)
    }
}

impl Open {
    fn takes_groups(&self) -> bool {
        matches!(self.tag, Kind::List(_) | Kind::Header | Kind::Row)
    }
}

fn kind(tag: Tag<'_>) -> Kind {
    match tag {
        Tag::Heading { level, .. } => Kind::Heading(number(level)),
        Tag::Paragraph | Tag::HtmlBlock => Kind::Paragraph,
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
            Kind::CodeBlock(info.split([' ', ',', '{']).next().filter(|word| !word.is_empty()).map(str::to_owned))
        }
        Tag::CodeBlock(CodeBlockKind::Indented) => Kind::CodeBlock(None),
        Tag::Emphasis => Kind::Emphasis,
        Tag::Strong => Kind::Strong,
        Tag::Strikethrough => Kind::Strikethrough,
        Tag::Link { dest_url, .. } => Kind::Link(checked(&dest_url)),
        Tag::Image { dest_url, .. } => Kind::Image(checked(&dest_url)),
        Tag::List(first) => Kind::List(first),
        Tag::Item => Kind::Item,
        Tag::BlockQuote(_) => Kind::Quote,
        Tag::Table(_) => Kind::Table,
        Tag::TableHead => Kind::Header,
        Tag::TableRow => Kind::Row,
        Tag::TableCell => Kind::Cell,
        // These need options that are off.
        _ => Kind::Flat,
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

/// The words of nodes, without what they look like.
fn plain(nodes: &[Node]) -> String {
    let mut text = String::new();
    for node in nodes {
        match node {
            Node::Text(words) | Node::Code(words) | Node::CodeBlock(_, words) | Node::Image(_, words) => {
                text.push_str(words)
            }
            Node::Heading(_, nodes)
            | Node::Paragraph(nodes)
            | Node::Emphasis(nodes)
            | Node::Strong(nodes)
            | Node::Strikethrough(nodes)
            | Node::Link(_, nodes)
            | Node::Quote(nodes) => text.push_str(&plain(nodes)),
            Node::Break => text.push(' '),
            Node::List(..) | Node::Table(..) | Node::Rule => {}
        }
    }
    text
}

#[cfg(test)]
mod tests;
