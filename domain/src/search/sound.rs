//! What a word sounds like, in either script: enough to find شكوى by "shkwa".

use super::fold;

/// The consonants of a word in Latin letters, without the article.
///
/// Vowels, w and y are left out, since no two people write them alike; so are doubled letters.
/// A sketch for searching, not a transliteration for readers.
pub fn sound(word: &str) -> String {
    let folded = fold(word);
    let bare = folded.strip_prefix("ال").filter(|rest| rest.chars().count() > 2);
    let mut letters = String::new();
    for letter in bare.unwrap_or(&folded).chars() {
        match latin(letter) {
            Some(known) => letters.push_str(known),
            None => letters.push(letter),
        }
    }
    let mut sound = String::with_capacity(letters.len());
    for letter in letters.chars().filter(|letter| !is_soft(*letter)) {
        if !sound.ends_with(letter) {
            sound.push(letter);
        }
    }
    sound
}

/// Letters that one language hears as one and another writes as two are brought together.
fn latin(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ب' | 'پ' => "b",
        'ت' | 'ط' => "t",
        'ث' => "th",
        'ج' => "j",
        'ح' | 'ه' => "h",
        'خ' => "kh",
        'د' | 'ض' => "d",
        'ذ' => "dh",
        'ر' => "r",
        'ز' | 'ظ' => "z",
        'س' | 'ص' => "s",
        'ش' => "sh",
        'غ' => "gh",
        'ف' => "f",
        'ق' | 'q' => "q",
        'ك' => "k",
        'ل' => "l",
        'م' => "m",
        'ن' => "n",
        'ا' | 'و' | 'ي' | 'ع' | 'ء' => "",
        _ => return None,
    })
}

fn is_soft(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'w' | 'y' | '\'')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arabic_word_sounds_like_its_latin_spellings() {
        for (arabic, latin) in [
            ("شكوى", "shakwa"),
            ("إجراءات", "ijraat"),
            ("القيادة", "qiyadah"),
            ("استبيان", "istibyan"),
            ("محمد", "mohammed"),
        ] {
            assert_eq!(sound(arabic), sound(latin), "{arabic}");
        }
    }
}
