use proptest::prelude::*;

use super::*;
use crate::map::geometry::Point;

/// The domain of the story: two registries, two stores, three teams, staging and production.
fn acme() -> Graph {
    let lanes = [0, 0, 1, 1, 2, 2, 2, 3, 3];
    let cards = lanes.iter().map(|&lane| Card { lane, height: if lane == 3 { 84.0 } else { 58.0 } }).collect();
    let edges = vec![(0, 2), (1, 3), (2, 4), (2, 5), (3, 5), (3, 6), (4, 7), (5, 7), (5, 8)];
    Graph { lanes: 4, cards, edges }
}

/// A domain in the shape of real ones: hubs on the left, many teams, edges in any direction now and then.
fn company(repositories: usize) -> Graph {
    let mut cards = vec![Card { lane: 0, height: 58.0 }; 6];
    cards.extend(vec![Card { lane: 1, height: 58.0 }; 8]);
    let first = cards.len();
    let mut edges: Vec<(usize, usize)> = (0..6).map(|n| (n, n + 6)).collect();
    for n in 0..repositories {
        let card = first + n;
        let release = n % 5 == 4;
        cards.push(Card { lane: if release { 3 } else { 2 }, height: if n % 7 == 0 { 84.0 } else { 58.0 } });
        edges.push((6 + n % 8, card));
        if n % 3 == 1 {
            edges.push((card - 1, card));
        }
        if release {
            edges.extend((card - 4..card).map(|team| (team, card)));
        }
    }
    Graph { lanes: 4, cards, edges }
}

fn any_graph() -> impl Strategy<Value = Graph> {
    (1..40_usize)
        .prop_flat_map(|count| {
            let cards = prop::collection::vec((0..4_usize, prop_oneof![Just(58.0), Just(84.0)]), count);
            (cards, prop::collection::vec((0..count, 0..count), 0..70))
        })
        .prop_map(|(cards, edges)| Graph {
            lanes: 4,
            cards: cards.into_iter().map(|(lane, height)| Card { lane, height }).collect(),
            edges,
        })
}

/// Points along an edge, close together.
fn points(layout: &Layout, edge: usize) -> Vec<Point> {
    let along = |hop: &Hop| {
        let curve: Vec<Point> = (0..=20).map(|n| hop.at(f64::from(n) / 20.0)).collect();
        let line = (0..=20).map(|n| Point { x: hop.to.x + (hop.until - hop.to.x) * f64::from(n) / 20.0, y: hop.to.y });
        curve.into_iter().chain(line.collect::<Vec<_>>()).collect::<Vec<_>>()
    };
    layout.routes[edge].iter().flat_map(|&hop| along(&layout.hops[hop])).collect()
}

fn overlapping(layout: &Layout) -> Vec<(usize, usize)> {
    let pairs = (0..layout.cards.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
    pairs.filter(|&(a, b)| layout.cards[a].overlaps(&layout.cards[b])).collect()
}

/// Edges that touch a card, their own two left out.
fn through_cards(graph: &Graph, layout: &Layout) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (edge, &(from, to)) in graph.edges.iter().enumerate() {
        let points = points(layout, edge);
        for (card, frame) in layout.cards.iter().enumerate() {
            if card != from && card != to && points.iter().any(|&point| frame.contains(point)) {
                found.push((edge, card));
            }
        }
    }
    found
}

#[test]
fn the_story_is_drawn_without_a_crossing() {
    let layout = lay_out(&acme());
    let crossing = |a: &Hop, b: &Hop| {
        a.from.x == b.from.x && (a.from.y < b.from.y && a.to.y > b.to.y || a.from.y > b.from.y && a.to.y < b.to.y)
    };
    let count = layout.hops.iter().flat_map(|a| layout.hops.iter().map(move |b| crossing(a, b))).filter(|&c| c).count();
    assert_eq!(count, 0);
}

#[test]
fn the_story_fits_a_laptop_at_full_size() {
    let layout = lay_out(&acme());
    assert!(layout.width <= 820.0 && layout.height <= 600.0, "{} × {}", layout.width, layout.height);
}

#[test]
fn a_lone_pair_stands_level() {
    let cards = vec![Card { lane: 0, height: 58.0 }, Card { lane: 1, height: 84.0 }];
    let layout = lay_out(&Graph { lanes: 4, cards, edges: vec![(0, 1)] });
    assert_eq!(layout.cards[0].centre().y, layout.cards[1].centre().y);
}

#[test]
fn an_empty_domain_still_has_its_lanes() {
    let layout = lay_out(&Graph { lanes: 4, ..Graph::default() });
    assert_eq!((layout.cards.len(), layout.lanes.len()), (0, 4));
    assert!(layout.lanes.iter().all(|lane| lane.right - lane.left == CARD_WIDTH));
}

#[test]
fn a_card_without_edges_stands_below_the_others() {
    let mut graph = acme();
    graph.cards.insert(4, Card { lane: 2, height: 58.0 });
    for edge in &mut graph.edges {
        let moved = |card: usize| if card >= 4 { card + 1 } else { card };
        *edge = (moved(edge.0), moved(edge.1));
    }
    assert_eq!(lay_out(&graph).columns[2].last(), Some(&4));
}

#[test]
fn a_large_domain_is_not_an_endless_strip() {
    let layout = lay_out(&company(500));
    let proportion = layout.width / layout.height;
    assert!((0.5..3.0).contains(&proportion), "{} × {}", layout.width, layout.height);
}

#[test]
fn a_large_domain_keeps_the_promises_too() {
    let graph = company(300);
    let layout = lay_out(&graph);
    assert_eq!(overlapping(&layout), []);
    assert_eq!(through_cards(&graph, &layout), []);
}

proptest! {
    #[test]
    fn no_card_overlaps_another(graph in any_graph()) {
        prop_assert_eq!(overlapping(&lay_out(&graph)), []);
    }

    #[test]
    fn no_edge_runs_through_a_foreign_card(graph in any_graph()) {
        prop_assert_eq!(through_cards(&graph, &lay_out(&graph)), []);
    }

    #[test]
    fn lanes_keep_their_order_and_hold_their_cards(graph in any_graph()) {
        let layout = lay_out(&graph);
        prop_assert!(layout.lanes.windows(2).all(|pair| pair[0].right < pair[1].left));
        for (card, frame) in graph.cards.iter().zip(&layout.cards) {
            let lane = layout.lanes[card.lane];
            prop_assert!(lane.left <= frame.x && frame.right() <= lane.right);
        }
    }

    #[test]
    fn an_edge_reaches_from_card_to_card(graph in any_graph()) {
        let layout = lay_out(&graph);
        for (edge, &(from, to)) in graph.edges.iter().enumerate().filter(|(_, edge)| edge.0 != edge.1) {
            let points = points(&layout, edge);
            let (first, last) = (points[0], points[points.len() - 1]);
            let mut ends = [&layout.cards[from], &layout.cards[to]];
            ends.sort_by(|a, b| a.x.total_cmp(&b.x));
            prop_assert_eq!((first.x, last.x), (ends[0].right(), ends[1].x));
            prop_assert!((first.y - ends[0].centre().y).abs() <= 1.0 && (last.y - ends[1].centre().y).abs() <= 1.0);
        }
    }

    #[test]
    fn everything_lies_inside_the_picture(graph in any_graph()) {
        let layout = lay_out(&graph);
        let all = Frame { x: -1.0, y: -1.0, width: layout.width + 2.0, height: layout.height + 2.0 };
        for edge in 0..graph.edges.len() {
            prop_assert!(points(&layout, edge).into_iter().all(|point| all.contains(point)));
        }
        prop_assert!(layout.cards.iter().all(|card| card.y >= 0.0 && card.bottom() <= layout.height));
    }

    #[test]
    fn the_same_graph_gives_the_same_picture(graph in any_graph()) {
        prop_assert_eq!(lay_out(&graph), lay_out(&graph.clone()));
    }
}
