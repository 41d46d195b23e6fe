//! Who could stand in.

use px360_domain::access::Permission;
use px360_domain::accounts::Colleague;
use px360_domain::ids::UserId;
use px360_domain::search::fold;

use super::whose::whose;
use super::{roles, store};
use crate::ctx::Ctx;
use crate::error::Result;

/// How many are offered.
const CHOICES_MAX: i64 = 20;

/// Whoever could stand in for the caller, or for a user whom the caller may change, by a part of the name.
///
/// # Errors
/// As `whose`.
pub async fn deputies(ctx: &Ctx, user: Option<UserId>, search: &str) -> Result<Vec<Colleague>> {
    let (user, granted) = whose(ctx, user, Permission::ProfileRead).await?;
    let words: Vec<String> =
        fold(search).split_whitespace().map(|word| format!("%{word}%")).collect();
    store::deputies(ctx.read(&granted), user, &roles(), &words, CHOICES_MAX).await
}
