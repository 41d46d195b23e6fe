//! What kinds, fields and their closed words are called.

use px360_domain::Locale;
use px360_domain::access::Role;
use px360_domain::accounts::Me;
use px360_domain::records::{Field, RecordKind};

use crate::accounts::role_word;

/// Several of a kind.
pub(super) fn plural(locale: Locale, kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Hospital => text!(locale, records.hospitals),
        RecordKind::Department => text!(locale, records.departments),
        RecordKind::Physician => text!(locale, records.physicians),
        RecordKind::Employee => text!(locale, records.employees),
        RecordKind::Patient => text!(locale, records.patients),
        RecordKind::User => text!(locale, records.users),
    }
}

/// The way to a new one.
pub(super) fn new_one(locale: Locale, kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Hospital => text!(locale, records.new_hospital),
        RecordKind::Department => text!(locale, records.new_department),
        RecordKind::Physician => text!(locale, records.new_physician),
        RecordKind::Employee => text!(locale, records.new_employee),
        RecordKind::Patient => text!(locale, records.new_patient),
        RecordKind::User => text!(locale, records.new_user),
    }
}

/// The kinds that somebody may see.
pub(super) fn kinds_for(me: &Me) -> impl Iterator<Item = RecordKind> {
    RecordKind::ALL.iter().copied().filter(|kind| me.may(kind.read()))
}

/// Where records open for somebody: at the first kind that they may see.
pub(crate) fn first_page(locale: Locale, me: &Me) -> Option<String> {
    kinds_for(me).next().map(|kind| kind.page(locale))
}

/// What a field is called.
pub(super) fn label(locale: Locale, field: &Field) -> &'static str {
    match field.name {
        "code" => text!(locale, records.field_code),
        "name_ar" => text!(locale, records.field_name_ar),
        "name_en" => text!(locale, records.field_name_en),
        "city_ar" => text!(locale, records.field_city_ar),
        "city_en" => text!(locale, records.field_city_en),
        "licence" => text!(locale, records.field_licence),
        "help_phone" => text!(locale, records.field_help_phone),
        "time_zone" => text!(locale, records.field_time_zone),
        "working_hours" => text!(locale, records.field_working_hours),
        "holidays" => text!(locale, records.field_holidays),
        "messages_from" => text!(locale, records.field_messages_from),
        "messages_until" => text!(locale, records.field_messages_until),
        "ramadan_from" => text!(locale, records.field_ramadan_from),
        "ramadan_until" => text!(locale, records.field_ramadan_until),
        "weekday" => text!(locale, records.field_weekday),
        "from_time" => text!(locale, records.field_from_time),
        "until_time" => text!(locale, records.field_until_time),
        "day" => text!(locale, records.field_day),
        "opened_on" => text!(locale, records.field_opened_on),
        "closed_on" => text!(locale, records.field_closed_on),
        "latitude" => text!(locale, records.field_latitude),
        "longitude" => text!(locale, records.field_longitude),
        "consent_required" => text!(locale, records.field_consent_required),
        "active" => text!(locale, records.field_active),
        "hospital_id" => text!(locale, records.field_hospital_id),
        "department_id" => text!(locale, records.field_department_id),
        "parent_id" => text!(locale, records.field_parent_id),
        "manager_id" => text!(locale, records.field_manager_id),
        "phone" => text!(locale, records.field_phone),
        "location" => text!(locale, records.field_location),
        "licence_expires_on" => text!(locale, records.field_licence_expires_on),
        "specialty_ar" => text!(locale, records.field_specialty_ar),
        "specialty_en" => text!(locale, records.field_specialty_en),
        "affiliations" => text!(locale, records.field_affiliations),
        "user_id" => text!(locale, records.field_user_id),
        "number" => text!(locale, records.field_number),
        "title_ar" => text!(locale, records.field_title_ar),
        "title_en" => text!(locale, records.field_title_en),
        "from_on" => text!(locale, records.field_from_on),
        "until_on" => text!(locale, records.field_until_on),
        "mrns" => text!(locale, records.field_mrns),
        "mrn" => text!(locale, records.field_mrn),
        "id_kind" => text!(locale, records.field_id_kind),
        "national_id" => text!(locale, records.field_national_id),
        "birth_date" => text!(locale, records.field_birth_date),
        "sex" => text!(locale, records.field_sex),
        "mobile" => text!(locale, records.field_mobile),
        "email" => text!(locale, records.field_email),
        "language" => text!(locale, records.field_language),
        "preferred_channel" => text!(locale, records.field_preferred_channel),
        "preferred_time" => text!(locale, records.field_preferred_time),
        "guardian_name" => text!(locale, records.field_guardian_name),
        "guardian_relation" => text!(locale, records.field_guardian_relation),
        "guardian_mobile" => text!(locale, records.field_guardian_mobile),
        "consent" => text!(locale, records.field_consent),
        "do_not_contact" => text!(locale, records.field_do_not_contact),
        "deceased" => text!(locale, records.field_deceased),
        "username" => text!(locale, records.field_username),
        "password" => text!(locale, records.field_password),
        "roles" => text!(locale, records.field_roles),
        other => other_name(other),
    }
}

/// What helps to fill a field, where its name does not say enough.
pub(super) fn hint(locale: Locale, field: &Field) -> Option<&'static str> {
    Some(match field.name {
        "help_phone" => text!(locale, records.hint_help_phone),
        "working_hours" => text!(locale, records.hint_working_hours),
        "messages_from" => text!(locale, records.hint_messages),
        "ramadan_from" => text!(locale, records.hint_ramadan),
        _ => return None,
    })
}

/// What the field of this name is called; `hospital_id` also where it is none of the kind's own.
pub(super) fn label_of(locale: Locale, kind: RecordKind, name: &str) -> &'static str {
    match kind.field(name) {
        Some(field) => label(locale, field),
        None => text!(locale, records.field_hospital_id),
    }
}

/// A field without words would be a hole in this file; the browser tests open every form.
fn other_name(name: &str) -> &'static str {
    debug_assert!(false, "{name} has no words");
    ""
}

/// One of a field's closed words; as it is where it has no words of ours.
pub(super) fn choice(locale: Locale, word: &str) -> String {
    let said = match word {
        "female" => text!(locale, records.word_female),
        "male" => text!(locale, records.word_male),
        "unknown" => text!(locale, records.word_unknown),
        "given" => text!(locale, records.word_given),
        "withdrawn" => text!(locale, records.word_withdrawn),
        "not_asked" => text!(locale, records.word_not_asked),
        "national_id" => text!(locale, records.word_national_id),
        "iqama" => text!(locale, records.word_iqama),
        "passport" => text!(locale, records.word_passport),
        "gcc_id" => text!(locale, records.word_gcc_id),
        "border_number" => text!(locale, records.word_border_number),
        "sms" => text!(locale, records.word_sms),
        "whatsapp" => text!(locale, records.word_whatsapp),
        "email" => text!(locale, records.word_email),
        "morning" => text!(locale, records.word_morning),
        "afternoon" => text!(locale, records.word_afternoon),
        "evening" => text!(locale, records.word_evening),
        "sun" => text!(locale, records.word_sun),
        "mon" => text!(locale, records.word_mon),
        "tue" => text!(locale, records.word_tue),
        "wed" => text!(locale, records.word_wed),
        "thu" => text!(locale, records.word_thu),
        "fri" => text!(locale, records.word_fri),
        "sat" => text!(locale, records.word_sat),
        "Asia/Riyadh" => text!(locale, records.word_riyadh),
        "ar" => text!(Locale::Ar, common.language_name),
        "en" => text!(Locale::En, common.language_name),
        other => return roles(locale, other),
    };
    said.to_owned()
}

/// Roles stand side by side, each by its word.
fn roles(locale: Locale, words: &str) -> String {
    let named = words.split(' ').map(|word| match word.parse::<Role>() {
        Ok(role) => role_word(locale, role),
        Err(_) => word,
    });
    named.collect::<Vec<_>>().join(text!(locale, records.list_comma))
}

/// The sentence of yes and no.
pub(super) fn yes_or_no(locale: Locale, flag: bool) -> &'static str {
    if flag { text!(locale, records.yes) } else { text!(locale, records.no) }
}
