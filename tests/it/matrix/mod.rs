//! Every door over HTTP: all roles, at home, beside it, elsewhere and nowhere, and with each wall alone.
//!
//! Each file here knocks at the doors of one kind of thing and names them in a list; `complete` compares
//! the lists with what is served, so that a new door fails until somebody has said who may open it.

mod actions;
mod complete;
mod events;
mod files;
mod journeys;
mod own;
mod people;
mod posters;
mod records;
mod responses;
mod surveys;
mod views;

use axum::body::Body;
use http::Request;
use px360_domain::access::{Permission, Role, Scope, policy};
use px360_domain::records::RecordKind;
use px360_server::Walls;
use serde_json::Value;
use sqlx::PgPool;

use crate::house::House;

/// The demo user of each role. All but the first work in Riyadh: the manager in its outpatient
/// department, the viewer in all of it, the others in departments of their own.
const PEOPLE: [(Role, &str); 8] = [
    (Role::PxAdmin, "admin"),
    (Role::HospitalAdmin, "hospital.admin"),
    (Role::DepartmentManager, "manager"),
    (Role::PxCoordinator, "coordinator"),
    (Role::Physician, "physician"),
    (Role::Nurse, "nurse"),
    (Role::Staff, "staff"),
    (Role::Viewer, "viewer"),
];

/// Both walls, and each of them alone.
const WALLS: [Walls; 3] = [Walls::Both, Walls::ScopeAlone, Walls::RowsAlone];

/// Where a thing stands, as seen from Riyadh's outpatient department.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Own,
    Sibling,
    OtherHospital,
    Unknown,
}

impl Place {
    /// Whether a permission of this scope reaches a thing that stands in a department here and
    /// belongs to nobody.
    fn is_reached(self, role: Role, scope: Scope) -> bool {
        let in_riyadh = matches!(self, Self::Own | Self::Sibling);
        match scope {
            _ if self == Self::Unknown => false,
            Scope::All => true,
            Scope::Hospital => in_riyadh,
            Scope::DepartmentSubtree => match role {
                Role::DepartmentManager => self == Self::Own,
                Role::Viewer => in_riyadh,
                _ => false,
            },
            Scope::Own => false,
        }
    }
}

/// Ids of what the demo data has.
struct Places {
    riyadh: String,
    jeddah: String,
    own: String,
    other: String,
}

impl Places {
    async fn db_of(db: &PgPool) -> Self {
        Self {
            riyadh: db_id(db, "RYD", None).await,
            jeddah: db_id(db, "JED", None).await,
            own: db_id(db, "RYD", Some("OPD")).await,
            other: db_id(db, "JED", Some("OPD")).await,
        }
    }

    /// The places with their hospital and department, with this sibling of the own one.
    fn with_sibling(&self, sibling: &str) -> [(Place, String, String); 3] {
        let at = |place, hospital: &str, department: &str| {
            (place, hospital.to_owned(), department.to_owned())
        };
        [
            at(Place::Own, &self.riyadh, &self.own),
            at(Place::Sibling, &self.riyadh, sibling),
            at(Place::OtherHospital, &self.jeddah, &self.other),
        ]
    }
}

/// An id of nothing.
const NOWHERE: &str = "01936000-0000-7000-8000-00000000000a";

/// Knocks with a key; answers the status and the body as text.
async fn ask(house: &House, method: &str, path: &str, body: &Value, key: &str) -> (u16, String) {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {key}"));
    if path.starts_with("/rpc/") {
        request = request.header("accept", px360_app::ANSWER_TYPE);
    }
    if method == "DELETE" {
        request = request.header("if-match", "99");
    }
    let request = match body {
        Value::Null => request.body(Body::empty()),
        Value::String(file) => request.body(Body::from(file.clone())),
        body => {
            request.header("content-type", "application/json").body(Body::from(body.to_string()))
        }
    };
    let (parts, answer) = house.knock(request.unwrap()).await;
    assert!(!parts.status.is_server_error(), "{method} {path}: {answer}");
    (parts.status.as_u16(), answer)
}

/// The same, where the answer is JSON.
async fn send(house: &House, method: &str, path: &str, body: &Value, key: &str) -> (u16, Value) {
    let (status, answer) = ask(house, method, path, body, key).await;
    (status, serde_json::from_str(&answer).unwrap_or_default())
}

async fn make(house: &House, key: &str, kind: RecordKind, doc: Value) -> String {
    let (status, record) = send(house, "POST", kind.api_path(), &doc, key).await;
    assert_eq!(status, 201, "{kind}: {record}");
    record["id"].as_str().unwrap().to_owned()
}

async fn db_id(db: &PgPool, hospital: &str, department: Option<&str>) -> String {
    let sql = match department {
        None => "select id::text from hospitals where code = $1 and $2 is null",
        Some(_) => {
            "select department.id::text from departments as department
             join hospitals as hospital on hospital.id = department.hospital_id
             where hospital.code = $1 and department.code = $2"
        }
    };
    let found = sqlx::query_scalar(sql).bind(hospital).bind(department);
    found.fetch_one(db).await.unwrap()
}

/// A door that a thing has: how it is knocked at, where `{id}` is the thing.
struct Door {
    method: &'static str,
    path: &'static str,
    body: Value,
}

impl Door {
    fn get(path: &'static str) -> Self {
        Self { method: "GET", path, body: Value::Null }
    }

    fn post(path: &'static str, body: Value) -> Self {
        Self { method: "POST", path, body }
    }

    /// As the lists of doors name it.
    fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    async fn knock(&self, house: &House, id: &str, key: &str) -> (u16, String) {
        ask(house, self.method, &self.path.replace("{id}", id), &self.body, key).await
    }
}

/// Knocks as everybody; `expected` says what is right for a place that is not reached.
async fn knock_as(
    house: &House,
    findings: &mut Findings,
    (role, key, walls): (Role, &str, Walls),
    (place, id): (Place, &str),
    (doors, beyond): (Vec<(Door, Permission, u16)>, &[u16]),
) {
    for (door, permission, done) in doors {
        let (status, text) = door.knock(house, id, key).await;
        let what = format!("{role} {} {place:?} {walls:?}: {text:.200}", door.name());
        match policy(role, permission) {
            None => findings.expect(status, 403, &what),
            Some(scope) if place.is_reached(role, scope) => findings.expect(status, done, &what),
            // Each wall says no in its own words.
            Some(_) => findings.expect(beyond.contains(&status), true, &what),
        }
    }
}

/// What was not as the policy says; all of it is told at once.
#[derive(Default)]
struct Findings(Vec<String>);

impl Findings {
    fn expect<T: PartialEq + std::fmt::Debug>(&mut self, found: T, expected: T, what: &str) {
        if found != expected {
            self.0.push(format!("{what}: {found:?}, not {expected:?}"));
        }
    }

    fn none(self) {
        assert!(self.0.is_empty(), "{}", self.0.join("\n"));
    }
}
