//! The comparison against an oracle that asks each question by itself, over made-up repositories.

use proptest::prelude::*;

use super::*;
use crate::format::PackageFormat;
use crate::version::Origin;

/// Status and revision of the versions of one side; the index is the version, a larger one is newer.
type Shelf = Vec<Option<(PackageVersionStatus, Option<u8>)>>;

fn shelf() -> impl Strategy<Value = Shelf> {
    let status = prop::sample::select(vec![
        PackageVersionStatus::Published,
        PackageVersionStatus::Published,
        PackageVersionStatus::Unlisted,
        PackageVersionStatus::Archived,
    ]);
    let held = (status, prop::option::weighted(0.9, 0_u8..2));
    prop::collection::vec(prop::option::of(held), 6)
}

fn summaries(shelf: &Shelf) -> Vec<VersionSummary> {
    let held = shelf.iter().enumerate().filter_map(|(number, held)| held.map(|held| (number, held)));
    held.map(|(number, (status, revision))| VersionSummary {
        version: number.to_string().parse().unwrap(),
        revision: revision.map(|revision| format!("r{revision}=").parse().unwrap()),
        status: Some(status),
        origin: Origin::Unknown,
    })
    .collect()
}

fn compared(left: &Shelf, right: &Shelf) -> ComparedPackage {
    let mut versions = join(summaries(left), summaries(right));
    versions.sort_by_key(|one| std::cmp::Reverse(one.version.as_str().parse::<usize>().unwrap()));
    let package = PackageKey { format: PackageFormat::Npm, namespace: None, name: "ui".parse().unwrap() };
    ComparedPackage { package, versions, unread: Vec::new() }
}

/// The newest published version, else the newest.
fn newest(shelf: &Shelf) -> Option<usize> {
    let of = |published: bool| {
        (0..shelf.len()).rev().find(|&number| {
            shelf[number].is_some_and(|(status, _)| !published || status == PackageVersionStatus::Published)
        })
    };
    of(true).or_else(|| of(false))
}

fn oracle(left: &Shelf, right: &Shelf) -> PackageKind {
    let pairs: Vec<_> = left.iter().zip(right).collect();
    let known_same = |pair: &(&Option<_>, &Option<_>)| match pair {
        (Some((_, Some(one))), Some((_, Some(other)))) => one == other,
        _ => false,
    };
    match (newest(left), newest(right)) {
        (None, None) => PackageKind::Same,
        (Some(_), None) => PackageKind::OnlyLeft,
        (None, Some(_)) => PackageKind::OnlyRight,
        (Some(one), Some(other)) if one > other => PackageKind::LeftNewer,
        (Some(one), Some(other)) if one < other => PackageKind::RightNewer,
        _ if pairs.iter().any(|pair| pair.0.is_some() && pair.1.is_some() && !known_same(pair)) => PackageKind::Differs,
        _ if pairs.iter().any(|pair| pair.0.is_some() != pair.1.is_some()) => PackageKind::Gaps,
        _ => PackageKind::Same,
    }
}

proptest! {
    #[test]
    fn a_package_is_of_the_kind_that_the_oracle_says(left in shelf(), right in shelf()) {
        prop_assert_eq!(compared(&left, &right).kind(), oracle(&left, &right));
    }

    #[test]
    fn every_version_of_both_sides_stands_there_once(left in shelf(), right in shelf()) {
        let package = compared(&left, &right);
        let of = |shelf: &Shelf| shelf.iter().flatten().count();
        prop_assert_eq!(package.versions.iter().filter(|one| one.left.is_some()).count(), of(&left));
        prop_assert_eq!(package.versions.iter().filter(|one| one.right.is_some()).count(), of(&right));
        let both = left.iter().zip(&right).filter(|pair| pair.0.is_some() || pair.1.is_some()).count();
        prop_assert_eq!(package.versions.len(), both);
    }

    #[test]
    fn swapping_the_sides_swaps_the_words(left in shelf(), right in shelf()) {
        let swapped = match compared(&left, &right).kind() {
            PackageKind::OnlyLeft => PackageKind::OnlyRight,
            PackageKind::OnlyRight => PackageKind::OnlyLeft,
            PackageKind::LeftNewer => PackageKind::RightNewer,
            PackageKind::RightNewer => PackageKind::LeftNewer,
            kind => kind,
        };
        prop_assert_eq!(compared(&right, &left).kind(), swapped);
    }

    #[test]
    fn what_can_be_promoted_is_usable_on_the_left_and_not_on_the_right(left in shelf(), right in shelf()) {
        let package = compared(&left, &right);
        let promotable: Vec<usize> = package.promotable().map(|one| one.as_str().parse().unwrap()).collect();
        let usable = [PackageVersionStatus::Published, PackageVersionStatus::Unlisted];
        let expected = (0..left.len()).rev().filter(|&number| {
            right[number].is_none() && left[number].is_some_and(|(status, _)| usable.contains(&status))
        });
        prop_assert_eq!(promotable, expected.collect::<Vec<_>>());
    }
}

#[test]
fn what_could_not_be_read_is_not_judged() {
    let held = Some((PackageVersionStatus::Published, Some(0)));
    let mut package = compared(&vec![held], &vec![None]);
    assert_eq!(package.promotable().count(), 1);
    let problem = crate::problem::Problem::new(crate::problem::ProblemCode::Throttled, "Wait.");
    package.unread.push(Unread { repository: "production".parse().unwrap(), problem });
    assert_eq!((package.kind(), package.promotable().count()), (PackageKind::Unread, 0));
}

#[test]
fn kinds_and_sides_are_written_and_read_back() {
    for kind in PackageKind::ALL {
        assert_eq!(kind.as_str().parse(), Ok(kind));
    }
    assert!("newer".parse::<PackageKind>().is_err());
    let side: Side = serde_json::from_str("\"team-dev\"").unwrap();
    assert_eq!(
        (serde_json::to_string(&side).unwrap().as_str(), side.repository().as_str()),
        ("\"team-dev\"", "team-dev")
    );
    assert!(serde_json::from_str::<Side>("\"a b\"").is_err());
}

#[test]
fn a_side_is_a_repository_now_or_at_a_recorded_time() {
    for text in ["production", "production@1764085200123", "production@0"] {
        assert_eq!(text.parse::<Side>().unwrap().to_string(), text);
    }
    assert_eq!("production@12".parse::<Side>().unwrap().time(), Some(ReadTime(12)));
    for text in ["", "p", "production@", "production@soon", "production@1.5", "@12", "production@1@2"] {
        assert!(text.parse::<Side>().is_err(), "{text}");
    }
}
