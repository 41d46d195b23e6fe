//! What a patient wrote, for those who need to know what happened and not to whom.

use crate::contact::fold_digits;
use crate::search::fold;

/// What stands where something was taken out.
const TAKEN_OUT: &str = "•••";

/// Runs of this many digits are phone numbers, identity documents or record numbers; shorter ones are
/// dates, amounts and rooms.
const NUMBER_DIGITS_MIN: usize = 6;

/// Parts of names that are shorter stand in too many other words.
const NAME_LETTERS_MIN: usize = 3;

/// What Arabic writes together with the word behind it: and, so, with, for, like.
const PREFIXES: [char; 5] = ['و', 'ف', 'ب', 'ل', 'ك'];

/// The text without what tells who wrote it: numbers of six digits and more in any script and spacing, mail
/// addresses, handles and links, and every part of these names in any spelling.
///
/// It takes out what can be known; a patient who tells their story can still be recognised by it. Feature
/// A9; Saudi PDPL, article 23 (the least that is needed).
pub fn deidentified(text: &str, names: &[&str]) -> String {
    let names: Vec<String> = names
        .iter()
        .flat_map(|name| fold(name).split(' ').map(str::to_owned).collect::<Vec<_>>())
        .filter(|part| part.chars().count() >= NAME_LETTERS_MIN)
        .collect();
    let mut kept = String::with_capacity(text.len());
    for piece in without_numbers(text).split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if tells(word, &names) {
            kept.push_str(TAKEN_OUT);
        } else {
            kept.push_str(word);
        }
        kept.push_str(&piece[word.len()..]);
    }
    kept
}

/// Whether a word names a person or a way to reach one.
fn tells(word: &str, names: &[String]) -> bool {
    let is_address = word.contains('@') || word.contains("://") || word.starts_with("www.");
    is_address || fold(word).split(' ').any(|part| is_name(part, names))
}

fn is_name(part: &str, names: &[String]) -> bool {
    let bare = part.strip_prefix(PREFIXES);
    names.iter().any(|name| name == part || bare == Some(name))
}

/// The text with long numbers taken out, whatever stands between their digits.
fn without_numbers(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut run = String::new();
    for letter in text.chars() {
        let is_digit = is_digit(letter);
        let joins =
            !run.is_empty() && matches!(letter, ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}');
        if is_digit || joins || (run.is_empty() && letter == '+') {
            run.push(letter);
            continue;
        }
        settle(&mut run, &mut kept);
        kept.push(letter);
    }
    settle(&mut run, &mut kept);
    kept
}

fn is_digit(letter: char) -> bool {
    letter.is_ascii_digit() || matches!(letter, '٠'..='٩' | '۰'..='۹')
}

/// Writes a run of digits down, or what stands for it.
fn settle(run: &mut String, into: &mut String) {
    let number = run.trim_end_matches(|letter: char| !is_digit(letter));
    if looks_like_a_date(number)
        || number.chars().filter(|it| is_digit(*it)).count() < NUMBER_DIGITS_MIN
    {
        into.push_str(run);
    } else {
        into.push_str(TAKEN_OUT);
        into.push_str(&run[number.len()..]);
    }
    run.clear();
}

/// `2026-11-25`, `25/11/2026`: three numbers, one of four digits and two of at most two.
fn looks_like_a_date(number: &str) -> bool {
    let folded = fold_digits(number);
    let Some(between) = folded.chars().find(|letter| !letter.is_ascii_digit()) else {
        return false;
    };
    if !matches!(between, '-' | '/' | '.') {
        return false;
    }
    let lengths: Vec<usize> = folded.split(between).map(str::len).collect();
    matches!(lengths[..], [4, 1 | 2, 1 | 2] | [1 | 2, 1 | 2, 4])
        && folded.chars().all(|letter| letter.is_ascii_digit() || letter == between)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_tells_who_wrote_is_taken_out_and_the_rest_stays() {
        let names = ["سارة القحطاني", "Sara Al-Qahtani"];
        for (text, kept) in [
            ("انتظرت 3 ساعات في غرفة 214", "انتظرت 3 ساعات في غرفة 214"),
            ("أنا سارة وجوالي ٠٥٠ ١٢٣ ٤٥٦٧ اتصلوا", "أنا ••• وجوالي ••• اتصلوا"),
            ("أنا ساره، بنت القحطانى.", "أنا ••• بنت •••"),
            ("وسارة تشكركم", "••• تشكركم"),
            ("Call +966 50-123-4567 please", "Call ••• please"),
            ("My file is 00412345, I am SARA.", "My file is •••, I am •••"),
            ("write to sara.q@example.sa or @sara_q", "write to ••• or •••"),
            ("on 2026-11-25 and 25/11/2026", "on 2026-11-25 and 25/11/2026"),
            ("Nurse Mariam was kind", "Nurse Mariam was kind"),
            ("رقم الهوية 1012345678", "رقم الهوية •••"),
            ("", ""),
        ] {
            assert_eq!(deidentified(text, &names), kept, "{text}");
        }
    }

    #[test]
    fn an_unknown_name_hides_nothing_and_breaks_nothing() {
        assert_eq!(deidentified("a b\n\tc  d ", &["", "x y"]), "a b\n\tc  d ");
    }
}
