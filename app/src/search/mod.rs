//! Finding records by a few letters, from anywhere.

mod server_fns;

use px360_domain::Locale;

use crate::UiError;
use crate::ui::combobox::Pick;

/// Records that fit, each with its address as the value.
pub(crate) async fn find(locale: Locale, words: String) -> Result<Vec<Pick>, UiError> {
    let found = server_fns::search_records(words).await?;
    Ok(found
        .into_iter()
        .map(|record| Pick {
            value: px360_domain::paths::action(locale, record.id),
            label: record.reference,
            detail: Some(format!(
                "{} · {}",
                record.patient.pick(locale),
                record.hospital.pick(locale)
            )),
            why_not: None,
        })
        .collect())
}
