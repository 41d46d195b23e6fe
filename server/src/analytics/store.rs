//! How roll-ups are kept and read.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use px360_domain::Bilingual;
use px360_domain::analytics::measures::NetPromoterScore;
use px360_domain::analytics::{ActionLoad, DepartmentRow, Funnel, Score, TreeAsOf, TrendPoint};
use px360_domain::ids::{DepartmentId, HospitalId, SurveyId};
use px360_domain::surveys::BASIS_POINTS;

use super::count::{FunnelCount, ResponseCount};
use crate::dates::day;
use crate::error::Result;
use crate::tx::{Reader, Tx};

/// Adds surveys that were created today.
pub(super) async fn add_created(
    tx: &mut Tx,
    counts: &BTreeMap<(HospitalId, Option<DepartmentId>), i32>,
) -> Result<()> {
    let today = day(tx.now());
    sqlx::query!(
        "insert into funnel_rollups as rollup
             (hospital_id, department_id, day, slot, created, suppressed, sent, started, completed)
         select hospital_id, department_id, $4, pg_backend_pid() % 8, created, 0, 0, 0, 0
         from unnest($1::uuid[], $2::uuid[], $3::integer[])
              as new (hospital_id, department_id, created)
         on conflict on constraint funnel_rollups_key
         do update set created = rollup.created + excluded.created",
        &counts.keys().map(|(hospital, _)| *hospital).collect::<Vec<_>>() as _,
        &counts.keys().map(|(_, department)| *department).collect::<Vec<_>>() as _,
        &counts.values().copied().collect::<Vec<_>>(),
        today,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Adds steps to the day on which their survey was created.
pub(super) async fn add_steps(tx: &mut Tx, survey: SurveyId, steps: &[FunnelCount]) -> Result<()> {
    let is = |wanted: FunnelCount| i32::from(steps.contains(&wanted));
    sqlx::query!(
        "insert into funnel_rollups as rollup
             (hospital_id, department_id, day, slot, created, suppressed, sent, started, completed)
         select hospital_id, department_id, created_on, pg_backend_pid() % 8, 0, $2, $3, $4, $5
         from surveys where id = $1
         on conflict on constraint funnel_rollups_key
         do update set suppressed = rollup.suppressed + excluded.suppressed,
                       sent = rollup.sent + excluded.sent,
                       started = rollup.started + excluded.started,
                       completed = rollup.completed + excluded.completed",
        survey as _,
        is(FunnelCount::Suppressed),
        is(FunnelCount::Sent),
        is(FunnelCount::Started),
        is(FunnelCount::Completed),
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Adds a survey that was completed.
pub(super) async fn add_response(
    tx: &mut Tx,
    response: &ResponseCount,
    [promoters, passives, detractors]: [i32; 3],
) -> Result<()> {
    sqlx::query!(
        "insert into response_rollups as rollup
             (hospital_id, department_id, physician_id, day, slot, completed, scored, score_sum,
              promoters, passives, detractors)
         values ($1, $2, $3, $4, pg_backend_pid() % 8, 1, $5, $6, $7, $8, $9)
         on conflict on constraint response_rollups_key
         do update set completed = rollup.completed + excluded.completed,
                       scored = rollup.scored + excluded.scored,
                       score_sum = rollup.score_sum + excluded.score_sum,
                       promoters = rollup.promoters + excluded.promoters,
                       passives = rollup.passives + excluded.passives,
                       detractors = rollup.detractors + excluded.detractors",
        response.hospital_id as _,
        response.department_id as _,
        response.physician_id as _,
        response.on,
        i32::from(response.score.is_some()),
        i64::from(response.score.unwrap_or_default()),
        promoters,
        passives,
        detractors,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Adds these surveys, `times` each (−1 takes them out), to the days and places where they count.
pub(super) async fn add_surveys(tx: &mut Tx, surveys: &[SurveyId], times: i64) -> Result<()> {
    sqlx::query!(
        "insert into funnel_rollups as rollup
             (hospital_id, department_id, day, slot, created, suppressed, sent, started, completed)
         select hospital_id, department_id, created_on, pg_backend_pid() % 8, $2 * count(*),
                $2 * count(*) filter (where status = 'suppressed'), $2 * count(sent_at),
                $2 * count(started_at), $2 * count(completed_at)
         from surveys where id = any($1)
         group by hospital_id, department_id, created_on
         order by hospital_id, department_id, created_on
         on conflict on constraint funnel_rollups_key
         do update set created = rollup.created + excluded.created,
                       suppressed = rollup.suppressed + excluded.suppressed,
                       sent = rollup.sent + excluded.sent,
                       started = rollup.started + excluded.started,
                       completed = rollup.completed + excluded.completed",
        surveys as _,
        times,
    )
    .execute(tx.db())
    .await?;
    sqlx::query!(
        "insert into response_rollups as rollup
             (hospital_id, department_id, physician_id, day, slot, completed, scored, score_sum,
              promoters, passives, detractors)
         select hospital_id, department_id, physician_id,
                (completed_at at time zone 'Asia/Riyadh')::date, pg_backend_pid() % 8, $2 * count(*),
                $2 * count(score), $2 * coalesce(sum(score), 0),
                $2 * count(*) filter (where nps >= 9),
                $2 * count(*) filter (where nps in (7, 8)),
                $2 * count(*) filter (where nps <= 6)
         -- What was answered anonymously belongs to nobody's visit any more.
         from surveys where id = any($1) and completed_at is not null and part = 'whole'
         group by 1, 2, 3, 4
         order by 1, 2, 3, 4
         on conflict on constraint response_rollups_key
         do update set completed = rollup.completed + excluded.completed,
                       scored = rollup.scored + excluded.scored,
                       score_sum = rollup.score_sum + excluded.score_sum,
                       promoters = rollup.promoters + excluded.promoters,
                       passives = rollup.passives + excluded.passives,
                       detractors = rollup.detractors + excluded.detractors",
        surveys as _,
        times,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// A span of days, both included, and perhaps one hospital.
#[derive(Clone, Debug)]
pub(super) struct Slice {
    pub(super) hospital: Option<String>,
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
}

/// The sums of a slice.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Totals {
    scored: i64,
    score_sum: i64,
    promoters: i64,
    passives: i64,
    detractors: i64,
}

impl Totals {
    pub(super) fn nps(&self) -> NetPromoterScore {
        NetPromoterScore::from_counts(self.promoters, self.passives, self.detractors)
    }

    pub(super) fn promoters(&self) -> i64 {
        self.promoters
    }

    pub(super) fn score(&self) -> Score {
        // Sums stay far below 2^53, so the division is the only rounding.
        #[expect(clippy::cast_precision_loss, reason = "whole numbers below 2^53")]
        let mean = (self.scored > 0).then(|| {
            self.score_sum as f64 * 100.0 / (self.scored as f64 * f64::from(BASIS_POINTS))
        });
        Score { mean, n: self.scored }
    }
}

/// What completed surveys said.
pub(super) async fn totals(read: Reader<'_>, slice: &Slice) -> Result<Totals> {
    let reach = read.reach();
    let totals = sqlx::query_as!(
        Totals,
        r#"select coalesce(sum(scored), 0) as "scored!",
                  coalesce(sum(score_sum), 0)::bigint as "score_sum!",
                  coalesce(sum(promoters), 0) as "promoters!",
                  coalesce(sum(passives), 0) as "passives!",
                  coalesce(sum(detractors), 0) as "detractors!"
           from response_rollups as rollup
           join hospitals as hospital on hospital.id = rollup.hospital_id
           where ($1 or rollup.hospital_id = any($2) or rollup.department_id = any($3))
             and ($4::text is null or hospital.code = $4)
             and day between $5 and $6"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        slice.hospital,
        slice.from,
        slice.to,
    )
    .fetch_one(&mut *read.db().await?)
    .await?;
    Ok(totals)
}

/// How invitations became answers.
pub(super) async fn funnel(read: Reader<'_>, slice: &Slice) -> Result<Funnel> {
    let reach = read.reach();
    let funnel = sqlx::query_as!(
        Funnel,
        r#"select coalesce(sum(created), 0) as "created!",
                  coalesce(sum(suppressed), 0) as "suppressed!",
                  coalesce(sum(sent), 0) as "sent!", coalesce(sum(started), 0) as "started!",
                  coalesce(sum(completed), 0) as "completed!"
           from funnel_rollups as rollup
           join hospitals as hospital on hospital.id = rollup.hospital_id
           where ($1 or rollup.hospital_id = any($2) or rollup.department_id = any($3))
             and ($4::text is null or hospital.code = $4)
             and day between $5 and $6"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        slice.hospital,
        slice.from,
        slice.to,
    )
    .fetch_one(&mut *read.db().await?)
    .await?;
    Ok(funnel)
}

/// The sums of each week, which begins on Sunday, oldest first.
pub(super) async fn trend(read: Reader<'_>, slice: &Slice) -> Result<Vec<TrendPoint>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"select (day - extract(dow from day)::integer) as "week!",
                  sum(scored) as "scored!", sum(score_sum)::bigint as "score_sum!",
                  sum(promoters) as "promoters!", sum(passives) as "passives!",
                  sum(detractors) as "detractors!"
           from response_rollups as rollup
           join hospitals as hospital on hospital.id = rollup.hospital_id
           where ($1 or rollup.hospital_id = any($2) or rollup.department_id = any($3))
             and ($4::text is null or hospital.code = $4)
             and day between $5 and $6
           group by 1 order by 1"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        slice.hospital,
        slice.from,
        slice.to,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let points = rows.into_iter().map(|row| {
        let totals = Totals {
            scored: row.scored,
            score_sum: row.score_sum,
            promoters: row.promoters,
            passives: row.passives,
            detractors: row.detractors,
        };
        TrendPoint { week: row.week, nps: totals.nps(), score: totals.score() }
    });
    Ok(points.collect())
}

/// The sums and the open work of each department with everything below it, most detractors first.
pub(super) async fn departments(
    read: Reader<'_>,
    slice: &Slice,
    now: DateTime<Utc>,
    tree: TreeAsOf,
) -> Result<Vec<DepartmentRow>> {
    let reach = read.reach();
    let rows = sqlx::query_file!(
        "src/analytics/sql/departments.sql",
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        slice.hospital,
        slice.from,
        slice.to,
        now,
        tree == TreeAsOf::Today,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    let departments = rows.into_iter().map(|row| {
        let totals = Totals {
            scored: row.scored,
            score_sum: row.score_sum,
            promoters: row.promoters,
            passives: row.passives,
            detractors: row.detractors,
        };
        DepartmentRow {
            id: row.id,
            name: row.name_ar.zip(row.name_en).map(|(ar, en)| Bilingual { ar, en }),
            hospital: Bilingual { ar: row.hospital_ar, en: row.hospital_en },
            nps: totals.nps(),
            score: totals.score(),
            open_actions: row.open,
            overdue_actions: row.overdue,
        }
    });
    Ok(departments.collect())
}

/// The work that is open now.
pub(super) async fn action_load(
    read: Reader<'_>,
    hospital: Option<&str>,
    now: DateTime<Utc>,
) -> Result<ActionLoad> {
    let reach = read.reach();
    let load = sqlx::query_as!(
        ActionLoad,
        r#"select count(*) as "open!",
                  count(*) filter (where due_at <= $5) as "overdue!",
                  count(*) filter (where action.status = 'pending_approval') as "pending_approval!",
                  min(due_at) filter (where due_at <= $5) as oldest_overdue_at
           from actions as action
           join hospitals as hospital on hospital.id = action.hospital_id
           where ($1 or action.hospital_id = any($2) or action.department_id = any($3))
             and ($4::text is null or hospital.code = $4)
             and action.status <> 'closed'"#,
        reach.all,
        &reach.hospitals as _,
        &reach.departments as _,
        hospital,
        now,
    )
    .fetch_one(&mut *read.db().await?)
    .await?;
    Ok(load)
}
