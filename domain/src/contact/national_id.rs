//! National ids and residence permits (Iqama).

use serde::{Deserialize, Serialize};

use super::fold_digits;

closed_enum! {
    /// Whose number it is: its first digit tells.
    pub enum NationalIdKind {
        /// A citizen's national id: begins with 1.
        Citizen => "citizen",
        /// A resident's Iqama: begins with 2.
        Resident => "resident",
    }
}

/// The ten digits by which the kingdom knows a citizen or a resident.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NationalId(String);

parsed_text!(NationalId, ParseNationalId, "national_id_invalid", "not a national id");

impl NationalId {
    /// Reads ten digits of any of three scripts; space around them does not matter.
    ///
    /// # Errors
    /// [`ParseNationalId`] unless the first digit is 1 or 2 and the Luhn sum is right. Visitors and
    /// newborns have other numbers: keep those elsewhere, unchecked.
    pub fn parse(text: &str) -> Result<Self, ParseNationalId> {
        let folded = fold_digits(text);
        let digits = folded.trim();
        let is_number = digits.len() == 10 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_number && digits.starts_with(['1', '2']) && luhn_sum(digits).is_multiple_of(10) {
            Ok(Self(digits.to_owned()))
        } else {
            Err(ParseNationalId)
        }
    }

    /// Whether a citizen's or a resident's.
    pub fn kind(&self) -> NationalIdKind {
        if self.0.starts_with('1') { NationalIdKind::Citizen } else { NationalIdKind::Resident }
    }
}

/// The sum of the digits, where the first and every second after it counts double, less 9 above 9.
fn luhn_sum(digits: &str) -> u32 {
    let weigh = |(place, digit): (usize, u32)| match digit * 2 {
        _ if place % 2 == 1 => digit,
        doubled if doubled > 9 => doubled - 9,
        doubled => doubled,
    };
    digits.chars().filter_map(|c| c.to_digit(10)).enumerate().map(weigh).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_ids_are_read_with_their_kind() {
        for (text, kind) in [
            ("1058529940", NationalIdKind::Citizen),
            ("1001244019", NationalIdKind::Citizen),
            ("1101798278", NationalIdKind::Citizen),
            ("1000000008", NationalIdKind::Citizen),
            ("2000000006", NationalIdKind::Resident),
            (" ١٠٥٨٥٢٩٩٤٠ ", NationalIdKind::Citizen),
            ("\u{200F}۲۰۰۰۰۰۰۰۰۶", NationalIdKind::Resident),
        ] {
            let id = NationalId::parse(text);
            assert_eq!(id.as_ref().map(NationalId::kind), Ok(kind), "{text:?}");
            assert_eq!(id.map(String::from), Ok(fold_digits(text).trim().to_owned()));
        }
    }

    #[test]
    fn wrong_sums_first_digits_and_lengths_are_refused() {
        // 3000000004 and 0000000000 have a right sum: only their first digit is wrong.
        for text in [
            "",
            "2000000000",
            "1058529941",
            "3000000004",
            "0000000000",
            "105852994",
            "10585299400",
            "1058 529940",
            "105852994x",
            "+105852994",
        ] {
            assert_eq!(NationalId::parse(text), Err(ParseNationalId), "{text:?}");
        }
        assert_eq!(ParseNationalId.code(), "national_id_invalid");
    }

    #[test]
    fn json_is_parsed_and_a_log_line_shows_no_id() {
        let id: NationalId = serde_json::from_str("\"١٠٥٨٥٢٩٩٤٠\"").unwrap();
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"1058529940\"");
        assert!(serde_json::from_str::<NationalId>("\"2000000000\"").is_err());
        assert_eq!(format!("{id:?}"), "NationalId(hidden)");
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_is_read_back_as_itself(
            text in prop_oneof![".*", "[12][0-9]{9}", " ?[12٠-٩][0-9٠-٩۰-۹]{9}"],
        ) {
            if let Ok(id) = NationalId::parse(&text) {
                prop_assert_eq!(NationalId::parse(id.as_str()), Ok(id.clone()));
            }
        }

        #[test]
        fn exactly_one_last_digit_is_right_and_one_wrong_digit_is_always_noticed(
            head in 100_000_000_u32..300_000_000,
            place in 0_usize..10,
            other in 0_u8..10,
        ) {
            let right: Vec<String> = (0..10)
                .map(|last| format!("{head}{last}"))
                .filter(|text| NationalId::parse(text).is_ok())
                .collect();
            prop_assert_eq!(right.len(), 1);

            let mut typed = right[0].clone().into_bytes();
            prop_assume!(typed[place] != b'0' + other);
            typed[place] = b'0' + other;
            let typed = String::from_utf8(typed).unwrap();
            prop_assert_eq!(NationalId::parse(&typed), Err(ParseNationalId));
        }
    }
}
