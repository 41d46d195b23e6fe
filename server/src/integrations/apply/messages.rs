//! Applies messages inside one transaction: who they speak of, what they say, how the encounters stand then.

use std::collections::{BTreeSet, HashMap};
use std::mem;

use px360_domain::ids::{EventId, HospitalId, PatientId};
use px360_domain::integrations::{EventEffects, EventReason, EventStatus};
use px360_domain::journeys::Happening;
use serde_json::{Value, json};

use super::resolve::{PutAside, Read, Resolved, resolve};
use super::store::{self, Claimed, Part, Settled};
use crate::audit::Entry;
use crate::error::Result;
use crate::integrations::formats;
use crate::journeys::{self, Applied, Lived, Story, Templates};
use crate::organizations::{PatientDescription, describe_patients_in};
use crate::records;
use crate::tx::Tx;

/// Applies messages that are kept already. All effects, and the messages' own new state, are of the caller's
/// transaction.
pub(super) async fn apply(tx: &mut Tx, templates: &Templates, claimed: Vec<Claimed>) -> Result<()> {
    let messages = read_all(templates, claimed)?;
    let (effects, settled) = work_out(tx, templates, messages).await?;
    store::settle(tx, &settled).await?;
    effects.write(tx).await
}

/// What messages do to encounters, worked out and not written yet.
pub(in crate::integrations) struct Effects {
    lived: Lived,
    /// What is remembered of it; nothing of nothing.
    entry: Option<Entry>,
}

impl Effects {
    /// Writes what became of the encounters. The messages must be kept by now: journeys point to them.
    pub(in crate::integrations) async fn write(self, tx: &mut Tx) -> Result<()> {
        journeys::write_in(tx, &self.lived).await?;
        if let Some(entry) = self.entry {
            tx.record(entry);
        }
        Ok(())
    }
}

/// Finds what messages come to: who they speak of, what they say, and how their encounters stand with it. Answers
/// also how each message stands, and those before them whose meaning they changed. What is said of patients is
/// written; the rest is not.
pub(in crate::integrations) async fn work_out(
    tx: &mut Tx,
    templates: &Templates,
    messages: Vec<Read>,
) -> Result<(Effects, Vec<Settled>)> {
    let (resolved, aside) = resolve(tx, templates, messages).await?;
    let (holders, merged) = speak_of_patients(tx, &resolved).await?;
    let mut settled: Vec<Settled> = aside.into_iter().map(put_aside).collect();
    settled.extend(about_persons(&resolved, &merged));
    let visits: Vec<&Resolved> =
        resolved.iter().filter(|event| event.read.message.encounter_id.is_some()).collect();
    let mut parts = said_before(tx, &visits).await?;
    parts.extend(visits.iter().map(|event| said_now(event, &holders)));
    let mut lived = journeys::live_in(tx, templates, &stories(&parts)).await?;
    settled.extend(changed(&parts, mem::take(&mut lived.applied), &visits)?);
    let count = |status| settled.iter().filter(|event| event.status == status).count();
    let counts = json!({
        "processed": count(EventStatus::Processed),
        "ignored": count(EventStatus::Ignored),
        "parked": count(EventStatus::Parked),
    });
    let entry = || Entry::done("events.processed", "inbound_event", "").with(counts);
    let entry = (!settled.is_empty()).then(entry);
    Ok((Effects { lived, entry }, settled))
}

/// Reads messages that are kept.
pub(super) fn read_all(templates: &Templates, claimed: Vec<Claimed>) -> Result<Vec<Read>> {
    let wanted = templates.fields();
    claimed.into_iter().map(|event| read(event, &wanted)).collect()
}

fn read(event: Claimed, wanted: &BTreeSet<String>) -> Result<Read> {
    let message = formats::read(event.format, &event.payload, wanted, &event.payload_hash)
        .map_err(|faults| anyhow::anyhow!("a stored message has faults: {faults:?}"))?;
    Ok(Read { id: event.id, source_id: event.source_id, hospital_id: event.hospital_id, message })
}

fn put_aside(event: PutAside) -> Settled {
    let status = match event.reason {
        EventReason::LeftOut => EventStatus::Ignored,
        _ => EventStatus::Parked,
    };
    Settled {
        id: event.id,
        status,
        reason: Some(event.reason),
        effects: json!({}),
        waits_for: event.waits_for,
        fact: None,
        said_before: false,
    }
}

/// Who has which record number.
pub(super) type Holders = HashMap<(HospitalId, String), PatientId>;

/// Describes the patients of these messages and merges those of whom it is said; answers who has which number
/// then, and how many records each message merged.
async fn speak_of_patients(
    tx: &mut Tx,
    resolved: &[Resolved],
) -> Result<(Holders, HashMap<EventId, u16>)> {
    let mut told: Vec<&Read> = resolved.iter().map(|event| &event.read).collect();
    told.sort_by_key(|read| (read.message.occurred_at, read.message.source_event_id.clone()));
    let describe = |read: &Read, mrn: &str| PatientDescription {
        hospital_id: read.hospital_id,
        patient: px360_domain::integrations::PatientMessage {
            mrn: mrn.to_owned(),
            ..read.message.patient.clone()
        },
        consent: read.message.consent,
        deceased: read.message.deceased,
        at: read.message.occurred_at,
        source_event_id: read.message.source_event_id.clone(),
    };
    // Whoever is merged may be unknown: what comes late under the old number is the survivor's then.
    let numbers = |read: &Read| {
        let mut numbers = vec![read.message.patient.mrn.clone()];
        numbers.extend(read.message.prior_mrns.iter().cloned());
        numbers
    };
    let descriptions: Vec<PatientDescription> = told
        .iter()
        .flat_map(|read| numbers(read).into_iter().map(|mrn| describe(read, &mrn)))
        .collect();
    let mut holders = describe_patients_in(tx, &descriptions).await?;
    let mut merged = HashMap::new();
    for read in told.into_iter().filter(|read| !read.message.prior_mrns.is_empty()) {
        for prior in &read.message.prior_mrns {
            if merge(tx, read, prior).await? {
                *merged.entry(read.id).or_default() += 1;
            }
        }
    }
    if !merged.is_empty() {
        let numbers: Vec<(HospitalId, String)> = holders.into_keys().collect();
        holders = store::holders(tx, &numbers).await?;
    }
    Ok((holders, merged))
}

/// Merges the holder of a number into the patient of a message; false when they are one already.
async fn merge(tx: &mut Tx, read: &Read, prior: &str) -> Result<bool> {
    let number = |mrn: &str| (read.hospital_id, mrn.to_owned());
    let (ours, theirs) = (number(&read.message.patient.mrn), number(prior));
    let holders = store::holders(tx, &[ours.clone(), theirs.clone()]).await?;
    let (survivor, other) = (holders.get(&ours).copied(), holders.get(&theirs).copied());
    match (survivor, other) {
        (Some(survivor), Some(other)) if survivor != other => {
            records::merge::merge_told_in(tx, survivor, other, read.id).await?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

/// Messages about a person alone have done their work with that.
fn about_persons<'a>(
    resolved: &'a [Resolved],
    merged: &'a HashMap<EventId, u16>,
) -> impl Iterator<Item = Settled> + 'a {
    let persons = resolved.iter().filter(|event| event.read.message.encounter_id.is_none());
    persons.map(|event| {
        let merged_records = merged.get(&event.read.id).copied().unwrap_or_default();
        let effects = EventEffects { merged_records, ..EventEffects::default() };
        Settled {
            id: event.read.id,
            status: EventStatus::Processed,
            reason: None,
            effects: serde_json::to_value(&effects).unwrap_or_default(),
            waits_for: None,
            fact: None,
            said_before: false,
        }
    })
}

/// What was said of these encounters before.
async fn said_before(tx: &mut Tx, visits: &[&Resolved]) -> Result<Vec<Part>> {
    let encounters: BTreeSet<(HospitalId, String)> = visits
        .iter()
        .filter_map(|event| {
            Some((event.read.hospital_id, event.read.message.encounter_id.clone()?))
        })
        .collect();
    let (hospitals, numbers): (Vec<_>, Vec<_>) = encounters.into_iter().unzip();
    let now_said: Vec<EventId> = visits.iter().map(|event| event.read.id).collect();
    store::parts(tx, &hospitals, &numbers, &now_said).await
}

pub(super) fn said_now(event: &Resolved, holders: &Holders) -> Part {
    let Read { id, hospital_id, message, .. } = &event.read;
    Part {
        id: *id,
        hospital_id: *hospital_id,
        encounter_number: message.encounter_id.clone().unwrap_or_default(),
        source_event_id: message.source_event_id.clone(),
        said: event.said.clone(),
        patient_id: holders.get(&(*hospital_id, message.patient.mrn.clone())).copied(),
        status: EventStatus::Received,
        reason: None,
        effects: json!({}),
    }
}

pub(super) fn stories(parts: &[Part]) -> Vec<Story> {
    let mut stories: HashMap<(HospitalId, &str), Story> = HashMap::new();
    for part in parts {
        let story =
            stories.entry((part.hospital_id, &part.encounter_number)).or_insert_with(|| Story {
                hospital_id: part.hospital_id,
                encounter_number: part.encounter_number.clone(),
                happenings: Vec::new(),
                patients: HashMap::<EventId, PatientId>::new(),
            });
        story.patients.extend(part.patient_id.map(|patient| (part.id, patient)));
        story.happenings.extend(part.said.iter().map(|said| Happening {
            event_id: part.id,
            source_event_id: part.source_event_id.clone(),
            said: said.clone(),
        }));
    }
    stories.into_values().collect()
}

/// What is new of the messages, and of those before them whose meaning they changed.
fn changed(parts: &[Part], applied: Vec<Applied>, visits: &[&Resolved]) -> Result<Vec<Settled>> {
    let known: HashMap<EventId, &Part> = parts.iter().map(|part| (part.id, part)).collect();
    let new: HashMap<EventId, &Resolved> =
        visits.iter().map(|event| (event.read.id, *event)).collect();
    let mut settled = Vec::new();
    for Applied { event_id, status, reason, effects } in applied {
        let effects: Value = serde_json::to_value(&effects)?;
        let same = known.get(&event_id).is_some_and(|part| {
            (part.status, part.reason, &part.effects) == (status, reason, &effects)
        });
        if same {
            continue;
        }
        let fact = match new.get(&event_id) {
            Some(event) => {
                let mrn = event.read.message.patient.mrn.clone();
                Some((mrn, serde_json::to_value(&event.said)?))
            }
            None => None,
        };
        let said_before = fact.is_none();
        settled.push(Settled {
            id: event_id,
            status,
            reason,
            effects,
            waits_for: None,
            fact,
            said_before,
        });
    }
    Ok(settled)
}
