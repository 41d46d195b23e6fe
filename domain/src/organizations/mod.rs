//! Hospitals, departments, physicians and patients: the words about them.
//!
//! Identifiers and phone numbers are parsed in [`crate::contact`]. Anyone may use this module.

mod deidentify;

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

pub use deidentify::deidentified;

use crate::Bilingual;
use crate::ids::HospitalId;

/// A hospital to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HospitalChoice {
    /// Which.
    pub id: HospitalId,
    /// Our code of it.
    pub code: String,
    /// What it is called.
    pub name: Bilingual,
}

closed_enum! {
    /// A patient's sex as the hospital's system sends it.
    pub enum Sex {
        /// Female.
        Female => "female",
        /// Male.
        Male => "male",
        /// Not known or not said.
        Unknown => "unknown",
    }
}

closed_enum! {
    /// Whether a patient agreed to be asked.
    pub enum Consent {
        /// Asked and agreed.
        Given => "given",
        /// Agreed once, then withdrew; also the effect of an opt-out.
        Withdrawn => "withdrawn",
        /// Nobody asked. Hospitals decide whether that is enough.
        NotAsked => "not_asked",
    }
}

closed_enum! {
    /// Which document a patient is known by.
    pub enum IdKind {
        /// A citizen's national id.
        NationalId => "national_id",
        /// A resident's permit.
        Iqama => "iqama",
        /// A passport of any country.
        Passport => "passport",
        /// The id of a citizen of another country of the Gulf Cooperation Council.
        GccId => "gcc_id",
        /// What the border gave a visitor.
        BorderNumber => "border_number",
    }
}

/// The age from which somebody answers for themselves, in years.
const ADULT_YEARS: u32 = 18;

/// Whether somebody born on that day is a child today: their guardian is asked.
pub fn is_minor(birth: NaiveDate, today: NaiveDate) -> bool {
    birth > youngest_adult(today)
}

/// The birthday of the youngest who answers for themselves today: whoever was born later is a child. Who was born on
/// 29 February grows up on the 28th where the year has no 29th.
pub fn youngest_adult(today: NaiveDate) -> NaiveDate {
    let years = Months::new(12 * ADULT_YEARS);
    let same_day = today.checked_sub_months(years).unwrap_or(NaiveDate::MIN);
    let next = same_day.succ_opt().unwrap_or(NaiveDate::MAX);
    let grown_up = next.checked_add_months(years).is_some_and(|adult| adult <= today);
    if grown_up { next } else { same_day }
}

/// The name with all but the first letter of each word hidden, for those who need no identity.
///
/// Shape: `م••• ا•••`. An empty name stays empty.
pub fn masked_name(name: &str) -> String {
    name.split_whitespace()
        .map(|word| {
            let first: String = word.chars().take(1).collect();
            format!("{first}•••")
        })
        .collect::<Vec<_>>()
        .join(" ")
}

/// The phone number, or another number that leads to a person, with all but its last four digits hidden; of
/// a short one less is shown, never more than a half.
pub fn masked_phone(e164: &str) -> String {
    let length = e164.chars().count();
    let tail: String = e164.chars().skip(length - (length / 2).min(4)).collect();
    format!("•••• {tail}")
}

/// The mail address with all but the first letter of its local part hidden.
pub fn masked_email(address: &str) -> String {
    match address.split_once('@') {
        Some((local, host)) => {
            let first: String = local.chars().take(1).collect();
            format!("{first}•••@{host}")
        }
        None => "•••".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn somebody_is_a_child_until_the_eighteenth_birthday() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert!(is_minor(day("2008-11-30"), day("2026-11-29")));
        assert!(!is_minor(day("2008-11-29"), day("2026-11-29")));
        assert!(is_minor(day("2008-02-29"), day("2026-02-27")));
        assert!(!is_minor(day("2008-02-29"), day("2026-02-28")));
        assert!(is_minor(day("2010-03-01"), day("2028-02-29")));
    }

    #[test]
    fn a_masked_name_shows_first_letters_only() {
        assert_eq!(masked_name("محمد العتيبي"), "م••• ا•••");
        assert_eq!(masked_phone("+966512345678"), "•••• 5678");
        assert_eq!(masked_email("sara@example.sa"), "s•••@example.sa");
    }
}
