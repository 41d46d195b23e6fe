//! The published templates, hospital's own before the group's.

use std::collections::BTreeSet;

use px360_domain::ids::{HospitalId, JourneyTemplateId, StageTemplateId};
use px360_domain::journeys::{JourneyTemplate, JourneyType, StageTemplate, Subject, matching};

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
    /// The version of each type that an encounter of this hospital follows: the one that a journey of it
    /// follows already, or the current one.
    pub fn of(
        &self,
        hospital_id: HospitalId,
        followed: &[JourneyTemplateId],
    ) -> Vec<&JourneyTemplate> {
        let of_type = |kind: JourneyType| {
            let all =
                || self.0.iter().filter(move |published| published.template.journey_type == kind);
            let current = |owner: Option<HospitalId>| {
                all().find(move |published| !published.retired && published.hospital_id == owner)
            };
            all()
                .find(|published| followed.contains(&published.template.id))
                .or_else(|| current(Some(hospital_id)))
                .or_else(|| current(None))
        };
        let found = JourneyType::ALL.iter().filter_map(|kind| of_type(*kind));
        found.map(|published| &published.template).collect()
    }

    /// The version of this id, retired or not.
    pub fn get(&self, id: JourneyTemplateId) -> Option<&JourneyTemplate> {
        self.0.iter().map(|published| &published.template).find(|template| template.id == id)
    }

    /// The stage of this id, of whatever version.
    pub fn stage(&self, id: StageTemplateId) -> Option<&StageTemplate> {
        let stages = self.0.iter().flat_map(|published| &published.template.stages);
        stages.into_iter().find(|stage| stage.id == id)
    }

    /// Whether any template that this hospital may follow listens to this code.
    pub fn listens(&self, hospital_id: HospitalId, code: &str) -> bool {
        self.0
            .iter()
            .filter(|published| published.hospital_id.is_none_or(|owner| owner == hospital_id))
            .any(|published| matching::listens(&published.template, code))
    }

    /// The fields of messages that some condition looks at: nothing else of a message is kept apart.
    pub fn fields(&self) -> BTreeSet<String> {
        let stages = self.0.iter().flat_map(|published| &published.template.stages);
        stages
            .flat_map(|stage| &stage.triggers)
            .flat_map(|trigger| &trigger.conditions)
            .filter(|condition| condition.subject == Subject::Field)
            .map(|condition| condition.path.clone())
            .collect()
    }
}

/// Loads every published template.
pub async fn published_templates_in(tx: &mut Tx) -> Result<Templates> {
    Ok(Templates(store::published_templates(tx, None).await?))
}

/// Loads every published template, with this version, a draft perhaps, in the place of what holds now.
pub async fn templates_with_in(tx: &mut Tx, id: JourneyTemplateId) -> Result<Templates> {
    let mut templates = store::published_templates(tx, Some(id)).await?;
    let whose = templates
        .iter()
        .find(|published| published.template.id == id)
        .map(|published| (published.hospital_id, published.template.journey_type));
    for published in &mut templates {
        if Some((published.hospital_id, published.template.journey_type)) == whose {
            published.retired = published.template.id != id;
        }
    }
    Ok(Templates(templates))
}
