//! People who do not exist.

use chrono::NaiveDate;

use super::plan::SimulatedPerson;
use crate::chance::Chance;
use crate::error::Result;
use crate::seed::demo::names;

/// How many people one hospital knows for each visit of a day.
const PEOPLE_PER_VISIT: u32 = 40;

/// The people of one hospital.
pub(super) struct People {
    hospital: String,
    number: u32,
    names: names::Names,
}

impl People {
    pub(super) fn of(hospital: &str, visits_a_day: u32) -> Result<Self> {
        let number = visits_a_day.saturating_mul(PEOPLE_PER_VISIT).max(1);
        Ok(Self { hospital: hospital.to_owned(), number, names: names::names()? })
    }

    /// Somebody. Whoever comes again is the same person.
    pub(super) fn anybody(&self, chance: &Chance) -> SimulatedPerson {
        self.person(chance.below(self.number))
    }

    fn person(&self, number: u32) -> SimulatedPerson {
        let is_female = number.is_multiple_of(2);
        let (first_ar, first_en) = self.names.first(is_female, number / 2);
        let (family_ar, family_en) = self.names.family(number / 7 + number);
        let year = 1940 + i32::try_from(number * 13 % 85).unwrap_or_default();
        let day = NaiveDate::from_yo_opt(year, 1 + number * 31 % 365);
        SimulatedPerson {
            mrn: format!("{}{:06}", self.hospital, 100_000 + number),
            arabic: (first_ar, family_ar),
            english: (first_en, family_en),
            mobile: format!("05000{:05}", number % 100_000),
            birth_date: day.unwrap_or_default(),
            is_female,
            reads_english: number.is_multiple_of(6),
        }
    }
}
