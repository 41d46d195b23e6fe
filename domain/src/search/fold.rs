//! One spelling for what is written in several ways.

use crate::contact::fold_digits;

/// The text in the spelling that searches compare.
///
/// Lower case, Latin digits, without vowel marks, tatweel and marks of direction; the forms of alef
/// become ا, ى becomes ي, ة becomes ه, ؤ becomes و, ئ becomes ي; other signs than letters and digits
/// become one space. Source: feature B6.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in fold_digits(text).chars().flat_map(char::to_lowercase) {
        match letter {
            // Harakat, superscript alef, tatweel, and marks of direction.
            '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{640}' => {}
            '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            'أ' | 'إ' | 'آ' | 'ٱ' => folded.push('ا'),
            'ى' | 'ئ' | 'ی' => folded.push('ي'),
            'ة' => folded.push('ه'),
            'ؤ' => folded.push('و'),
            'ک' => folded.push('ك'),
            letter if letter.is_alphanumeric() => folded.push(letter),
            _ => {
                if !folded.is_empty() && !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        for (one, other) in [
            ("أحمد", "احمد"),
            ("فاطمة", "فاطمه"),
            ("مصطفى", "مصطفي"),
            ("مُحَمَّد", "محمد"),
            ("محـــمد", "محمد"),
            ("ACT-26-00417", "act 26 00417"),
            ("٠٥٠١٢٣", "050123"),
            ("\u{2067}سارة\u{2069}", "ساره"),
        ] {
            assert_eq!(fold(one), fold(other), "{one}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in ".{0,40}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
