//! Stories of encounters: what was said, and how the visit stands afterwards.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::*;
use crate::Bilingual;
use crate::ids::{
    DepartmentId, EventId, JourneyTemplateId, PhysicianId, StageTemplateId, SurveyTemplateId,
};
use crate::integrations::EventReason;

const SURVEY: SurveyTemplateId = SurveyTemplateId(Uuid::from_u128(9));

fn minute(minute: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
}

fn stage(id: u128, code: &str, event_codes: &[&str]) -> StageTemplate {
    StageTemplate {
        id: StageTemplateId(Uuid::from_u128(id)),
        code: code.to_owned(),
        name: Bilingual::new(code, code),
        position: i16::try_from(id % 10).unwrap(),
        parallel: false,
        optional: false,
        repeatable: false,
        triggers: vec![Trigger {
            effect: TriggerEffect::Complete,
            event_codes: event_codes.iter().map(ToString::to_string).collect(),
            conditions: Vec::new(),
        }],
        opens_journey: false,
        needs_department: false,
        needs_physician: false,
        dwell_minutes_min: None,
        dwell_minutes_max: None,
        attribution: Attribution::Stage,
        survey_template_id: None,
        survey_delay_minutes: 0,
    }
}

fn of_class(class: PatientClass) -> Condition {
    Condition {
        subject: Subject::Class,
        path: String::new(),
        operator: Operator::IsOneOf,
        values: vec![class.to_string()],
    }
}

/// Registration, consultation (asks) and pharmacy.
fn opd() -> JourneyTemplate {
    let mut registration = stage(1, "registration", &["A04"]);
    registration.opens_journey = true;
    registration.triggers[0].conditions.push(of_class(PatientClass::Outpatient));
    let mut consultation = stage(2, "consultation", &["CONSULTED"]);
    consultation.survey_template_id = Some(SURVEY);
    JourneyTemplate {
        id: JourneyTemplateId(Uuid::from_u128(1)),
        journey_type: JourneyType::Opd,
        closing_codes: vec!["A03".to_owned()],
        stages: vec![registration, consultation, stage(3, "pharmacy", &["DISPENSED"])],
    }
}

/// Admission, ward (again and again) and discharge (asks).
fn inpatient() -> JourneyTemplate {
    let mut admission = stage(11, "admission", &["A01"]);
    admission.opens_journey = true;
    let mut ward = stage(12, "ward", &["A02"]);
    ward.repeatable = true;
    ward.optional = true;
    let mut discharge = stage(13, "discharge", &["A03"]);
    discharge.survey_template_id = Some(SURVEY);
    JourneyTemplate {
        id: JourneyTemplateId(Uuid::from_u128(2)),
        journey_type: JourneyType::Inpatient,
        closing_codes: Vec::new(),
        stages: vec![admission, ward, discharge],
    }
}

/// A message for each code, one minute after the other, of a class where one is named: `A04 outpatient`.
fn told(codes: &[&str]) -> Vec<Happening> {
    codes.iter().enumerate().map(|(index, code)| say(index, code)).collect()
}

fn say(index: usize, code: &str) -> Happening {
    let (code, class) =
        code.split_once(' ').map_or((code, None), |(code, class)| (code, Some(class)));
    Happening {
        event_id: EventId(Uuid::from_u128(100 + index as u128)),
        source_event_id: format!("E{index}"),
        said: Said {
            at: minute(i64::try_from(index).unwrap()),
            code: code.to_owned(),
            class: class.map(|class| class.parse().unwrap()),
            department: None,
            department_id: None,
            physician_id: None,
            location: None,
            disposition: None,
            fields: std::collections::BTreeMap::new(),
        },
    }
}

fn live(happenings: &[Happening]) -> Visit {
    fold(&[&opd(), &inpatient()], happenings)
}

fn statuses(journey: &JourneyState) -> String {
    let stages: Vec<&str> = journey.stages.iter().map(|stage| stage.status.as_str()).collect();
    format!("{} {}: {}", journey.journey_type, journey.status, stages.join(" "))
}

fn stands(codes: &[&str]) -> Vec<String> {
    live(&told(codes)).journeys.iter().map(statuses).collect()
}

#[test]
fn a_visit_follows_the_template_of_its_class() {
    assert_eq!(stands(&["A04 outpatient"]), ["opd active: completed active pending"]);
    assert_eq!(stands(&["A01 inpatient"]), ["inpatient active: completed pending active"]);
    assert_eq!(stands(&["A04 emergency"]), Vec::<String>::new());
}

#[test]
fn a_discharge_completes_its_stage_and_ends_the_journey() {
    assert_eq!(stands(&["A01", "A03"]), ["inpatient completed: completed skipped completed"]);
    assert_eq!(stands(&["A04 outpatient", "A03"]), ["opd completed: completed skipped skipped"]);
}

#[test]
fn a_discharge_that_is_taken_back_opens_the_journey_again() {
    assert_eq!(stands(&["A01", "A03", "A13"]), ["inpatient active: completed pending active"]);
    assert_eq!(
        stands(&["A01", "A03", "A13", "A03"]),
        ["inpatient completed: completed skipped completed"]
    );
    let visit = live(&told(&["A01", "A13"]));
    assert_eq!(
        visit.outcomes[&EventId(Uuid::from_u128(101))],
        [Outcome::Nothing(EventReason::NothingToUndo)]
    );
}

#[test]
fn a_cancelled_visit_is_reversed_and_may_begin_anew() {
    assert_eq!(stands(&["A01", "A11"]), ["inpatient cancelled: reversed cancelled cancelled"]);
    assert_eq!(stands(&["A01", "A11", "A01"]), ["inpatient active: completed pending active"]);
    let visit = live(&told(&["A01", "A11", "A03"]));
    assert_eq!(
        visit.outcomes[&EventId(Uuid::from_u128(102))],
        [Outcome::Nothing(EventReason::VisitCancelled)]
    );
}

#[test]
fn an_outpatient_who_gets_a_bed_goes_on_as_an_inpatient() {
    let codes = ["A04 outpatient", "CONSULTED", "A01"];
    assert_eq!(
        stands(&codes),
        [
            "opd completed: completed completed skipped",
            "inpatient active: completed pending active"
        ]
    );
    assert_eq!(
        stands(&[codes[0], codes[1], codes[2], "A11"]),
        [
            "opd active: completed completed active",
            "inpatient cancelled: reversed cancelled cancelled"
        ]
    );
    // What the clinic says late still finds its journey.
    assert_eq!(
        stands(&[codes[0], codes[2], "CONSULTED"])[0],
        "opd completed: completed completed skipped"
    );
}

#[test]
fn each_transfer_is_a_stay_and_a_repetition_and_can_be_taken_back() {
    let mut told = told(&["A01", "A02", "A02", "A12", "A03"]);
    for (index, department) in [(0, 1), (1, 2), (2, 3)] {
        told[index].said.department_id = Some(DepartmentId(Uuid::from_u128(department)));
    }
    let visit = live(&told[..3]);
    let stays = |visit: &Visit| -> Vec<(u128, Option<DateTime<Utc>>)> {
        let stays = visit.journeys[0].stays.iter();
        stays.map(|stay| (stay.department_id.unwrap().0.as_u128(), stay.ended_at)).collect()
    };
    assert_eq!(stays(&visit), [(1, Some(minute(1))), (2, Some(minute(2))), (3, None)]);
    assert_eq!(
        statuses(&visit.journeys[0]),
        "inpatient active: completed completed completed active"
    );
    let visit = live(&told[..4]);
    assert_eq!(stays(&visit), [(1, Some(minute(1))), (2, None)]);
    assert_eq!(statuses(&visit.journeys[0]), "inpatient active: completed completed active");
    let visit = live(&told);
    assert_eq!(stays(&visit), [(1, Some(minute(1))), (2, Some(minute(4)))]);
}

#[test]
fn what_is_told_in_any_order_stands_the_same() {
    let told =
        told(&["A04 outpatient", "CONSULTED", "A01", "A02", "A03", "A13", "A02", "A12", "A03"]);
    let expected = live(&told);
    let mut shuffled = told.clone();
    for turn in 0..told.len() {
        shuffled.rotate_left(turn);
        shuffled.swap(0, told.len() / 2);
        assert_eq!(live(&shuffled), expected);
    }
}

#[test]
fn what_was_said_before_the_beginning_waits_for_it() {
    let mut told = told(&["CONSULTED", "A04 outpatient"]);
    assert_eq!(
        live(&told[..1]).outcomes[&told[0].event_id],
        [Outcome::Waits(EventReason::UnknownEncounter)]
    );
    let visit = live(&told);
    assert_eq!(statuses(&visit.journeys[0]), "opd active: completed completed active");
    assert!(matches!(visit.outcomes[&told[0].event_id][..], [Outcome::Did(_)]));
    // A cancellation from before meant something else.
    told[0].said.code = "A11".to_owned();
    assert_eq!(statuses(&live(&told).journeys[0]), "opd active: completed active pending");
    // What no version that this visit follows knows means nothing to it.
    told[0].said.code = "WHAT".to_owned();
    let outcome = |told: &[Happening]| live(told).outcomes[&told[0].event_id].clone();
    assert_eq!(outcome(&told[..1]), [Outcome::Waits(EventReason::UnknownEventCode)]);
    assert_eq!(outcome(&told), [Outcome::Nothing(EventReason::NoRuleApplies)]);
}

#[test]
fn what_is_said_twice_of_one_instant_counts_once() {
    let mut told = told(&["A01", "A02", "A02"]);
    told[2].said.at = told[1].said.at;
    let visit = live(&told);
    assert_eq!(visit.journeys[0].stages.len(), 3);
    assert_eq!(visit.outcomes[&told[2].event_id], [Outcome::Nothing(EventReason::SaidBefore)]);
}

#[test]
fn the_stage_is_told_by_class_department_and_field() {
    let condition = |subject, path: &str, operator, values: &[&str]| Condition {
        subject,
        path: path.to_owned(),
        operator,
        values: values.iter().map(ToString::to_string).collect(),
    };
    let mut said = say(0, "A04 outpatient").said;
    said.department = Some("CARD".to_owned());
    said.fields.insert("PV1-10".to_owned(), "CAR".to_owned());
    for (holds, condition) in [
        (true, condition(Subject::Class, "", Operator::IsOneOf, &["inpatient", "OUTPATIENT"])),
        (false, condition(Subject::Class, "", Operator::IsNoneOf, &["outpatient"])),
        (true, condition(Subject::Department, "", Operator::IsOneOf, &["card"])),
        (false, condition(Subject::Department, "", Operator::IsAbsent, &[])),
        (true, condition(Subject::Field, "PV1-10", Operator::IsPresent, &[])),
        (false, condition(Subject::Field, "PV1-11", Operator::IsNoneOf, &["x"])),
        (true, condition(Subject::Field, "PV1-11", Operator::IsAbsent, &[])),
    ] {
        assert_eq!(condition.holds(&said), holds, "{condition:?}");
    }
}

#[test]
fn one_code_for_two_stages_completes_the_first_and_then_the_second() {
    let mut template = opd();
    template.stages[1].triggers[0].event_codes = vec!["LAB".to_owned()];
    template.stages[2].triggers[0].event_codes = vec!["LAB".to_owned()];
    let stands = |codes: &[&str]| statuses(&fold(&[&template], &told(codes)).journeys[0]);
    assert_eq!(stands(&["A04 outpatient", "LAB"]), "opd active: completed completed active");
    assert_eq!(
        stands(&["A04 outpatient", "LAB", "LAB"]),
        "opd completed: completed completed completed"
    );
}

#[test]
fn a_stage_is_started_skipped_and_cancelled_by_its_rules() {
    let mut template = opd();
    for (effect, code) in [
        (TriggerEffect::Start, "CALLED"),
        (TriggerEffect::Skip, "SKIPPED"),
        (TriggerEffect::Cancel, "NO_SHOW"),
    ] {
        template.stages[1].triggers.push(Trigger {
            effect,
            event_codes: vec![code.to_owned()],
            conditions: Vec::new(),
        });
    }
    let visit = |codes: &[&str]| fold(&[&template], &told(codes)).journeys.remove(0);
    let called = visit(&["A04 outpatient", "A08", "CALLED"]);
    assert_eq!(called.stages[1].started_at, Some(minute(2)));
    assert_eq!(
        statuses(&visit(&["A04 outpatient", "SKIPPED"])),
        "opd active: completed skipped active"
    );
    assert_eq!(
        statuses(&visit(&["A04 outpatient", "NO_SHOW"])),
        "opd active: completed cancelled active"
    );
    assert_eq!(
        statuses(&visit(&["A04 outpatient", "NO_SHOW", "CONSULTED"])),
        "opd active: completed completed active"
    );
}

#[test]
fn a_patient_comes_to_a_stage_with_the_end_of_the_one_before() {
    let visit = live(&told(&["A04 outpatient", "A08", "CONSULTED"]));
    let started: Vec<_> = visit.journeys[0].stages.iter().map(|stage| stage.started_at).collect();
    assert_eq!(started, [Some(minute(0)), Some(minute(0)), Some(minute(2))]);
}

#[test]
fn a_survey_is_about_whoever_treated_or_attended() {
    let physician = |number: u128| Some(PhysicianId(Uuid::from_u128(number)));
    let mut told = told(&["A04 outpatient", "CONSULTED", "A08"]);
    told[0].said.physician_id = physician(1);
    told[2].said.physician_id = physician(2);
    let about = |told: &[Happening], attribution| {
        let mut template = opd();
        template.stages[1].attribution = attribution;
        let visit = fold(&[&template], told);
        asking::asked(&template, &visit.journeys[0])[0].physician_id
    };
    assert_eq!(about(&told, Attribution::Stage), physician(1));
    assert_eq!(about(&told, Attribution::Attending), physician(2));
    assert_eq!(about(&told, Attribution::Place), None);
    told[1].said.physician_id = physician(3);
    assert_eq!(about(&told, Attribution::Stage), physician(3));
}

#[test]
fn the_end_of_a_visit_asks_when_no_stage_did() {
    let asks = |codes: &[&str]| {
        let visit = live(&told(codes));
        let asked: Vec<i16> = visit
            .journeys
            .iter()
            .flat_map(|journey| {
                let template =
                    if journey.journey_type == JourneyType::Opd { opd() } else { inpatient() };
                asking::asked(&template, journey)
                    .iter()
                    .map(|asked| asked.stage.position)
                    .collect::<Vec<_>>()
            })
            .collect();
        asked
    };
    assert_eq!(asks(&["A04 outpatient", "A03"]), [2]);
    assert_eq!(asks(&["A04 outpatient", "A03", "CONSULTED"]), [2]);
    assert_eq!(asks(&["A04 outpatient", "A03", "A13"]), Vec::<i16>::new());
    assert_eq!(asks(&["A04 outpatient", "CONSULTED", "A11"]), Vec::<i16>::new());
    assert_eq!(
        asks(&["A04 outpatient", "A01", "A03"]),
        [3],
        "the bed asks, not the clinic it went on from"
    );
}

#[test]
fn how_a_patient_left_decides_who_is_asked_about_the_end() {
    let asks = |codes: &[&str], disposition: &str| {
        let mut told = told(codes);
        for happening in told.iter_mut().filter(|happening| happening.said.code == "A03") {
            happening.said.disposition = Some(disposition.to_owned());
        }
        let visit = live(&told);
        let template = if codes[0] == "A01" { inpatient() } else { opd() };
        asking::asked(&template, &visit.journeys[0]).len()
    };
    let (bed, clinic) = (&["A01", "A03"][..], &["A04 outpatient", "CONSULTED", "A03"][..]);
    for home in ["01", "home", "06", "unheard of"] {
        assert_eq!((asks(bed, home), asks(clinic, home)), (1, 1), "{home}");
    }
    // To another hospital, or against advice: the consultation asks, the discharge does not.
    for elsewhere in ["02", "07", "hosp", "aadvice"] {
        assert_eq!((asks(bed, elsewhere), asks(clinic, elsewhere)), (0, 1), "{elsewhere}");
    }
    for died in ["20", "41", "exp"] {
        assert_eq!((asks(bed, died), asks(clinic, died)), (0, 0), "{died}");
    }
    // A discharge that is taken back never happened.
    let mut back = told(&["A01", "A03", "A13", "A03"]);
    back[1].said.disposition = Some("20".to_owned());
    assert_eq!(asking::asked(&inpatient(), &live(&back).journeys[0]).len(), 1);
}
