//! A corpus of messages: what hospital systems send, right and wrong.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::*;
use crate::Locale;
use crate::integrations::Erased;
use crate::journeys::PatientClass;

/// A discharge with everything in it.
const DISCHARGE: &str = "MSH|^~\\&|HIS|RYD|PX360|PX|20261123101501||ADT^A03^ADT_A03|MSG7|P|2.5.1||||||UNICODE UTF-8\r\
    EVN|A03|20261123101500||||20261123100000\r\
    PID|1||100045^^^HIS^MR~1058529940^^^MOI^NI||القحطاني^سارة^محمد~Alqahtani^Sara||19900412|F|||الرياض||\
    ^PRN^PH^^^^~^NET^Internet^sara@example.sa~0512345678||ar\r\
    PV1|1|I|W3^301^2^RYD||||10002^Otaibi^Nora|||CAR|||||||||V778812^^^HIS|||||||||||||||||01|||||||||20261120|20261123100000\r";

fn read_it(text: &str) -> Result<EventMessage, Vec<String>> {
    let wanted = BTreeSet::from(["PV1-10".to_owned(), "PV1-44".to_owned(), "ZXX-1".to_owned()]);
    read(text, &wanted).map_err(|faults| {
        faults.into_iter().map(|fault| format!("{} {}", fault.field, fault.code)).collect()
    })
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[test]
fn a_discharge_is_read_whole() {
    let message = read_it(DISCHARGE).unwrap();
    assert_eq!((message.source_event_id.as_str(), message.facility.as_str()), ("MSG7", "RYD"));
    assert_eq!((message.event_code.as_str(), message.hospital.as_str()), ("A03", "RYD"));
    assert_eq!(message.occurred_at, at("2026-11-23T10:00:00+03:00"));
    assert_eq!(message.encounter_id.as_deref(), Some("V778812"));
    let [told] = &message.told[..] else { panic!("{:?}", message.told) };
    assert_eq!(told.class, Some(PatientClass::Inpatient));
    assert_eq!(told.department.as_deref(), Some("W3"));
    assert_eq!(told.location.as_deref(), Some("W3 · 301 · 2"));
    assert_eq!(told.physician.as_deref(), Some("10002"));
    assert_eq!(told.disposition.as_deref(), Some("01"));
    assert_eq!(told.fields["PV1-10"], "CAR");
    let patient = &message.patient;
    assert_eq!(patient.mrn, "100045");
    assert_eq!(patient.national_id.as_ref().unwrap().as_str(), "1058529940");
    assert_eq!(
        (patient.name.ar.as_str(), patient.name.en.as_str()),
        ("سارة محمد القحطاني", "Sara Alqahtani")
    );
    assert_eq!(patient.mobile.as_ref().unwrap().as_str(), "+966512345678");
    assert_eq!(patient.email.as_ref().unwrap().as_str(), "sara@example.sa");
    assert_eq!(patient.language, Some(Locale::Ar));
    assert_eq!(patient.birth_date, Some("1990-04-12".parse().unwrap()));
    assert_eq!(message.deceased, None);
    assert_eq!(message.warnings, []);
}

#[test]
fn of_the_next_of_kin_only_who_may_answer_for_a_child_is_kept_and_rather_one_with_a_phone() {
    let with = |kin: &[&str]| {
        let kin: String = kin.iter().map(|one| format!("{one}\r")).collect();
        read_it(&format!("{DISCHARGE}{kin}")).unwrap().patient.guardian
    };
    let spouse = "NK1|1|العتيبي^خالد|SPO||0512345600";
    let father = "NK1|2|القحطاني^محمد|FTH";
    let mother = "NK1|3|الشهري^هند|MTH^Mother||^PRN^CP^^966^51^2345679";
    assert_eq!(with(&[spouse]), None);
    let found = with(&[spouse, father, mother]).unwrap();
    assert_eq!((found.name.as_str(), found.relation.as_deref()), ("هند الشهري", Some("mother")));
    assert_eq!(found.mobile.unwrap().as_str(), "+966512345679");
    let found = with(&[father]).unwrap();
    assert_eq!((found.relation.as_deref(), found.mobile), (Some("father"), None));
    assert_eq!(with(&["NK1|1||MTH||0512345679"]), None, "somebody without a name is nobody");
}

#[test]
fn any_end_of_line_and_other_separators_read_the_same() {
    let expected = read_it(DISCHARGE).unwrap();
    assert_eq!(read_it(&DISCHARGE.replace('\r', "\n")).unwrap(), expected);
    assert_eq!(read_it(&DISCHARGE.replace('\r', "\r\n")).unwrap(), expected);
    assert_eq!(read_it(&format!("\u{feff}\r\n{DISCHARGE}\r\n\r\n")).unwrap(), expected);
    let others = DISCHARGE.replace('|', "#").replace('^', "*").replace('~', "!").replace('&', "$");
    assert_eq!(read_it(&others).unwrap(), expected);
}

#[test]
fn an_unknown_segment_is_left_out_and_what_follows_is_read() {
    let odd = DISCHARGE.replace("\rPV1", "\rwhat is this\rZZ\rZXX|7\rPV1");
    let message = read_it(&odd).unwrap();
    assert_eq!(message.encounter_id.as_deref(), Some("V778812"));
    assert_eq!(message.told[0].fields["ZXX-1"], "7");
}

#[test]
fn two_quotes_delete_and_nothing_changes_nothing() {
    let erased = DISCHARGE
        .replace("^PRN^PH^^^^~^NET^Internet^sara@example.sa~0512345678", "\"\"")
        .replace("|19900412|", "|\"\"|");
    let patient = read_it(&erased).unwrap().patient;
    assert_eq!(patient.erased, BTreeSet::from([Erased::Mobile, Erased::Email, Erased::BirthDate]));
    assert_eq!((patient.mobile, patient.birth_date), (None, None));
    let silent = DISCHARGE.replace("^PRN^PH^^^^~^NET^Internet^sara@example.sa~0512345678", "");
    assert_eq!(read_it(&silent).unwrap().patient.erased, BTreeSet::new());
}

#[test]
fn every_fault_of_a_message_is_told() {
    let faults = |from: &str, to: &str| read_it(&DISCHARGE.replace(from, to)).unwrap_err();
    assert_eq!(faults("|MSG7|", "||"), ["MSH-10 required"]);
    assert_eq!(faults("|20261123100000\rPID", "|yesterday\rPID"), ["EVN-6 time_invalid"]);
    assert_eq!(faults("V778812^^^HIS", ""), ["PV1-19 required"]);
    assert_eq!(faults("100045^^^HIS^MR~1058529940^^^MOI^NI", ""), ["PID-3 required"]);
    assert_eq!(faults("القحطاني^سارة^محمد~Alqahtani^Sara", ""), ["PID-5 required"]);
    assert_eq!(faults("|P|2.5.1", "|T|2.5.1"), ["MSH-11 not_for_production"]);
    assert_eq!(faults("|P|2.5.1", "|P|3"), ["MSH-12 version_unknown"]);
    assert_eq!(faults("MSG7", &"x".repeat(101)), ["MSH-10 too_long"]);
    assert_eq!(read_it("").unwrap_err(), ["MSH header_unreadable"]);
    assert_eq!(
        read_it("MSH|^~\\&|HIS|RYD|PX|PX|1||ADT|1|P|2.5\r").unwrap_err(),
        ["MSH-9 message_type_unknown", "MSH-7 time_invalid", "PID-3 required", "PID-5 required"]
    );
}

#[test]
fn what_cannot_be_used_of_a_patient_is_left_out_with_a_warning() {
    let odd = DISCHARGE
        .replace("~0512345678", "~none")
        .replace("1058529940", "1058529941")
        .replace("|19900412|F|", "|19901332|Q|")
        .replace("|I|W3", "|Z|W3");
    let message = read_it(&odd).unwrap();
    let warned: Vec<String> =
        message.warnings.iter().map(|fault| format!("{} {}", fault.field, fault.code)).collect();
    assert_eq!(
        warned,
        [
            "PID-3 national_id_invalid",
            "PID-13 phone_invalid",
            "PID-7 date_invalid",
            "PID-8 sex_unknown",
            "PV1-2 class_unknown"
        ]
    );
}

#[test]
fn a_merge_names_the_number_that_goes() {
    let merge = "MSH|^~\\&|HIS|RYD|PX|PX|20261123||ADT^A40^ADT_A39|M1|P|2.5\rEVN|A40|20261123\r\
        PID|1||7^^^HIS^MR||Q^S\rMRG|8^^^HIS^MR~1058529940^^^MOI^NI\r";
    let message = read_it(merge).unwrap();
    assert_eq!(message.patient.mrn, "7");
    assert_eq!(message.prior_mrns, ["8"]);
    assert_eq!((message.encounter_id, message.told.len()), (None, 0));
}

#[test]
fn whoever_died_is_known_by_the_day_or_the_flag() {
    let with = |fields: &str| {
        read_it(&DISCHARGE.replace("||ar\r", &format!("||ar{fields}\r"))).unwrap().deceased
    };
    assert_eq!(with("||||||||||||||20261122"), Some(true));
    assert_eq!(with("|||||||||||||||Y"), Some(true));
    assert_eq!(with("|||||||||||||||N"), Some(false));
}

#[test]
fn a_message_cut_at_any_byte_is_read_or_refused_and_never_panics() {
    for end in 0..DISCHARGE.len() {
        if let Some(part) = DISCHARGE.get(..end) {
            let _either = read_it(part);
            let _answered =
                acknowledge(part, &Verdict::Accepted, ("1", at("2026-11-23T07:00:00Z")));
        }
    }
}

#[test]
fn a_batch_is_taken_apart() {
    let batch = format!("FHS|^~\\&|x\rBHS|^~\\&|x\r{DISCHARGE}{DISCHARGE}BTS|2\rFTS|1\r");
    let messages = split(&batch);
    assert_eq!(messages.len(), 2);
    assert!(messages.iter().all(|message| read_it(message).is_ok()));
    assert_eq!(split("hello\rPID|1").len(), 1);
    assert_eq!(split(""), Vec::<String>::new());
}

fn told(text: &str, verdict: &Verdict) -> String {
    acknowledge(text, verdict, ("A1", at("2026-11-23T07:00:00Z"))).unwrap()
}

#[test]
fn a_message_is_acknowledged_to_whoever_sent_it() {
    let faults = vec![FieldFault::new("PID-3", "required")];
    assert_eq!(
        told(DISCHARGE, &Verdict::Accepted),
        "MSH|^~\\&|PX360|PX|HIS|RYD|20261123070000+0000||ACK^A03^ACK|A1|P|2.5.1||||||UNICODE UTF-8\rMSA|AA|MSG7\r"
    );
    assert!(told(DISCHARGE, &Verdict::of(faults)).ends_with(
        "MSA|AE|MSG7\rERR||PID^1^3|101^Required field missing^HL70357|E|||PID-3: required\r"
    ));
    let rejected = Verdict::of(vec![FieldFault::new("MSH-11", "not_for_production")]);
    assert!(told(DISCHARGE, &rejected).contains("\rMSA|AR|MSG7\r"));
    let unreadable = Verdict::of(vec![FieldFault::new("MSH", "header_unreadable")]);
    assert!(told("noise", &unreadable).contains("||ACK|A1|P|2.5.1||||||UNICODE UTF-8\rMSA|AR|\r"));
}

#[test]
fn an_enhanced_header_hears_what_it_asked_for() {
    let with = |wants: &str| DISCHARGE.replace("|P|2.5.1||||||", &format!("|P|2.5.1|||{wants}|||"));
    assert!(told(&with("AL"), &Verdict::Accepted).contains("\rMSA|CA|MSG7\r"));
    let wrong = Verdict::of(vec![FieldFault::new("PID-3", "required")]);
    assert!(told(&with("ER"), &wrong).contains("\rMSA|CE|MSG7\r"));
    let now = ("A1", at("2026-11-23T07:00:00Z"));
    assert_eq!(acknowledge(&with("ER"), &Verdict::Accepted, now), None);
    assert_eq!(acknowledge(&with("NE"), &wrong, now), None);
    assert_eq!(acknowledge(&with("SU"), &wrong, now), None);
}

mod laws {
    use proptest::prelude::*;

    use super::*;

    /// Bytes as they come over a wire: marks, letters of two scripts, ends of lines, noise.
    fn noise() -> impl Strategy<Value = String> {
        let letter = prop_oneof![
            4 => proptest::sample::select(vec!['|', '^', '~', '\\', '&', '\r', '\n', '"']),
            4 => proptest::char::range('A', 'Z'),
            2 => proptest::char::range('ء', 'ي'),
            1 => any::<char>(),
        ];
        proptest::collection::vec(letter, 0..400).prop_map(|letters| letters.into_iter().collect())
    }

    proptest! {
        #[test]
        fn no_noise_makes_the_reader_panic(text in noise(), headed in any::<bool>()) {
            let text = if headed { format!("MSH|^~\\&|A|B|C|D|20261123||ADT^A01|1|P|2.5{text}") } else { text };
            let _either = read_it(&text);
            let _answered = acknowledge(&text, &Verdict::Accepted, ("1", at("2026-11-23T07:00:00Z")));
            let _parts = split(&text);
            let _sender = sender(&text);
        }

        #[test]
        fn what_is_escaped_is_read_as_it_was(value in "[|^~&\\\\a-zء-ي0-9 ]{1,40}") {
            let message = format!("MSH|^~\\&|{}|\r", er7::escape(&value));
            let read = er7::Message::read(&message).unwrap().segment("MSH").field(3).value();
            let trimmed = value.trim();
            prop_assert_eq!(read, (!trimmed.is_empty()).then(|| trimmed.to_owned()));
        }
    }
}
