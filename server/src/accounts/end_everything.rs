//! Showing somebody out everywhere at once.

use px360_domain::ids::UserId;
use serde_json::json;

use super::{sessions, tokens};
use crate::audit::Entry;
use crate::error::Result;
use crate::tx::Tx;

/// Ends every session and every refresh token of a person, inside the caller's unit of work.
///
/// Change the person's row first (the password, or `active`): whoever is signing in at the same moment
/// waits for that row, and is then either refused or ended here. Access tokens of a disabled person
/// are refused by the next request, those from before a change of the password too.
///
/// # Errors
/// `Broken` when the database does not answer.
pub async fn end_everything_in(tx: &mut Tx, user_id: UserId) -> Result<()> {
    let sessions = sessions::delete_all(tx, user_id).await?;
    let tokens = tokens::revoke_all(tx, user_id).await?;
    tx.record(
        Entry::done("account.everything_ended", "user", user_id)
            .with(json!({ "sessions": sessions, "refresh_tokens": tokens })),
    );
    Ok(())
}
