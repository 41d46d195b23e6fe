//! Hospitals, departments, physicians, users, templates and the source.

use std::collections::HashMap;

use px360_domain::Bilingual;
use px360_domain::access::Role;
use px360_domain::accounts::Grant;
use px360_domain::ids::{DepartmentId, HospitalId, UserId};
use secrecy::{ExposeSecret as _, SecretString};

use super::data::{Data, User};
use super::store::{self, NewDepartment, NewEmployee, NewPhysician};
use super::{journeys, names};
use crate::accounts::{self, NewUser};
use crate::error::Result;
use crate::seed::library;
use crate::tx::Tx;

/// Everything that the history needs to know.
pub(super) struct Places {
    pub(super) hospitals: Vec<HospitalPlace>,
    pub(super) source_id: px360_domain::ids::SourceId,
    pub(super) users: HashMap<String, UserId>,
}

/// One hospital with its clinics.
pub(super) struct HospitalPlace {
    pub(super) code: String,
    pub(super) clinics: Vec<Clinic>,
}

/// One clinic with its physicians' licences.
pub(super) struct Clinic {
    pub(super) code: String,
    pub(super) licences: Vec<String>,
}

pub(super) async fn insert(
    tx: &mut Tx,
    data: &Data,
    password_hash: &str,
    api_key: &SecretString,
) -> Result<Places> {
    crate::seed::roles::ensure_in(tx).await?;
    let mut ids = Ids::default();
    let mut hospitals = Vec::new();
    for (place_number, hospital) in data.hospitals.iter().enumerate() {
        let hospital_id = tx.ctx().new_id();
        store::insert_hospital(tx, hospital_id, &hospital.code, &hospital.name).await?;
        ids.hospitals.insert(hospital.code.clone(), hospital_id);
        let clinics = clinics(tx, data, &mut ids, hospital_id, place_number).await?;
        hospitals.push(HospitalPlace { code: hospital.code.clone(), clinics });
    }
    let mut users = HashMap::new();
    for (number, user) in data.users.iter().enumerate() {
        let id = insert_user(tx, user, &ids, password_hash).await?;
        users.insert(user.username.clone(), id);
        insert_employee(tx, user, &ids, number, id).await?;
    }
    if let Some(user) = users.get("physician") {
        store::link_first_physician(tx, *user).await?;
    }
    let surveys = library::publish_in(tx).await?;
    journeys::insert(tx, surveys).await?;
    let key_hash = accounts::hash_api_key(api_key.expose_secret());
    let source_id =
        store::insert_source(tx, ("demo-his", "Al Nakheel HIS"), key_hash.as_ref()).await?;
    Ok(Places { hospitals, source_id, users })
}

/// Whoever works in a hospital is on its list of employees.
async fn insert_employee(
    tx: &mut Tx,
    user: &User,
    ids: &Ids,
    number: usize,
    user_id: UserId,
) -> Result<()> {
    let hospital = user.hospital.as_ref().and_then(|code| ids.hospitals.get(code).copied());
    let (Some(hospital_id), Some(title)) = (hospital, &user.title) else { return Ok(()) };
    let department = user.department.clone();
    let department_id =
        department.and_then(|code| ids.departments.get(&(hospital_id, code)).copied());
    let number = format!("EMP-{}", 1_000 + number);
    let new = NewEmployee {
        hospital_id,
        department_id,
        number: &number,
        name: &user.name,
        title,
        user_id,
    };
    store::insert_employee(tx, new).await
}

#[derive(Default)]
struct Ids {
    hospitals: HashMap<String, HospitalId>,
    departments: HashMap<(HospitalId, String), DepartmentId>,
}

async fn clinics(
    tx: &mut Tx,
    data: &Data,
    ids: &mut Ids,
    hospital_id: HospitalId,
    place_number: usize,
) -> Result<Vec<Clinic>> {
    let mut clinics = Vec::new();
    for (number, department) in data.departments.iter().enumerate() {
        let id = tx.ctx().new_id();
        let parent_id = department
            .parent
            .as_ref()
            .and_then(|code| ids.departments.get(&(hospital_id, code.clone())).copied());
        let new = NewDepartment {
            id,
            hospital_id,
            parent_id,
            code: &department.code,
            name: &department.name,
        };
        store::insert_department(tx, new).await?;
        ids.departments.insert((hospital_id, department.code.clone()), id);
        let Some(specialty) = &department.specialty else { continue };
        let mut licences = Vec::new();
        for seat in 0..2 {
            let licence = names::licence(place_number, number, seat);
            let who = place_number * 31 + number * 7 + seat * 3;
            let name = physician_name(data, who);
            let new =
                NewPhysician { hospital_id, department_id: id, licence: &licence, name, specialty };
            store::insert_physician(tx, new).await?;
            licences.push(licence);
        }
        clinics.push(Clinic { code: department.code.clone(), licences });
    }
    Ok(clinics)
}

fn physician_name(data: &Data, who: usize) -> Bilingual {
    let first =
        if who.is_multiple_of(2) { &data.first_names.male } else { &data.first_names.female };
    let pick = |names: &[(String, String)], at: usize| names[at % names.len()].clone();
    let (first_ar, first_en) = pick(first, who / 2);
    let (family_ar, family_en) = pick(&data.family_names, who);
    Bilingual::new(format!("د. {first_ar} {family_ar}"), format!("Dr. {first_en} {family_en}"))
}

async fn insert_user(tx: &mut Tx, user: &User, ids: &Ids, password_hash: &str) -> Result<UserId> {
    let hospital_id = user.hospital.as_ref().and_then(|code| ids.hospitals.get(code).copied());
    let department_id =
        hospital_id.zip(user.department.clone()).and_then(|key| ids.departments.get(&key).copied());
    let grant = Grant {
        role: user.role,
        hospital_id: hospital_id.filter(|_| user.role != Role::PxAdmin),
        department_id,
    };
    let new = NewUser {
        username: user.username.clone(),
        email: format!("{}@demo.example", user.username),
        name: user.name.clone(),
        language: user.language,
        hospital_id,
        is_demo: true,
        grants: vec![grant],
    };
    let id = accounts::create_in(tx, new, password_hash.to_owned()).await?;
    store::place_user(tx, id, hospital_id, department_id).await?;
    Ok(id)
}
