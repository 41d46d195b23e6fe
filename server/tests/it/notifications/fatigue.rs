//! How often patients are asked: rules as people set them, told day by day.

use chrono::TimeDelta;
use px360_domain::ids::PatientId;
use px360_server::gateways::Gateways;
use sqlx::PgPool;
use uuid::Uuid;

use super::house::{House, Patient};

async fn house(db: PgPool) -> House {
    let (gateways, _outbox) = Gateways::memory();
    let house = House::new(db, gateways).await;
    sqlx::query("delete from fatigue_rules").execute(&house.db).await.unwrap();
    house
}

/// What a rule restricts; nothing is as the group has it.
#[derive(Clone, Copy, Default)]
struct Rule {
    max: Option<i32>,
    window_days: i32,
    gap_days: Option<i32>,
    hospital: Option<Uuid>,
    channel: Option<&'static str>,
    journey_type: Option<&'static str>,
}

async fn db_rule(house: &House, rule: Rule) -> Uuid {
    sqlx::query_scalar(
        "insert into fatigue_rules (id, invitations_max, window_days, gap_days, hospital_id,
             channel, journey_type, created_at)
         values (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $7) returning id",
    )
    .bind(rule.max)
    .bind(rule.window_days.max(1))
    .bind(rule.gap_days)
    .bind(rule.hospital)
    .bind(rule.channel)
    .bind(rule.journey_type)
    .bind(house.now())
    .fetch_one(&house.db)
    .await
    .unwrap()
}

/// Invites somebody now; answers whether they were asked, and which rule stopped it.
async fn ask(house: &House, patient: PatientId) -> Result<(), Option<Uuid>> {
    let survey = house.survey(patient).await;
    let id = house.invite(patient, survey).await;
    house.deliver().await;
    let (status, rule): (String, Option<Uuid>) =
        sqlx::query_as("select status, fatigue_rule_id from notifications where id = $1")
            .bind(id)
            .fetch_one(&house.db)
            .await
            .unwrap();
    if status == "sent" { Ok(()) } else { Err(rule) }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_rule_lets_pass_what_its_rolling_window_and_its_gap_allow(db: PgPool) {
    let house = house(db).await;
    let twice_a_week = Rule { max: Some(2), window_days: 7, ..Rule::default() };
    let never = Rule { max: Some(0), window_days: 1, ..Rule::default() };
    let with_gap = Rule { gap_days: Some(3), ..Rule::default() };
    let both = Rule { max: Some(3), window_days: 30, gap_days: Some(2), ..Rule::default() };
    for (rule, days) in [
        // The day, counted from the first invitation, and whether the patient is asked.
        (
            twice_a_week,
            vec![(0, true), (1, true), (2, false), (6, false), (7, true), (8, true), (9, false)],
        ),
        (never, vec![(0, false), (40, false)]),
        (with_gap, vec![(0, true), (1, false), (2, false), (3, true), (5, false), (6, true)]),
        (
            both,
            vec![(0, true), (1, false), (2, true), (4, true), (8, false), (29, false), (30, true)],
        ),
    ] {
        let id = db_rule(&house, rule).await;
        let patient =
            house.patient(Patient { mobile: Some("+966500000001"), ..Patient::default() });
        let (patient, first) = (patient.await, house.now());
        for (day, asked) in days {
            house.clock.set(first + TimeDelta::days(day));
            let expected = if asked { Ok(()) } else { Err(Some(id)) };
            assert_eq!(ask(&house, patient).await, expected, "day {day}");
        }
        // What this patient was sent is nobody's past any more.
        house.clock.set(first + TimeDelta::days(800));
        house.db_set("delete from fatigue_rules where id = $1", id).await;
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn two_journeys_of_one_family_share_a_phone_and_are_asked_once(db: PgPool) {
    let house = house(db).await;
    let rule = db_rule(&house, Rule { gap_days: Some(7), ..Rule::default() }).await;
    let with = |mobile| Patient { mobile, email: None, ..Patient::default() };
    let mother = house.patient(with(Some("+966500000001"))).await;
    let child = house.patient(with(Some("+966500000001"))).await;
    let stranger = house.patient(with(Some("+966500000002"))).await;
    // At the same moment, so that only the lock of the phone can tell them apart.
    let mut ids = Vec::new();
    for patient in [mother, child, stranger] {
        let survey = house.survey(patient).await;
        ids.push(house.invite(patient, survey).await);
    }
    house.deliver().await;
    let mut sent = Vec::new();
    for id in &ids {
        sent.push(house.message(*id).await.0 == "sent");
    }
    assert!(sent[2], "another phone is another matter");
    assert!(sent[0] != sent[1], "one of the family is asked: {sent:?}");
    house.clock.advance(TimeDelta::days(6));
    assert_eq!(ask(&house, child).await, Err(Some(rule)));
    house.clock.advance(TimeDelta::days(1));
    assert_eq!(ask(&house, mother).await, Ok(()));
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn a_rule_counts_and_stops_only_what_it_is_about(db: PgPool) {
    let house = house(db).await;
    let once = Rule { max: Some(1), window_days: 30, ..Rule::default() };
    let elsewhere: Uuid = sqlx::query_scalar(
        "insert into hospitals (id, code, name_ar, name_en, consent_required, calendar, is_demo,
             created_at)
         values (gen_random_uuid(), 'ELSE', 'أ', 'e', false, '{}', false, now()) returning id",
    )
    .fetch_one(&house.db)
    .await
    .unwrap();
    for other in [
        Rule { hospital: Some(elsewhere), ..once },
        Rule { channel: Some("email"), ..once },
        Rule { journey_type: Some("ems"), ..once },
    ] {
        db_rule(&house, other).await;
    }
    let by_phone = house.patient(Patient { email: None, ..Patient::default() }).await;
    for _ in 0..3 {
        assert_eq!(ask(&house, by_phone).await, Ok(()));
    }
    // Among several, the most particular one is named.
    db_rule(&house, once).await;
    let here = db_rule(&house, Rule { hospital: Some(house.hospital.0), ..once }).await;
    assert_eq!(ask(&house, by_phone).await, Err(Some(here)));
    let log: String = sqlx::query_scalar(
        "select detail ->> 'rule' from audit_events where action = 'notification.suppressed'",
    )
    .fetch_one(&house.db)
    .await
    .unwrap();
    assert_eq!(log, here.to_string());
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn in_ramadan_an_invitation_waits_for_the_hours_of_ramadan(db: PgPool) {
    let house = house(db).await;
    house
        .db_set(
            "update hospitals set ramadan_from_minute = 780, ramadan_to_minute = 1410 where id = $1",
            house.hospital.0,
        )
        .await;
    // 09:30 on 1 Ramadan 1448: open on any other day.
    house.clock.set("2027-02-08T06:30:00Z".parse().unwrap());
    let (id, _) = house.invited(Patient::default()).await;
    house.deliver().await;
    assert_eq!(house.status(id).await, "queued");
    house.clock.set("2027-02-08T09:59:00Z".parse().unwrap());
    house.deliver().await;
    assert_eq!(house.status(id).await, "queued");
    house.clock.set("2027-02-08T10:00:00Z".parse().unwrap());
    house.deliver().await;
    assert_eq!(house.status(id).await, "sent", "deferred, never dropped");
}
