//! Numbers that people call.

use super::fold_digits;
use super::phone::{PhoneNumber, is_separator};

/// The digits of a number within the kingdom, without the zero before them; short numbers have fewer.
const NATIONAL_DIGITS_MIN: usize = 9;

/// A number that people call: a landline, a unified or free number, a short one, or a mobile.
///
/// Unlike a [`PhoneNumber`] it need not take messages. Landlines, mobiles and numbers of other countries are spelled in
/// E.164 (`+966112345678`); what can only be dialled inside the kingdom as it is dialled there (`920001234`, `8001234567`,
/// `937`).
#[derive(Clone, PartialEq, Eq)]
pub struct DialNumber(String);

parsed_text!(DialNumber, ParseDial, "dial_invalid", "not a number to call");

impl DialNumber {
    /// Reads a number as people write it, in any of three scripts of digits.
    ///
    /// The kingdom's numbering plan: landlines are `01[1-7]` and seven digits, unified numbers `9200` and five, free ones
    /// `800` and seven, short ones three to six digits that begin with 1 or 9. Everything that a [`PhoneNumber`] may be is
    /// taken, too. Spaces, dashes and parentheses do not matter.
    ///
    /// # Errors
    /// [`ParseDial`] for anything else.
    pub fn parse(text: &str) -> Result<Self, ParseDial> {
        if let Ok(mobile) = PhoneNumber::parse(text) {
            return Ok(Self(mobile.into()));
        }
        let bare: String = fold_digits(text).chars().filter(|c| !is_separator(*c)).collect();
        let international = bare.strip_prefix('+').or_else(|| bare.strip_prefix("00"));
        let digits = international.unwrap_or(&bare);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ParseDial);
        }
        let abroad = digits.strip_prefix("966").filter(|rest| rest.len() >= NATIONAL_DIGITS_MIN);
        let national = match (international, abroad) {
            (_, Some(national)) => national,
            (None, None) => digits,
            (Some(_), None) => return Err(ParseDial),
        };
        let subscriber = national.strip_prefix('0').unwrap_or(national);
        match (subscriber.as_bytes(), subscriber.len()) {
            ([b'1', b'1'..=b'7', ..], 9) => Ok(Self(format!("+966{subscriber}"))),
            ([b'9', b'2', b'0', b'0', ..], 9) | ([b'8', b'0', b'0', ..], 10) => {
                Ok(Self(subscriber.to_owned()))
            }
            ([b'1' | b'9', ..], 3..=6) if subscriber == bare => Ok(Self(bare)),
            _ => Err(ParseDial),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parsed(text: &str) -> Option<String> {
        DialNumber::parse(text).ok().map(String::from)
    }

    #[test]
    fn every_number_of_the_kingdom_is_read_however_it_is_written() {
        for (dialled, texts) in [
            ("+966112345678", ["0112345678", "011 234 5678", "+966 11 234 5678", "٠١١٢٣٤٥٦٧٨"]),
            ("920001234", ["920001234", "9200-01234", "+966 9200 01234", "٩٢٠٠٠١٢٣٤"]),
            ("8001234567", ["8001234567", "800 123 4567", "00966 800 1234567", "٨٠٠١٢٣٤٥٦٧"]),
            ("937", ["937", " 937 ", "٩٣٧", "۹۳۷"]),
            ("+966501234567", ["0501234567", "501234567", "+966 50 123 4567", "٠٥٠١٢٣٤٥٦٧"]),
            (
                "+971501234567",
                ["+971501234567", "00971 50 123 4567", "+971-50-1234567", "٠٠٩٧١٥٠١٢٣٤٥٦٧"],
            ),
        ] {
            for text in texts {
                assert_eq!(parsed(text).as_deref(), Some(dialled), "{text:?}");
            }
        }
    }

    #[test]
    fn what_nobody_can_dial_is_refused() {
        for text in [
            "",
            "+",
            "00",
            "12",
            "0937",
            "+937",
            "1234567",
            "0182345678",
            "011234567",
            "01123456789",
            "92000123",
            "921001234",
            "800123456",
            "+9661123456789",
            "011 234 5678 ext 2",
            "call us",
            "937\u{0}",
        ] {
            assert_eq!(parsed(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_is_read_back_as_itself(
            text in prop_oneof![".*", "[+0]{0,2}(966)?[0189][0-9٠-٩ ()-]{2,12}"],
        ) {
            if let Ok(number) = DialNumber::parse(&text) {
                prop_assert_eq!(DialNumber::parse(number.as_str()), Ok(number.clone()));
            }
        }
    }
}
