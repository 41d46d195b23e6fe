//! How words are compared when somebody looks for something.
//!
//! People leave out hamzas and dots, type either digits, and write Arabic words in Latin letters when
//! the keyboard happens to be English. None of that should hide what they look for.

mod fold;
mod sound;

pub use fold::fold;
pub use sound::sound;

/// How well words fit what is looked for: higher is better, none where they do not fit.
///
/// Every word that is looked for must be found in one of the texts, either as written
/// ([`fold`]: at the beginning of a word 3, inside 2) or as it sounds ([`sound`]: 1).
pub fn fit(wanted: &str, texts: &[&str]) -> Option<u32> {
    let folded: Vec<String> = texts.iter().map(|text| fold(text)).collect();
    let sounds: Vec<String> = texts
        .iter()
        .flat_map(|text| text.split_whitespace())
        .map(sound)
        .filter(|sound| !sound.is_empty())
        .collect();
    let wanted = fold(wanted);
    let mut total = 0;
    for word in wanted.split_whitespace() {
        total += fit_word(word, &folded, &sounds)?;
    }
    Some(total)
}

fn fit_word(word: &str, folded: &[String], sounds: &[String]) -> Option<u32> {
    let begins = |text: &String| text.split_whitespace().any(|part| part.starts_with(word));
    if folded.iter().any(begins) {
        return Some(3);
    }
    if folded.iter().any(|text| text.contains(word)) {
        return Some(2);
    }
    let heard = sound(word);
    // One consonant is in every other word.
    (heard.chars().count() >= 2 && sounds.iter().any(|sound| sound.starts_with(&heard)))
        .then_some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_complaint_is_found_in_either_language_and_in_latin_letters() {
        let texts = ["الشكاوى", "شكوى", "Complaints"];
        for wanted in ["شكوى", "شكوي", "complaint", "COMP", "shkwa", "shakwa"] {
            assert!(fit(wanted, &texts).is_some(), "{wanted}");
        }
        for other in ["survey", "استبيان", "x"] {
            assert_eq!(fit(other, &texts), None, "{other}");
        }
    }

    #[test]
    fn what_is_written_fits_better_than_what_sounds_alike() {
        let texts = ["مركز القيادة", "Command center"];
        let written = fit("مركز", &texts).unwrap();
        let heard = fit("markaz", &texts).unwrap();
        assert!(written > heard);
    }

    #[test]
    fn every_word_must_be_found() {
        let texts = ["Sara Alqahtani", "سارة القحطاني"];
        assert!(fit("sara alq", &texts).is_some());
        assert!(fit("ساره القحطانى", &texts).is_some());
        assert_eq!(fit("sara almutairi", &texts), None);
    }

    #[test]
    fn nothing_fits_everything() {
        assert_eq!(fit("  ", &["a"]), Some(0));
    }
}
