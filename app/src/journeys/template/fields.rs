//! Fields of a stage: each keeps what is typed, and writes it into the draft.

use leptos::prelude::*;
use px360_domain::contact::fold_digits;
use px360_domain::journeys::template::StageBody;

use super::draft::Draft;

/// What is typed into a field of a stage; whatever it becomes is put into the draft.
pub(super) fn bound<T: Clone + PartialEq + Send + Sync + 'static>(
    draft: Draft,
    index: usize,
    value: T,
    put: fn(&mut StageBody, T),
) -> RwSignal<T> {
    let field = RwSignal::new(value);
    Effect::new(move |began: Option<()>| {
        let value = field.get();
        // What it was built with is in the draft already.
        if began.is_some() {
            draft.change(index, |stage| put(stage, value));
        }
    });
    field
}

/// Codes that are written in one line, in either script's commas.
pub(super) fn codes(line: &str) -> Vec<String> {
    let parts = line.split([',', '،', ';', '؛', '\n']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Codes in one line.
pub(super) fn line(codes: &[String]) -> String {
    codes.join(", ")
}

/// A number of minutes; what is none becomes one that the check refuses.
pub(super) fn minutes(text: &str) -> Option<i32> {
    let digits = fold_digits(text);
    let digits = digits.trim();
    if digits.is_empty() {
        return None;
    }
    Some(digits.parse().unwrap_or(-1))
}
