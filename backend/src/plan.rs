//! Plans: a promotion as an object that can be looked at, shared and run. Making and opening one only reads AWS.

use futures_util::{FutureExt, StreamExt, stream};
use serde::Serialize;
use sha2::{Digest, Sha256};
use shared::approval::Approval;
use shared::block::Blocks;
use shared::closure::{Decisions, MOST_FOLLOWED};
use shared::names::{DomainName, PlanId, RepositoryName, Revision, RunId, VersionName};
use shared::needs::{Fate, PlannedNeed, PlannedNeeds};
use shared::package::PackageKey;
use shared::person::Person;
use shared::plan::{LIFETIME, NewPlan, OpenedPlan, Plan, changes};
use shared::promotion::{LONGEST_REASON, Preview, PreviewRequest, PreviewRow, TagMove, VersionChoice};
use shared::version::Asset;

use crate::clock;
use crate::codeartifact::{CodeArtifact, MOST_AT_ONCE};
use crate::error::{Error, Result};
use crate::promotion;
use crate::random;

/// Refuses a plan that breaks a rule, before AWS is asked anything.
///
/// # Errors
/// `BadRequest` with the rule.
pub fn check(new: &NewPlan) -> Result<()> {
    promotion::check_preview(&request(new.from.clone(), new.to.clone(), new.versions.clone()))?;
    if new.reason.trim().chars().count() > LONGEST_REASON {
        return Err(Error::bad_request(format!("A reason has at most {LONGEST_REASON} characters.")));
    }
    let left = new.needs.as_ref().map(Decisions::all).unwrap_or_default();
    if left.len() > MOST_FOLLOWED {
        return Err(Error::bad_request(format!("At most {MOST_FOLLOWED} packages can be left.")));
    }
    left.iter().try_for_each(|left| promotion::check_reason(&left.reason))
}

/// Makes a plan of what [`check`] let through: reads each row, and the files of its content in the source.
///
/// # Errors
/// When source or target cannot be read as a whole. What goes wrong with a row stands in the row.
pub async fn make(
    codeartifact: &CodeArtifact,
    domain: &DomainName,
    blocks: &Blocks,
    new: NewPlan,
    by: Person,
) -> Result<Plan> {
    let reason = new.reason.trim().to_owned();
    let asked = request(new.from, new.to, new.versions);
    let contents = async {
        let one = |choice| files(codeartifact, domain, &asked.from, choice).boxed();
        let reads: Vec<_> = asked.versions.iter().map(one).collect();
        Ok(stream::iter(reads).buffered(MOST_AT_ONCE).collect::<Vec<_>>().await)
    };
    let closure = async {
        match &new.needs {
            Some(_) => promotion::closure(codeartifact, domain, blocks, asked.clone()).await.map(Some),
            None => Ok(None),
        }
    };
    let preview = promotion::preview(codeartifact, domain, blocks, asked.clone());
    let (seen, mut contents, closure) = tokio::try_join!(preview, contents, closure)?;
    let needs = closure.zip(new.needs.as_ref());
    let needs = needs.map(|(closure, decisions)| PlannedNeeds::of(closure, decisions, &seen));
    for (row, files) in seen.rows.iter().zip(&mut contents) {
        if row.revision.is_none() {
            files.clear();
        }
    }
    let made_at = clock::seconds();
    Ok(Plan {
        id: id()?,
        domain: domain.clone(),
        reason,
        by,
        made_at,
        expires_at: made_at + f64::from(LIFETIME),
        hash: hash(domain, &seen, &contents, needs.as_ref()),
        seen,
        contents,
        needs,
    })
}

/// A plan as it is opened. Its rows are read anew while it can still be run. How it stands with protections is not told
/// yet.
///
/// # Errors
/// When source or target cannot be read as a whole.
pub async fn open(codeartifact: &CodeArtifact, blocks: &Blocks, plan: Plan, runs: Vec<RunId>) -> Result<OpenedPlan> {
    let expired = is_expired(&plan);
    if expired || !runs.is_empty() {
        return Ok(OpenedPlan { plan, now: None, changes: Vec::new(), runs, expired, approval: Approval::default() });
    }
    let versions = plan.seen.rows.iter().map(|row| row.choice.clone()).collect();
    let ask = request(plan.seen.from.clone(), plan.seen.to.clone(), versions);
    let now = promotion::preview(codeartifact, &plan.domain, blocks, ask).await?;
    let changes = changes(&plan.seen, &now);
    Ok(OpenedPlan { plan, now: Some(now), changes, runs, expired, approval: Approval::default() })
}

/// Whether the rows of a plan are not as they were. One that has been run is not looked at.
///
/// # Errors
/// When source or target cannot be read as a whole.
pub async fn has_changed(codeartifact: &CodeArtifact, blocks: &Blocks, plan: &Plan, runs: &[RunId]) -> Result<bool> {
    Ok(!open(codeartifact, blocks, plan.clone(), runs.to_vec()).await?.changes.is_empty())
}

/// Whether a plan is too old to be run.
pub fn is_expired(plan: &Plan) -> bool {
    plan.expires_at <= clock::seconds()
}

fn request(from: RepositoryName, to: RepositoryName, versions: Vec<VersionChoice>) -> PreviewRequest {
    PreviewRequest { from, to, versions }
}

fn id() -> Result<PlanId> {
    Ok(random::hex::<10>().parse()?)
}

/// The files of a version in the source. One that is not there or cannot be read has none: its row is blocked, or its
/// revision still names its content.
async fn files(
    codeartifact: &CodeArtifact,
    domain: &DomainName,
    from: &RepositoryName,
    choice: &VersionChoice,
) -> Vec<Asset> {
    match codeartifact.list_assets(domain, from, &choice.package, &choice.version).await {
        Ok(assets) => assets.into_iter().map(with_one_digest).collect(),
        Err(error) if error.is_not_found() => Vec::new(),
        Err(error) => {
            tracing::warn!(%domain, error = ?error.chain(), "the files of a planned version could not be read");
            Vec::new()
        }
    }
}

fn with_one_digest(mut asset: Asset) -> Asset {
    asset.hashes.retain(|(algorithm, _)| algorithm == "SHA-256");
    asset
}

/// What a plan does, in the one form that is hashed. Fields and order are part of what approvals are given for.
#[derive(Serialize)]
struct Deed<'a> {
    domain: &'a DomainName,
    from: &'a RepositoryName,
    to: &'a RepositoryName,
    rows: Vec<DeedRow<'a>>,
    /// Not there where needs were not looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    needs: Option<Vec<DeedNeed<'a>>>,
}

#[derive(Serialize)]
struct DeedNeed<'a> {
    package: &'a PackageKey,
    required: bool,
    fate: Fate,
    version: Option<&'a VersionName>,
    left: Option<&'a str>,
}

#[derive(Serialize)]
struct DeedRow<'a> {
    package: &'a PackageKey,
    version: &'a VersionName,
    revision: Option<&'a Revision>,
    copies: bool,
    files: Vec<(&'a str, Option<&'a str>)>,
    tags: Vec<(&'a str, Option<&'a VersionName>, &'a VersionName)>,
}

/// SHA-256 over the domain, both repositories, and of each row package, version, revision, whether it is copied, names
/// and digests of its files, and the tags that move; of each dependency what becomes of it. Rows, files and tags are sorted,
/// so their order does not matter; dependencies come by package.
pub fn hash(domain: &DomainName, seen: &Preview, contents: &[Vec<Asset>], needs: Option<&PlannedNeeds>) -> String {
    let none = Vec::new();
    let files_of = |place: usize| contents.get(place).unwrap_or(&none);
    let mut rows: Vec<_> = seen.rows.iter().enumerate().map(|(place, row)| deed(row, files_of(place))).collect();
    rows.sort_by(|one, other| (one.package, one.version).cmp(&(other.package, other.version)));
    let needs = needs.map(|needs| needs.rows.iter().map(deed_need).collect());
    let deed = Deed { domain, from: &seen.from, to: &seen.to, rows, needs };
    // Strings, options and lists: this cannot fail.
    let json = serde_json::to_vec(&deed).unwrap_or_default();
    hex::encode(Sha256::digest(&json))
}

fn deed<'a>(row: &'a PreviewRow, files: &'a [Asset]) -> DeedRow<'a> {
    let mut files: Vec<_> = files.iter().map(|asset| (asset.name.as_str(), asset.sha256())).collect();
    files.sort_unstable();
    let mut tags: Vec<_> = row.tags.iter().map(|TagMove { tag, from, to }| (tag.as_str(), from.as_ref(), to)).collect();
    tags.sort_unstable();
    DeedRow {
        package: &row.choice.package,
        version: &row.choice.version,
        revision: row.revision.as_ref(),
        copies: row.verdict.copies(),
        files,
        tags,
    }
}

fn deed_need(need: &PlannedNeed) -> DeedNeed<'_> {
    let (package, required) = (&need.row.package, need.row.required);
    DeedNeed { package, required, fate: need.fate(), version: need.version(), left: need.left.as_deref() }
}

#[cfg(test)]
mod tests {
    use shared::format::PackageFormat;
    use shared::promotion::Verdict;

    use super::*;

    fn preview() -> (Preview, Vec<Vec<Asset>>) {
        let row = |version: &str| PreviewRow {
            choice: VersionChoice {
                package: PackageKey { format: PackageFormat::Npm, namespace: None, name: "ui".parse().unwrap() },
                version: version.parse().unwrap(),
            },
            revision: Some("r=".parse().unwrap()),
            in_target: None,
            verdict: Verdict::New,
            tags: vec![TagMove { tag: "latest".into(), from: None, to: version.parse().unwrap() }],
            tags_problem: None,
            effects: Vec::new(),
            effects_problem: None,
        };
        let asset = Asset { name: "a.tgz".into(), size: 1, hashes: vec![("SHA-256".into(), "1".into())] };
        let (from, to) = ("team-dev".parse().unwrap(), "production".parse().unwrap());
        (
            Preview { from, to, rows: vec![row("1.0.0"), row("2.0.0")], read_at: 1.0 },
            vec![vec![asset.clone()], vec![asset]],
        )
    }

    fn hashed((seen, contents): &(Preview, Vec<Vec<Asset>>)) -> String {
        hash(&"acme".parse().unwrap(), seen, contents, None)
    }

    #[test]
    fn everything_that_a_plan_does_is_in_its_hash() {
        let first = hashed(&preview());
        assert_eq!(first.len(), 64);
        let changed = |change: fn(&mut (Preview, Vec<Vec<Asset>>))| {
            let mut plan = preview();
            change(&mut plan);
            hashed(&plan)
        };
        for (what, other) in [
            ("the target", changed(|plan| plan.0.to = "staging".parse().unwrap())),
            ("the source", changed(|plan| plan.0.from = "staging".parse().unwrap())),
            ("a revision", changed(|plan| plan.0.rows[1].revision = Some("s=".parse().unwrap()))),
            ("a version", changed(|plan| plan.0.rows[1].choice.version = "2.0.1".parse().unwrap())),
            ("a verdict", changed(|plan| plan.0.rows[1].verdict = Verdict::Same)),
            ("a tag", changed(|plan| plan.0.rows[1].tags.clear())),
            ("where a tag was", changed(|plan| plan.0.rows[1].tags[0].from = Some("1.0.0".parse().unwrap()))),
            ("a file", changed(|plan| plan.1[1][0].hashes[0].1 = "2".into())),
            ("a name of a file", changed(|plan| plan.1[1][0].name = "b.tgz".into())),
            ("a row", changed(|plan| drop(plan.0.rows.pop()))),
        ] {
            assert_ne!(first, other, "{what}");
        }
        assert_ne!(first, hash(&"other".parse().unwrap(), &preview().0, &preview().1, None));
        let none = PlannedNeeds::default();
        assert_ne!(first, hash(&"acme".parse().unwrap(), &preview().0, &preview().1, Some(&none)), "needs");
    }

    #[test]
    fn what_a_plan_does_not_do_is_not_in_its_hash() {
        let mut plan = preview();
        plan.0.read_at = 2.0;
        plan.0.rows.reverse();
        plan.1.reverse();
        assert_eq!(hashed(&preview()), hashed(&plan));
    }
}
