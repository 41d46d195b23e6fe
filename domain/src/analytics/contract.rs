//! What crosses the wire about dashboards.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::measures::{Interval, NetPromoterScore};
use crate::Bilingual;
use crate::dates::HijriDate;
use crate::ids::DepartmentId;

/// What the command center shows. Mirrors the URL.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DashboardFilter {
    /// The code of a hospital; absent means all within reach.
    #[serde(default)]
    pub hospital: Option<String>,
    /// How many days back from today, 7 to 365; 90 when absent.
    #[serde(default)]
    pub days: Option<u16>,
    /// Which tree the departments are summed up by; that of each answer's day when absent.
    #[serde(default)]
    pub tree: Option<TreeAsOf>,
}

closed_enum! {
    /// Which department stands below which, when their answers are summed up.
    pub enum TreeAsOf {
        /// As on the day of each answer: a move rewrites no history.
        Event => "event",
        /// As today: departments can be compared over a move.
        Today => "today",
    }
}

/// The command center's numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CommandCenter {
    /// When this was true.
    #[serde(with = "crate::compact::instant")]
    pub as_of: DateTime<Utc>,
    /// The same day in the Umm al-Qura calendar.
    pub as_of_hijri: HijriDate,
    /// The first day that counts, in the hospitals' time zone.
    #[serde(with = "crate::compact::day")]
    pub from: NaiveDate,
    /// The last day that counts.
    #[serde(with = "crate::compact::day")]
    pub to: NaiveDate,
    /// The mean score of completed surveys.
    pub score: Score,
    /// The same in the period of equal length before.
    pub score_before: Score,
    /// The net promoter score.
    pub nps: NetPromoterScore,
    /// The same in the period before.
    pub nps_before: NetPromoterScore,
    /// The share of NPS answers of 9 or 10, with its Wilson interval; none without answers.
    pub top_box: Option<Interval>,
    /// How invitations became answers.
    pub funnel: Funnel,
    /// The work that is open now.
    pub actions: ActionLoad,
    /// NPS and score by week, oldest first.
    pub trend: Vec<TrendPoint>,
    /// One row per department with answers or open work in it or below it, most detractors first.
    pub departments: Vec<DepartmentRow>,
}

/// A mean of survey scores.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Score {
    /// 0 to 100; none without surveys.
    pub mean: Option<f64>,
    /// How many surveys.
    pub n: i64,
}

/// How invitations became answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Funnel {
    /// Surveys that completed stages asked for.
    pub created: i64,
    /// Of these, not sent because a rule said so.
    pub suppressed: i64,
    /// Of these, sent.
    pub sent: i64,
    /// Of these, begun.
    pub started: i64,
    /// Of these, handed in.
    pub completed: i64,
}

/// The work that is open now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActionLoad {
    /// Not closed.
    pub open: i64,
    /// Past the running deadline.
    pub overdue: i64,
    /// Waiting for an approver.
    pub pending_approval: i64,
    /// The oldest running deadline that has passed.
    #[serde(with = "crate::compact::instant_option")]
    pub oldest_overdue_at: Option<DateTime<Utc>>,
}

/// One week of the trend.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TrendPoint {
    /// The Sunday that the week begins with.
    #[serde(with = "crate::compact::day")]
    pub week: NaiveDate,
    /// The week's net promoter score.
    pub nps: NetPromoterScore,
    /// The week's mean score.
    pub score: Score,
}

/// One department of the table, with everything below it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DepartmentRow {
    /// Which; none for what no department is known of.
    pub id: Option<DepartmentId>,
    /// Its name.
    pub name: Option<Bilingual>,
    /// Its hospital.
    pub hospital: Bilingual,
    /// Its net promoter score.
    pub nps: NetPromoterScore,
    /// Its mean score.
    pub score: Score,
    /// Its open actions.
    pub open_actions: i64,
    /// Of these, past their deadline.
    pub overdue_actions: i64,
}
