//! The pure rules: no database, no network.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use px360_domain::accounts::StaffMails;
use px360_domain::ids::NotificationId;
use px360_domain::notifications::{Channel, PreferredTime, SuppressionReason, TextMessage};
use px360_domain::organizations::Consent;
use px360_domain::surveys::SurveyStatus;
use px360_server::gateways::SendError;
use px360_server::notifications::eligibility::{
    Decision, Facts, Invitation, MessageHours, QuietHours, Staff, decide,
};
use px360_server::notifications::route::{
    Attempt, Next, Route, after_failure, choose, idempotency_key,
};
use uuid::Uuid;

const SMS: Route = Route::To { channel: Channel::Sms, tries: 0, fallback: false };

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Between these minutes of the day, in Ramadan too.
fn usual(from_minute: u16, to_minute: u16) -> QuietHours {
    let usual = Some(MessageHours { from_minute, to_minute });
    QuietHours { usual, ..QuietHours::default() }
}

fn invitation() -> Invitation {
    Invitation {
        status: SurveyStatus::Scheduled,
        expires_at: at("2026-12-01T00:00:00Z"),
        deceased: false,
        do_not_contact: false,
        opted_out: false,
        consent: Consent::Given,
        consent_required: true,
        hours: usual(540, 1260),
        reminds: false,
        unwanted: false,
        tired: false,
    }
}

fn decided(invitation: Invitation) -> Decision {
    let now = at("2026-11-24T06:30:00Z");
    let facts = Facts { now, staff: None, invitation: Some(invitation), route: SMS, tried: false };
    decide(&facts)
}

#[test]
fn each_rule_suppresses_for_its_own_reason() {
    use SuppressionReason as R;
    let now = at("2026-11-24T06:30:00Z");
    let ok = invitation();
    assert_eq!(decided(ok), Decision::Send(Channel::Sms));
    for (case, reason) in [
        (Invitation { deceased: true, ..ok }, R::Deceased),
        (Invitation { do_not_contact: true, ..ok }, R::DoNotContact),
        (Invitation { opted_out: true, ..ok }, R::OptedOut),
        (Invitation { consent: Consent::Withdrawn, ..ok }, R::NoConsent),
        (Invitation { consent: Consent::Withdrawn, consent_required: false, ..ok }, R::NoConsent),
        (Invitation { consent: Consent::NotAsked, ..ok }, R::NoConsent),
        (Invitation { status: SurveyStatus::Reversed, ..ok }, R::Reversed),
        (Invitation { status: SurveyStatus::Expired, ..ok }, R::Expired),
        (Invitation { status: SurveyStatus::Completed, ..ok }, R::Answered),
        (Invitation { status: SurveyStatus::Started, reminds: true, ..ok }, R::Answered),
        (Invitation { expires_at: now, ..ok }, R::Expired),
        (Invitation { unwanted: true, ..ok }, R::QuotaFull),
        (Invitation { tired: true, ..ok }, R::Fatigue),
        // The first reason is the one that will not change.
        (Invitation { deceased: true, status: SurveyStatus::Reversed, ..ok }, R::Reversed),
        (Invitation { deceased: true, tired: true, ..ok }, R::Deceased),
        (Invitation { unwanted: true, tired: true, ..ok }, R::QuotaFull),
    ] {
        assert_eq!(decided(case), Decision::Suppress(reason), "{case:?}");
    }
    let not_asked = Invitation { consent: Consent::NotAsked, consent_required: false, ..ok };
    assert_eq!(decided(not_asked), Decision::Send(Channel::Sms));
}

#[test]
fn a_message_that_nobody_can_take_is_suppressed_and_one_that_nobody_took_fails() {
    let decided = |route| {
        let now = at("2026-11-24T06:30:00Z");
        let facts = Facts { now, staff: None, invitation: None, route, tried: false };
        decide(&facts)
    };
    assert_eq!(decided(Route::Unreachable), Decision::Suppress(SuppressionReason::NoChannel));
    assert_eq!(decided(Route::Exhausted), Decision::GiveUp);
}

#[test]
fn whoever_has_answered_is_not_asked_again() {
    let decided = |status, tried| {
        let invitation = Some(Invitation { status, ..invitation() });
        let now = at("2026-11-24T06:30:00Z");
        decide(&Facts { now, staff: None, invitation, route: SMS, tried })
    };
    let late = Decision::Suppress(SuppressionReason::Answered);
    for status in [SurveyStatus::Started, SurveyStatus::Completed] {
        assert_eq!(decided(status, true), Decision::Arrived);
        assert_eq!(decided(status, false), late);
    }
}

#[test]
fn quiet_hours_are_those_of_riyadh() {
    let hours = usual(540, 1260);
    for (now, opening) in [
        ("2026-11-24T05:59:59.999Z", Some("2026-11-24T06:00:00Z")),
        ("2026-11-24T06:00:00Z", None),
        ("2026-11-24T17:59:59Z", None),
        ("2026-11-24T18:00:00Z", Some("2026-11-25T06:00:00Z")),
        ("2026-11-24T20:59:00Z", Some("2026-11-25T06:00:00Z")),
        // Midnight in Riyadh is at 21:00 UTC.
        ("2026-11-24T21:00:01Z", Some("2026-11-25T06:00:00Z")),
    ] {
        assert_eq!(hours.opening(at(now)), opening.map(at), "{now}");
    }
    let always = usual(0, 1440);
    assert_eq!(always.opening(at("2026-11-24T21:00:00Z")), None);
}

#[test]
fn in_ramadan_the_hours_are_those_of_ramadan_and_each_day_has_its_own() {
    // 2027-02-08 is 1 Ramadan 1448, 2027-03-10 is 1 Shawwal.
    let night = MessageHours { from_minute: 780, to_minute: 1410 };
    let hours = QuietHours { ramadan: Some(night), ..usual(540, 1260) };
    for (now, opening) in [
        // The evening before waits for the first hour of Ramadan, not for nine in the morning.
        ("2027-02-07T19:00:00Z", Some("2027-02-08T10:00:00Z")),
        ("2027-02-08T06:00:00Z", Some("2027-02-08T10:00:00Z")),
        ("2027-02-08T10:00:00Z", None),
        ("2027-02-08T20:29:59Z", None),
        ("2027-02-08T20:30:00Z", Some("2027-02-09T10:00:00Z")),
        // The last night of Ramadan waits for the morning of the feast.
        ("2027-03-09T20:45:00Z", Some("2027-03-10T06:00:00Z")),
        ("2027-03-10T06:00:00Z", None),
    ] {
        assert_eq!(hours.opening(at(now)), opening.map(at), "{now}");
    }
    assert_eq!(QuietHours::default().opening(at("2027-02-08T00:00:00Z")), None);
}

#[test]
fn a_patients_own_hours_lie_within_the_hospitals_which_count_where_none_is_left() {
    let of = |wish: PreferredTime| {
        let (from_minute, to_minute) = wish.minutes();
        Some(MessageHours { from_minute, to_minute })
    };
    // In Ramadan the hospital writes from one to half past eleven at night.
    let ramadan = Some(MessageHours { from_minute: 780, to_minute: 1410 });
    let house = QuietHours { ramadan, ..usual(540, 1260) };
    for (wish, now, opening) in [
        (PreferredTime::Evening, "2026-11-24T06:00:00Z", Some("2026-11-24T13:00:00Z")),
        (PreferredTime::Evening, "2026-11-24T13:00:00Z", None),
        (PreferredTime::Morning, "2026-11-24T09:00:00Z", Some("2026-11-25T06:00:00Z")),
        // Noon to four, of which an hour is the hospital's quiet one.
        (PreferredTime::Afternoon, "2027-02-08T09:00:00Z", Some("2027-02-08T10:00:00Z")),
        // No hour of the morning is left in Ramadan.
        (PreferredTime::Morning, "2027-02-08T06:00:00Z", Some("2027-02-08T10:00:00Z")),
        (PreferredTime::Morning, "2027-02-08T19:00:00Z", None),
    ] {
        let hours = QuietHours { wish: of(wish), ..house };
        assert_eq!(hours.opening(at(now)), opening.map(at), "{wish} {now}");
    }
    let alone = QuietHours { wish: of(PreferredTime::Evening), ..QuietHours::default() };
    assert_eq!(alone.opening(at("2026-11-24T06:00:00Z")), Some(at("2026-11-24T13:00:00Z")));
}

#[test]
fn staff_get_mails_as_they_want_them_and_none_at_midnight_unless_something_is_critical() {
    use SuppressionReason as R;
    let plain = Staff { mails: StaffMails::AtOnce, snoozes: false, urgent: false };
    let (day, night) = (at("2026-11-24T10:00:00Z"), at("2026-11-24T21:30:00Z"));
    let morning = Decision::Defer(at("2026-11-25T04:00:00Z"));
    let send = Decision::Send(Channel::Email);
    for (staff, now, decision) in [
        (plain, day, send),
        (plain, night, morning),
        (Staff { urgent: true, ..plain }, night, send),
        (Staff { urgent: true, snoozes: true, ..plain }, night, send),
        (Staff { snoozes: true, ..plain }, day, Decision::Suppress(R::InDigest)),
        (Staff { mails: StaffMails::Daily, ..plain }, day, Decision::Suppress(R::InDigest)),
        (Staff { mails: StaffMails::InboxOnly, ..plain }, day, Decision::Suppress(R::InboxOnly)),
    ] {
        let route = Route::To { channel: Channel::Email, tries: 0, fallback: false };
        let facts = Facts { now, invitation: None, staff: Some(staff), route, tried: false };
        assert_eq!(decide(&facts), decision, "{staff:?} {now}");
    }
}

#[test]
fn what_waits_for_the_morning_is_counted_in_the_morning() {
    let now = at("2026-11-24T20:00:00Z");
    let tired = Some(Invitation { tired: true, ..invitation() });
    let facts = Facts { now, staff: None, invitation: tired, route: SMS, tried: false };
    let morning = Decision::Defer(at("2026-11-25T06:00:00Z"));
    assert_eq!(decide(&facts), morning);
    // Staff are told at any hour: an overdue action does not sleep.
    let staff = Facts { invitation: None, ..facts };
    assert_eq!(decide(&staff), Decision::Send(Channel::Sms));
}

fn attempt(number: i32, channel: Channel, refused: bool) -> Attempt {
    Attempt { number, channel, address_masked: "•••• 5678".to_owned(), refused }
}

#[test]
fn channels_are_tried_one_after_the_other() {
    use Channel::{Email, Sms, Whatsapp};
    let all = [Sms, Whatsapp, Email];
    let to = |channel, tries, fallback| Route::To { channel, tries, fallback };
    assert_eq!(choose(&[], &[]), Route::Unreachable);
    assert_eq!(choose(&all, &[]), to(Sms, 0, true));
    assert_eq!(choose(&[Email], &[]), to(Email, 0, false));
    assert_eq!(choose(&all, &[attempt(1, Sms, false)]), to(Sms, 1, true));
    assert_eq!(choose(&all, &[attempt(1, Sms, true)]), to(Whatsapp, 0, true));
    // A mobile number that came later does not pull the retry away from the mail.
    assert_eq!(choose(&all, &[attempt(1, Email, false)]), to(Email, 1, true));
    let five: Vec<Attempt> = (1..=5).map(|number| attempt(number, Sms, false)).collect();
    assert_eq!(choose(&all, &five), to(Whatsapp, 0, true));
    assert_eq!(choose(&[Sms], &five), Route::Exhausted);
    assert_eq!(choose(&[], &five), Route::Exhausted);
}

#[test]
fn a_retry_has_the_key_of_the_first_attempt_on_its_channel() {
    let id = NotificationId(Uuid::nil());
    let earlier = [attempt(1, Channel::Sms, false), attempt(2, Channel::Email, false)];
    let key = |channel, masked| idempotency_key(id, 3, channel, masked, &earlier);
    assert_eq!(key(Channel::Sms, "•••• 5678"), format!("{id}-1"));
    assert_eq!(key(Channel::Email, "•••• 5678"), format!("{id}-2"));
    // A corrected number is another message: the provider must not drop it.
    assert_eq!(key(Channel::Sms, "•••• 0000"), format!("{id}-3"));
}

#[test]
fn pauses_grow_and_the_provider_may_ask_for_others() {
    let not_now = |retry_after| SendError::Retry { cause: "http 503".to_owned(), retry_after };
    let again = |minutes| Next::Again(TimeDelta::minutes(minutes));
    for (tries, minutes) in [(1, 1), (2, 5), (3, 15), (4, 60)] {
        assert_eq!(after_failure(&not_now(None), tries, false), again(minutes));
    }
    assert_eq!(after_failure(&not_now(None), 5, false), Next::GiveUp);
    assert_eq!(after_failure(&not_now(None), 5, true), Next::Fallback);
    let asked = |seconds| after_failure(&not_now(Some(Duration::from_secs(seconds))), 1, true);
    assert_eq!(asked(120), again(2));
    assert_eq!(asked(0), Next::Again(TimeDelta::seconds(10)));
    let unknown = SendError::Unknown { cause: "timeout".to_owned() };
    assert_eq!(after_failure(&unknown, 1, true), again(1));
    let refused = SendError::Permanent { cause: "http 400".to_owned() };
    assert_eq!(after_failure(&refused, 1, true), Next::Fallback);
    assert_eq!(after_failure(&refused, 1, false), Next::GiveUp);
}

#[test]
fn text_messages_are_counted_as_the_networks_charge_them() {
    assert_eq!(TextMessage::of("").parts, 1);
    assert_eq!(TextMessage::of(&"a".repeat(160)).parts, 1);
    assert_eq!(TextMessage::of(&"a".repeat(161)).parts, 2);
    assert_eq!(TextMessage::of(&"a".repeat(306)).parts, 2);
    assert_eq!(TextMessage::of(&"a".repeat(307)).parts, 3);
    // Brackets cost two septets each, and are not cut in the middle.
    assert_eq!(TextMessage::of(&"[".repeat(80)).parts, 1);
    assert_eq!(TextMessage::of(&"[".repeat(81)).parts, 2);
    assert_eq!(TextMessage::of(&"[".repeat(152)).parts, 2);
    assert_eq!(TextMessage::of(&"[".repeat(153)).parts, 3);
    // One Arabic letter makes every letter cost double.
    assert_eq!(TextMessage::of(&"ن".repeat(70)).parts, 1);
    assert_eq!(TextMessage::of(&"ن".repeat(71)).parts, 2);
    assert_eq!(TextMessage::of(&"ن".repeat(134)).parts, 2);
    assert_eq!(TextMessage::of(&"ن".repeat(135)).parts, 3);
    assert_eq!(TextMessage::of(&format!("{}ن", "a".repeat(70))).parts, 2);
    // A letter of two units is not cut either.
    assert_eq!(TextMessage::of(&"😀".repeat(35)).parts, 1);
    assert_eq!(TextMessage::of(&"😀".repeat(66)).parts, 2);
    assert_eq!(TextMessage::of(&"😀".repeat(67)).parts, 3);
    assert_eq!(TextMessage::of("@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ ¤¡ÄÖÑÜ§¿äöñüà\n").parts, 1);
}
