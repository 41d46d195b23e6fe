-- Physicians and patients.

create table physicians (
    id uuid primary key,
    -- The licence number of the Saudi Commission for Health Specialties.
    licence text not null constraint physicians_licence_key unique,
    name_ar text not null,
    name_en text not null,
    specialty_ar text not null,
    specialty_en text not null,
    user_id uuid constraint physicians_user_fkey references users,
    created_at timestamptz not null
);

create table patients (
    id uuid primary key,
    name_ar text not null,
    name_en text not null,
    national_id text,
    mobile text,
    email text,
    language text not null constraint patients_language_check check (language in ('ar', 'en')),
    birth_date date,
    sex text not null constraint patients_sex_check check (sex in ('female', 'male', 'unknown')),
    consent text not null constraint patients_consent_check check (
        consent in ('given', 'withdrawn', 'not_asked')),
    do_not_contact boolean not null,
    deceased boolean not null,
    is_demo boolean not null,
    -- When the newest event that described the patient happened: older ones do not overwrite.
    described_at timestamptz not null,
    created_at timestamptz not null,
    constraint patients_name_check check (name_ar <> '' or name_en <> '')
);

-- A person may have several record numbers in one hospital, and others elsewhere.
create table patient_mrns (
    hospital_id uuid not null constraint patient_mrns_hospital_fkey references hospitals,
    mrn text not null,
    patient_id uuid not null constraint patient_mrns_patient_fkey references patients,
    constraint patient_mrns_key primary key (hospital_id, mrn)
);
create index patient_mrns_patient_idx on patient_mrns (patient_id);
