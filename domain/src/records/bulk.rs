//! One deed for many records.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{RecordKind, RecordQuery};

/// Which records one deed is meant for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PickedRecords {
    /// These.
    Ids(Vec<Uuid>),
    /// Everything that a list with this query shows, on all its pages.
    Matching(RecordQuery),
}

/// What is done to each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BulkDeed {
    /// Says yes or no in the kind's [bulk flag](RecordKind::bulk_flag).
    Flag(bool),
    /// Takes it out of every list, where nothing needs it.
    Remove,
}

impl RecordKind {
    /// The field of yes or no that is set for many records at once: whether they are in use; of patients,
    /// whether they are left alone.
    pub const fn bulk_flag(self) -> &'static str {
        match self {
            Self::Patient => "do_not_contact",
            Self::Hospital | Self::Department | Self::Physician | Self::Employee | Self::User => {
                "active"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::Form;

    #[test]
    fn every_kind_has_the_flag_that_is_set_for_many() {
        for kind in RecordKind::ALL {
            let field = kind.field(kind.bulk_flag()).unwrap();
            assert_eq!(field.form, Form::Flag, "{kind}");
        }
    }
}
