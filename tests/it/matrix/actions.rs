//! Actions: in a department of each place, with nobody as their owner, and one's own.

use px360_domain::access::{Permission, Role, policy};
use px360_server::Walls;
use serde_json::{Value, json};
use sqlx::PgPool;
use sqlx::types::Uuid;

use super::{Door, Findings, NOWHERE, PEOPLE, Place, Places, ask, make};
use crate::house::{House, PASSWORD};

/// An action, and what no other text has.
struct Target {
    place: Place,
    id: String,
    reference: String,
}

/// Looking at one, and what each change wants beside. They were made from an old page, so that what is
/// allowed is a conflict.
pub(super) fn doors(id: &str) -> Vec<(Door, Option<Permission>)> {
    let work = Some(Permission::ActionWork);
    let start = json!({ "version": 99 });
    let close = json!({ "version": 99, "resolution": "x" });
    let decide = json!({ "version": 99, "approve": true, "reason": "" });
    let rpc = |cmd: &Value| json!({ "id": id, "cmd": cmd });
    vec![
        (Door::get("/api/actions/{id}/"), None),
        (Door::post("/rpc/actions/detail", json!({ "id": id })), None),
        (Door::post("/rpc/actions/neighbours", json!({ "id": id, "filter": {} })), None),
        (Door::post("/rpc/actions/start", rpc(&start)), work),
        (Door::post("/rpc/actions/close", rpc(&close)), work),
        (Door::post("/rpc/actions/decide", rpc(&decide)), Some(Permission::ActionApprove)),
        (Door::post("/api/actions/{id}/start/", start), work),
        (Door::post("/api/actions/{id}/close/", close), work),
        (Door::post("/api/actions/{id}/decide/", decide), Some(Permission::ActionApprove)),
    ]
}

/// Notes know no version: what is allowed is done.
pub(super) fn notes(id: &str) -> [(Door, u16); 2] {
    let note = json!({ "text": "x" });
    let rpc = json!({ "id": id, "cmd": note });
    [
        (Door::post("/api/actions/{id}/notes/", note), 204),
        (Door::post("/rpc/actions/note", rpc), 200),
    ]
}

/// Lists, and the search: they hold what is reached.
pub(super) fn lists() -> [Door; 3] {
    [
        Door::get("/api/actions/?limit=200"),
        Door::post("/rpc/actions/list", json!({ "filter": {} })),
        Door::post("/rpc/search/records", json!({ "words": "ACT-MX" })),
    ]
}

pub(super) async fn db_action(
    db: &PgPool,
    reference: &str,
    hospital: &str,
    department: &str,
) -> String {
    sqlx::query_scalar(
        "insert into actions (id, reference, hospital_id, department_id, kind, severity, status,
             triggered, opened_at, response_due_at, resolution_due_at, due_at, escalation_level,
             version)
         values ($1, $2, $3::uuid, $4::uuid, 'low_score', 'high', 'open', '[]', now(), now(), now(),
             now(), 0, 1)
         returning id::text",
    )
    .bind(Uuid::now_v7())
    .bind(reference)
    .bind(hospital)
    .bind(department)
    .fetch_one(db)
    .await
    .unwrap()
}

async fn targets(house: &House, key: &str) -> Vec<Target> {
    let places = Places::db_of(&house.db).await;
    let beside = json!({ "hospital_id": places.riyadh, "code": "BESIDE", "name_en": "Beside" });
    let kind = px360_domain::records::RecordKind::Department;
    let beside = make(house, key, kind, beside).await;
    let mut targets = Vec::new();
    for (place, hospital, department) in places.with_sibling(&beside) {
        let reference = format!("ACT-MX-{place:?}");
        let id = db_action(&house.db, &reference, &hospital, &department).await;
        targets.push(Target { place, id, reference });
    }
    let reference = "ACT-MX-nowhere".to_owned();
    targets.push(Target { place: Place::Unknown, id: NOWHERE.to_owned(), reference });
    targets
}

fn reached(role: Role, permission: Permission, place: Place) -> Option<bool> {
    policy(role, permission).map(|scope| place.is_reached(role, scope))
}

/// What a door answers, where `done` is the status of what is allowed.
fn expected(role: Role, place: Place, change: Option<Permission>, done: u16) -> u16 {
    match reached(role, Permission::ActionRead, place) {
        None => 403,
        Some(false) => 404,
        Some(true) => match change.map(|permission| reached(role, permission, place)) {
            None | Some(Some(true)) => done,
            Some(None | Some(false)) => 403,
        },
    }
}

async fn knock_everywhere(db: PgPool, walls: Walls) {
    let house = House::with_walls(db, walls).await;
    let admin = house.token_of("admin", PASSWORD).await;
    let targets = targets(&house, &admin).await;
    let mut findings = Findings::default();
    for (role, username) in PEOPLE {
        let key = house.token_of(username, PASSWORD).await;
        for target in &targets {
            let (place, id) = (target.place, target.id.as_str());
            let mut knocks: Vec<_> = doors(id)
                .into_iter()
                .map(|(door, change)| {
                    let done = if change.is_some() { 409 } else { 200 };
                    (door, expected(role, place, change, done))
                })
                .collect();
            knocks.extend(notes(id).into_iter().map(|(door, done)| {
                (door, expected(role, place, Some(Permission::ActionWork), done))
            }));
            for (door, expected) in knocks {
                let (status, _) = door.knock(&house, id, &key).await;
                findings.expect(status, expected, &format!("{role} {} {place:?}", door.name()));
            }
        }
        lists_hold_what_is_reached(&house, role, &key, &targets, &mut findings).await;
        many_are_started_as_one_is(&house, role, &key, &targets, &mut findings).await;
    }
    findings.none();
}

async fn lists_hold_what_is_reached(
    house: &House,
    role: Role,
    key: &str,
    targets: &[Target],
    findings: &mut Findings,
) {
    for door in lists() {
        let (status, text) = door.knock(house, "", key).await;
        let may = policy(role, Permission::ActionRead).is_some();
        findings.expect(status, if may { 200 } else { 403 }, &format!("{role} {}", door.name()));
        for target in targets {
            let reached = reached(role, Permission::ActionRead, target.place) == Some(true);
            let what = format!("{role} {} {:?}", door.name(), target.place);
            findings.expect(text.contains(&target.reference), reached, &what);
        }
    }
}

pub(super) const START_MANY: &str = "/rpc/actions/start-many";

/// One deed for several: what cannot be done to one of them is refused in silence, and not done.
async fn many_are_started_as_one_is(
    house: &House,
    role: Role,
    key: &str,
    targets: &[Target],
    findings: &mut Findings,
) {
    for target in targets {
        let (id, place) = (target.id.as_str(), target.place);
        let body = json!({ "picked": { "ids": [id] } });
        let (status, _) = ask(house, "POST", START_MANY, &body, key).await;
        let reads = policy(role, Permission::ActionRead).is_some();
        findings.expect(status, if reads { 200 } else { 403 }, &format!("{role} {START_MANY}"));
        let back = "update actions set status = 'open', owner_id = null where id = $1::uuid
                    and status <> 'open'";
        let started = sqlx::query(back).bind(id).execute(&house.db).await.unwrap();
        let may = expected(role, place, Some(Permission::ActionWork), 200) == 200;
        let what = format!("{role} {START_MANY} {place:?}");
        findings.expect(started.rows_affected() == 1, may, &what);
    }
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn every_door_of_actions_opens_as_far_as_the_policy_says(db: PgPool) {
    knock_everywhere(db, Walls::Both).await;
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn the_scope_of_statements_alone_opens_no_door_further(db: PgPool) {
    knock_everywhere(db, Walls::ScopeAlone).await;
}

#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn row_level_security_alone_opens_no_door_further(db: PgPool) {
    knock_everywhere(db, Walls::RowsAlone).await;
}

/// What a role does with its own reaches what belongs to the one who asks, wherever it stands.
#[sqlx::test(migrator = "px360_server::MIGRATOR")]
async fn ones_own_actions_are_reached_and_nobody_elses(db: PgPool) {
    let house = House::new(db).await;
    let places = Places::db_of(&house.db).await;
    let id = db_action(&house.db, "ACT-MX-mine", &places.riyadh, &places.own).await;
    let mut findings = Findings::default();
    for (role, username) in PEOPLE {
        let give = "update actions set owner_id = (select id from users where username = $1)
                    where id = $2::uuid";
        sqlx::query(give).bind(username).bind(&id).execute(&house.db).await.unwrap();
        let key = house.token_of(username, PASSWORD).await;
        let (status, _) = doors(&id)[0].0.knock(&house, &id, &key).await;
        let may = policy(role, Permission::ActionRead).is_some();
        // A nurse reads by department alone: what she owns elsewhere is out of her sight.
        let expected = match role {
            _ if !may => 403,
            Role::Nurse => 404,
            _ => 200,
        };
        findings.expect(status, expected, &format!("{role} reads their own"));
    }
    findings.none();
}
