//! The first person of a new house.

use px360_domain::access::{Permission, Role};
use px360_domain::accounts::Grant;
use px360_domain::ids::UserId;
use px360_domain::{Bilingual, Failure, Locale};
use secrecy::SecretString;

use super::roles;
use crate::accounts::{self, NewUser};
use crate::ctx::Ctx;
use crate::error::Result;

/// The first person of a new house.
#[derive(Clone, Debug)]
pub struct NewSuperuser {
    /// The name to sign in with.
    pub username: String,
    /// Their mail address.
    pub email: String,
    /// The password: 12 characters or more.
    pub password: SecretString,
    /// The name in both scripts.
    pub name: Bilingual,
}

/// Creates a PX Admin of the whole group, and the roles if they are missing.
///
/// # Errors
/// `Forbidden` for whoever is not the operator; `Invalid` for a weak password, a taken username or
/// fields that cannot be accepted.
pub async fn create_superuser(ctx: &Ctx, cmd: NewSuperuser) -> Result<UserId> {
    let granted = ctx.require(Permission::SystemSetUp)?;
    Failure::unless_empty(accounts::check_password(&cmd.username, &cmd.password))?;
    let password_hash = accounts::hash_password(ctx.deps(), cmd.password).await?;
    let user = NewUser {
        username: cmd.username,
        email: cmd.email,
        name: cmd.name,
        language: Locale::Ar,
        hospital_id: None,
        is_demo: false,
        grants: vec![Grant { role: Role::PxAdmin, hospital_id: None, department_id: None }],
    };
    let mut tx = ctx.begin(granted).await?;
    roles::ensure_in(&mut tx).await?;
    let id = accounts::create_in(&mut tx, user, password_hash).await?;
    tx.commit().await?;
    Ok(id)
}
