//! How hospitals, departments, physicians and patients are kept.

use std::collections::{BTreeMap, HashMap};

use px360_domain::ids::{DepartmentId, HospitalId, PatientId, PhysicianId};
use px360_domain::organizations::{Consent, HospitalChoice, Sex};
use px360_domain::{Bilingual, Locale};
use serde_json::{Value, json};
use sqlx::types::Json;

use super::describe_patients::PatientRow;
use crate::error::Result;
use crate::tx::{Reader, Tx};

/// The hospitals within reach, by code.
pub(super) async fn hospitals_within(read: Reader<'_>) -> Result<Vec<HospitalChoice>> {
    let reach = read.reach();
    let rows = sqlx::query!(
        r#"select id as "id!: HospitalId", code as "code!", name_ar as "name_ar!",
                  name_en as "name_en!"
           from hospital_names
           where ($1 or id = any($2))
             and exists (select from hospitals
                         where hospitals.id = hospital_names.id and deleted_at is null)
           order by code"#,
        reach.all,
        &reach.hospitals as _,
    )
    .fetch_all(&mut *read.db().await?)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| HospitalChoice {
            id: row.id,
            code: row.code,
            name: Bilingual::new(row.name_ar, row.name_en),
        })
        .collect())
}

/// The departments with these codes in these hospitals.
pub(super) async fn departments(
    tx: &mut Tx,
    hospitals: &[HospitalId],
    codes: &[String],
) -> Result<HashMap<(HospitalId, String), DepartmentId>> {
    let rows = sqlx::query!(
        r#"select distinct department.id as "id: DepartmentId",
                  department.hospital_id as "hospital_id: HospitalId", department.code
           from departments as department
           join unnest($1::uuid[], $2::text[]) as asked (hospital_id, code)
             on department.hospital_id = asked.hospital_id and department.code = asked.code"#,
        hospitals as _,
        codes,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(rows.into_iter().map(|row| ((row.hospital_id, row.code), row.id)).collect())
}

/// The physicians with these licences.
pub(super) async fn physicians(
    tx: &mut Tx,
    licences: &[String],
) -> Result<HashMap<String, PhysicianId>> {
    let rows = sqlx::query!(
        r#"select id as "id: PhysicianId", licence from physicians where licence = any($1)"#,
        licences,
    )
    .fetch_all(tx.db())
    .await?;
    Ok(rows.into_iter().map(|row| (row.licence, row.id)).collect())
}

/// Waits until nobody else makes patients under those of these record numbers that nobody has yet.
pub(super) async fn lock_new_numbers(tx: &mut Tx, keys: &[(HospitalId, String)]) -> Result<()> {
    let (hospitals, mrns): (Vec<HospitalId>, Vec<String>) = keys.iter().cloned().unzip();
    sqlx::query!(
        "with numbers as materialized (
             select distinct get_byte(sha256(convert_to(asked.mrn, 'UTF8')), 0) as part
             from unnest($1::uuid[], $2::text[]) as asked (hospital_id, mrn)
             where not exists (select from patient_mrns as known
                               where known.hospital_id = asked.hospital_id
                                 and known.mrn = asked.mrn)
             -- In one order for all, so that nobody waits in a circle.
             order by part
         )
         select count(pg_advisory_xact_lock(hashtext('px360 new patients'), part)) from numbers",
        &hospitals as _,
        &mrns,
    )
    .fetch_one(tx.db())
    .await?;
    Ok(())
}

/// The patients with these record numbers, locked until the end of the transaction.
pub(super) async fn lock_patients(
    tx: &mut Tx,
    keys: &[(HospitalId, String)],
) -> Result<HashMap<(HospitalId, String), PatientRow>> {
    let (hospitals, mrns): (Vec<HospitalId>, Vec<String>) = keys.iter().cloned().unzip();
    let rows = sqlx::query!(
        r#"select mrn.hospital_id as "hospital_id: HospitalId", mrn.mrn,
                  patient.id as "patient_id: PatientId"
           from patient_mrns as mrn
           join patients as patient on patient.id = mrn.patient_id
           where (mrn.hospital_id, mrn.mrn) in
                 (select * from unnest($1::uuid[], $2::text[]))
             -- Looked at again when a merge was waited for: the number belongs to the survivor then, and
             -- the batch is tried once more.
             and patient.merged_into_id is null
           order by patient.id
           for no key update of patient"#,
        &hospitals as _,
        &mrns,
    )
    .fetch_all(tx.db())
    .await?;
    let ids: Vec<PatientId> = rows.iter().map(|row| row.patient_id).collect();
    let patients = lock_by_id(tx, &ids).await?;
    let found = rows.into_iter().filter_map(|row| {
        Some(((row.hospital_id, row.mrn), patients.get(&row.patient_id)?.clone()))
    });
    Ok(found.collect())
}

/// These patients, locked until the end of the transaction.
pub(super) async fn lock_by_id(
    tx: &mut Tx,
    ids: &[PatientId],
) -> Result<HashMap<PatientId, PatientRow>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query!(
        r#"select id as "id: PatientId", name_ar, name_en, national_id, mobile, email,
                  language as "language: Locale", birth_date, sex as "sex: Sex",
                  consent as "consent: Consent", deceased, guardian_name, guardian_relation,
                  guardian_mobile, described_at,
                  described as "described: Json<BTreeMap<String, String>>"
           from patients where id = any($1) order by id for no key update"#,
        ids as _,
    )
    .fetch_all(tx.db())
    .await?;
    let row = |row: PatientRow| (row.id, row.with_floor());
    Ok(rows
        .into_iter()
        .map(|found| {
            row(PatientRow {
                id: found.id,
                name_ar: found.name_ar,
                name_en: found.name_en,
                national_id: found.national_id,
                mobile: found.mobile,
                email: found.email,
                language: found.language,
                birth_date: found.birth_date,
                sex: found.sex,
                consent: found.consent,
                deceased: found.deceased,
                guardian_name: found.guardian_name,
                guardian_relation: found.guardian_relation,
                guardian_mobile: found.guardian_mobile,
                described_at: found.described_at,
                described: found.described.0,
            })
        })
        .collect())
}

/// Stores new patients with their record numbers.
pub(super) async fn insert_patients(
    tx: &mut Tx,
    patients: &[(&(HospitalId, String), &PatientRow)],
) -> Result<()> {
    if patients.is_empty() {
        return Ok(());
    }
    let now = tx.now();
    let hospitals: Vec<HospitalId> = patients.iter().map(|(key, _)| key.0).collect();
    let mrns: Vec<String> = patients.iter().map(|(key, _)| key.1.clone()).collect();
    let rows = serde_rows(patients.iter().map(|(_, row)| *row));
    // A patient of a demo hospital is a demo patient.
    sqlx::query!(
        r#"with patient as (
               insert into patients
                   (id, name_ar, name_en, id_kind, national_id, mobile, email, language, birth_date, sex,
                    consent, do_not_contact, deceased, guardian_name, guardian_relation,
                    guardian_mobile, is_demo, described_at, described, created_at)
               select new.id, new.name_ar, new.name_en,
                      -- Its first digit tells whose number it is; messages carry no other.
                      case left(national_id, 1) when '1' then 'national_id' when '2' then 'iqama' end,
                      national_id, mobile, email, language,
                      birth_date, sex, consent, false, deceased, guardian_name, guardian_relation,
                      guardian_mobile, hospital.is_demo, described_at, described, $2
               from jsonb_to_recordset($1) as new
                    (id uuid, name_ar text, name_en text, national_id text, mobile text,
                     email text, language text, birth_date date, sex text, consent text,
                     deceased boolean, guardian_name text, guardian_relation text,
                     guardian_mobile text, described_at timestamptz, described jsonb)
               join unnest($3::uuid[], $5::uuid[]) as home (hospital_id, patient_id)
                 on home.patient_id = new.id
               join hospitals as hospital on hospital.id = home.hospital_id
           )
           insert into patient_mrns (hospital_id, mrn, patient_id)
           select * from unnest($3::uuid[], $4::text[], $5::uuid[])"#,
        rows,
        now,
        &hospitals as _,
        &mrns,
        &patients.iter().map(|(_, row)| row.id).collect::<Vec<_>>() as _,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Writes what changed of patients.
pub(super) async fn update_patients(tx: &mut Tx, patients: &[&PatientRow]) -> Result<()> {
    if patients.is_empty() {
        return Ok(());
    }
    let rows = serde_rows(patients.iter().copied());
    sqlx::query!(
        "update patients as patient
         set name_ar = new.name_ar, name_en = new.name_en, national_id = new.national_id,
             id_kind = case
                 when patient.national_id is not distinct from new.national_id then patient.id_kind
                 when new.national_id like '1%' then 'national_id' else 'iqama' end,
             -- Whoever has the record open need not be told that the same was said again.
             version = patient.version + case when
                 (patient.name_ar, patient.name_en, patient.national_id, patient.mobile,
                  patient.email, patient.language, patient.birth_date, patient.sex,
                  patient.consent, patient.deceased, patient.guardian_name,
                  patient.guardian_relation, patient.guardian_mobile, patient.deleted_at)
                 is distinct from
                 (new.name_ar, new.name_en, new.national_id, new.mobile, new.email, new.language,
                  new.birth_date, new.sex, new.consent, new.deceased, new.guardian_name,
                  new.guardian_relation, new.guardian_mobile, null::timestamptz)
                 then 1 else 0 end,
             deleted_at = null, mobile = new.mobile,
             email = new.email, language = new.language, described = new.described,
             birth_date = new.birth_date, sex = new.sex, consent = new.consent,
             deceased = new.deceased, guardian_name = new.guardian_name,
             guardian_relation = new.guardian_relation, guardian_mobile = new.guardian_mobile,
             described_at = new.described_at
         from jsonb_to_recordset($1) as new
              (id uuid, name_ar text, name_en text, national_id text, mobile text, email text,
               language text, birth_date date, sex text, consent text, deceased boolean,
               guardian_name text, guardian_relation text, guardian_mobile text, described_at timestamptz, described jsonb)
         where patient.id = new.id",
        rows,
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Writes when things were said that were known already: most messages say nothing else of a patient, and the words
/// that patients are found by need not be made again for it.
pub(super) async fn update_stamps(tx: &mut Tx, patients: &[&PatientRow]) -> Result<()> {
    if patients.is_empty() {
        return Ok(());
    }
    let described: Vec<Value> = patients.iter().map(|patient| json!(patient.described)).collect();
    sqlx::query!(
        "update patients as patient
         set described = new.described, described_at = new.described_at, deleted_at = null,
             version = patient.version + (patient.deleted_at is not null)::int
         from unnest($1::uuid[], $2::jsonb[], $3::timestamptz[]) as new (id, described, described_at)
         where patient.id = new.id",
        &patients.iter().map(|patient| patient.id).collect::<Vec<_>>() as _,
        &described,
        &patients.iter().map(|patient| patient.described_at).collect::<Vec<_>>(),
    )
    .execute(tx.db())
    .await?;
    Ok(())
}

/// Rows as one JSON document: a dozen parallel arrays would say the same less clearly.
fn serde_rows<'a>(rows: impl Iterator<Item = &'a PatientRow>) -> Value {
    rows.map(row_json).collect()
}

/// One row by the names of its columns.
pub(super) fn row_json(row: &PatientRow) -> Value {
    json!({
        "id": row.id, "name_ar": row.name_ar, "name_en": row.name_en,
        "national_id": row.national_id, "mobile": row.mobile, "email": row.email,
        "language": row.language, "birth_date": row.birth_date, "sex": row.sex,
        "consent": row.consent, "deceased": row.deceased,
        "guardian_name": row.guardian_name, "guardian_relation": row.guardian_relation,
        "guardian_mobile": row.guardian_mobile, "described_at": row.described_at,
        "described": row.described,
    })
}
