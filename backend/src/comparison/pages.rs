//! Which packages a page of a comparison has, while both sides may still be being read.

use std::collections::BTreeMap;

use shared::package::PackageKey;
use shared::problem::Problem;
use shared::version::VersionSummary;

use super::{LEAST, MOST, MOST_VERSIONS};
use crate::inventory::{Progress, ReadPackage};

/// What was read of a package on one side.
type Versions = Result<Vec<VersionSummary>, Problem>;

/// A package, and what each side that has it holds of it.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// Which package.
    pub package: &'a PackageKey,
    /// On the left; none where it is not there.
    pub left: Option<&'a Versions>,
    /// On the right.
    pub right: Option<&'a Versions>,
}

/// The packages after `start` that both sides know of, and the last of them unless nothing comes after it. None: more of
/// them must be read first.
pub fn page<'a>(sides: [&'a Progress; 2], start: Option<&PackageKey>) -> Option<(Vec<Pair<'a>>, Option<PackageKey>)> {
    if !sides.iter().all(|side| side.listed) {
        return None;
    }
    let complete = sides.iter().all(|side| side.is_complete());
    let ready = sides.map(|side| ready(side, sides, start));
    if !complete && ready.iter().all(|side| side.len() < LEAST) {
        return None;
    }
    let mut pairs = BTreeMap::<&PackageKey, [Option<&Versions>; 2]>::new();
    for (at, side) in ready.into_iter().enumerate() {
        side.iter().for_each(|one| pairs.entry(&one.package).or_default()[at] = Some(&one.versions));
    }
    let total = pairs.len();
    let mut versions = 0;
    let pairs = pairs.into_iter().map(|(package, [left, right])| Pair { package, left, right });
    let fits = |(at, pair): &(usize, Pair<'_>)| {
        versions += [pair.left, pair.right].into_iter().flatten().flatten().map(Vec::len).sum::<usize>();
        *at == 0 || *at < MOST && versions <= MOST_VERSIONS
    };
    let page: Vec<_> = pairs.enumerate().take_while(fits).map(|(_, pair)| pair).collect();
    let is_last = complete && page.len() == total;
    let next = page.last().filter(|_| !is_last).map(|pair| pair.package.clone());
    Some((page, next))
}

/// What a side holds after `start`, as far as all sides have come.
fn ready<'a>(side: &'a Progress, sides: [&Progress; 2], start: Option<&PackageKey>) -> &'a [ReadPackage] {
    let after = |key: &PackageKey| side.held.partition_point(|one| one.package <= *key);
    let begin = start.map_or(0, after);
    let ends = sides.into_iter().filter(|side| !side.is_complete());
    let ends = ends.map(|side| side.held.last().map_or(0, |last| after(&last.package)));
    let end = ends.min().unwrap_or(side.held.len());
    side.held.get(begin..end).unwrap_or_default()
}

/// How many packages both sides have together. Both are in order.
pub fn total([left, right]: [&[PackageKey]; 2]) -> usize {
    let shared = left.iter().filter(|package| right.binary_search(package).is_ok()).count();
    left.len() + right.len() - shared
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use shared::format::PackageFormat;

    use super::*;

    fn key(number: usize) -> PackageKey {
        PackageKey { format: PackageFormat::Npm, namespace: None, name: format!("p{number:05}").parse().unwrap() }
    }

    /// A side that has these packages, and has read the first of them.
    fn side(numbers: &[usize], read: usize) -> Progress {
        let packages: Vec<_> = numbers.iter().copied().map(key).collect();
        let held = packages.iter().take(read).cloned();
        let held = held.map(|package| ReadPackage { package, versions: Ok(Vec::new()) }).collect();
        Progress { packages, listed: true, held, failed: None }
    }

    fn numbers() -> impl Strategy<Value = Vec<usize>> {
        prop::collection::btree_set(0_usize..1500, 0..900).prop_map(|set| set.into_iter().collect())
    }

    proptest! {
        /// However far both sides are when each page is asked for, all pages together are the union, each package once.
        #[test]
        fn pages_hold_every_package_once_with_both_its_sides(
            left in numbers(), right in numbers(), steps in prop::collection::vec((0_usize..400, 0_usize..400), 1..8)
        ) {
            let (mut read, mut start, mut found) = ((0, 0), None, Vec::new());
            for step in steps.iter().cycle() {
                read = (read.0 + step.0 + 1, read.1 + step.1 + 1);
                let (one, other) = (side(&left, read.0), side(&right, read.1));
                let Some((pairs, next)) = page([&one, &other], start.as_ref()) else { continue };
                found.extend(pairs.iter().map(|pair| (pair.package.clone(), pair.left.is_some(), pair.right.is_some())));
                let Some(next) = next else { break };
                start = Some(next);
            }
            let all: std::collections::BTreeSet<_> = left.iter().chain(&right).copied().collect();
            let wanted: Vec<_> =
                all.iter().map(|number| (key(*number), left.contains(number), right.contains(number))).collect();
            prop_assert_eq!(total([&side(&left, 0).packages, &side(&right, 0).packages]), wanted.len());
            prop_assert_eq!(found, wanted);
        }
    }

    #[test]
    fn a_page_waits_until_enough_is_read_or_all_is() {
        let many: Vec<_> = (0..1000).collect();
        assert!(page([&Progress::default(), &side(&many, 1000)], None).is_none(), "not listed yet");
        assert!(page([&side(&many, LEAST - 1), &side(&many, 1000)], None).is_none());
        let (pairs, next) = (side(&many, LEAST), side(&many, 1000));
        let (pairs, next) = page([&pairs, &next], None).map(|(pairs, next)| (pairs.len(), next)).unwrap();
        assert_eq!((pairs, next), (LEAST, Some(key(LEAST - 1))));
        let (pairs, next) =
            page([&side(&[1], 1), &side(&[], 0)], None).map(|(pairs, next)| (pairs.len(), next)).unwrap();
        assert_eq!((pairs, next), (1, None));
    }
}
