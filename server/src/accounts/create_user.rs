//! New people and the roles they can be given.

use px360_domain::access::Role;
use px360_domain::accounts::Grant;
use px360_domain::contact::EmailAddress;
use px360_domain::ids::{HospitalId, UserId};
use px360_domain::{Bilingual, Failure, FieldFault, Locale};
use serde_json::json;

use super::store;
use crate::audit::Entry;
use crate::error::Result;
use crate::tx::Tx;

/// The longest username.
pub(super) const USERNAME_CHARS_MAX: usize = 150;

/// A person who will sign in.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// The name to sign in with: ASCII letters, digits and `. _ - @ +`.
    pub username: String,
    /// Where mail about the account and escalations goes.
    pub email: String,
    /// The name in both scripts.
    pub name: Bilingual,
    /// The preferred language.
    pub language: Locale,
    /// The hospital that they belong to; none for people of the whole group.
    pub hospital_id: Option<HospitalId>,
    /// Whether demo data owns this person.
    pub is_demo: bool,
    /// Every role and where it holds.
    pub grants: Vec<Grant>,
}

/// Creates a person inside the caller's unit of work.
///
/// The caller answers for the right to do so and to give these roles; today only commands of the
/// operator do.
///
/// # Errors
/// `Invalid` when a field cannot be accepted, among them a taken username.
pub async fn create_in(tx: &mut Tx, user: NewUser, password_hash: String) -> Result<UserId> {
    let id: UserId = tx.ctx().new_id();
    create_with_id_in(tx, id, user, password_hash).await?;
    Ok(id)
}

/// The same for somebody whose id is known already.
///
/// # Errors
/// As [`create_in`].
pub(crate) async fn create_with_id_in(
    tx: &mut Tx,
    id: UserId,
    user: NewUser,
    password_hash: String,
) -> Result<()> {
    let email = check(&user)?;
    store::insert_user(tx, id, &user, &email, &password_hash).await?;
    let mut grants = user.grants;
    let mut seen = Vec::with_capacity(grants.len());
    grants.retain(|grant| {
        let is_new = !seen.contains(grant);
        seen.push(grant.clone());
        is_new
    });
    for grant in &grants {
        if !store::insert_grant(tx, id, grant).await? {
            return Err(Failure::invalid("grants", "unknown_department").into());
        }
    }
    tx.record(
        Entry::done("account.created", "user", id)
            .with(json!({ "username": user.username.trim(), "grants": grants })),
    );
    Ok(())
}

/// Makes sure that a role can be granted, and says whether it was new. Names that somebody edited
/// stay as they are.
///
/// # Errors
/// `Broken` when the database does not answer.
pub async fn ensure_role_in(tx: &mut Tx, role: Role, name: &Bilingual) -> Result<bool> {
    let is_new = store::insert_role(tx, role, name).await?;
    if is_new {
        tx.record(Entry::done("role.created", "role", role));
    }
    Ok(is_new)
}

/// The spelling that usernames are compared in.
///
/// The program folds the case, never the database: were the two to differ about a letter, one
/// account could be guessed at under two counters.
pub(super) fn sign_in_name(username: &str) -> String {
    username.trim().to_lowercase()
}

fn check(user: &NewUser) -> Result<EmailAddress> {
    let username = user.username.trim();
    let mut faults = Vec::new();
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._-@+".contains(c);
    if username.is_empty() {
        faults.push(FieldFault::new("username", "required"));
    } else if username.len() > USERNAME_CHARS_MAX || !username.chars().all(allowed) {
        faults.push(FieldFault::new("username", "invalid"));
    }
    let email = EmailAddress::parse(&user.email);
    if let Err(fault) = &email {
        faults.push(FieldFault::new("email", fault.code()));
    }
    if user.name.ar.trim().is_empty() && user.name.en.trim().is_empty() {
        faults.push(FieldFault::new("name", "required"));
    }
    match email {
        Ok(email) if faults.is_empty() => Ok(email),
        _ => Err(Failure::Invalid { faults }.into()),
    }
}
