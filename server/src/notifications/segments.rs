//! How many text messages a text costs.

/// The basic alphabet of GSM 03.38; each letter is one septet.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡\
                     ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Letters behind an escape; each costs two septets.
const EXTENDED: &str = "\u{c}^{}\\[~]|€";

/// How many parts the networks charge for this text.
///
/// 160 septets (153 in each of several parts) when every letter is in the alphabet of GSM; one
/// Arabic letter makes it 70 (67) units of UCS-2.
pub fn segments(text: &str) -> u16 {
    let septets: Option<Vec<usize>> = text.chars().map(septets).collect();
    match septets {
        Some(lengths) => parts(&lengths, 160, 153),
        None => parts(&text.chars().map(char::len_utf16).collect::<Vec<_>>(), 70, 67),
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
