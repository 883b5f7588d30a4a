//! `headwater doctor`

use std::fs::File;
use std::io::{Read, Write};
use std::time::{SystemTime, UNIX_EPOCH};

use shared::doctor::mask::Masked;
use shared::doctor::{Diagnosis, Known, Report, examine, take};
use shared::names::RepositoryName;
use shared::repository::Repository;

use crate::cli::Doctor;

/// More bytes of a file are not read.
const MOST_READ: u64 = 64 * 1024 * 1024;

/// Reads a text, hides its secrets, and prints what is wrong and what mends it.
///
/// # Errors
/// One clear line when the text cannot be read or the answer cannot be printed.
pub fn run(doctor: Doctor) -> Result<(), String> {
    let text = match &doctor.file {
        Some(file) => {
            File::open(file).and_then(read).map_err(|error| format!("{} cannot be read: {error}.", file.display()))?
        }
        None => read(std::io::stdin()).map_err(|error| format!("Standard input cannot be read: {error}."))?,
    };
    let masked = take(&text);
    let report = examine(&masked.text, &known(doctor));
    let told = tell(&masked, &report);
    std::io::stdout().write_all(told.as_bytes()).map_err(|error| format!("The answer cannot be printed: {error}."))
}

fn read(from: impl Read) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    from.take(MOST_READ).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn known(doctor: Doctor) -> Known {
    let option = |name: &str, value: &Option<String>| value.clone().map(|value| [name.to_owned(), value]);
    let options = [option("--region", &doctor.region), option("--endpoint-url", &doctor.endpoint_url)];
    Known {
        options: options.into_iter().flatten().flatten().collect(),
        domain: doctor.domain,
        owner: doctor.owner,
        region: doctor.region,
        repositories: (!doctor.repositories.is_empty()).then(|| doctor.repositories.into_iter().map(named).collect()),
        endpoint_url: doctor.endpoint_url,
        now: SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|now| now.as_secs_f64()),
    }
}

/// A repository of which no more than the name is known.
fn named(name: RepositoryName) -> Repository {
    Repository {
        name,
        description: String::new(),
        administrator: None,
        arn: String::new(),
        created: None,
        upstreams: Vec::new(),
        external_connections: Vec::new(),
        problem: None,
    }
}

fn tell(masked: &Masked, report: &Report) -> String {
    let mut lines = report.understood.clone();
    if masked.count() > 0 {
        let kinds: Vec<String> =
            masked.hidden.iter().map(|(secret, number)| format!("{} ({number})", secret.noun())).collect();
        lines.push(format!("Secrets were hidden before it was read: {}.", kinds.join(", ")));
    }
    lines.push(String::new());
    match &report.cause {
        Some(diagnosis) => lines.extend(in_full(diagnosis)),
        None if report.is_empty() => lines.push(
            "This was not understood: it is no settings file and no log that the doctor knows. Give it all that the client printed, or the whole file."
                .to_owned(),
        ),
        None => lines.push(
            "Nothing wrong was seen in it. If the client is refused with 401, get a new token: it lives for 12 hours at most."
                .to_owned(),
        ),
    }
    if !report.also.is_empty() {
        lines.push("\nAlso seen:".to_owned());
        lines.extend(report.also.iter().map(|one| format!("  {}. {}", one.cause.title(), one.because)));
    }
    lines.join("\n") + "\n"
}

fn in_full(diagnosis: &Diagnosis) -> Vec<String> {
    let mut lines = vec![format!("Cause: {}", diagnosis.cause.title()), format!("  {}", diagnosis.because)];
    lines.extend(diagnosis.evidence.iter().map(|evidence| format!("  line {}: {}", evidence.line, evidence.text)));
    lines.push("\nWhat to do:".to_owned());
    lines.extend(diagnosis.fix.iter().map(|step| format!("  {step}")));
    lines.extend(diagnosis.commands.iter().map(|command| format!("\n{command}")));
    lines.push(format!("\nIf that was not it: {}", diagnosis.otherwise));
    lines
}
