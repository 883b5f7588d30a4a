//! A readme as a small tree of typed nodes. The back end parses Markdown into it, the front end draws it.
//!
//! There is no HTML anywhere: raw HTML in a readme becomes text.

use serde::{Deserialize, Serialize};

/// A readme, parsed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readme {
    /// Blocks in order.
    pub nodes: Vec<Node>,
    /// The text was longer or deeper than is shown.
    pub cut: bool,
}

/// One node of a readme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Node {
    /// Level 1 to 6.
    Heading(u8, Vec<Node>),
    /// A paragraph.
    Paragraph(Vec<Node>),
    /// Plain text, raw HTML included.
    Text(String),
    /// Code inside a line.
    Code(String),
    /// A block of code and its language, if it names one.
    CodeBlock(Option<String>, String),
    /// Emphasis.
    Emphasis(Vec<Node>),
    /// Strong emphasis.
    Strong(Vec<Node>),
    /// Struck through.
    Strikethrough(Vec<Node>),
    /// A link. The address is `https`, `http` or `mailto`, or absent where it was anything else.
    Link(Option<String>, Vec<Node>),
    /// An image, shown as a link and never fetched. Address as for links; then the text that describes it.
    Image(Option<String>, String),
    /// A list: the first number if it is ordered, then its items.
    List(Option<u64>, Vec<Vec<Node>>),
    /// A quotation.
    Quote(Vec<Node>),
    /// A table: header cells, then rows of cells.
    Table(Vec<Vec<Node>>, Vec<Vec<Vec<Node>>>),
    /// A line across.
    Rule,
    /// A line break.
    Break,
}
