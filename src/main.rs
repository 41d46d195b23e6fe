//! `px360`: the program. Parses the command, starts logging, hands over.

mod commands;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

/// Pages are rendered into many small strings on every core at once, which the allocator of the C library is slow at.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The patient-experience system of a hospital group.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve pages, REST and, unless told otherwise, run the jobs.
    Serve(commands::serve::Serve),
    /// Run the jobs only.
    Worker,
    /// Bring the database schema up to date.
    Migrate,
    /// Create the eight roles; safe to run again.
    CreateDefaultRoles,
    /// Create a PX Admin.
    CreateSuperuser(commands::create_superuser::CreateSuperuser),
    /// Fill an empty database with a demo group of hospitals and 90 days of history.
    SeedDemo(commands::seed_demo::SeedDemo),
    /// Write the feed of a simulated group of hospitals.
    Simulate(commands::simulate::Simulate),
    /// Look after the audit log.
    #[command(subcommand)]
    Audit(commands::audit::Audit),
    /// Print who may do what.
    Permissions,
    /// Say what is configured and what can be reached.
    Doctor,
}

#[tokio::main]
async fn main() -> ExitCode {
    commands::logging::start();
    let done = match Arguments::parse().command {
        Command::Serve(serve) => commands::serve::run(serve).await,
        Command::Worker => commands::worker::run().await,
        Command::Migrate => commands::migrate::run().await,
        Command::CreateDefaultRoles => commands::create_default_roles::run().await,
        Command::CreateSuperuser(new) => commands::create_superuser::run(new).await,
        Command::SeedDemo(seed) => commands::seed_demo::run(seed).await,
        Command::Simulate(wanted) => commands::simulate::run(wanted).await,
        Command::Audit(audit) => commands::audit::run(audit).await,
        Command::Permissions => commands::permissions::run(),
        Command::Doctor => commands::doctor::run().await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("px360: {error:#}");
            ExitCode::FAILURE
        }
    }
}
