//! Digits as keyboards here write them.

/// The text with its digits in ASCII and without invisible marks of direction.
///
/// Folds Arabic-Indic (U+0660 to U+0669) and Persian (U+06F0 to U+06F9) digits; every other
/// character stays as it is.
pub fn fold_digits(text: &str) -> String {
    text.chars().filter(|c| !is_bidi_mark(*c)).map(fold_digit).collect()
}

const fn fold_digit(c: char) -> char {
    let value = match c {
        '\u{0660}'..='\u{0669}' => c as u32 - 0x0660,
        '\u{06F0}'..='\u{06F9}' => c as u32 - 0x06F0,
        _ => return c,
    };
    match char::from_digit(value, 10) {
        Some(digit) => digit,
        None => c,
    }
}

/// Marks, embeddings and overrides come along when text is copied out of a right-to-left page;
/// isolates when it is copied out of our own messages, which wrap numbers in them.
pub(super) const fn is_bidi_mark(c: char) -> bool {
    matches!(
        c,
        '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_scripts_of_digits_become_one() {
        assert_eq!(fold_digits("0123456789"), "0123456789");
        assert_eq!(fold_digits("٠١٢٣٤٥٦٧٨٩"), "0123456789");
        assert_eq!(fold_digits("۰۱۲۳۴۵۶۷۸۹"), "0123456789");
    }

    #[test]
    fn marks_of_direction_vanish_and_everything_else_stays() {
        let marks = "\u{061C}\u{200E}\u{200F}\u{202A}\u{202B}\u{202C}\u{202D}\u{202E}\u{2066}\u{2067}\u{2068}\u{2069}";
        assert_eq!(fold_digits(&format!("غرفة{marks} ٣ — bed 4½")), "غرفة 3 — bed 4½");
    }
}
