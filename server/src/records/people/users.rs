//! Users are made and changed by the rules of accounts.

use px360_domain::access::Role;
use px360_domain::ids::UserId;
use px360_domain::records::RecordKind;
use px360_domain::{Bilingual, Failure, Locale};
use secrecy::SecretString;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::store;
use crate::accounts::{self, NewUser, check_password, hash_password};
use crate::ctx::Actor;
use crate::error::Result;
use crate::records::constraints;
use crate::records::write::require_fresh;
use crate::tx::Tx;

/// Makes a user without any role: roles are granted.
pub(in crate::records) async fn create_user(
    tx: &mut Tx,
    id: Uuid,
    doc: &Map<String, Value>,
) -> Result<()> {
    let text = |name: &str| doc.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let password = SecretString::from(text("password"));
    let username = text("username");
    Failure::unless_empty(check_password(&username, &password))?;
    let password_hash = hash_password(tx.ctx().deps(), password).await?;
    let user = NewUser {
        username,
        email: text("email"),
        name: Bilingual::new(text("name_ar"), text("name_en")),
        language: text("language").parse().unwrap_or(Locale::Ar),
        hospital_id: text("hospital_id").parse().ok(),
        is_demo: false,
        grants: Vec::new(),
    };
    accounts::create_with_id_in(tx, UserId(id), user, password_hash).await?;
    let kept = store::complete_user(tx, id, &Value::Object(doc.clone())).await;
    constraints::as_faults(RecordKind::User, kept)
}

/// Changes a user, unless they stand as high as whoever wants to. Whoever is disabled is shown out.
pub(in crate::records) async fn change_user(
    tx: &mut Tx,
    id: Uuid,
    version: i64,
    before: &Map<String, Value>,
    doc: &Map<String, Value>,
) -> Result<()> {
    require_below(tx, id).await?;
    // A mail address is a way in: whoever changes it must stand above all that it leads to.
    if before.get("email") != doc.get("email") {
        accounts::require_above_in(tx, UserId(id)).await?;
    }
    let disabled = |doc: &Map<String, Value>| doc.get("active") == Some(&Value::Bool(false));
    let ends = disabled(doc) && !disabled(before);
    if ends {
        require_dispensable(tx, id).await?;
    }
    let kept = store::update_user(tx, id, version, &Value::Object(doc.clone())).await;
    require_fresh(constraints::as_faults(RecordKind::User, kept)?)?;
    if ends {
        accounts::end_everything_in(tx, UserId(id)).await?;
    }
    Ok(())
}

/// Removes a user, who is shown out everywhere.
pub(in crate::records) async fn remove_user(tx: &mut Tx, id: Uuid, version: i64) -> Result<()> {
    require_below(tx, id).await?;
    require_dispensable(tx, id).await?;
    require_fresh(crate::records::store::remove(tx, RecordKind::User, id, version).await?)?;
    accounts::end_everything_in(tx, UserId(id)).await
}

/// Nobody changes whoever stands as high as themselves: a mail address is the way to a password.
/// PX admins change one another, or nobody could.
async fn require_below(tx: &mut Tx, id: Uuid) -> Result<()> {
    let Actor::User { id: me, grants, .. } = tx.ctx().actor() else { return Ok(()) };
    if me.0 == id || grants.iter().any(|grant| grant.role == Role::PxAdmin) {
        return Ok(());
    }
    let mine = grants.iter().map(|grant| grant.role.level()).max().unwrap_or_default();
    let theirs = store::level_of_user(tx, id).await?;
    if theirs < i16::from(mine) { Ok(()) } else { Err(Failure::Forbidden.into()) }
}

/// Nobody disables themselves, and one PX admin always stays.
async fn require_dispensable(tx: &mut Tx, id: Uuid) -> Result<()> {
    if tx.ctx().user_id() == Some(UserId(id)) {
        return Err(Failure::conflict("own_account").into());
    }
    accounts::guard_last_px_admin_in(tx, UserId(id)).await
}
