//! Row-level security: the second wall, behind the scope that every statement applies itself.
//!
//! The database cuts rows by what a transaction says of itself in `px.scope` (migration `wall`). Here
//! is what it says, and who says nothing at all: the accounts of whoever asks are read before anybody
//! knows how far they may reach.

use px360_domain::access::{Permission, Reach};
use serde_json::json;
use sqlx::{AssertSqlSafe, PgConnection};

use crate::ctx::{Actor, Granted};

/// The role that the program works as. It owns no table and bypasses no policy.
pub(crate) const ROLE: &str = "px360_app";

/// What is run after every migration.
const GRANTS: &str = include_str!("wall.sql");

/// Which of the two walls stand. Everywhere both do; tests take one away to see the other alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Walls {
    /// The scope in the statements, and row-level security.
    #[default]
    Both,
    /// Statements cut what they read; the database shows every row.
    ScopeAlone,
    /// The database cuts; statements ask for everything.
    RowsAlone,
}

/// A transaction that begins as `begin` says and sees what was granted. One message to the database.
pub(crate) fn opening(begin: &str, actor: &Actor, granted: &Granted) -> AssertSqlSafe<String> {
    // Nothing but ids and words of our own: no quote can be in it.
    let scope = scope(actor, granted);
    let more = match actor {
        // A patient's statements find rows by their keys, whatever the values: planning them anew with their policies
        // takes longer than running them. Their hospital is known when their survey is locked (`surveys::store::lock`).
        Actor::Invited { .. } => {
            ", set_config('plan_cache_mode', 'force_generic_plan', true)".to_owned()
        }
        _ => {
            let hospitals = granted.within().hospitals.iter();
            let hospitals: Vec<String> = hospitals.map(ToString::to_string).collect();
            format!(", set_config('px.hospitals', '{{{}}}', true)", hospitals.join(","))
        }
    };
    AssertSqlSafe(format!(
        "{begin}; set local role {ROLE}; select set_config('px.scope', '{scope}', true){more}"
    ))
}

/// What a connection does before it serves anybody: from here on it is the role that owns nothing. Outside
/// of a transaction it sees places and people, and no patient and no work. Before the first migration there
/// is no such role, and nothing to see either.
pub(crate) async fn enter(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query_scalar!(
        "select set_config('role', $1, false) || set_config('px.scope', $2, false)
         from pg_roles where rolname = $1",
        ROLE,
        json!({ "directory": true }).to_string(),
    )
    .fetch_optional(db)
    .await?;
    Ok(())
}

/// What whoever migrates sees: everything, because a migration may move what it finds.
pub(crate) async fn stand_above(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query_scalar!("select set_config('px.scope', 'all', false)").fetch_one(db).await?;
    Ok(())
}

/// Opens the wall for the rest of a transaction.
pub(crate) async fn open(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query_scalar!("select set_config('px.scope', 'all', true)").fetch_one(db).await?;
    Ok(())
}

/// Gives the role what it needs of every table that there is by now.
pub(crate) async fn grant(db: &mut PgConnection) -> Result<(), sqlx::Error> {
    // Not checked at compile time: several statements, on tables of the queue and of sqlx among others.
    sqlx::raw_sql(GRANTS).execute(db).await?;
    Ok(())
}

/// What is said in `px.scope`.
pub(crate) fn scope(actor: &Actor, granted: &Granted) -> String {
    let Reach { all, hospitals, departments, own } = granted.within();
    if *all {
        return "all".to_owned();
    }
    let (me, survey, source) = match actor {
        Actor::User { id, .. } => (Some(id), None, None),
        Actor::Invited { survey } => (None, Some(survey), None),
        Actor::Source { id, .. } => (None, None, Some(id)),
        Actor::Anonymous | Actor::System(_) => (None, None, None),
    };
    json!({
        "hospitals": hospitals, "departments": departments, "own": own, "me": me, "survey": survey,
        "source": source, "directory": names_anybody(granted.permission()),
    })
    .to_string()
}

/// Whether places and people may be named beyond the reach of a permission: for everything but looking
/// through them, keeping them, and changing what they may do or how they sign in.
fn names_anybody(permission: Permission) -> bool {
    use Permission as P;
    !matches!(
        permission,
        P::HospitalRead
            | P::HospitalWrite
            | P::DepartmentRead
            | P::DepartmentWrite
            | P::PhysicianRead
            | P::PhysicianWrite
            | P::EmployeeRead
            | P::EmployeeWrite
            | P::UserRead
            | P::UserWrite
            | P::UserSecure
            | P::RoleGrant
    )
}
