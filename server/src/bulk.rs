//! One deed for many things, each a change of its own.

use px360_domain::Failure;
use px360_domain::bulk::{BULK_MAX, BulkOutcome};

use crate::error::{Error, Result};

/// How many a query is asked for, so that one too many is seen.
pub(crate) const BULK_AND_ONE: i64 = BULK_MAX as i64 + 1;

/// Does this to each of them that it can be done to; one refusal takes nothing else down.
///
/// # Errors
/// `Invalid` on `picked` for more than [`BULK_MAX`]; `Broken` when the database is away.
pub(crate) async fn each<I, F: Future<Output = Result<()>>>(
    picked: Vec<I>,
    deed: impl Fn(I) -> F,
) -> Result<BulkOutcome> {
    if picked.len() > BULK_MAX {
        return Err(Failure::invalid("picked", "too_many").into());
    }
    let mut outcome = BulkOutcome::default();
    for one in picked {
        match deed(one).await {
            Ok(()) => outcome.done += 1,
            Err(Error::Refused(_)) => outcome.refused += 1,
            Err(broken) => return Err(broken),
        }
    }
    Ok(outcome)
}
