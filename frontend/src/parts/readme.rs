//! A readme, drawn from its nodes. No HTML of a stranger ever gets into the page, and no image is fetched.

use std::cell::Cell;

use leptos::prelude::*;
use shared::readme::{Node, Readme};

use super::OutsideLink;
use crate::ui::{Notice, Tone};

/// The level of the heading that a readme stands under.
const ABOVE: u8 = 2;

/// A readme as text.
#[component]
pub fn ReadmeView(readme: Readme) -> impl IntoView {
    let drawing = Drawing { level: Cell::new(ABOVE) };
    view! {
        <div class="readme">{drawing.all(readme.nodes)}</div>
        {readme.cut.then(|| view! { <Notice tone=Tone::Info>"The readme is longer than is shown here."</Notice> })}
    }
}

/// What drawing has to remember between nodes.
struct Drawing {
    /// The level of the last heading.
    level: Cell<u8>,
}

impl Drawing {
    fn all(&self, nodes: Vec<Node>) -> Vec<AnyView> {
        nodes.into_iter().map(|node| self.one(node)).collect()
    }

    fn one(&self, node: Node) -> AnyView {
        match node {
            Node::Heading(level, nodes) => self.heading(level, nodes),
            Node::Paragraph(nodes) => view! { <p>{self.all(nodes)}</p> }.into_any(),
            Node::Text(text) => text.into_any(),
            Node::Code(text) => view! { <code>{text}</code> }.into_any(),
            Node::CodeBlock(language, text) => {
                // It scrolls sideways, so the keyboard has to reach it.
                view! { <pre tabindex="0" aria-label=language.unwrap_or_else(|| "Code".to_owned())>{text}</pre> }
                    .into_any()
            }
            Node::Emphasis(nodes) => view! { <em>{self.all(nodes)}</em> }.into_any(),
            Node::Strong(nodes) => view! { <strong>{self.all(nodes)}</strong> }.into_any(),
            Node::Strikethrough(nodes) => view! { <s>{self.all(nodes)}</s> }.into_any(),
            Node::Link(address, nodes) => {
                let nodes = self.all(nodes);
                view! { <OutsideLink address>{nodes}</OutsideLink> }.into_any()
            }
            Node::Image(address, text) => {
                let text = if text.is_empty() { "Image".to_owned() } else { format!("Image: {text}") };
                view! { <OutsideLink address>{text}</OutsideLink> }.into_any()
            }
            Node::List(Some(first), items) => {
                view! { <ol class="readme__numbered" start=first.to_string()>{self.items(items)}</ol> }.into_any()
            }
            Node::List(None, items) => view! { <ul class="readme__bulleted">{self.items(items)}</ul> }.into_any(),
            Node::Quote(nodes) => view! { <blockquote>{self.all(nodes)}</blockquote> }.into_any(),
            Node::Table(head, rows) => self.table(head, rows),
            Node::Rule => view! { <hr /> }.into_any(),
            Node::Break => view! { <br /> }.into_any(),
        }
    }

    /// Looks as the readme says; the level that is told steps down one at a time, as a page's headings must.
    fn heading(&self, level: u8, nodes: Vec<Node>) -> AnyView {
        let told = level.saturating_add(ABOVE).min(self.level.get() + 1);
        self.level.set(told);
        let class = format!("readme__heading readme__heading--{}", level.min(4));
        let nodes = self.all(nodes);
        match told {
            0..=3 => view! { <h3 class=class>{nodes}</h3> }.into_any(),
            4 => view! { <h4 class=class>{nodes}</h4> }.into_any(),
            5 => view! { <h5 class=class>{nodes}</h5> }.into_any(),
            6.. => view! { <h6 class=class>{nodes}</h6> }.into_any(),
        }
    }

    fn items(&self, items: Vec<Vec<Node>>) -> Vec<AnyView> {
        items.into_iter().map(|nodes| view! { <li>{self.all(nodes)}</li> }.into_any()).collect()
    }

    fn table(&self, head: Vec<Vec<Node>>, rows: Vec<Vec<Vec<Node>>>) -> AnyView {
        let head = head.into_iter().map(|nodes| view! { <th scope="col">{self.all(nodes)}</th> }).collect::<Vec<_>>();
        let rows = rows.into_iter().map(|cells| {
            let cells = cells.into_iter().map(|nodes| view! { <td>{self.all(nodes)}</td> }).collect::<Vec<_>>();
            view! { <tr>{cells}</tr> }
        });
        let rows = rows.collect::<Vec<_>>();
        view! {
            <div class="table-frame" tabindex="0" role="group" aria-label="Table">
                <table class="table"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
            </div>
        }
        .into_any()
    }
}
