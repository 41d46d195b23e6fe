//! What patients write, without what tells who they are.

use crate::contact::fold_digits;

/// What stands in the place of what is hidden.
const HIDDEN: &str = "•••";
/// From so many digits on it may be a number that belongs to somebody: phones have seven, identities ten.
const DIGITS_MIN: usize = 7;

/// The words with phone numbers, identity numbers and mail addresses hidden, in either script's digits.
pub fn masked(words: &str) -> String {
    let mut rest: Vec<char> = words.chars().collect();
    rest = hide_numbers(&rest);
    let text: String = rest.into_iter().collect();
    text.split_inclusive(char::is_whitespace).map(hide_address).collect()
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit()
        || fold_digits(&letter.to_string()).chars().all(|it| it.is_ascii_digit())
}

fn hide_numbers(text: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(letter) = text.get(at) {
        if !is_digit(*letter) {
            out.push(*letter);
            at += 1;
            continue;
        }
        // A number may be written with gaps: `050 123 45 67`.
        let mut end = at;
        let mut digits = 0;
        let mut last = at;
        while let Some(letter) = text.get(end) {
            if is_digit(*letter) {
                digits += 1;
                last = end + 1;
            } else if !matches!(letter, ' ' | '-' | '.' | '(' | ')' | '/') {
                break;
            }
            end += 1;
        }
        if digits >= DIGITS_MIN {
            out.extend(HIDDEN.chars());
        } else {
            out.extend(text.get(at..last).unwrap_or_default());
        }
        at = last;
    }
    out
}

/// A word with an `@` between letters is somebody's address.
fn hide_address(word: &str) -> String {
    let plain = word.trim_end();
    let gap = word.get(plain.len()..).unwrap_or_default();
    match plain.split_once('@') {
        Some((name, place)) if !name.is_empty() && place.contains('.') => format!("{HIDDEN}{gap}"),
        _ => word.to_owned(),
    }
}
