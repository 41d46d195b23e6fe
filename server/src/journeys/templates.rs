//! The published templates, hospital's own before the group's.

use px360_domain::ids::{HospitalId, JourneyTemplateId};
use px360_domain::journeys::JourneyTemplate;
use px360_domain::journeys::matching::{self, Effect};

use super::store;
use crate::error::Result;
use crate::tx::Tx;

/// Every template that was ever published.
#[derive(Clone, Debug, Default)]
pub struct Templates(pub(super) Vec<Published>);

/// One published version.
#[derive(Clone, Debug)]
pub(super) struct Published {
    /// Whose; none means the whole group's.
    pub(super) hospital_id: Option<HospitalId>,
    /// Retired versions open no journeys, but running journeys keep theirs.
    pub(super) retired: bool,
    pub(super) template: JourneyTemplate,
}

impl Templates {
    /// The current template that knows this event code in this hospital, and what the code does.
    pub fn find(
        &self,
        hospital_id: HospitalId,
        event_code: &str,
    ) -> Option<(&JourneyTemplate, Effect<'_>)> {
        let of = |owner: Option<HospitalId>| {
            self.0
                .iter()
                .filter(move |published| !published.retired && published.hospital_id == owner)
                .map(|published| &published.template)
        };
        of(Some(hospital_id))
            .chain(of(None))
            .find_map(|template| Some((template, matching::effect(template, event_code)?)))
    }

    /// The version of this id, retired or not.
    pub fn get(&self, id: JourneyTemplateId) -> Option<&JourneyTemplate> {
        self.0.iter().map(|published| &published.template).find(|template| template.id == id)
    }
}

/// Loads every published template.
pub async fn published_templates_in(tx: &mut Tx) -> Result<Templates> {
    Ok(Templates(store::published_templates(tx).await?))
}
