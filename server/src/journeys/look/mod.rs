//! Journeys as people see them: the board, the list, one by one.

mod board;
mod detail;
mod list;

use px360_domain::Bilingual;
use px360_domain::access::Permission;
use px360_domain::ids::HospitalId;
use px360_domain::organizations::masked_name;

use crate::ctx::{Ctx, Granted};

pub use board::board;
pub use detail::{journey, journeys_of_in};
pub use list::journeys;

/// What tells whom the caller may know by name.
pub(super) struct Faces(Option<Granted>);

impl Faces {
    /// Of this caller.
    pub(super) fn of(ctx: &Ctx) -> Self {
        Self(ctx.may(Permission::PatientIdentify))
    }

    /// The name, masked for whoever needs no identity in this hospital.
    pub(super) fn name(&self, hospital_id: HospitalId, name: Bilingual) -> Bilingual {
        let known = self.0.as_ref();
        if known.is_some_and(|granted| granted.reach().covers(hospital_id, None, None)) {
            return name;
        }
        Bilingual { ar: masked_name(&name.ar), en: masked_name(&name.en) }
    }
}
