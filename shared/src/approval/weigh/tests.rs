use proptest::prelude::*;

use super::*;
use crate::protection::{ChangeWindow, Weekday};

fn person(id: &str) -> Person {
    Person { id: id.to_owned(), name: id.to_uppercase() }
}

fn yes(id: &str) -> Vote {
    Vote { by: person(id), at: 1.0, said: Said::Approved }
}

fn no(id: &str) -> Vote {
    Vote { by: person(id), at: 2.0, said: Said::Rejected("too early".into()) }
}

fn protection(pattern: &str, approvals: u8) -> Protection {
    let pattern = pattern.parse().unwrap();
    Protection { pattern, approvals, approvers: Vec::new(), sources: Vec::new(), window: None }
}

/// A plan by `rita` from `staging` into `prod`, where `ann`, `bob` and `rita` have the role.
struct Case {
    protections: Vec<Protection>,
    votes: Vec<Vote>,
    people: Vec<Person>,
    asker: &'static str,
    changed: bool,
    over: bool,
    alone: bool,
}

impl Case {
    fn new(protections: &[Protection], votes: &[Vote]) -> Self {
        let people = ["ann", "bob", "rita"].map(person).to_vec();
        let (protections, votes) = (protections.to_vec(), votes.to_vec());
        Self { protections, votes, people, asker: "ann", changed: false, over: false, alone: false }
    }

    fn judge(&self) -> Approval {
        judge(&Facts {
            protections: &self.protections,
            from: &"staging".parse().unwrap(),
            to: &"prod".parse().unwrap(),
            requester: &person("rita"),
            votes: &self.votes,
            changed: self.changed,
            over: self.over,
            approvers: if self.alone { Approvers::Alone } else { Approvers::People(&self.people) },
            asker: &person(self.asker),
            // Monday, 2 November 2026, 00:00 UTC.
            now: 1_793_577_600.0,
        })
    }

    fn may_run(&self) -> bool {
        self.judge().obstacles.is_empty()
    }
}

#[test]
fn what_is_not_protected_may_run_and_cannot_be_approved() {
    let case = Case::new(&[protection("staging", 1)], &[]);
    assert!(case.may_run());
    assert_eq!(case.judge().refusal, Some(VoteRefusal::NotAsked));
}

#[test]
fn as_many_others_as_asked_for_must_say_yes() {
    let two = [protection("prod", 2)];
    assert!(!Case::new(&two, &[]).may_run());
    assert!(!Case::new(&two, &[yes("ann")]).may_run());
    assert!(Case::new(&two, &[yes("ann"), yes("bob")]).may_run());
}

#[test]
fn the_requester_and_those_without_the_role_do_not_count() {
    let one = [protection("prod", 1)];
    for id in ["rita", "cli:rita", "carl"] {
        assert!(!Case::new(&one, &[yes(id)]).may_run(), "{id}");
    }
    let refused = |asker| Case { asker, ..Case::new(&one, &[]) }.judge().refusal;
    assert_eq!(refused("rita"), Some(VoteRefusal::Requester));
    assert_eq!(refused("carl"), Some(VoteRefusal::NotApprover));
    assert_eq!(refused("ann"), None);
    assert_eq!(Case::new(&one, &[yes("ann")]).judge().refusal, Some(VoteRefusal::Already));
}

#[test]
fn a_role_that_is_lost_makes_an_approval_void() {
    let mut case = Case::new(&[protection("prod", 1)], &[yes("ann")]);
    assert!(case.may_run());
    case.people.retain(|person| person.id != "ann");
    assert!(!case.may_run());
    assert_eq!(case.judge().votes[0].void, Some(Void::RoleLost));
}

#[test]
fn a_change_makes_approvals_void_and_new_ones_impossible() {
    let case = Case { changed: true, asker: "bob", ..Case::new(&[protection("prod", 1)], &[yes("ann")]) };
    let approval = case.judge();
    assert_eq!(approval.obstacles, [Obstacle::Changed]);
    assert_eq!(approval.votes[0].void, Some(Void::Changed));
    assert_eq!(approval.refusal, Some(VoteRefusal::Changed));
}

#[test]
fn one_no_is_enough_whatever_else_was_said() {
    let case = Case::new(&[protection("prod", 1)], &[yes("ann"), no("bob")]);
    assert!(matches!(&case.judge().obstacles[..], [Obstacle::Rejected { .. }]));
    assert_eq!(case.judge().refusal, Some(VoteRefusal::Rejected));
    assert!(!case.judge().waits());
}

#[test]
fn every_protection_that_matches_must_hold() {
    let named = Protection { approvers: vec!["bob".into()], ..protection("p*", 1) };
    let both = [protection("prod", 1), named];
    assert!(!Case::new(&both, &[yes("ann")]).may_run());
    assert!(Case::new(&both, &[yes("bob")]).may_run());
    let none = Protection { approvers: vec!["carl".into()], ..protection("prod", 1) };
    let approval = Case::new(&[none], &[]).judge();
    assert!(matches!(approval.obstacles[..], [Obstacle::Missing { too_few: true, .. }]), "{:?}", approval.obstacles);
}

#[test]
fn source_and_window_hold_for_one_person_too() {
    let window = ChangeWindow::new(vec![Weekday::Monday], 60, 120, 0).unwrap();
    let strict = Protection { sources: vec!["team-*".parse().unwrap()], window: Some(window), ..protection("prod", 0) };
    let case = Case { alone: true, ..Case::new(&[strict], &[]) };
    let [Obstacle::Source { .. }, Obstacle::Window { opens_at, .. }] = case.judge().obstacles[..] else {
        panic!("{:?}", case.judge().obstacles)
    };
    assert!((opens_at - 1_793_581_200.0).abs() < 1.0);
    let case = Case { alone: true, ..Case::new(&[protection("prod", 1)], &[yes("ann")]) };
    assert!(matches!(case.judge().obstacles[..], [Obstacle::Alone { .. }]));
}

#[test]
fn what_is_over_is_no_longer_voted_on() {
    let case = Case { over: true, changed: true, ..Case::new(&[protection("prod", 2)], &[yes("ann")]) };
    assert_eq!(case.judge().refusal, Some(VoteRefusal::Over));
    assert_eq!(case.judge().votes[0].void, None);
}

proptest! {
    /// Whatever is said by whom: it runs only when enough others who have the role, and no rejection, are there.
    #[test]
    fn nothing_runs_without_enough_others(
        needed in 1_u8..4,
        said in proptest::collection::vec((0_usize..6, proptest::bool::weighted(0.9)), 0..8),
    ) {
        let ids = ["ann", "bob", "rita", "carl", "dora", "cli:rita"];
        let votes: Vec<_> = said.iter().map(|(who, is_yes)| if *is_yes { yes(ids[*who]) } else { no(ids[*who]) }).collect();
        let count = |id: &str| u8::from(votes.iter().any(|vote| vote.by.id == id && vote.said == Said::Approved));
        let rejected = votes.iter().any(|vote| vote.said != Said::Approved);
        let enough = count("ann") + count("bob") >= needed;
        prop_assert_eq!(Case::new(&[protection("*", needed)], &votes).may_run(), enough && !rejected);
    }
}
