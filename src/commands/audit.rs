//! `px360 audit verify`.

use anyhow::{Result, bail};
use clap::Subcommand;

use super::house::House;
use super::say::say;

/// What can be asked of the audit log.
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Walk along the chains and name the first broken link of each.
    Verify,
}

pub(crate) async fn run(Audit::Verify: Audit) -> Result<()> {
    let house = House::open().await?;
    let found = px360_server::audit::verify(&house.deps.system("audit-verify")).await;
    house.close().await;
    let verdict = found?;
    for link in &verdict.broken {
        let entry = link.id.map(|id| format!(", entry {id}")).unwrap_or_default();
        say(format_args!("chain {}, link {}{entry}: {}", link.lane, link.position, link.fault));
    }
    let root: String = verdict.root.iter().map(|byte| format!("{byte:02x}")).collect();
    say(format_args!("{} entries, root {root}", verdict.events));
    if !verdict.broken.is_empty() {
        bail!("the audit log was tampered with: {} chains are broken", verdict.broken.len());
    }
    say("every link holds");
    Ok(())
}
