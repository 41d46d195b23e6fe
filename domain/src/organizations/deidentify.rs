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

/// The text without what tells who wrote it.
///
/// Taken out are numbers of six digits and more in any script and spacing, mail addresses, handles and links,
/// and every part of these names, with and without article and prefix, together and apart.
///
/// It takes out what can be known; a patient who tells their story, or who writes their name in the other
/// script than the record has, can still be recognised by it. Feature A9; Saudi PDPL, article 23 (the least
/// that is needed).
pub fn deidentified(text: &str, names: &[&str]) -> String {
    let names: Vec<String> = names
        .iter()
        .flat_map(|name| fold(name).split(' ').map(str::to_owned).collect::<Vec<_>>())
        .filter(|part| part.chars().count() >= NAME_LETTERS_MIN)
        .collect();
    let text = without_numbers(text);
    let pieces: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let words: Vec<String> = pieces.iter().map(|piece| fold(piece)).collect();
    let mut taken: Vec<bool> = pieces
        .iter()
        .zip(&words)
        .map(|(piece, word)| tells(piece.trim_end(), word, &names))
        .collect();
    // What the record writes together, people write apart.
    for at in 1..words.len() {
        let together = format!("{}{}", words[at - 1], words[at]);
        if !words[at].is_empty() && !words[at - 1].is_empty() && is_name(&together, &names) {
            (taken[at - 1], taken[at]) = (true, true);
        }
    }
    let mut kept = String::with_capacity(text.len());
    for (piece, taken) in pieces.iter().zip(taken) {
        let word = piece.trim_end();
        kept.push_str(if taken { TAKEN_OUT } else { word });
        kept.push_str(&piece[word.len()..]);
    }
    kept
}

/// Whether a word names a person or a way to reach one.
fn tells(word: &str, folded: &str, names: &[String]) -> bool {
    let is_address = word.contains('@') || word.contains("://") || word.starts_with("www.");
    let joined = folded.replace(' ', "");
    is_address || is_name(&joined, names) || folded.split(' ').any(|part| is_name(part, names))
}

fn is_name(part: &str, names: &[String]) -> bool {
    let bare = part.strip_prefix(PREFIXES);
    names.iter().any(|name| {
        let stem = stem(name);
        name == part
            || bare == Some(name)
            || (stem.chars().count() >= NAME_LETTERS_MIN
                && [Some(part), bare].into_iter().flatten().any(|it| self::stem(it) == stem))
    })
}

/// A name without its article, also where that melted into the word before it.
fn stem(name: &str) -> &str {
    ["ال", "لل", "al"].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name)
}

/// The text with long numbers taken out, whatever stands between their digits.
fn without_numbers(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut run = String::new();
    for letter in text.chars() {
        let is_digit = is_digit(letter);
        let joins = !run.is_empty() && joins(letter);
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

/// What people write between the digits of a number.
fn joins(letter: char) -> bool {
    letter.is_whitespace()
        || matches!(letter, '-' | '.' | '/' | '(' | ')' | ',' | '،' | '_')
        || matches!(letter, '\u{2010}'..='\u{2015}' | '\u{2212}')
        // Marks of direction, which nobody sees.
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
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
            ("050–123–4567 or 050,123_4567", "••• or •••"),
            ("رقمي \u{200e}050\u{200f}\t123\n4567.", "رقمي \u{200e}•••."),
            ("من عائلة قحطاني، للقحطاني شكر", "من عائلة ••• ••• شكر"),
            ("Mrs Alqahtani, QAHTANI", "Mrs ••• •••"),
            ("", ""),
        ] {
            assert_eq!(deidentified(text, &names), kept, "{text}");
        }
    }

    #[test]
    fn a_name_is_known_together_and_apart() {
        let names = ["عبدالله المطيري", "Abdullah Al Mutairi"];
        for (text, kept) in [
            ("عبد الله مطيري", "••• ••• •••"),
            ("أبو عبدالله", "أبو •••"),
            ("Abd ullah Almutairi", "••• ••• •••"),
            ("الله يعطيكم العافية", "الله يعطيكم العافية"),
        ] {
            assert_eq!(deidentified(text, &names), kept, "{text}");
        }
    }

    #[test]
    fn an_unknown_name_hides_nothing_and_breaks_nothing() {
        assert_eq!(deidentified("a b\n\tc  d ", &["", "x y"]), "a b\n\tc  d ");
    }
}
