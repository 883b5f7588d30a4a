//! Headwater: a dashboard for AWS CodeArtifact.

use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;
use headwater::cli::{Cli, Command};
use headwater::commands::Failure;
use headwater::{commands, log};

/// The work is waiting for AWS. More threads would only take memory.
const MOST_THREADS: usize = 4;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    log::start(cli.log_format, cli.log_level);
    let threads = std::thread::available_parallelism().map_or(1, usize::from).clamp(1, MOST_THREADS);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(threads).enable_all().build();
    let result: Result<(), Failure> = match runtime {
        Ok(runtime) => runtime.block_on(async {
            match cli.command {
                Command::Demo(demo) => commands::demo::run(demo).await?,
                Command::Serve(serve) => commands::serve::run(serve).await?,
                Command::Export(export) => commands::export::run(export).await?,
                Command::Connect(connect) => commands::connect::run(connect).await?,
                Command::Plan(plan) => commands::promote::plan(plan).await?,
                Command::Promote(promote) => commands::promote::promote(promote).await?,
                Command::Emulate(emulate) => commands::emulate::run(emulate).await?,
                Command::Audit(audit) => commands::audit::run(audit).await?,
                Command::Doctor(doctor) => commands::doctor::run(doctor)?,
                Command::People(people) => commands::people::run(people)?,
            }
            Ok(())
        }),
        Err(error) => Err(Failure::from(format!("The program cannot start: {error}."))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure { message, code }) => {
            eprintln!("headwater: {message}");
            ExitCode::from(code)
        }
    }
}

/// Help and version as clap writes them; everything else in one line.
fn refuse(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // Nothing is left to tell whoever closed the pipe.
        let _ = error.print();
        return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
    }
    let text = error.render().to_string();
    let first = text.lines().take_while(|line| !line.trim().is_empty()).map(str::trim).collect::<Vec<_>>().join(" ");
    eprintln!("headwater: {} (--help tells more)", first.trim_start_matches("error: "));
    ExitCode::from(2)
}
