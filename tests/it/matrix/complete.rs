//! That nothing which is served was forgotten here.

use std::collections::BTreeSet;

use leptos::server_fn::axum::server_fn_paths;
use px360_domain::records::RecordKind;
use serde_json::Value;
use sqlx::PgPool;

use super::{
    Door, NOWHERE, actions, events, files, journeys, own, people, posters, records, responses,
    surveys, views,
};
use crate::doors::{OPEN_TO_ALL, OPEN_WITH_THE_PASSWORD, PUBLIC};
use crate::house::House;

/// As the schema names them: without what is asked of them.
fn plain(door: &Door) -> String {
    door.name().split('?').next().unwrap_or_default().to_owned()
}

/// Whatever the files here knock at.
fn known() -> BTreeSet<String> {
    let mut known: BTreeSet<String> =
        RecordKind::ALL.iter().flat_map(|kind| records::doors(*kind)).collect();
    known.extend(files::DOORS.map(str::to_owned));
    let posts = [actions::START_MANY, events::RECEIVE, views::SAVE, views::LIST];
    known.extend(posts.map(|path| format!("POST {path}")));
    let nobody = Value::Null;
    let of_work = actions::doors(NOWHERE).into_iter().map(|(door, _)| door);
    let of_notes = actions::notes(NOWHERE).into_iter().map(|(door, _)| door);
    let of_events = events::of_events().into_iter().map(|(door, _, _)| door);
    let of_the_log = events::of_the_log().into_iter().map(|(door, _, _)| door);
    let of_a_mapping = events::of_a_mapping(&nobody).into_iter().map(|(door, _, _)| door);
    let of_everything = events::of_everything().into_iter().map(|(door, _)| door);
    let of_people = people::doors(NOWHERE, &nobody).into_iter().map(|(door, _, _)| door);
    let of_views = views::doors(NOWHERE, NOWHERE).into_iter().map(|(door, _)| door);
    let all = of_work.chain(of_notes).chain(actions::lists()).chain(of_events);
    let all = all.chain(of_the_log).chain(of_a_mapping);
    let all = all.chain(of_everything).chain(of_people).chain(of_views);
    let all = all.chain(of_journeys(&nobody)).chain(of_surveys(&nobody));
    let all = all.chain(records::of_a_patient(NOWHERE));
    let all = all.chain(own::of_oneself()).chain(own::of_a_session(NOWHERE));
    let all = all.chain(own::of_a_delegation(NOWHERE));
    known.extend(all.chain(own::of_the_inbox(NOWHERE)).map(|door| plain(&door)));
    known
}

/// Journeys, their templates, and the systems that send.
fn of_journeys(nobody: &Value) -> impl Iterator<Item = Door> {
    let all = journeys::of_a_journey(NOWHERE).into_iter().chain(journeys::of_all_journeys());
    let all = all.chain(journeys::of_a_draft(NOWHERE)).chain(journeys::of_all_templates(nobody));
    let all = all.chain(journeys::of_a_source(NOWHERE)).chain(journeys::of_all_sources());
    let all = all.chain(journeys::of_new_sources("x", NOWHERE));
    let all = all.chain(journeys::of_a_message(NOWHERE));
    all.chain(journeys::of_codes(NOWHERE, NOWHERE, NOWHERE)).map(|(door, _, _)| door)
}

/// Surveys and what they ask.
fn of_surveys(nobody: &Value) -> impl Iterator<Item = Door> {
    let all = surveys::of_a_survey(NOWHERE).into_iter().chain(surveys::of_all_surveys());
    let all = all.chain(surveys::of_messages()).chain(surveys::of_a_rule(NOWHERE));
    let all = all.chain(surveys::of_all_rules(nobody));
    let all = all.chain(surveys::of_all_instances()).chain(surveys::of_an_instance(NOWHERE));
    let all = all.chain(responses::of_a_response(NOWHERE)).chain([responses::of_a_file()]);
    let all = all.chain(surveys::of_a_pause(NOWHERE)).chain(surveys::of_all_pauses(nobody));
    let all = all.chain(posters::of_a_poster(NOWHERE)).chain(posters::of_its_end(NOWHERE));
    let all = all.chain(posters::of_all_posters()).chain(posters::of_new_posters(nobody));
    all.chain(surveys::of_new_surveys(nobody)).map(|(door, _, _)| door)
}

/// Opened by the signature or the word of a provider, as `notifications::receipts` shows: nobody's role counts.
const SIGNED: [&str; 2] =
    ["GET /api/notifications/receipts/{provider}/", "POST /api/notifications/receipts/{provider}/"];

/// What is open to everybody, or about the one who asks, as `doors` shows.
fn open() -> BTreeSet<String> {
    let calls = OPEN_TO_ALL.into_iter().chain(OPEN_WITH_THE_PASSWORD.map(|(path, _)| path));
    let calls = calls.map(|path| format!("POST {path}"));
    let signed = SIGNED.map(str::to_owned);
    PUBLIC.lines().map(str::to_owned).chain(calls).chain(signed).collect()
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn no_door_is_left_out_of_the_matrix(db: PgPool) {
    let house = House::new(db).await;
    let schema = serde_json::to_value(px360::schema(&house.deps)).unwrap();
    let rest = schema["paths"].as_object().unwrap().iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().keys();
        methods.map(move |method| format!("{} {path}", method.to_uppercase()))
    });
    let calls = server_fn_paths().map(|(path, method)| format!("{method} {path}"));
    let served: BTreeSet<String> = rest.chain(calls).collect();
    let (known, open) = (known(), open());
    let unknown: Vec<&String> =
        served.iter().filter(|door| !known.contains(*door) && !open.contains(*door)).collect();
    assert!(unknown.is_empty(), "say in tests/it/matrix who may open these: {unknown:#?}");
    let gone: Vec<&String> = known.union(&open).filter(|door| !served.contains(*door)).collect();
    assert!(gone.is_empty(), "nobody serves these: {gone:#?}");
}
