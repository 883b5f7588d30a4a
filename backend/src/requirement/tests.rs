use proptest::prelude::*;

use super::*;

const FORMATS: [PackageFormat; 5] =
    [PackageFormat::Npm, PackageFormat::Pypi, PackageFormat::Maven, PackageFormat::Nuget, PackageFormat::Cargo];

fn dependency(requirement: &str) -> Dependency {
    Dependency { namespace: None, package: "lib".parse().unwrap(), kind: None, requirement: requirement.to_owned() }
}

fn range(format: PackageFormat, requirement: &str) -> Range {
    match read(format, &dependency(requirement), &BTreeSet::new()) {
        Meaning::Needs(need) => need.range,
        other => panic!("{format} {requirement}: {other:?}"),
    }
}

fn chosen(format: PackageFormat, requirements: &[&str], versions: &str) -> Option<String> {
    let versions: Vec<VersionName> = versions.split(' ').map(|version| version.parse().unwrap()).collect();
    let ranges: Vec<Range> = requirements.iter().map(|requirement| range(format, requirement)).collect();
    best(format, &ranges.iter().collect::<Vec<_>>(), &versions).map(ToString::to_string)
}

#[test]
fn each_format_chooses_as_its_package_manager_does() {
    for (format, requirements, versions, best) in [
        (PackageFormat::Npm, &["^1.0.0"][..], "1.0.0 1.10.0 1.9.0 2.0.0 1.11.0-rc.1", Some("1.10.0")),
        (PackageFormat::Npm, &["^1.0.0", "~1.2.0"], "1.0.0 1.10.0 1.2.9", Some("1.2.9")),
        (PackageFormat::Npm, &["^3.0.0"], "1.0.0", None),
        (PackageFormat::Pypi, &[">=1"], "1.0 2.0rc1 1.10 1.9", Some("1.10")),
        (PackageFormat::Pypi, &[">=2"], "1.0 2.1rc1 2.1b1", Some("2.1rc1")),
        (PackageFormat::Pypi, &[">=2.0b1"], "2.0 2.1rc1", Some("2.1rc1")),
        (PackageFormat::Maven, &["[1.0,2.0)"], "1.0 1.9 2.0-rc1 2.0", Some("2.0-rc1")),
        (PackageFormat::Maven, &["1.0"], "1.0 1.9", Some("1.0")),
        (PackageFormat::Nuget, &["1.0"], "1.2.0 1.0.1 1.0.1-beta 0.9.0", Some("1.0.1")),
        (PackageFormat::Nuget, &["1.0.0-a"], "1.2.0 1.0.0-beta", Some("1.0.0-beta")),
        (PackageFormat::Nuget, &["1.0"], "1.1.0-beta", Some("1.1.0-beta")),
        (PackageFormat::Cargo, &["1.2"], "1.2.0 1.9.0 2.0.0 1.10.0-pre", Some("1.9.0")),
    ] {
        assert_eq!(chosen(format, requirements, versions).as_deref(), best, "{format} {requirements:?} in {versions}");
    }
}

#[test]
fn a_tag_holds_no_version_by_itself() {
    assert!(!range(PackageFormat::Npm, "latest").holds(&"1.0.0".parse().unwrap()));
}

#[test]
fn requirements_of_other_formats_are_told_to_be_unread() {
    let read = read(PackageFormat::Ruby, &dependency("~> 1.0"), &BTreeSet::new());
    assert!(matches!(read, Meaning::Elsewhere(why) if why.contains("ruby")));
}

#[test]
fn names_that_end_badly_are_unreadable_and_break_nothing() {
    for text in ["X-@", "a.>=1", "a_ ;", "[b-]", "[b, c.]>=1", "a[b_ ]"] {
        let read = read(PackageFormat::Pypi, &dependency(text), &BTreeSet::new());
        assert!(matches!(read, Meaning::Elsewhere(_)), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_breaks_the_reading(text in "\\PC{0,40}", version in "[^#/\\s]{1,20}", format in 0..FORMATS.len()) {
        if let Meaning::Needs(need) = read(FORMATS[format], &dependency(&text), &BTreeSet::new()) {
            need.range.holds(&version.parse().unwrap());
        }
    }

    #[test]
    fn no_nearly_right_text_breaks_the_reading(
        text in "[0-9a-c.*xX^~<>=!|, \\[\\]()@;:+'\"-]{0,24}",
        version in "[0-9a-c.+-]{1,12}",
        format in 0..FORMATS.len(),
    ) {
        if let Meaning::Needs(need) = read(FORMATS[format], &dependency(&text), &BTreeSet::new()) {
            need.range.holds(&version.parse().unwrap());
        }
    }

    #[test]
    fn a_caret_range_holds_its_own_base(major in 0..99u32, minor in 0..99u32, patch in 0..99u32) {
        let base = format!("{major}.{minor}.{patch}");
        for (format, before, after) in [
            (PackageFormat::Npm, "^", ""),
            (PackageFormat::Npm, "~", ""),
            (PackageFormat::Cargo, "^", ""),
            (PackageFormat::Cargo, "~", ""),
            (PackageFormat::Pypi, "~=", ""),
            (PackageFormat::Nuget, "[", "]"),
            (PackageFormat::Maven, "[", "]"),
        ] {
            let range = range(format, &[before, &base, after].concat());
            prop_assert!(range.holds(&base.parse().unwrap()), "{format} {before}{base}{after}");
        }
    }

    #[test]
    fn the_order_of_versions_is_total(texts in proptest::collection::vec("[0-9]{1,2}([.-]?([0-2]|a|rc|sp|ga|foo|snapshot)){0,4}", 3)) {
        let maven: Vec<_> = texts.iter().map(|text| maven::Version::parse(text)).collect();
        prop_assert!(!(maven[0] <= maven[1] && maven[1] <= maven[2]) || maven[0] <= maven[2]);
        let nuget: Vec<_> = texts.iter().filter_map(|text| nuget::Version::parse(text)).collect();
        if let [a, b, c] = nuget.as_slice() {
            prop_assert!(!(a <= b && b <= c) || a <= c);
            prop_assert_eq!(a.cmp(b), b.cmp(a).reverse());
        }
    }

    #[test]
    fn the_best_version_does_not_depend_on_where_one_starts(mut versions in proptest::collection::vec("[0-3]\\.[0-3]\\.[0-3](-rc)?", 1..8), format in 0..FORMATS.len()) {
        let wanted = ["^1.0.0", ">=1.0", "[1.0,)", "1.0.0", "1.0"][format];
        let forward = chosen(FORMATS[format], &[wanted], &versions.join(" "));
        versions.reverse();
        prop_assert_eq!(forward, chosen(FORMATS[format], &[wanted], &versions.join(" ")));
    }
}
