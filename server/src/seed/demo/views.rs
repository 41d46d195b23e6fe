//! Views that the demo's people saved.

use px360_domain::access::Role;
use px360_domain::actions::{ActionFilter, ActionOrder, ActionStatus};
use px360_domain::saved_views::{ActionLook, Audience, Look, SaveView};

use super::as_user;
use super::places::Places;
use crate::accounts;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::saved_views;

/// One for the coordinator alone, one for the coordinator's hospital, one for every hospital admin.
pub(super) async fn make(ctx: &Ctx, places: &Places) -> Result<()> {
    let worst = ActionFilter {
        status: vec![ActionStatus::Open, ActionStatus::InProgress],
        sort: Some(ActionOrder::SeverityLast),
        ..ActionFilter::default()
    };
    let newest =
        ActionFilter { mine: true, sort: Some(ActionOrder::OpenedLast), ..ActionFilter::default() };
    let pending = ActionFilter {
        status: vec![ActionStatus::PendingApproval],
        sort: Some(ActionOrder::Opened),
        ..ActionFilter::default()
    };
    let admins = Some(Role::HospitalAdmin);
    for (username, name, filter, audience, role) in [
        ("coordinator", "الأشد أولًا", worst, Audience::Team, None),
        ("coordinator", "My newest", newest, Audience::Personal, None),
        ("admin", "اعتمادات تنتظر", pending, Audience::Role, admins),
    ] {
        let Some(person) = as_user(ctx, places, username).await? else { continue };
        // Where they work themselves; the admin works in the whole group.
        let own = accounts::me(&person).await?.grants.first().and_then(|grant| grant.hospital_id);
        let view = SaveView {
            name: name.to_owned(),
            audience,
            hospital_id: own,
            role,
            look: Look::Actions(ActionLook { filter, columns: Vec::new() }),
        };
        saved_views::save(&person, view).await?;
    }
    Ok(())
}
