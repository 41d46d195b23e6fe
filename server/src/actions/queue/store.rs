//! What a list of actions holds. Every statement asks `actions_matching`, the one place where reach
//! and filter become SQL.

use chrono::{DateTime, Utc};
use px360_domain::access::Reach;
use px360_domain::actions::{
    ActionCounts, ActionFilter, ActionKind, ActionNeighbours, ActionOrder, ActionStatus, Severity,
};
use px360_domain::calendar::WorkCalendar;
use px360_domain::ids::{ActionId, DepartmentId, HospitalId, UserId};
use sqlx::types::Json;

use crate::actions::list::Cursor;
use crate::actions::views::CardRow;
use crate::error::Result;
use crate::tx::Reader;

/// What a filter and a reach come to, as `actions_matching` wants it.
struct Wanted<'a> {
    reach: &'a Reach,
    states: Vec<String>,
    hospital: Option<&'a str>,
    due_until: Option<DateTime<Utc>>,
    owner: Option<UserId>,
}

impl<'a> Wanted<'a> {
    /// No state named means whatever is not closed; what belongs to nobody in particular is not
    /// `mine`.
    fn of(
        read: Reader<'a>,
        filter: &'a ActionFilter,
        me: Option<UserId>,
        now: DateTime<Utc>,
    ) -> Self {
        let asked: Vec<ActionStatus> = if filter.status.is_empty() {
            ActionStatus::ALL.iter().copied().filter(|status| status.is_live()).collect()
        } else {
            filter.status.clone()
        };
        Self {
            reach: read.reach(),
            states: asked.iter().map(ToString::to_string).collect(),
            hospital: filter.hospital.as_deref(),
            due_until: filter.overdue.then_some(now),
            owner: filter.mine.then(|| me.unwrap_or(UserId(uuid::Uuid::nil()))),
        }
    }
}

/// One page of lines in the order that the filter asks for.
pub(in crate::actions) async fn list_cards(
    read: Reader<'_>,
    filter: &ActionFilter,
    me: Option<UserId>,
    after: Option<&Cursor>,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<CardRow>> {
    let Wanted { reach, states, hospital, due_until, owner } = Wanted::of(read, filter, me, now);
    let order = filter.sort.unwrap_or(ActionOrder::Due);
    let rows = sqlx::query_file_as!(
        CardRow,
        "src/actions/queue/sql/list_cards.sql",
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        reach.own as _,
        &states,
        hospital,
        due_until,
        owner as _,
        order.key(),
        order.is_descending(),
        after.is_some(),
        after.map(|cursor| cursor.place),
        after.map(|cursor| cursor.id) as _,
        limit,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows)
}

/// The actions that a filter matches, on all pages.
pub(in crate::actions) async fn list_ids(
    read: Reader<'_>,
    filter: &ActionFilter,
    me: Option<UserId>,
    now: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<ActionId>> {
    let Wanted { reach, states, hospital, due_until, owner } = Wanted::of(read, filter, me, now);
    let ids = sqlx::query_scalar!(
        r#"select id as "id!: ActionId"
           from actions_matching($1, $2, $3, $4, $5, $6, $7, $8)
           order by id
           limit $9"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        reach.own as _,
        &states,
        hospital,
        due_until,
        owner as _,
        limit,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(ids)
}

/// How many actions a filter matches, and how many of these are past their running deadline.
pub(in crate::actions) async fn count(
    read: Reader<'_>,
    filter: &ActionFilter,
    me: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<Matching> {
    let Wanted { reach, states, hospital, due_until, owner } = Wanted::of(read, filter, me, now);
    let matching = sqlx::query_as!(
        Matching,
        r#"select count(*) as "total!", count(*) filter (where due_at <= $9) as "overdue!"
           from actions_matching($1, $2, $3, $4, $5, $6, $7, $8)"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        reach.own as _,
        &states,
        hospital,
        due_until,
        owner as _,
        now,
    )
    .fetch_one(&mut *read.db().await?)
    .await?;
    Ok(matching)
}

/// How many actions a filter matches.
pub(in crate::actions) struct Matching {
    /// All of them.
    pub(in crate::actions) total: i64,
    /// Those past their running deadline.
    pub(in crate::actions) overdue: i64,
}

/// The counts of the fixed views, in one hospital or in all within reach.
pub(in crate::actions) async fn counts(
    read: Reader<'_>,
    hospital: Option<&str>,
    me: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<ActionCounts> {
    let live = ActionFilter::default();
    let Wanted { reach, states, .. } = Wanted::of(read, &live, me, now);
    let counts = sqlx::query_as!(
        ActionCounts,
        r#"select count(*) as "live!",
                  count(*) filter (where due_at <= $7) as "overdue!",
                  count(*) filter (where status = 'pending_approval') as "pending_approval!",
                  count(*) filter (where owner_id = $8) as "mine!"
           from actions_matching($1, $2, $3, $4, $5, $6, null, null)"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        reach.own as _,
        &states,
        hospital,
        now,
        me as _,
    )
    .fetch_one(&mut *read.db().await?)
    .await?;
    Ok(counts)
}

/// Where an action stands in the list of a filter, and what stands before and behind it there.
///
/// Also for an action that the filter does not match: then its place is where it would stand.
pub(in crate::actions) async fn neighbours(
    read: Reader<'_>,
    id: ActionId,
    filter: &ActionFilter,
    me: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<Option<ActionNeighbours>> {
    let Wanted { reach, states, hospital, due_until, owner } = Wanted::of(read, filter, me, now);
    let order = filter.sort.unwrap_or(ActionOrder::Due);
    let row = sqlx::query_file!(
        "src/actions/queue/sql/neighbours.sql",
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        reach.own as _,
        &states,
        hospital,
        due_until,
        owner as _,
        order.key(),
        order.is_descending(),
        id as _,
    )
    .fetch_optional(&mut *read.db().await?)
    .await?;
    Ok(row.map(|row| ActionNeighbours {
        place: row.listed.then_some(row.before + 1),
        total: row.total,
        previous: row.previous,
        next: row.next,
    }))
}
