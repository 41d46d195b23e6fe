//! What imports say.

use px360_domain::records::{Import, ImportStatus, RecordKind};
use px360_domain::{FieldFault, Locale};

use super::super::words::label;
use crate::ui::failures::fault as sentence;

/// How far an import is.
pub(super) fn status(locale: Locale, status: ImportStatus) -> &'static str {
    match status {
        ImportStatus::Uploaded => text!(locale, records.import_uploaded),
        ImportStatus::Checking => text!(locale, records.import_checking),
        ImportStatus::Checked => text!(locale, records.import_checked),
        ImportStatus::Running => text!(locale, records.import_running),
        ImportStatus::Done => text!(locale, records.import_done),
        ImportStatus::Stopped => text!(locale, records.import_stopped),
    }
}

/// What is to be known about how far it is.
pub(super) fn remark(locale: Locale, import: &Import) -> Option<&'static str> {
    match (import.status, import.failure.as_deref()) {
        (ImportStatus::Checked, _) => Some(text!(locale, records.import_checked_note)),
        (ImportStatus::Done, _) => Some(text!(locale, records.import_done_note)),
        (ImportStatus::Stopped, Some("forbidden")) => {
            Some(text!(locale, records.import_forbidden_note))
        }
        (ImportStatus::Stopped, _) => Some(text!(locale, records.import_stopped_note)),
        _ => None,
    }
}

/// A fault of a row, with the field that it is about.
pub(crate) fn said(locale: Locale, kind: RecordKind, fault: &FieldFault) -> String {
    let said = match fault.code.as_str() {
        "forbidden" => text!(locale, records.import_row_forbidden),
        _ => sentence(locale, fault),
    };
    let last = fault.field.rsplit('.').next().unwrap_or_default();
    let leaf = kind.targets().into_iter().find(|target| target.leaf().name == last);
    match leaf {
        Some(target) => format!("{}: {said}", label(locale, target.leaf())),
        None => said.to_owned(),
    }
}
