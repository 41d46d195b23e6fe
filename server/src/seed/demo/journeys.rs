//! What happens in a demo hospital: outpatient visits, stays in a bed, emergencies.
//!
//! The stages listen to our own event codes, to HL7's trigger events and to what FHIR snapshots tell.

use px360_domain::journeys::{
    Condition, JourneyType, Operator, PatientClass, Subject, Trigger, TriggerEffect,
};

use super::store;
use crate::error::Result;
use crate::seed::library::JourneySurveys;
use crate::tx::Tx;

/// A day and two, in minutes: whoever has left is asked at home.
const DAY: i32 = 24 * 60;

pub(super) struct NewTemplate<'a> {
    pub(super) journey_type: JourneyType,
    pub(super) name: (&'a str, &'a str),
    stages: Vec<NewStage>,
}

pub(super) struct NewStage {
    pub(super) code: &'static str,
    pub(super) name: (&'static str, &'static str),
    pub(super) triggers: Vec<Trigger>,
    pub(super) opens_journey: bool,
    pub(super) may_be_left_out: bool,
    pub(super) repeatable: bool,
    pub(super) needs_place_and_person: bool,
    pub(super) dwell_minutes_max: Option<i32>,
    pub(super) asks_after_minutes: Option<i32>,
}

/// A stage that these codes complete.
fn stage(code: &'static str, name: (&'static str, &'static str), codes: &[&str]) -> NewStage {
    NewStage {
        code,
        name,
        triggers: vec![trigger(TriggerEffect::Complete, codes, None)],
        opens_journey: false,
        may_be_left_out: false,
        repeatable: false,
        needs_place_and_person: false,
        dwell_minutes_max: None,
        asks_after_minutes: None,
    }
}

fn trigger(effect: TriggerEffect, codes: &[&str], condition: Option<Condition>) -> Trigger {
    Trigger {
        effect,
        event_codes: codes.iter().map(ToString::to_string).collect(),
        conditions: condition.into_iter().collect(),
    }
}

fn class(operator: Operator, classes: &[PatientClass]) -> Option<Condition> {
    Some(Condition {
        subject: Subject::Class,
        path: String::new(),
        operator,
        values: classes.iter().map(ToString::to_string).collect(),
    })
}

/// Registration, triage, consultation (which asks) and pharmacy.
fn outpatient() -> NewTemplate<'static> {
    let mut registration =
        stage("registration", ("التسجيل", "Registration"), &["OPD_REGISTERED", "A07"]);
    registration.opens_journey = true;
    for condition in [
        class(Operator::IsAbsent, &[]),
        class(Operator::IsOneOf, &[PatientClass::Outpatient, PatientClass::Recurring]),
    ] {
        registration.triggers.push(trigger(TriggerEffect::Complete, &["A04"], condition));
    }
    let mut triage = stage("triage", ("الفرز", "Triage"), &["OPD_TRIAGED", "ENCOUNTER_TRIAGED"]);
    triage.dwell_minutes_max = Some(20);
    let mut consultation =
        stage("consultation", ("الكشف الطبي", "Consultation"), &["OPD_CONSULTED"]);
    consultation.triggers.push(trigger(TriggerEffect::Start, &["ENCOUNTER_IN_PROGRESS"], None));
    consultation.needs_place_and_person = true;
    consultation.dwell_minutes_max = Some(60);
    consultation.asks_after_minutes = Some(0);
    let mut pharmacy = stage("pharmacy", ("الصيدلية", "Pharmacy"), &["OPD_DISPENSED", "O13"]);
    pharmacy.dwell_minutes_max = Some(30);
    NewTemplate {
        journey_type: JourneyType::Opd,
        name: ("زيارة العيادات الخارجية", "Outpatient visit"),
        stages: vec![registration, triage, consultation, pharmacy],
    }
}

/// Pre-admission, admission, wards and discharge (which asks after two days).
fn inpatient() -> NewTemplate<'static> {
    let mut expected = stage("pre_admission", ("ما قبل التنويم", "Pre-admission"), &["A05"]);
    expected.opens_journey = true;
    expected.may_be_left_out = true;
    let mut admission = stage("admission", ("التنويم", "Admission"), &["A01", "A06"]);
    admission.opens_journey = true;
    admission.dwell_minutes_max = Some(4 * 60);
    let mut ward = stage("transfer", ("النقل إلى جناح", "Transfer to a ward"), &["A02"]);
    ward.may_be_left_out = true;
    ward.repeatable = true;
    let mut discharge = stage("discharge", ("الخروج", "Discharge"), &["A03"]);
    discharge.dwell_minutes_max = Some(14 * DAY);
    discharge.asks_after_minutes = Some(2 * DAY);
    NewTemplate {
        journey_type: JourneyType::Inpatient,
        name: ("إقامة المنومين", "Inpatient stay"),
        stages: vec![expected, admission, ward, discharge],
    }
}

/// Arrival, triage, treatment and leaving (which asks after a day).
fn emergency() -> NewTemplate<'static> {
    let mut arrival = stage("arrival", ("الوصول", "Arrival"), &["EMS_ARRIVED"]);
    arrival.opens_journey = true;
    let emergency = class(Operator::IsOneOf, &[PatientClass::Emergency]);
    arrival.triggers.push(trigger(TriggerEffect::Complete, &["A04"], emergency));
    let mut triage = stage("triage", ("الفرز", "Triage"), &["EMS_TRIAGED", "ENCOUNTER_TRIAGED"]);
    triage.dwell_minutes_max = Some(10);
    let mut treatment = stage("treatment", ("العلاج", "Treatment"), &["EMS_TREATED"]);
    treatment.triggers.push(trigger(TriggerEffect::Start, &["ENCOUNTER_IN_PROGRESS"], None));
    treatment.dwell_minutes_max = Some(4 * 60);
    let mut leaving = stage("leaving", ("المغادرة", "Leaving"), &["A03"]);
    leaving.asks_after_minutes = Some(DAY);
    NewTemplate {
        journey_type: JourneyType::Ems,
        name: ("الطوارئ", "Emergency"),
        stages: vec![arrival, triage, treatment, leaving],
    }
}

/// Publishes the journeys of the group, each with its survey.
pub(super) async fn insert(tx: &mut Tx, surveys: JourneySurveys) -> Result<()> {
    let asked = [
        (outpatient(), surveys.opd_visit),
        (inpatient(), surveys.inpatient),
        (emergency(), surveys.ems),
    ];
    for (template, survey_template_id) in asked {
        let id = store::insert_template(tx, &template).await?;
        for (position, stage) in (1_i16..).zip(&template.stages) {
            store::insert_stage(tx, id, position, stage, survey_template_id).await?;
        }
    }
    Ok(())
}
