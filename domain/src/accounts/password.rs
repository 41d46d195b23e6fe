//! What a password must not be.
//!
//! Long, and nothing that stands at the top of the lists that guessers begin with. No rules about kinds
//! of characters: they make passwords that people write down (ASVS 6.2.5).
//!
//! The lists' entries of twelve characters and more are nearly all made in four ways: a common word with
//! digits around it, two common words, a short piece repeated, a walk over the keyboard. Those four are
//! recognised, whatever the word is spelled like (`P@ssw0rd1234`); that is far more than a list of the
//! three thousand most common (ASVS 6.2.4) could name.

use std::collections::BTreeSet;

use crate::FieldFault;

/// The shortest password that a person may choose (ASVS 6.2.1 asks for 8 and recommends more).
pub const PASSWORD_CHARS_MIN: usize = 12;

/// The longest: more is not a password but an attempt to keep the hasher busy.
pub const PASSWORD_BYTES_MAX: usize = 1_024;

/// Fewer different characters than this are no password, however long.
const DISTINCT_MIN: usize = 5;

/// What has to be left of a password besides the name to sign in with.
const BESIDE_NAME_CHARS_MIN: usize = 8;

/// The words that people choose when they are told to choose a password, one a line.
const COMMON: &str = include_str!("common_words.txt");

/// Neighbours on keyboards, as fingers walk.
const WALKS: [&str; 8] = [
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgbyhnujmik",
    "ضصثقفغعهخحجد",
    "شسيبلاتنمكط",
];

/// Every fault of a password that somebody chose for this username.
pub fn password_faults(field: &str, username: &str, password: &str) -> Vec<FieldFault> {
    let fault = |code| FieldFault::new(field, code);
    if password.chars().count() < PASSWORD_CHARS_MIN {
        return vec![fault("too_short")];
    }
    if password.len() > PASSWORD_BYTES_MAX {
        return vec![fault("too_long")];
    }
    let password = password.to_lowercase();
    if is_name(username, &password) {
        return vec![fault("same_as_username")];
    }
    if is_common(&password) { vec![fault("too_common")] } else { Vec::new() }
}

/// Whether there is hardly more in it than the name to sign in with.
fn is_name(username: &str, password: &str) -> bool {
    let name = username.trim().to_lowercase();
    !name.is_empty()
        && password.contains(&name)
        && password.replacen(&name, "", 1).chars().count() < BESIDE_NAME_CHARS_MIN
}

fn is_common(password: &str) -> bool {
    let distinct: BTreeSet<char> = password.chars().collect();
    if distinct.len() < DISTINCT_MIN || is_walk(password) {
        return true;
    }
    let words: BTreeSet<String> = COMMON.lines().map(skeleton).collect();
    let core = password.trim_matches(|c: char| !c.is_alphabetic());
    [piece(password), piece(core)].into_iter().any(|text| {
        let text = skeleton(text);
        let splits = text.char_indices().map(|(at, _)| text.split_at(at));
        words.contains(&text)
            || splits.into_iter().any(|(first, last)| words.contains(first) && words.contains(last))
    })
}

/// Whether nearly every step leads to a neighbour: on a keyboard, or in the alphabet.
fn is_walk(password: &str) -> bool {
    let characters: Vec<char> = password.chars().collect();
    let near = |a: char, b: char| {
        u32::from(a).abs_diff(u32::from(b)) <= 1
            || WALKS.iter().any(|walk| {
                let row: Vec<char> = walk.chars().collect();
                row.windows(2).any(|pair| pair == [a, b] || pair == [b, a])
            })
    };
    let steps = characters.windows(2).filter(|pair| near(pair[0], pair[1])).count();
    // Four steps of five.
    steps * 5 >= characters.len().saturating_sub(1) * 4
}

/// The piece that a text repeats, or the text.
fn piece(text: &str) -> &str {
    let ends = text.char_indices().map(|(at, _)| at).skip(1);
    ends.filter(|end| text.len().is_multiple_of(*end))
        .map(|end| text.split_at(end).0)
        .find(|piece| piece.repeat(text.len() / piece.len()) == text)
        .unwrap_or(text)
}

/// One spelling for all of a word's disguises.
fn skeleton(word: &str) -> String {
    word.chars()
        .filter(|c| c.is_alphanumeric() || "@$!".contains(*c))
        .map(|c| match c {
            '0' => 'o',
            '1' | '!' | 'l' => 'i',
            '3' => 'e',
            '4' | '@' => 'a',
            '5' | '$' => 's',
            '7' => 't',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn codes(username: &str, password: &str) -> Vec<String> {
        password_faults("password", username, password).into_iter().map(|it| it.code).collect()
    }

    #[test]
    fn what_guessers_try_first_is_refused() {
        for password in [
            "123456789012",
            "1234567890123456",
            "098765432109",
            "aaaaaaaaaaaa",
            "121212121212",
            "abcabcabcabc",
            "qwertyuiop12",
            "qwertyqwerty",
            "1q2w3e4r5t6y",
            "qazwsxedcrfv",
            "abcdefghijkl",
            "abcd1234abcd",
            "passwordpassword",
            "Password1234",
            "P@ssw0rd!234",
            "PASSWORD2026!",
            "administrator",
            "administrator1",
            "iloveyou1234",
            "welcome12345",
            "Welcome@2026",
            "changeme1234",
            "letmein123456",
            "adminpassword",
            "iloveyoubaby",
            "saudiarabia1",
            "saudiarabia2030",
            "alhammadi2026",
            "hospital123456",
            "bismillah786",
            "محمد12345678",
            "ضصثقفغعهخحجد",
        ] {
            assert_eq!(codes("noura", password), ["too_common"], "{password}");
        }
    }

    #[test]
    fn what_somebody_thought_of_is_accepted() {
        for password in [
            "a long enough password",
            "correct horse battery staple",
            "a quiet lamp on the seventh floor",
            "k3vd-2mxq-7tbe-ahpw",
            "my dragon eats oranges",
            "ثلاث قطط على السطح",
            "hospital coffee is cold",
            "Tr0ub4dor&3xyz",
        ] {
            assert_eq!(codes("noura", password), [""; 0], "{password}");
        }
    }

    #[test]
    fn a_password_is_long_and_more_than_the_name() {
        assert_eq!(codes("noura", "short"), ["too_short"]);
        assert_eq!(codes("noura", &"غ".repeat(11)), ["too_short"]);
        assert_eq!(codes("noura", &"x1y2z".repeat(300)), ["too_long"]);
        assert_eq!(codes("Noura.Alharbi", "noura.alharbi"), ["same_as_username"]);
        assert_eq!(codes("noura.alharbi", "Noura.Alharbi99"), ["same_as_username"]);
        assert_eq!(codes("noura", "noura keeps bees at home"), [""; 0]);
    }

    proptest! {
        #[test]
        fn any_text_is_judged_without_panic(username in ".*", password in ".*") {
            password_faults("password", &username, &password);
        }

        #[test]
        fn chance_is_never_common(password in "[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}-[a-z2-7]{4}") {
            prop_assume!(password.chars().collect::<BTreeSet<_>>().len() > 8);
            prop_assert_eq!(codes("noura", &password), [""; 0]);
        }
    }
}
