//! What a saved view may be.

use super::{Audience, Look, RecordLook, SaveView, VIEW_NAME_CHARS_MAX};
use crate::failure::FieldFault;
use crate::page::PAGE_SIZE_MAX;
use crate::records::{RecordKind, parse_text};

/// The most columns, and the longest name of one: far above what any list has.
const COLUMNS_MAX: usize = 40;
const WORD_CHARS_MAX: usize = 40;

/// The view with its name trimmed and without what its audience leaves no room for.
///
/// # Errors
/// One fault for each field: `name` (`required`, `too_long`), `role` (`required`), `look`
/// (`out_of_range`).
pub fn check_view(view: SaveView) -> Result<SaveView, Vec<FieldFault>> {
    let mut faults = Vec::new();
    // A name is one line, whatever was pasted, and Postgres stores no NUL.
    let name = view.name.replace(char::is_control, " ");
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => faults.push(FieldFault::new("name", "required")),
        1..=VIEW_NAME_CHARS_MAX => {}
        _ => faults.push(FieldFault::new("name", "too_long")),
    }
    if view.audience == Audience::Role && view.role.is_none() {
        faults.push(FieldFault::new("role", "required"));
    }
    if !can_be_shown(&view.look) {
        faults.push(FieldFault::new("look", "out_of_range"));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let shared = view.audience != Audience::Personal;
    Ok(SaveView {
        name,
        hospital_id: view.hospital_id.filter(|_| shared),
        role: view.role.filter(|_| view.audience == Audience::Role),
        ..view
    })
}

fn can_be_shown(look: &Look) -> bool {
    match look {
        Look::Actions(look) => {
            look.filter.cursor.is_none()
                && look.filter.hospital.as_deref().is_none_or(is_short)
                && is_table(look.filter.limit, &look.columns)
        }
        Look::Records(look) => are_records(look) && is_table(look.limit, &look.columns),
    }
}

fn is_short(word: &str) -> bool {
    word.chars().count() <= WORD_CHARS_MAX && !word.contains(char::is_control)
}

fn is_table(limit: Option<u16>, columns: &[String]) -> bool {
    limit.is_none_or(|limit| (1..=PAGE_SIZE_MAX).contains(&limit))
        && columns.len() <= COLUMNS_MAX
        && columns.iter().all(|column| is_short(column))
}

/// Whether these are filters and an order that the list of this kind has.
fn are_records(look: &RecordLook) -> bool {
    let sorts = |word: &String| {
        let name = word.strip_prefix('-').unwrap_or(word);
        look.kind.field(name).is_some_and(|field| field.sortable)
    };
    let narrows = |(name, value): &(String, String)| {
        // Patients belong to the hospitals that know them, which is no field of their own.
        if look.kind == RecordKind::Patient && name == "hospital_id" {
            return uuid::Uuid::parse_str(value).is_ok();
        }
        let field = look.kind.field(name).filter(|field| field.filter);
        // Only what such a field can hold: nobody writes a name into a view.
        field.is_some_and(|field| parse_text(field, value).is_ok_and(|value| !value.is_null()))
    };
    let names: std::collections::BTreeSet<&str> =
        look.filters.iter().map(|(name, _)| name.as_str()).collect();
    look.ordering.as_ref().is_none_or(sorts)
        && names.len() == look.filters.len()
        && look.filters.iter().all(narrows)
}

#[cfg(test)]
mod tests {
    use super::super::ActionLook;
    use super::*;
    use crate::access::Role;
    use crate::actions::ActionFilter;
    use crate::ids::HospitalId;

    fn view(name: &str) -> SaveView {
        SaveView {
            name: name.to_owned(),
            audience: Audience::Personal,
            hospital_id: None,
            role: None,
            look: Look::Actions(ActionLook::default()),
        }
    }

    fn faults(view: SaveView) -> Vec<String> {
        let faults = check_view(view).err().unwrap_or_default();
        faults.into_iter().map(|fault| format!("{}: {}", fault.field, fault.code)).collect()
    }

    #[test]
    fn a_name_is_one_line_of_at_most_forty_characters() {
        let name = |text: &str| check_view(view(text)).map(|view| view.name);
        assert_eq!(name("  متأخرة\n اليوم\0 ").unwrap(), "متأخرة اليوم");
        assert_eq!(name(&"س".repeat(40)).unwrap().chars().count(), 40);
        assert_eq!(faults(view(" \t ")), ["name: required"]);
        assert_eq!(faults(view(&"x".repeat(41))), ["name: too_long"]);
    }

    #[test]
    fn a_view_for_a_role_names_it_and_no_other_view_does() {
        let for_role = SaveView { audience: Audience::Role, ..view("x") };
        assert_eq!(faults(for_role.clone()), ["role: required"]);
        let hospital_id = Some(HospitalId(uuid::Uuid::nil()));
        let role = Some(Role::Nurse);
        let kept = check_view(SaveView { role, hospital_id, ..for_role }).unwrap();
        assert_eq!((kept.role, kept.hospital_id), (role, hospital_id));
        let kept = check_view(SaveView { role, hospital_id, ..view("x") }).unwrap();
        assert_eq!((kept.role, kept.hospital_id), (None, None));
    }

    #[test]
    fn a_view_of_records_knows_only_what_their_list_knows() {
        let good = RecordLook {
            kind: RecordKind::Department,
            filters: vec![("active".to_owned(), "true".to_owned())],
            ordering: Some("-code".to_owned()),
            limit: Some(25),
            columns: vec!["code".to_owned()],
        };
        let with = |look: RecordLook| SaveView { look: Look::Records(look), ..view("x") };
        assert_eq!(faults(with(good.clone())), [""; 0]);
        let filter = |name: &str, value: &str| vec![(name.to_owned(), value.to_owned())];
        for bad in [
            RecordLook { filters: filter("search", "Sara"), ..good.clone() },
            RecordLook { filters: filter("password", "x"), ..good.clone() },
            RecordLook { filters: filter("active", "Sara 0501234567"), ..good.clone() },
            RecordLook { filters: filter("active", ""), ..good.clone() },
            RecordLook {
                filters: [filter("active", "true"), filter("active", "true")].concat(),
                ..good.clone()
            },
            RecordLook { ordering: Some("phone".to_owned()), ..good.clone() },
            RecordLook { limit: Some(0), ..good.clone() },
        ] {
            assert_eq!(faults(with(bad.clone())), ["look: out_of_range"], "{bad:?}");
        }
    }

    #[test]
    fn a_view_is_a_list_and_never_a_page_of_it() {
        let with = |filter: ActionFilter, columns: Vec<String>| SaveView {
            look: Look::Actions(ActionLook { filter, columns }),
            ..view("x")
        };
        let cursor = ActionFilter { cursor: Some("x".into()), ..ActionFilter::default() };
        let limit = ActionFilter { limit: Some(201), ..ActionFilter::default() };
        for bad in [
            with(cursor, vec![]),
            with(limit, vec![]),
            with(ActionFilter::default(), vec!["x".repeat(41)]),
            with(ActionFilter::default(), vec!["due\0".to_owned()]),
            with(ActionFilter::default(), vec![String::new(); 41]),
        ] {
            assert_eq!(faults(bad), ["look: out_of_range"]);
        }
    }
}
