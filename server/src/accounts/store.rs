//! The rows of accounts.
//!
//! What is asked before anybody is known (which user is this, who holds this key) takes the pool;
//! everything else takes a unit of work or a reader.

use chrono::{DateTime, Utc};
use px360_domain::access::{HeldGrant, Role};
use px360_domain::accounts::{Grant, HospitalName};
use px360_domain::contact::EmailAddress;
use px360_domain::ids::{DepartmentId, HospitalId, SourceId, UserId};
use px360_domain::{Bilingual, Failure, Locale};
use sqlx::{PgExecutor, PgPool};

use super::create_user::NewUser;
use crate::db::OnConstraint as _;
use crate::error::Result;
use crate::gateways::Claimed;
use crate::tx::{Reader, Tx};

/// What signing in needs to know of a user.
pub(super) struct Account {
    pub(super) id: UserId,
    pub(super) username: String,
    pub(super) language: Locale,
    pub(super) password_hash: String,
    pub(super) password_changed_at: Option<DateTime<Utc>>,
    pub(super) active: bool,
    /// Whether a password is not enough.
    pub(super) second_factor: bool,
    /// Whether the identity provider has named them before.
    pub(super) linked: bool,
}

pub(super) async fn find_account(read: Reader<'_>, username: &str) -> Result<Option<Account>> {
    Ok(sqlx::query_as!(
        Account,
        r#"select id as "id: UserId", username, language as "language: Locale", password_hash,
                  password_changed_at, active, totp_confirmed_at is not null as "second_factor!",
                  sso_subject is not null as "linked!"
           from users
           where lower(username) = $1"#,
        username,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?)
}

pub(super) async fn find_account_of(read: Reader<'_>, id: UserId) -> Result<Option<Account>> {
    Ok(sqlx::query_as!(
        Account,
        r#"select id as "id: UserId", username, language as "language: Locale", password_hash,
                  password_changed_at, active, totp_confirmed_at is not null as "second_factor!",
                  sso_subject is not null as "linked!"
           from users
           where id = $1"#,
        id as UserId,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?)
}

/// Whom the provider means: whoever it has named before, or the only user of this mail address whom it has not.
/// An address that somebody gave themselves proves nothing: whoever was at their desk could have.
pub(super) async fn find_account_claimed(
    read: Reader<'_>,
    claimed: &Claimed,
) -> Result<Option<Account>> {
    let mut found = sqlx::query_as!(
        Account,
        r#"select id as "id: UserId", username, language as "language: Locale", password_hash,
                  password_changed_at, active, totp_confirmed_at is not null as "second_factor!",
                  sso_subject is not null as "linked!"
           from users
           where deleted_at is null
             and (sso_issuer = $1 and sso_subject = $2
                  or sso_subject is null and not email_unproved and lower(email) = lower($3)
                     and not exists (select from users
                                     where sso_issuer = $1 and sso_subject = $2))
           limit 2"#,
        claimed.issuer,
        claimed.subject,
        claimed.email,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    // Two of one address: which of them it is, nobody can say.
    Ok(if found.len() == 1 { found.pop() } else { None })
}

/// Remembers what the provider calls somebody; false when it called them something else before.
pub(super) async fn link_account(tx: &mut Tx, id: UserId, claimed: &Claimed) -> Result<bool> {
    let done = sqlx::query!(
        "update users set sso_issuer = $2, sso_subject = $3
         where id = $1 and (sso_subject is null or sso_issuer = $2 and sso_subject = $3)",
        id as UserId,
        claimed.issuer,
        claimed.subject,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A user who may act.
pub(super) struct ActiveUser {
    pub(super) username: String,
    pub(super) name_ar: String,
    pub(super) name_en: String,
    pub(super) language: Locale,
    pub(super) must_change_password: bool,
    pub(super) password_changed_at: Option<DateTime<Utc>>,
}

pub(super) async fn find_active_user(db: &PgPool, id: UserId) -> Result<Option<ActiveUser>> {
    Ok(sqlx::query_as!(
        ActiveUser,
        r#"select username, name_ar, name_en, language as "language: Locale",
                  must_change_password, password_changed_at
           from users
           where id = $1 and active"#,
        id as UserId,
    )
    .fetch_optional(db)
    .await?)
}

/// Every role of a user, with the departments that it reaches.
pub(super) async fn list_grants(
    db: impl PgExecutor<'_>,
    user_id: UserId,
) -> Result<Vec<HeldGrant>> {
    Ok(sqlx::query_as!(
        HeldGrant,
        r#"with recursive tree (root, id) as (
               select department_id, department_id
               from role_grants
               where user_id = $1 and department_id is not null
               -- Not `union all`: a department that became its own ancestor must not spin.
               union
               select tree.root, below.id
               from tree join departments below on below.parent_id = tree.id
           )
           select g.role as "role: Role",
                  -- No hospital means the whole group; a department always means its own hospital.
                  coalesce(g.hospital_id, d.hospital_id) as "hospital_id: HospitalId",
                  g.department_id as "department_id: DepartmentId",
                  array(select tree.id from tree where tree.root = g.department_id)
                      as "subtree!: Vec<DepartmentId>"
           from role_grants g left join departments d on d.id = g.department_id
           where g.user_id = $1
           order by g.granted_at, g.role"#,
        user_id as UserId,
    )
    .fetch_all(db)
    .await?)
}

pub(super) async fn list_hospitals(
    read: Reader<'_>,
    everywhere: bool,
    listed: &[HospitalId],
) -> Result<Vec<HospitalName>> {
    let rows = sqlx::query!(
        r#"select id as "id: HospitalId", code, name_ar, name_en
           from hospitals
           where $1 or id = any($2)
           order by code"#,
        everywhere,
        listed as &[HospitalId],
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| HospitalName {
            id: row.id,
            code: row.code,
            name: Bilingual::new(row.name_ar, row.name_en),
        })
        .collect())
}

/// Whether a person is at home, or holds a role, within reach.
pub(super) async fn is_within_reach(read: Reader<'_>, id: UserId) -> Result<bool> {
    let reach = read.reach();
    Ok(sqlx::query_scalar!(
        r#"select exists (select from user_records($2, $3, $4, null, false) where id = $1)
               as "within!""#,
        id as UserId,
        reach.all,
        &reach.hospitals as &[HospitalId],
        &reach.departments as &[DepartmentId],
    )
    .fetch_one(&mut *read.db().await?)
    .await?)
}

/// Every role of somebody else, for whoever may ask.
pub(super) async fn list_grants_of(read: Reader<'_>, id: UserId) -> Result<Vec<HeldGrant>> {
    list_grants(&mut *read.db().await?, id).await
}

/// Keeps another hash of the same password, unless it was changed meanwhile.
pub(super) async fn keep_rehashed(tx: &mut Tx, account: &Account, rehashed: &str) -> Result<()> {
    sqlx::query!(
        "update users set password_hash = $3 where id = $1 and password_hash = $2",
        account.id as UserId,
        account.password_hash,
        rehashed,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Gives a user another password; `temporary` ones have to be changed at once.
pub(super) async fn set_password(
    tx: &mut Tx,
    id: UserId,
    password_hash: &str,
    temporary: bool,
) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "update users
         set password_hash = $2, password_changed_at = $3, must_change_password = $4,
             -- Whoever lost a password may have lost the other way in as well.
             sso_issuer = case when $4 then null else sso_issuer end,
             sso_subject = case when $4 then null else sso_subject end
         where id = $1",
        id as UserId,
        password_hash,
        now,
        temporary,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// False when the user was disabled or got another password since `account` was read.
pub(super) async fn mark_signed_in(
    tx: &mut Tx,
    account: &Account,
    rehashed: Option<&str>,
) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "update users
         set last_login_at = $2, password_hash = coalesce($4, password_hash)
         where id = $1 and active and password_hash = $3",
        account.id as UserId,
        now,
        account.password_hash,
        rehashed,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

pub(super) async fn insert_user(
    tx: &mut Tx,
    id: UserId,
    user: &NewUser,
    email: &EmailAddress,
    password_hash: &str,
) -> Result<()> {
    let now = tx.now();
    sqlx::query!(
        "insert into users
            (id, username, email, name_ar, name_en, language, password_hash, active, is_demo,
             hospital_id, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, true, $8, $9, $10)",
        id as UserId,
        user.username.trim(),
        email.as_str(),
        user.name.ar.trim(),
        user.name.en.trim(),
        user.language as Locale,
        password_hash,
        user.is_demo,
        user.hospital_id as Option<HospitalId>,
        now,
    )
    .execute(tx.db())
    .await
    .on_constraint("users_username_key", Failure::invalid("username", "taken"))?;
    Ok(())
}

/// False when there is no such department, or not in that hospital.
pub(super) async fn insert_grant(tx: &mut Tx, user_id: UserId, grant: &Grant) -> Result<bool> {
    let now = tx.now();
    let done = sqlx::query!(
        "insert into role_grants (user_id, role, hospital_id, department_id, granted_at)
         select $1, $2, coalesce($3, d.hospital_id), d.id, $5
         from (select $4::uuid as id) wanted left join departments d on d.id = wanted.id
         where wanted.id is null or (d.id is not null and ($3 is null or d.hospital_id = $3))",
        user_id as UserId,
        grant.role as Role,
        grant.hospital_id as Option<HospitalId>,
        grant.department_id as Option<DepartmentId>,
        now,
    )
    .execute(tx.db())
    .await
    .on_constraint("role_grants_hospital_fkey", Failure::invalid("grants", "unknown_hospital"))?;
    Ok(done.rows_affected() == 1)
}

/// False when it was there already.
pub(super) async fn insert_role(tx: &mut Tx, role: Role, name: &Bilingual) -> Result<bool> {
    let done = sqlx::query!(
        "insert into roles (role, level, name_ar, name_en)
         values ($1, $2, $3, $4)
         on conflict (role) do nothing",
        role as Role,
        i16::from(role.level()),
        name.ar,
        name.en,
    )
    .execute(tx.db())
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A source whose key was shown.
pub(super) struct SourceRow {
    pub(super) id: SourceId,
    pub(super) hospitals: Vec<HospitalId>,
}

pub(super) async fn find_source(db: &PgPool, key_hash: &[u8; 32]) -> Result<Option<SourceRow>> {
    Ok(sqlx::query_as!(
        SourceRow,
        r#"select s.id as "id: SourceId",
                  array(select h.hospital_id from source_hospitals h where h.source_id = s.id)
                      as "hospitals!: Vec<HospitalId>"
           from sources s
           where s.key_hash = $1 and s.active"#,
        key_hash.as_slice(),
    )
    .fetch_optional(db)
    .await?)
}

/// The source that sends under this name: of this facility, or of any.
pub(super) async fn find_sender(
    db: &PgPool,
    application: &str,
    facility: &str,
) -> Result<Option<SourceRow>> {
    Ok(sqlx::query_as!(
        SourceRow,
        r#"select s.id as "id: SourceId",
                  array(select h.hospital_id from source_hospitals h where h.source_id = s.id)
                      as "hospitals!: Vec<HospitalId>"
           from sources s
           where s.sending_application = $1 and coalesce(s.sending_facility, $2) = $2 and s.active
           order by s.sending_facility nulls last
           limit 1"#,
        application,
        facility,
    )
    .fetch_optional(db)
    .await?)
}
