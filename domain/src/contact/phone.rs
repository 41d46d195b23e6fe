//! Phone numbers.

use serde::{Deserialize, Serialize};

use super::fold_digits;

/// The digits of an international number, country code included (E.164 sets the upper one).
const FOREIGN_DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// A phone number that can receive messages: a Saudi mobile, or a number of another country.
///
/// Spelled in E.164, for example `+966501234567`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PhoneNumber(String);

parsed_text!(PhoneNumber, ParsePhone, "phone_invalid", "not a phone number");

impl PhoneNumber {
    /// Reads a number as people write it, in any of three scripts of digits.
    ///
    /// A Saudi mobile may come as `5…`, `05…`, `966…`, `00966…` or `+966…`; other countries only
    /// as `+…` or `00…`, with 8 to 15 digits. Spaces, dashes and parentheses do not matter. Saudi
    /// numbers that are not mobiles are refused: no invitation could reach them.
    ///
    /// # Errors
    /// [`ParsePhone`] for anything else.
    pub fn parse(text: &str) -> Result<Self, ParsePhone> {
        let bare: String = fold_digits(text).chars().filter(|c| !is_separator(*c)).collect();
        let international = bare.strip_prefix('+').or_else(|| bare.strip_prefix("00"));
        let digits = international.unwrap_or(&bare);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ParsePhone);
        }
        if let Some(national) = digits.strip_prefix("966") {
            return saudi_mobile(national);
        }
        match international {
            None => saudi_mobile(digits),
            Some(_) if digits.starts_with('0') => Err(ParsePhone),
            Some(_) if !FOREIGN_DIGITS.contains(&digits.len()) => Err(ParsePhone),
            Some(_) => Ok(Self(format!("+{digits}"))),
        }
    }
}

/// The nine digits that begin with 5, with or without the zero that is dialled inside the country.
/// Many write that zero after the country code as well; no Saudi number begins with it.
fn saudi_mobile(national: &str) -> Result<PhoneNumber, ParsePhone> {
    let subscriber = national.strip_prefix('0').unwrap_or(national);
    if subscriber.len() == 9 && subscriber.starts_with('5') {
        Ok(PhoneNumber(format!("+966{subscriber}")))
    } else {
        Err(ParsePhone)
    }
}

pub(super) fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '(' | ')' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(text: &str) -> Option<String> {
        PhoneNumber::parse(text).ok().map(String::from)
    }

    #[test]
    fn a_saudi_mobile_is_read_however_it_is_written() {
        for text in [
            "501234567",
            "0501234567",
            "966501234567",
            "00966501234567",
            "+966501234567",
            "+966 50 123 4567",
            " 050-123-4567 ",
            "(050) 123–4567",
            "050\u{00A0}123\u{00A0}4567",
            "+966 (0) 50 123 4567",
            "٠٥٠١٢٣٤٥٦٧",
            "+٩٦٦٥٠١٢٣٤٥٦٧",
            "۰۵۰۱۲۳۴۵۶۷",
            "\u{200E}+966501234567\u{200F}",
            "\u{202A}+966 50 123 4567\u{202C}",
            "\u{2068}0501234567\u{2069}",
        ] {
            assert_eq!(parsed(text).as_deref(), Some("+966501234567"), "{text:?}");
        }
    }

    #[test]
    fn another_country_is_read_only_with_its_code() {
        assert_eq!(parsed("+971 50 123 4567").as_deref(), Some("+971501234567"));
        assert_eq!(parsed("0020 10 1234 5678").as_deref(), Some("+201012345678"));
        assert_eq!(parsed("971501234567"), None);
        assert_eq!(parsed("+12345678").as_deref(), Some("+12345678"));
        assert_eq!(parsed("+1234567"), None);
        assert_eq!(parsed("+123456789012345").as_deref(), Some("+123456789012345"));
        assert_eq!(parsed("+1234567890123456"), None);
    }

    #[test]
    fn what_no_message_could_reach_is_refused() {
        for text in [
            "",
            "+",
            "00",
            "50123456",
            "5012345678",
            "05012345678",
            "+96650123456",
            "+9665012345678",
            "+966112345678",
            "0112345678",
            "+966 00 501234567",
            "+0501234567",
            "+00966501234567",
            "++966501234567",
            "966+501234567",
            "05O1234567",
            "050123456७",
            "050.123.4567 ext 2",
        ] {
            assert_eq!(parsed(text), None, "{text:?}");
        }
        assert_eq!(PhoneNumber::parse("").map_err(|fault| fault.code()), Err("phone_invalid"));
    }

    #[test]
    fn json_is_parsed_and_a_log_line_shows_no_number() {
        let phone: PhoneNumber = serde_json::from_str("\"0501234567\"").unwrap();
        assert_eq!(serde_json::to_string(&phone).unwrap(), "\"+966501234567\"");
        assert!(serde_json::from_str::<PhoneNumber>("\"12\"").is_err());
        assert_eq!(format!("{phone:?} {phone}"), "PhoneNumber(hidden) +966501234567");
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_is_read_back_as_itself(
            text in prop_oneof![".*", "[+0]{0,2}(966)?0?5?[0-9٠-٩۰-۹ ()-]{5,16}"],
        ) {
            if let Ok(phone) = PhoneNumber::parse(&text) {
                prop_assert_eq!(PhoneNumber::parse(phone.as_str()), Ok(phone.clone()));
                let digits = phone.as_str().strip_prefix('+').unwrap();
                prop_assert!(digits.bytes().all(|b| b.is_ascii_digit()));
                prop_assert!(FOREIGN_DIGITS.contains(&digits.len()));
                prop_assert!(
                    !digits.starts_with("966") || digits.starts_with("9665") && digits.len() == 12
                );
            }
        }

        #[test]
        fn every_saudi_mobile_is_accepted_in_all_five_forms(tail in 0_u32..100_000_000) {
            let expected = format!("+9665{tail:08}");
            for prefix in ["", "0", "966", "00966", "+966"] {
                let text = format!("{prefix}5{tail:08}");
                prop_assert_eq!(parsed(&text), Some(expected.clone()));
            }
        }
    }
}
