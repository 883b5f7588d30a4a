//! What a selection marks on the map: search order, the edges packages come by, and the way of a leak.

use std::collections::{BTreeMap, BTreeSet};

use shared::names::RepositoryName;
use shared::topology::{Leak, LeakSource};

use super::{Chart, Node};
use crate::place::Selected;

/// What is marked.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Marks {
    /// Cards with their place in the search order of the selected repository, counted from 1.
    pub order: BTreeMap<usize, usize>,
    /// Cards that belong to what is selected.
    pub cards: BTreeSet<usize>,
    /// Edges that packages come by, or go on by from a selected external connection.
    pub edges: BTreeSet<usize>,
    /// Edges that leak: the last one of every leak, and all of the leak whose path is shown.
    pub leaking: BTreeSet<usize>,
    /// Edges of the selected card, whose priorities are shown however large the domain is.
    pub numbered: BTreeSet<usize>,
}

impl Marks {
    /// The marks of a selection. `path_shown` marks the whole way of the selected repository's leaks.
    pub fn new(chart: &Chart, selected: Option<&Selected>, path_shown: bool) -> Self {
        let mut marks = Self::default();
        let leaking = |edge: &usize| chart.is_leaking(&chart.edges[*edge]);
        marks.leaking.extend((0..chart.edges.len()).filter(leaking));
        let Some(node) = selected.and_then(|key| chart.find(key)) else { return marks };
        marks.cards.insert(node);
        marks.numbered = (0..chart.edges.len()).filter(|&edge| chart.edges[edge].to == node).collect();
        match &chart.nodes[node] {
            // What feeds it is not known: neither is where it looks.
            Node::Repository { repository, .. } if repository.problem.is_some() => {}
            Node::Repository { repository, .. } => {
                marks.search_from(chart, &repository.name);
                if path_shown {
                    let own = chart.leaks.iter().filter(|leak| leak.into_repository() == &repository.name);
                    own.for_each(|leak| marks.follow(chart, leak));
                }
            }
            Node::Source { .. } => marks.flow_from(chart, node),
        }
        marks
    }

    fn search_from(&mut self, chart: &Chart, name: &RepositoryName) {
        let at = |name: &RepositoryName| chart.find(&Selected::Repository(name.clone()));
        for (place, step) in chart.topology().search_order(name).steps.iter().enumerate() {
            let Some(card) = at(&step.repository) else { continue };
            self.order.insert(card, place + 1);
            self.cards.insert(card);
            self.edges.extend(step.via.as_ref().and_then(at).and_then(|via| chart.edge(card, via)));
        }
    }

    fn follow(&mut self, chart: &Chart, leak: &Leak) {
        let mut way: Vec<Selected> = leak.path.iter().cloned().map(Selected::Repository).collect();
        if let LeakSource::External(connection) = &leak.source {
            way.push(Selected::Source(connection.clone()));
        }
        for pair in way.windows(2) {
            if let (Some(to), Some(from)) = (chart.find(&pair[0]), chart.find(&pair[1])) {
                self.cards.extend([to, from]);
                self.leaking.extend(chart.edge(from, to));
            }
        }
    }

    fn flow_from(&mut self, chart: &Chart, source: usize) {
        let mut open = vec![source];
        while let Some(card) = open.pop() {
            for (edge, fed) in chart.edges.iter().enumerate().filter(|(_, edge)| edge.from == card) {
                self.edges.insert(edge);
                if self.cards.insert(fed.to) {
                    open.push(fed.to);
                }
            }
        }
    }
}

impl Chart {
    fn edge(&self, from: usize, to: usize) -> Option<usize> {
        self.edges.iter().position(|edge| edge.from == from && edge.to == to)
    }
}
