use shared::problem::{Problem, ProblemCode};

use super::samples::{chart, leaking, repository};
use super::*;

fn key(name: &str) -> Selected {
    if name.contains(':') { Selected::Source(name.into()) } else { Selected::Repository(name.parse().unwrap()) }
}

fn named<'a>(chart: &'a Chart, edges: &BTreeSet<usize>) -> Vec<(&'a str, &'a str)> {
    let name = |node: usize| chart.nodes[node].name();
    edges.iter().map(|&edge| (name(chart.edges[edge].from), name(chart.edges[edge].to))).collect()
}

#[test]
fn a_connection_that_two_stores_share_is_one_card() {
    let chart = chart(vec![repository("aa", &[], Some("public:npmjs")), repository("bb", &[], Some("public:npmjs"))]);
    assert_eq!(chart.nodes.len(), 3);
    assert_eq!(chart.edges.len(), 2);
}

#[test]
fn an_upstream_that_is_not_in_the_domain_has_no_edge() {
    assert_eq!(chart(vec![repository("team", &["gone"], None)]).edges, []);
}

#[test]
fn edges_carry_the_priority_of_the_upstream() {
    let chart = leaking();
    let of = |from: &str, to: &str| {
        let (from, to) = (chart.find(&key(from)), chart.find(&key(to)));
        chart.edges.iter().find(|edge| Some(edge.from) == from && Some(edge.to) == to).unwrap().priority
    };
    assert_eq!(of("npm-store", "team-dev"), Some(1));
    assert_eq!(of("pypi-store", "team-dev"), Some(2));
    assert_eq!(of("public:npmjs", "npm-store"), None);
}

#[test]
fn selecting_numbers_the_search_order() {
    let chart = leaking();
    let marks = Marks::new(&chart, Some(&key("production")), false);
    let mut order: Vec<_> = marks.order.iter().map(|(&node, &place)| (place, chart.nodes[node].name())).collect();
    order.sort_unstable();
    assert_eq!(order, [(1, "production"), (2, "team-dev"), (3, "npm-store"), (4, "pypi-store")]);
    assert_eq!(marks.edges.len(), 3);
}

#[test]
fn the_last_edge_of_a_leak_is_always_marked_and_the_whole_way_when_asked() {
    let chart = leaking();
    assert_eq!(named(&chart, &Marks::new(&chart, None, false).leaking), [("team-dev", "production")]);
    let shown = Marks::new(&chart, Some(&key("production")), true);
    assert_eq!(shown.leaking.len(), 5);
}

#[test]
fn selecting_a_connection_marks_all_that_it_reaches() {
    let chart = leaking();
    let marks = Marks::new(&chart, Some(&key("public:pypi")), false);
    assert_eq!(
        named(&chart, &marks.edges),
        [("team-dev", "production"), ("public:pypi", "pypi-store"), ("pypi-store", "team-dev")]
    );
    assert!(marks.order.is_empty());
}

#[test]
fn a_circle_of_upstreams_is_walked_once() {
    let chart = chart(vec![repository("aa", &["bb"], Some("public:npmjs")), repository("bb", &["aa"], None)]);
    assert_eq!(Marks::new(&chart, Some(&key("public:npmjs")), false).edges.len(), 3);
}

#[test]
fn a_card_says_what_it_is_in_one_line() {
    let chart = leaking();
    let said = |name: &str| chart.spoken(chart.find(&key(name)).unwrap());
    assert_eq!(said("team-dev"), "team-dev, team, 2 upstreams, 1 downstream");
    assert_eq!(said("production"), "production, production, 1 upstream, no downstreams, leak");
    assert_eq!(said("npm-store"), "npm-store, store, fed by public:npmjs, no upstreams, 1 downstream");
    assert_eq!(said("public:npmjs"), "public:npmjs, external, 1 repository");
}

#[test]
fn a_repository_that_could_not_be_read_has_room_for_saying_so() {
    let mut unread = repository("team", &[], None);
    unread.problem = Some(Problem::new(ProblemCode::Forbidden, "no"));
    let chart = chart(vec![unread]);
    assert!(chart.nodes[0].has_chips());
    assert_eq!(chart.spoken(0), "team, team, could not be read, no downstreams");
}

#[test]
fn searching_looks_inside_names_whatever_the_case() {
    let chart = leaking();
    let found: Vec<_> = chart.search(" STORE ").into_iter().map(|node| chart.nodes[node].name()).collect();
    assert_eq!(found, ["npm-store", "pypi-store"]);
    assert!(chart.search("  ").is_empty());
}
