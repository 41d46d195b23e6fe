//! What a source's own codes are here.

mod set;
mod store;
mod targets;

use std::collections::{BTreeSet, HashMap};

use px360_domain::ids::{HospitalId, SourceId};
use px360_domain::integrations::CodeKind;
use uuid::Uuid;

use crate::error::Result;
use crate::tx::Tx;

pub use set::{mappings, remove_mapping, set_mapping};
pub use targets::mapping_targets;

/// What a code stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// One of our rows, with our code of it.
    Row(Row),
    /// A code that templates know.
    Event(String),
    /// Nothing: what it says is left out.
    LeftOut,
}

/// One of our rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) id: Uuid,
    pub(super) code: String,
}

/// The mappings of some sources.
#[derive(Debug, Default)]
pub(super) struct Mappings(HashMap<(SourceId, Option<HospitalId>, CodeKind, String), Target>);

impl Mappings {
    /// What this code of this source stands for: in this hospital, or everywhere.
    pub(super) fn find(
        &self,
        source_id: SourceId,
        hospital_id: HospitalId,
        kind: CodeKind,
        code: &str,
    ) -> Option<&Target> {
        if self.0.is_empty() {
            return None;
        }
        let of = |hospital_id| self.0.get(&(source_id, hospital_id, kind, code.to_owned()));
        of(Some(hospital_id)).or_else(|| of(None))
    }

    /// Which hospital this code of this source stands for.
    pub(super) fn hospital(&self, source_id: SourceId, code: &str) -> Option<HospitalId> {
        match self.0.get(&(source_id, None, CodeKind::Hospital, code.to_owned()))? {
            Target::Row(row) => Some(HospitalId(row.id)),
            Target::Event(_) | Target::LeftOut => None,
        }
    }
}

/// The mappings of these sources.
pub(super) async fn of_sources(tx: &mut Tx, sources: &BTreeSet<SourceId>) -> Result<Mappings> {
    let sources: Vec<SourceId> = sources.iter().copied().collect();
    Ok(Mappings(store::of_sources(tx, &sources).await?))
}
