//! A step as it is done in a shell.

use super::{Part, Recipe, SetupState, Standing, Step, identity_policies, parts};
use crate::command::{self, json_string, quote};
use crate::domain::Domain;

/// The commands that do a step, each to be copied by itself. `options` are the connection's, such as `--profile prod`.
/// What is in conflict or unknown has none: a command would take away what the recipe leaves alone.
pub fn commands(step: Step, recipe: &Recipe, state: &SetupState, options: &[String]) -> Vec<String> {
    let names = &recipe.names;
    match step {
        Step::Domain | Step::Repositories | Step::Connections | Step::Upstreams | Step::Permissions => {
            let calls = offered(step, recipe, state).filter_map(|part| part.call);
            calls.flat_map(|call| call.commands(&names.domain, options)).collect()
        }
        Step::Identity => state.domain.as_ref().map(|domain| identity_files(recipe, domain)).unwrap_or_default(),
        Step::SignIn => {
            ["npm", "pip"].map(|tool| command::access::login(tool, &names.domain, None, &names.team, options)).to_vec()
        }
        Step::Install => vec![
            format!("npm install {}", quote(names.npm_package.as_str())),
            format!("pip install {}", quote(names.python_package.as_str())),
        ],
        Step::Publish => vec![project(recipe), "npm publish ./my-custom-package".to_owned()],
        Step::Promote => offered(step, recipe, state).flat_map(|part| promotion(part, recipe, options)).collect(),
    }
}

/// The parts of a step that a command may bring about. Making what is there fails, and none runs after one that failed:
/// of a step that is begun only what is missing is made.
fn offered(step: Step, recipe: &Recipe, state: &SetupState) -> impl Iterator<Item = Part> {
    let parts = parts(step, recipe, state, &[]);
    let makes = matches!(step, Step::Domain | Step::Repositories | Step::Connections);
    let begun = makes && parts.iter().any(|part| part.standing == Standing::Missing);
    parts.into_iter().filter(move |part| match part.standing {
        Standing::Done => !begun,
        Standing::Missing => true,
        _ => false,
    })
}

/// Copies the version to production; until it is published, without the content it is pinned to.
fn promotion(part: Part, recipe: &Recipe, options: &[String]) -> Vec<String> {
    let names = &recipe.names;
    match part.call {
        Some(call) => call.commands(&names.domain, options),
        None => {
            let (from, to, version) = (&names.team, &names.production, &names.own_version);
            vec![command::copy_version(&names.domain, from, to, &names.own(), version, options)]
        }
    }
}

/// Writes the recipe's policies into files. What IAM is then told is up to whoever keeps it.
fn identity_files(recipe: &Recipe, domain: &Domain) -> Vec<String> {
    let files = identity_policies(&recipe.names, domain);
    let mut texts: Vec<String> =
        files.iter().map(|(file, document)| format!("cat > {file} <<'END'\n{document}\nEND")).collect();
    texts.push(
        "# Then, with the right to change IAM, for each file:\n# aws iam create-policy --policy-name NAME --policy-document file://dev-policy.json"
            .to_owned(),
    );
    texts
}

/// Writes the smallest npm package that does something. The words in it are JSON, so no name can break out of them.
fn project(recipe: &Recipe) -> String {
    let (name, version) = (recipe.names.own_package.as_str(), recipe.names.own_version.as_str());
    let manifest = format!(
        "{{\n  \"name\": {},\n  \"version\": {},\n  \"description\": \"Utilities of the company\",\n  \"main\": \"index.js\",\n  \"license\": \"MIT\"\n}}",
        json_string(name),
        json_string(version)
    );
    let code = "exports.greet = (name) => `Hello, ${name}!`;";
    command::in_turn([
        "mkdir -p my-custom-package".to_owned(),
        format!("cat > my-custom-package/package.json <<'END'\n{manifest}\nEND"),
        format!("cat > my-custom-package/index.js <<'END'\n{code}\nEND"),
    ])
}
