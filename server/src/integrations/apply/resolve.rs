//! Turns the codes of messages into our rows, and parks what cannot be resolved.

use std::collections::BTreeSet;

use px360_domain::ids::{DepartmentId, EventId, HospitalId, PhysicianId, SourceId};
use px360_domain::integrations::{CodeKind, EventMessage, EventReason, Told, is_about_a_person};
use px360_domain::journeys::{Intent, Said};

use crate::error::Result;
use crate::integrations::mappings::{self, Mappings, Target};
use crate::journeys::Templates;
use crate::organizations::{self, Directory};
use crate::tx::Tx;

/// A message, read.
pub(in crate::integrations) struct Read {
    pub(in crate::integrations) id: EventId,
    pub(in crate::integrations) source_id: SourceId,
    pub(in crate::integrations) hospital_id: HospitalId,
    pub(in crate::integrations) message: EventMessage,
}

/// A message whose codes are our rows.
pub(super) struct Resolved {
    pub(super) read: Read,
    pub(super) said: Vec<Said>,
}

/// A message that is put aside.
pub(super) struct PutAside {
    pub(super) id: EventId,
    pub(super) reason: EventReason,
    /// The code that it waits for.
    pub(super) waits_for: Option<(CodeKind, String)>,
}

/// Resolves event codes, departments and physicians of each message.
pub(super) async fn resolve(
    tx: &mut Tx,
    templates: &Templates,
    messages: Vec<Read>,
) -> Result<(Vec<Resolved>, Vec<PutAside>)> {
    let sources: BTreeSet<SourceId> = messages.iter().map(|read| read.source_id).collect();
    let mappings = mappings::of_sources(tx, &sources).await?;
    let directory = directory(tx, &messages).await?;
    let codes =
        Codes { templates, mappings: &mappings, directory: &directory, fields: templates.fields() };
    let (mut resolved, mut aside) = (Vec::with_capacity(messages.len()), Vec::new());
    for read in messages {
        match codes.resolve(&read) {
            Ok(said) => resolved.push(Resolved { read, said }),
            Err((reason, waits_for)) => aside.push(PutAside { id: read.id, reason, waits_for }),
        }
    }
    Ok((resolved, aside))
}

async fn directory(tx: &mut Tx, messages: &[Read]) -> Result<Directory> {
    let told =
        || messages.iter().flat_map(|read| read.message.told.iter().map(move |told| (read, told)));
    let departments: BTreeSet<(HospitalId, String)> = told()
        .filter_map(|(read, told)| Some((read.hospital_id, told.department.clone()?)))
        .collect();
    let licences: BTreeSet<String> =
        told().filter_map(|(_, told)| told.physician.clone()).collect();
    organizations::directory_in(
        tx,
        departments.into_iter().collect(),
        licences.into_iter().collect(),
    )
    .await
}

/// Why a message is put aside, and the code that it waits for.
type Aside = (EventReason, Option<(CodeKind, String)>);

/// Everything that tells what a code is.
struct Codes<'a> {
    templates: &'a Templates,
    mappings: &'a Mappings,
    directory: &'a Directory,
    fields: BTreeSet<String>,
}

impl Codes<'_> {
    fn resolve(&self, read: &Read) -> Result<Vec<Said>, Aside> {
        let mut said = Vec::with_capacity(read.message.told.len());
        let mut unknown = None;
        for told in &read.message.told {
            let mapped =
                self.mappings.find(read.source_id, read.hospital_id, CodeKind::Event, &told.code);
            let code = match mapped {
                Some(Target::LeftOut) => continue,
                Some(Target::Event(code)) => code.clone(),
                Some(Target::Row(_)) | None => told.code.clone(),
            };
            if !self.is_known(read.hospital_id, &code) {
                unknown.get_or_insert(told.code.clone());
                continue;
            }
            said.push(self.said(read, told, code)?);
        }
        match (said.is_empty(), unknown) {
            // A snapshot of a visit tells more than anybody listens to.
            (false, _) => Ok(said),
            (true, Some(code)) => {
                Err((EventReason::UnknownEventCode, Some((CodeKind::Event, code))))
            }
            (true, None) if read.message.told.is_empty() => Ok(said),
            (true, None) => Err((EventReason::LeftOut, None)),
        }
    }

    fn is_known(&self, hospital_id: HospitalId, code: &str) -> bool {
        Intent::of(code) != Intent::Step
            || is_about_a_person(code)
            || self.templates.listens(hospital_id, code)
    }

    fn said(&self, read: &Read, told: &Told, code: String) -> Result<Said, Aside> {
        let department =
            told.department.as_ref().map(|code| self.department(read, code)).transpose()?;
        let physician =
            told.physician.as_ref().map(|code| self.physician(read, code)).transpose()?;
        let (department_id, department) = department.flatten().unzip();
        Ok(Said {
            at: told.at,
            code,
            class: told.class,
            department,
            department_id,
            physician_id: physician.flatten(),
            location: told.location.clone(),
            disposition: told.disposition.clone(),
            fields: told
                .fields
                .iter()
                .filter(|(path, _)| self.fields.contains(*path))
                .map(|(path, value)| (path.clone(), value.clone()))
                .collect(),
        })
    }

    fn department(&self, read: &Read, code: &str) -> Result<Option<(DepartmentId, String)>, Aside> {
        let mapped =
            self.mappings.find(read.source_id, read.hospital_id, CodeKind::Department, code);
        match mapped {
            Some(Target::LeftOut) => return Ok(None),
            Some(Target::Row(row)) => return Ok(Some((DepartmentId(row.id), row.code.clone()))),
            Some(Target::Event(_)) | None => {}
        }
        match self.directory.department(read.hospital_id, code) {
            Some(id) => Ok(Some((id, code.to_owned()))),
            None => {
                Err((EventReason::UnknownDepartment, Some((CodeKind::Department, code.to_owned()))))
            }
        }
    }

    fn physician(&self, read: &Read, code: &str) -> Result<Option<PhysicianId>, Aside> {
        let mapped =
            self.mappings.find(read.source_id, read.hospital_id, CodeKind::Physician, code);
        match mapped {
            Some(Target::LeftOut) => return Ok(None),
            Some(Target::Row(row)) => return Ok(Some(PhysicianId(row.id))),
            Some(Target::Event(_)) | None => {}
        }
        match self.directory.physician(code) {
            Some(id) => Ok(Some(id)),
            None => {
                Err((EventReason::UnknownPhysician, Some((CodeKind::Physician, code.to_owned()))))
            }
        }
    }
}
