//! The actions that a few letters or digits mean.

use px360_domain::Failure;
use px360_domain::access::Permission;
use px360_domain::actions::ActionHit;
use px360_domain::search::fold;

use super::views::store;
use crate::ctx::Ctx;
use crate::error::Result;

/// Actions that one search shows at most.
const HITS_MAX: i64 = 8;
/// Fewer letters mean everything.
const LETTERS_MIN: usize = 2;
/// Words that are looked at.
const WORDS_MAX: usize = 6;
/// The longest search.
const CHARS_MAX: usize = 200;

/// The newest actions within the caller's reach that all these words fit: their reference, and, for
/// whoever may see who the patient is, the patient's names, record number and mobile number.
///
/// # Errors
/// `Invalid` on `words` when they are longer than anybody types.
pub async fn find(ctx: &Ctx, words: &str) -> Result<Vec<ActionHit>> {
    let granted = ctx.require(Permission::ActionRead)?;
    let identify = ctx.may(Permission::PatientIdentify);
    if words.chars().count() > CHARS_MAX {
        return Err(Failure::invalid("words", "too_long").into());
    }
    let folded = fold(words);
    if folded.chars().filter(|letter| *letter != ' ').count() < LETTERS_MIN {
        return Ok(Vec::new());
    }
    let words: Vec<String> = folded.split(' ').take(WORDS_MAX).map(str::to_owned).collect();
    let read = ctx.read(&granted);
    let rows = store::find(read, identify.as_ref(), &words, HITS_MAX).await?;
    Ok(rows.into_iter().map(|row| row.into_hit(identify.as_ref())).collect())
}
