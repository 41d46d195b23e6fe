//! Numbers as people here read them: Latin digits, one way on every screen.
//!
//! Plain Rust on purpose: server and browser print the same characters, and no formatting tables
//! travel to the browser.

use leptos::prelude::*;

/// `1,284`.
pub(crate) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push(MINUS);
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `87.3`, with a true minus sign.
pub(crate) fn decimal(number: f64) -> String {
    fixed(number, 1)
}

/// `45`, with a true minus sign.
pub(crate) fn rounded(number: f64) -> String {
    fixed(number, 0)
}

/// `+2.3`, `−1.0` or `0.0`.
pub(crate) fn signed(number: f64) -> String {
    let text = decimal(number);
    if number > 0.0 && text != "0.0" { format!("+{text}") } else { text }
}

/// `31%` of a share from 0 to 1.
pub(crate) fn percent(share: f64) -> String {
    format!("{}%", rounded(share * 100.0))
}

/// `31%` of one count in another; none of nothing.
pub(crate) fn percent_of(part: i64, whole: i64) -> Option<String> {
    share(part, whole).map(percent)
}

/// One count in another, from 0 to 1; none of nothing.
pub(crate) fn share(part: i64, whole: i64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The text between marks that keep it left to right, for plain strings such as chart labels.
pub(crate) fn isolated(text: &str) -> String {
    format!("\u{2066}{text}\u{2069}")
}

/// What somebody wrote between marks that keep its own direction, for a place inside a sentence.
pub(crate) fn isolated_words(words: &str) -> String {
    format!("\u{2068}{words}\u{2069}")
}

const MINUS: char = '\u{2212}';

/// A number with so many places, rounded half away from zero, with a true minus sign.
///
/// In whole numbers, because the machinery that prints a float exactly is large, and the browser
/// would need it for nothing else. What is shown here stays far below where that could be seen.
pub(crate) fn fixed(number: f64, places: u32) -> String {
    let scale = 10_i64.pow(places);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "what is no number of ours shows as the largest"
    )]
    let scaled = (number * scale as f64).round() as i64;
    let (whole, rest) = (scaled.unsigned_abs() / scale.unsigned_abs(), scaled % scale);
    let sign = if scaled < 0 { MINUS.to_string() } else { String::new() };
    match places {
        0 => format!("{sign}{whole}"),
        _ => format!(
            "{sign}{whole}.{rest:0width$}",
            rest = rest.unsigned_abs(),
            width = places as usize
        ),
    }
}

/// An amount of money in riyals, out of halalas: `1,204.50`.
pub(crate) fn riyals(halalas: i64) -> String {
    format!("{}.{:02}", grouped(halalas / 100), halalas % 100)
}

/// A number that keeps its own direction: without this a minus jumps to the other end in Arabic.
#[component]
pub(crate) fn Num(
    /// The number, already written out.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class="num">{text}</span> }
}

/// A reference, an id, a phone number: its own direction, its own digits.
#[component]
pub(crate) fn Code(
    /// What it says.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <bdi class="code" dir="ltr">{text}</bdi> }
}
