//! What crosses the wire about saved views.

use serde::{Deserialize, Serialize};

use super::{Audience, ListName};
use crate::Bilingual;
use crate::access::Role;
use crate::actions::ActionFilter;
use crate::ids::{HospitalId, SavedViewId};
use crate::records::RecordKind;

/// How one list is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Look {
    /// The action center.
    Actions(ActionLook),
    /// A list of records.
    Records(RecordLook),
}

impl Look {
    /// The list that is shown.
    pub const fn list(&self) -> ListName {
        match self {
            Self::Actions(_) => ListName::Actions,
            Self::Records(look) => ListName::of_records(look.kind),
        }
    }
}

/// How a list of records is shown. Words that are looked for are not kept: they may be a patient's name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordLook {
    /// Of which kind.
    pub kind: RecordKind,
    /// Fields and the value that each must have, in the order of the kind's fields.
    #[serde(default)]
    pub filters: Vec<(String, String)>,
    /// The order: a field's name, with a minus before it for the other way round.
    #[serde(default)]
    pub ordering: Option<String>,
    /// How many records on a page.
    #[serde(default)]
    pub limit: Option<u16>,
    /// The columns in their order; empty for the list's own.
    #[serde(default)]
    pub columns: Vec<String>,
}

/// How the action center is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionLook {
    /// Filters, order and rows on a page; never a page.
    pub filter: ActionFilter,
    /// The columns in their order; empty for the list's own.
    #[serde(default)]
    pub columns: Vec<String>,
}

/// A view as one person finds it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// Which.
    pub id: SavedViewId,
    /// What it was called, in whatever language.
    pub name: String,
    /// Who finds it.
    pub audience: Audience,
    /// Of a shared view: whose; none means the whole group.
    pub hospital_id: Option<HospitalId>,
    /// Of a view for a role: which.
    pub role: Option<Role>,
    /// Who saved it.
    pub by: Bilingual,
    /// Whether the reader did.
    pub mine: bool,
    /// Whether the reader may change or remove it.
    pub may_change: bool,
    /// Whether it stands beside the list.
    pub shown: bool,
    /// Whether the list opens with it.
    pub opens_first: bool,
    /// Give back with every change: a stale one is refused.
    pub version: i32,
    /// What it shows.
    pub look: Look,
    /// How many rows the reader finds in it; only counted where it is shown.
    pub count: Option<ViewCount>,
}

/// A view that somebody's list opens with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningView {
    /// Which.
    pub id: SavedViewId,
    /// What it shows.
    pub look: Look,
}

/// How much a view holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewCount {
    /// All rows.
    pub total: i64,
    /// Those past their deadline.
    pub overdue: i64,
}

/// Save a view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveView {
    /// 1 to [`VIEW_NAME_CHARS_MAX`] characters; once for each person and list.
    pub name: String,
    /// Who is to find it.
    pub audience: Audience,
    /// Of a shared view: whose; none means the whole group.
    pub hospital_id: Option<HospitalId>,
    /// Of a view for a role: which.
    pub role: Option<Role>,
    /// What it shows.
    pub look: Look,
}

/// Change a saved view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeView {
    /// The version that the caller saw.
    pub version: i32,
    /// What it is from now on; always of the same list.
    pub view: SaveView,
}

/// Place a view beside the list or not, or first or not; for oneself only. What is not said stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MarkView {
    /// Whether it stands beside the list.
    pub shown: Option<bool>,
    /// Whether the list opens with it; then no other view does.
    pub opens_first: Option<bool>,
}

/// The longest name of a view, in characters: more does not fit on a tab.
pub const VIEW_NAME_CHARS_MAX: usize = 40;
/// The most views that one person saves of one list.
pub const VIEWS_MAX: i64 = 50;
