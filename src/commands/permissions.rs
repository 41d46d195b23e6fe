//! `px360 permissions`.

use anyhow::Result;

use super::say::say;

/// Prints the policy, as it is reviewed.
pub(crate) fn run() -> Result<()> {
    say(px360_domain::access::policy_table());
    Ok(())
}
