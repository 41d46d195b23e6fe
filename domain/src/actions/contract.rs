//! What crosses the wire about actions.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{ActionKind, ActionLogKind, ActionOrder, ActionStatus, Clock, Severity};
use crate::Bilingual;
use crate::calendar::WorkSpan;
use crate::dates::HijriDate;
use crate::ids::{ActionId, SurveyFileId, UserId};
use crate::surveys::Answer;

/// Which actions a list shows. Mirrors the URL; absent means any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionFilter {
    /// Any of these states; empty means every state but `closed`.
    #[serde(default)]
    pub status: Vec<ActionStatus>,
    /// The code of a hospital.
    #[serde(default)]
    pub hospital: Option<String>,
    /// Only what is past its running deadline.
    #[serde(default)]
    pub overdue: bool,
    /// Only what belongs to me.
    #[serde(default)]
    pub mine: bool,
    /// The order; nearest deadline first when absent.
    #[serde(default)]
    pub sort: Option<ActionOrder>,
    /// Opaque, from the page before.
    #[serde(default)]
    pub cursor: Option<String>,
    /// How many rows, 1 to [`PAGE_SIZE_MAX`](crate::page::PAGE_SIZE_MAX); 50 when absent.
    #[serde(default)]
    pub limit: Option<u16>,
}

/// Which actions one deed is meant for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PickedActions {
    /// These.
    Ids(Vec<ActionId>),
    /// Everything that a list with this filter shows, on all its pages.
    Matching(ActionFilter),
}

/// An action as a line of a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionHit {
    /// Which.
    pub id: ActionId,
    /// Its reference: `ACT-26-00417`.
    pub reference: String,
    /// Where it stands.
    pub status: ActionStatus,
    /// Where it happened.
    pub hospital: Bilingual,
    /// The patient, masked for whoever may not know.
    pub patient: Bilingual,
}

/// Where an action stands in a list, and the way to those beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionNeighbours {
    /// Its place, from 1; none when the list does not hold it.
    pub place: Option<i64>,
    /// How many the list holds.
    pub total: i64,
    /// The one before it.
    pub previous: Option<ActionId>,
    /// The one behind it.
    pub next: Option<ActionId>,
}

/// How many actions each fixed view of the list holds, within the caller's reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActionCounts {
    /// Everything that is not closed.
    pub live: i64,
    /// Past the running deadline.
    pub overdue: i64,
    /// Waiting for an approver.
    pub pending_approval: i64,
    /// Live and mine.
    pub mine: i64,
}

/// One action as a line in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActionCard {
    /// Which.
    pub id: ActionId,
    /// What people call it: `ACT-26-00417`.
    pub reference: String,
    /// What caused it.
    pub kind: ActionKind,
    /// How bad it is.
    pub severity: Severity,
    /// Where it stands.
    pub status: ActionStatus,
    /// The answer to the NPS question, 0 to 10.
    pub nps: Option<u8>,
    /// The beginning of the patient's own words.
    pub comment: Option<String>,
    /// Whose patient.
    pub hospital: Bilingual,
    /// Where it happened.
    pub department: Option<Bilingual>,
    /// The step of the journey.
    pub stage: Option<Bilingual>,
    /// Who works on it.
    pub owner: Option<Bilingual>,
    /// The patient's name, masked for those who need no identity.
    pub patient: Bilingual,
    /// When it was opened.
    #[serde(with = "crate::compact::instant")]
    pub opened_at: DateTime<Utc>,
    /// The running deadline; none when closed.
    #[serde(with = "crate::compact::instant_option")]
    pub due_at: Option<DateTime<Utc>>,
    /// Which clock that is.
    pub clock: Option<Clock>,
    /// Whether that deadline has passed.
    pub overdue: bool,
    /// Minutes of working time until the deadline, negative when it has passed.
    pub working_minutes_left: Option<i64>,
    /// How far it climbed the ladder, 0 to 3.
    pub escalation_level: u8,
}

/// A list of actions with everything its page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActionList {
    /// The rows, nearest deadline first.
    pub items: Vec<ActionCard>,
    /// Give back as `cursor` for the next page.
    pub next_cursor: Option<String>,
    /// How many match in all.
    pub total: i64,
    /// The counts of the fixed views.
    pub counts: ActionCounts,
    /// When this was true.
    #[serde(with = "crate::compact::instant")]
    pub as_of: DateTime<Utc>,
}

/// One action with everything about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActionDetail {
    /// The line of the list.
    pub card: ActionCard,
    /// Give back with every change: a stale one is refused.
    pub version: i32,
    /// The patient's phone, masked for those who need no identity.
    pub patient_phone: Option<String>,
    /// The patient's record number in this hospital, masked likewise.
    pub patient_mrn: Option<String>,
    /// Who treated.
    pub physician: Option<Bilingual>,
    /// The hospital's visit number.
    pub encounter: String,
    /// Whether the patient agreed to be called: the last word on it.
    pub callback: Option<bool>,
    /// What the patient answered, in the order of the survey.
    pub answers: Vec<AnsweredQuestion>,
    /// The same complaint of the same patient since then, oldest first.
    pub repeats: Vec<RepeatedComplaint>,
    /// The deadline for starting.
    #[serde(with = "crate::compact::instant")]
    pub response_due_at: DateTime<Utc>,
    /// When work started.
    #[serde(with = "crate::compact::instant_option")]
    pub responded_at: Option<DateTime<Utc>>,
    /// The deadline for solving.
    #[serde(with = "crate::compact::instant")]
    pub resolution_due_at: DateTime<Utc>,
    /// When it was closed.
    #[serde(with = "crate::compact::instant_option")]
    pub closed_at: Option<DateTime<Utc>>,
    /// Why the running deadline is when it is: the working time that leads to it.
    pub why_due: Vec<WorkSpan>,
    /// The running deadline in the Umm al-Qura calendar.
    pub due_hijri: Option<HijriDate>,
    /// What was done about it, as the owner wrote when closing.
    pub resolution: Option<String>,
    /// Everything that happened, oldest first.
    pub timeline: Vec<ActionLogEntry>,
    /// What the caller may do now.
    pub may: ActionRights,
    /// When this was true.
    #[serde(with = "crate::compact::instant")]
    pub as_of: DateTime<Utc>,
}

/// What the caller may do with one action now; the server asks again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActionRights {
    /// Start it.
    pub start: bool,
    /// Close it, or ask for its closing.
    pub close: bool,
    /// Approve or reject the closing.
    pub decide: bool,
    /// Would be allowed to decide, were it not for four eyes.
    pub four_eyes: bool,
    /// Write a note.
    pub note: bool,
}

/// A complaint that came again while the action about it stood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RepeatedComplaint {
    /// When.
    #[serde(with = "crate::compact::instant")]
    pub at: DateTime<Utc>,
    /// Whether the patient agreed to be called about it.
    pub callback: Option<bool>,
    /// What was answered, in the order of the survey.
    pub answers: Vec<AnsweredQuestion>,
}

/// One answered question of the survey behind an action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AnsweredQuestion {
    /// The question's stable key.
    pub key: String,
    /// What was asked.
    pub text: Bilingual,
    /// Of what, where several things were rated at once.
    pub row: Option<Bilingual>,
    /// What the answer is called where its values have names; of a ranking, the first one first.
    pub names: Vec<Bilingual>,
    /// What was answered.
    #[cfg_attr(feature = "openapi", schema(value_type = crate::surveys::Bare))]
    pub answer: Answer,
    /// The best value of the scale, for scales.
    pub out_of: Option<u8>,
    /// The file that the answer names, where it names one.
    pub file: Option<SurveyFileId>,
    /// Whether this answer fired a rule.
    pub triggered: bool,
}

/// One entry of an action's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ActionLogEntry {
    /// What happened.
    pub kind: ActionLogKind,
    /// When.
    #[serde(with = "crate::compact::instant")]
    pub at: DateTime<Utc>,
    /// Who; none when it was the system.
    pub by: Option<Bilingual>,
    /// What a person wrote.
    pub text: Option<String>,
    /// For an escalation: the level, 1 to 3.
    pub level: Option<u8>,
    /// For an escalation or assignment: who is told.
    pub towards: Option<Bilingual>,
    /// In whose place that person acted, or is told.
    pub in_place_of: Option<Bilingual>,
    /// For the call-back answer: yes or no.
    pub agreed: Option<bool>,
}

/// Start working on an action; whoever starts an unowned action owns it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StartAction {
    /// The version that the caller saw.
    pub version: i32,
}

/// Close an action, or ask for its closing when it is severe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CloseAction {
    /// The version that the caller saw.
    pub version: i32,
    /// What was done about it; 1 to [`NOTE_CHARS_MAX`] characters.
    pub resolution: String,
}

/// Approve or reject the closing of a severe action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecideAction {
    /// The version that the caller saw.
    pub version: i32,
    /// True closes it, false sends it back.
    pub approve: bool,
    /// Why; required when rejecting.
    pub reason: String,
}

/// Write a note on an action's timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoteAction {
    /// The note; 1 to [`NOTE_CHARS_MAX`] characters.
    pub text: String,
}

/// The longest note or resolution, in characters.
pub const NOTE_CHARS_MAX: usize = 2_000;

/// The head of an action: what gates and machines ask about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionHead {
    /// Which.
    pub id: ActionId,
    /// Where it stands.
    pub status: ActionStatus,
    /// How bad it is.
    pub severity: Severity,
    /// Who works on it.
    pub owner_id: Option<UserId>,
    /// Who asked for its closing.
    pub close_requested_by: Option<UserId>,
    /// The row's version.
    pub version: i32,
}
