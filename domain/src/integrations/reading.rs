//! What the readers of HL7 and FHIR have in common.

use super::{CODE_CHARS_MAX, EventMessage, NAME_CHARS_MAX};
use crate::{Bilingual, FieldFault, Locale};

/// What was found wrong while reading a message, and what was left out.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) faults: Vec<FieldFault>,
    warnings: Vec<FieldFault>,
}

impl Findings {
    /// A code that must be there.
    pub(super) fn required(&mut self, place: &str, value: Option<String>) -> Option<String> {
        match value {
            Some(value) if value.chars().count() > CODE_CHARS_MAX => self.fault(place, "too_long"),
            // Postgres stores no NUL, and no system means one.
            Some(value) if value.contains('\0') => self.fault(place, "not_text"),
            Some(value) => Some(value),
            None => self.fault(place, "required"),
        }
    }

    /// The message cannot be taken.
    pub(super) fn fault<T>(&mut self, place: &str, code: &str) -> Option<T> {
        self.faults.push(FieldFault::new(place, code));
        None
    }

    /// Something of the message is left out.
    pub(super) fn warn(&mut self, place: &str, code: &str) {
        self.warnings.push(FieldFault::new(place, code));
    }

    /// The message with what was left out of it, or everything that is wrong with it.
    pub(super) fn finish(
        self,
        event: Option<EventMessage>,
    ) -> Result<EventMessage, Vec<FieldFault>> {
        match event {
            Some(event) if self.faults.is_empty() => {
                Ok(EventMessage { warnings: self.warnings, ..event })
            }
            _ => Err(self.faults),
        }
    }
}

/// A text that is short enough for a code, and can be stored.
pub(super) fn short(text: String) -> Option<String> {
    (text.chars().count() <= CODE_CHARS_MAX && !text.contains('\0')).then_some(text)
}

/// The Arabic name, or else the other.
pub(super) fn either(name: Bilingual) -> String {
    if name.ar.is_empty() { name.en } else { name.ar }
}

/// Names by the letters that they are written in; of several in one script, the first.
pub(super) fn by_letters(names: impl IntoIterator<Item = String>) -> Bilingual {
    let mut both = Bilingual::default();
    for name in names {
        let name: String = name.chars().filter(|c| *c != '\0').take(NAME_CHARS_MAX).collect();
        let is_arabic = name.chars().any(|c| matches!(c, '\u{0600}'..='\u{06ff}'));
        let place = if is_arabic { &mut both.ar } else { &mut both.en };
        if place.is_empty() {
            *place = name;
        }
    }
    both
}

/// The language of a code such as `ar`, `ara` or `en-US`.
pub(super) fn language(code: &str) -> Option<Locale> {
    let code = code.trim().to_ascii_lowercase();
    if code.starts_with("ar") {
        Some(Locale::Ar)
    } else if code.starts_with("en") {
        Some(Locale::En)
    } else {
        None
    }
}
