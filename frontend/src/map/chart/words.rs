//! What the map says aloud.

use super::{Chart, Node};

impl Chart {
    /// A card in one spoken line: name, role, how many feed it, how many it feeds, what is wrong.
    pub fn spoken(&self, node: usize) -> String {
        let card = &self.nodes[node];
        let upstreams = self.edges.iter().filter(|edge| edge.to == node && edge.priority.is_some()).count();
        let downstreams = self.edges.iter().filter(|edge| edge.from == node).count();
        let mut parts = vec![card.name().to_owned(), card.role().to_owned()];
        match card {
            Node::Source { .. } => parts.push(counted(downstreams, "repository", "repositories")),
            Node::Repository { repository, leaks, .. } => {
                parts.extend(
                    repository.external_connections.iter().map(|connection| format!("fed by {}", connection.name)),
                );
                if repository.problem.is_some() {
                    parts.push("could not be read".to_owned());
                } else {
                    parts.push(counted(upstreams, "upstream", "upstreams"));
                }
                parts.push(counted(downstreams, "downstream", "downstreams"));
                if *leaks {
                    parts.push("leak".to_owned());
                }
            }
        }
        parts.join(", ")
    }
}

/// A number with its noun: `1 upstream`, `no upstreams`.
fn counted(count: usize, one: &str, many: &str) -> String {
    match count {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{count} {many}"),
    }
}
