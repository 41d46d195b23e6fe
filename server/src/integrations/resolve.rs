//! Turns the codes of messages into our rows, and parks what cannot be resolved.

use px360_domain::ids::{EventId, HospitalId};
use px360_domain::integrations::{EventMessage, EventReason};
use px360_domain::journeys::matching::Effect;

use crate::error::Result;
use crate::journeys::{self, ResolvedEvent, Templates};
use crate::organizations::{self, Directory};
use crate::tx::Tx;

/// Messages with their codes resolved, and those that wait for a mapping.
pub(super) struct Resolved {
    pub(super) templates: Templates,
    pub(super) events: Vec<ResolvedEvent>,
    pub(super) parked: Vec<(EventId, EventReason)>,
}

/// Resolves event code, department and physician of each message.
pub(super) async fn resolve(
    tx: &mut Tx,
    messages: Vec<(EventId, HospitalId, EventMessage)>,
) -> Result<Resolved> {
    let templates = journeys::published_templates_in(tx).await?;
    let directory = directory(tx, &messages).await?;
    let mut events = Vec::with_capacity(messages.len());
    let mut parked = Vec::new();
    for (event_id, hospital_id, message) in messages {
        match resolve_one(&templates, &directory, event_id, hospital_id, message) {
            Ok(event) => events.push(event),
            Err(reason) => parked.push((event_id, reason)),
        }
    }
    events.sort_by(|a, b| {
        (a.message.occurred_at, a.event_id).cmp(&(b.message.occurred_at, b.event_id))
    });
    Ok(Resolved { templates, events, parked })
}

async fn directory(
    tx: &mut Tx,
    messages: &[(EventId, HospitalId, EventMessage)],
) -> Result<Directory> {
    let departments = messages
        .iter()
        .filter_map(|(_, hospital, message)| Some((*hospital, message.department.clone()?)))
        .collect();
    let licences =
        messages.iter().filter_map(|(_, _, message)| message.physician.clone()).collect();
    organizations::directory_in(tx, departments, licences).await
}

fn resolve_one(
    templates: &Templates,
    directory: &Directory,
    event_id: EventId,
    hospital_id: HospitalId,
    message: EventMessage,
) -> Result<ResolvedEvent, EventReason> {
    let (template, effect) =
        templates.find(hospital_id, &message.event_code).ok_or(EventReason::UnknownEventCode)?;
    let department_id = message
        .department
        .as_ref()
        .map(|code| directory.department(hospital_id, code).ok_or(EventReason::UnknownDepartment))
        .transpose()?;
    let physician_id = message
        .physician
        .as_ref()
        .map(|licence| directory.physician(licence).ok_or(EventReason::UnknownPhysician))
        .transpose()?;
    let opens_journey = match effect {
        Effect::EndsVisit => false,
        Effect::Completes(stage) => {
            if stage.needs_department && department_id.is_none() {
                return Err(EventReason::MissingDepartment);
            }
            if stage.needs_physician && physician_id.is_none() {
                return Err(EventReason::MissingPhysician);
            }
            stage.opens_journey
        }
    };
    Ok(ResolvedEvent {
        event_id,
        hospital_id,
        template_id: template.id,
        opens_journey,
        department_id,
        physician_id,
        message,
    })
}
