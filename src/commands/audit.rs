//! `px360 audit verify` and `px360 audit root`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use chrono::NaiveDate;
use clap::Subcommand;
use px360_server::audit::{
    BrokenLink, ChainEnd, DailyRoot, Verdict, find_root, read_ends, verify_since,
};

use super::house::House;
use super::say::say;

/// What can be asked of the audit log.
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Walk along the chains, name the first broken link of each, and print their ends.
    ///
    /// Keep what it prints where the owner of the database cannot write, and give it back with
    /// `--since` later.
    Verify {
        /// What an earlier run, or `audit root`, printed: its ends must still be links of today's chains.
        #[arg(long, value_name = "FILE")]
        since: Option<PathBuf>,
    },
    /// Print the ends of the chains and their root as they were kept on a day; `verify --since` takes that.
    Root {
        /// The day in Riyadh, as 2026-11-25; the latest one when absent.
        #[arg(long)]
        day: Option<NaiveDate>,
    },
}

pub(crate) async fn run(audit: Audit) -> Result<()> {
    match audit {
        Audit::Verify { since } => run_verify(since).await,
        Audit::Root { day } => print_root(day).await,
    }
}

async fn run_verify(since: Option<PathBuf>) -> Result<()> {
    // Before anything is opened: a file that cannot be read proves nothing.
    let kept = since.as_deref().map(kept_ends).transpose()?.unwrap_or_default();
    let house = House::open().await?;
    let found = verify_since(&house.deps.system("audit-verify"), &kept).await;
    house.close().await;
    tell(&found?, since.as_deref())
}

async fn print_root(day: Option<NaiveDate>) -> Result<()> {
    let house = House::open().await?;
    let found = find_root(&house.deps.system("audit-root"), day).await;
    house.close().await;
    let DailyRoot { day, root, ends } = found?;
    for end in &ends {
        say(end);
    }
    say(format_args!("{day}, root {}", hex(&root)));
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn kept_ends(file: &Path) -> Result<Vec<ChainEnd>> {
    let text = fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
    read_ends(&text).with_context(|| format!("reading the kept ends in {}", file.display()))
}

fn tell(verdict: &Verdict, since: Option<&Path>) -> Result<()> {
    for end in &verdict.ends {
        say(end);
    }
    say(format_args!("{} entries, root {}", verdict.events, hex(&verdict.root)));
    for link in &verdict.broken {
        say(place(link));
    }
    if !verdict.broken.is_empty() {
        bail!("the audit log was tampered with: {} faults", verdict.broken.len());
    }
    say("every link holds");
    if let Some(file) = since {
        say(format_args!("nothing before the ends in {} was written anew", file.display()));
    }
    Ok(())
}

/// `chain 3, link 12, entry 40: changed`, without what is not known.
fn place(link: &BrokenLink) -> String {
    let lane = link.lane.map_or_else(|| "no chain".to_owned(), |lane| format!("chain {lane}"));
    let position = link.position.map(|link| format!(", link {link}")).unwrap_or_default();
    let entry = link.id.map(|id| format!(", entry {id}")).unwrap_or_default();
    format!("{lane}{position}{entry}: {}", link.fault.as_str())
}
