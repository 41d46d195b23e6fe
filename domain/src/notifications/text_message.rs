//! What a text costs as a text message.

/// A text as the networks charge for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextMessage {
    /// How many letters a reader counts, line ends included.
    pub letters: usize,
    /// Whether a letter is outside the alphabet of GSM, as every Arabic one is: then a part holds less than half as much.
    pub wide: bool,
    /// How many parts the networks charge.
    pub parts: u16,
}

/// The basic alphabet of GSM 03.38; each letter is one septet.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡\
                     ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Letters behind an escape; each costs two septets.
const EXTENDED: &str = "\u{c}^{}\\[~]|€";

impl TextMessage {
    /// 160 septets (153 in each of several parts) when every letter is in the alphabet of GSM 03.38; one
    /// Arabic letter makes it 70 (67) units of UCS-2.
    pub fn of(text: &str) -> Self {
        let septets: Option<Vec<usize>> = text.chars().map(septets).collect();
        let (wide, parts) = match septets {
            Some(lengths) => (false, parts(&lengths, 160, 153)),
            None => {
                let units: Vec<usize> = text.chars().map(char::len_utf16).collect();
                (true, parts(&units, 70, 67))
            }
        };
        Self { letters: text.chars().count(), wide, parts }
    }
}

fn septets(letter: char) -> Option<usize> {
    if BASIC.contains(letter) { Some(1) } else { EXTENDED.contains(letter).then_some(2) }
}

/// Packs letters into parts; a letter of two units is never cut.
fn parts(lengths: &[usize], single: usize, several: usize) -> u16 {
    if lengths.iter().sum::<usize>() <= single {
        return 1;
    }
    let (mut parts, mut used) = (1_u16, 0);
    for length in lengths {
        if used + length > several {
            parts = parts.saturating_add(1);
            used = 0;
        }
        used += length;
    }
    parts
}
