//! Measuring the running system.

use crate::Result;
use crate::workspace::Workspace;

/// Measures the running system.
pub(crate) fn run(_workspace: &Workspace, _arguments: &[&str]) -> Result {
    Err("`bench` is not written yet".into())
}
