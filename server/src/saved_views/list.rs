//! Which views stand beside a list.

use px360_domain::access::Permission;
use px360_domain::saved_views::{Audience, ListName, OpeningView, SavedView};

use super::store::ViewRow;
use super::{gate, store};
use crate::ctx::Ctx;
use crate::error::Result;

/// The views of a list that the caller finds, their own first, and those that they may look after
/// because they may share where these are shared. None of them is counted.
///
/// # Errors
/// `Forbidden` for whoever may not read the list.
pub(crate) async fn list(ctx: &Ctx, list: ListName) -> Result<Vec<SavedView>> {
    let granted = ctx.require(list.read())?;
    let share = ctx.may(Permission::ViewShare);
    let reach = gate::shares(ctx);
    let rows = store::list(ctx.read(&granted), list, gate::person(ctx)?, &reach).await?;
    let view = |row: ViewRow| {
        let shared = row.audience != Audience::Personal;
        let reached = share.as_ref().is_some_and(|share| gate::reaches(share, row.hospital_id));
        SavedView {
            id: row.id,
            name: row.name,
            audience: row.audience,
            hospital_id: row.hospital_id,
            role: row.role,
            by: px360_domain::Bilingual { ar: row.by_ar, en: row.by_en },
            mine: row.mine,
            may_change: row.mine || shared && reached,
            shown: !row.hidden,
            opens_first: row.opens_first,
            version: row.version,
            look: row.look.0,
            count: None,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// The views that the caller's lists open with.
///
/// # Errors
/// `Unauthenticated` for nobody.
pub async fn opening(ctx: &Ctx) -> Result<Vec<OpeningView>> {
    let granted = ctx.require(Permission::ProfileRead)?;
    store::list_opening(ctx.read(&granted), gate::person(ctx)?).await
}
