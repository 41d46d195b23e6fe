//! What is known of each kind of record.

use super::hours::WEEKDAYS;
use super::{Field, Form, RecordKind};
use crate::Locale;
use crate::notifications::{Channel, PreferredTime};
use crate::organizations::{Consent, IdKind, Sex};

const NAME: u16 = 200;
const LINE: u16 = 200;

const NAME_AR: Field = Field::text("name_ar", NAME).always().sortable();
const NAME_EN: Field = Field::text("name_en", NAME).usually().sortable();
const ACTIVE: Field = Field::new("active", Form::Flag).usually().filter();
const OPENED: Field = Field::new("opened_on", Form::Day);
const CLOSED: Field = Field::new("closed_on", Form::Day);
const LANGUAGE: Field =
    Field::new("language", Form::Choice(&[Locale::Ar.as_str(), Locale::En.as_str()])).filter();

const WORKING_HOURS: &[Field] = &[
    Field::new("weekday", Form::Choice(WEEKDAYS)).required(),
    Field::new("from_time", Form::Time).required(),
    Field::new("until_time", Form::Time).required(),
];

const HOLIDAY: &[Field] = &[Field::new("day", Form::Day).required()];

pub(super) const HOSPITAL: &[Field] = &[
    Field::new("code", Form::Code).required().always().sortable(),
    NAME_AR,
    NAME_EN,
    Field::text("city_ar", LINE).usually(),
    Field::text("city_en", LINE),
    Field::text("licence", 60),
    Field::new("help_phone", Form::Dial),
    Field::new("time_zone", Form::Choice(&["Asia/Riyadh"])),
    Field::new("latitude", Form::Degrees(-90.0, 90.0)),
    Field::new("longitude", Form::Degrees(-180.0, 180.0)),
    Field::new("working_hours", Form::Rows(WORKING_HOURS)),
    Field::new("holidays", Form::Rows(HOLIDAY)),
    Field::new("messages_from", Form::Time),
    Field::new("messages_until", Form::Time),
    Field::new("ramadan_from", Form::Time),
    Field::new("ramadan_until", Form::Time),
    Field::new("consent_required", Form::Flag),
    OPENED,
    CLOSED,
    ACTIVE,
];

pub(super) const DEPARTMENT: &[Field] = &[
    Field::new("hospital_id", Form::Ref(RecordKind::Hospital))
        .required()
        .fixed()
        .usually()
        .filter(),
    Field::new("code", Form::Code).required().always().sortable(),
    NAME_AR,
    NAME_EN,
    Field::new("parent_id", Form::Ref(RecordKind::Department)).usually().filter(),
    Field::new("manager_id", Form::Ref(RecordKind::User)).usually(),
    Field::new("phone", Form::Dial),
    Field::text("location", LINE),
    OPENED,
    CLOSED,
    ACTIVE,
];

const AFFILIATION: &[Field] = &[
    Field::new("hospital_id", Form::Ref(RecordKind::Hospital)).required(),
    Field::new("department_id", Form::Ref(RecordKind::Department)),
    Field::new("from_on", Form::Day),
    Field::new("until_on", Form::Day),
];

pub(super) const PHYSICIAN: &[Field] = &[
    Field::new("licence", Form::Code).required().always().sortable(),
    Field::new("licence_expires_on", Form::Day).usually().sortable(),
    NAME_AR,
    NAME_EN,
    Field::text("specialty_ar", LINE).usually(),
    Field::text("specialty_en", LINE),
    Field::new("affiliations", Form::Rows(AFFILIATION)),
    Field::new("user_id", Form::Ref(RecordKind::User)),
    ACTIVE,
];

pub(super) const EMPLOYEE: &[Field] = &[
    Field::new("hospital_id", Form::Ref(RecordKind::Hospital)).required().usually().filter(),
    Field::new("number", Form::Code).required().always().sortable(),
    NAME_AR,
    NAME_EN,
    Field::text("title_ar", LINE).usually(),
    Field::text("title_en", LINE),
    Field::new("department_id", Form::Ref(RecordKind::Department)).usually().filter(),
    Field::new("manager_id", Form::Ref(RecordKind::Employee)),
    Field::new("user_id", Form::Ref(RecordKind::User)),
    ACTIVE,
];

const MRN: &[Field] = &[
    Field::new("hospital_id", Form::Ref(RecordKind::Hospital)).required(),
    Field::new("mrn", Form::Code).required(),
];

pub(super) const PATIENT: &[Field] = &[
    Field::text("name_ar", NAME).always().identity(),
    Field::text("name_en", NAME).usually().identity(),
    Field::new("mrns", Form::Rows(MRN)).required().usually(),
    Field::new(
        "id_kind",
        Form::Choice(&[
            IdKind::NationalId.as_str(),
            IdKind::Iqama.as_str(),
            IdKind::Passport.as_str(),
            IdKind::GccId.as_str(),
            IdKind::BorderNumber.as_str(),
        ]),
    )
    .filter(),
    Field::new("national_id", Form::IdNumber).identity(),
    Field::new("birth_date", Form::Day).usually().identity(),
    Field::new(
        "sex",
        Form::Choice(&[Sex::Female.as_str(), Sex::Male.as_str(), Sex::Unknown.as_str()]),
    )
    .usually()
    .filter(),
    Field::new("mobile", Form::Phone).usually().identity(),
    Field::new("email", Form::Email).identity(),
    LANGUAGE,
    Field::new(
        "preferred_channel",
        Form::Choice(&[Channel::Sms.as_str(), Channel::Whatsapp.as_str(), Channel::Email.as_str()]),
    )
    .filter(),
    Field::new(
        "preferred_time",
        Form::Choice(&[
            PreferredTime::Morning.as_str(),
            PreferredTime::Afternoon.as_str(),
            PreferredTime::Evening.as_str(),
        ]),
    )
    .filter(),
    Field::text("guardian_name", NAME).identity(),
    Field::text("guardian_relation", 60),
    Field::new("guardian_mobile", Form::Phone).identity(),
    Field::new(
        "consent",
        Form::Choice(&[
            Consent::Given.as_str(),
            Consent::Withdrawn.as_str(),
            Consent::NotAsked.as_str(),
        ]),
    )
    .filter(),
    Field::new("do_not_contact", Form::Flag).filter(),
    Field::new("deceased", Form::Flag).filter(),
];

pub(super) const USER: &[Field] = &[
    Field::new("username", Form::Code).required().always().fixed().sortable(),
    NAME_AR,
    NAME_EN,
    Field::new("email", Form::Email).required().usually(),
    Field::new("phone", Form::Phone),
    Field::new("password", Form::Secret).required().fixed().unlisted(),
    Field::new("hospital_id", Form::Ref(RecordKind::Hospital)).usually().filter(),
    Field::new("department_id", Form::Ref(RecordKind::Department)).filter(),
    LANGUAGE,
    Field::text("roles", LINE).usually().derived(),
    ACTIVE,
];
