//! Small drawings beside numbers, made on the server and without scripts.
//!
//! SVG attributes instead of inline styles, which the content policy forbids. Drawn from left to
//! right; the style sheet mirrors them in Arabic. All are hidden from screen readers: the same
//! numbers stand beside them in words.

use leptos::prelude::*;

use crate::ui::numbers::fixed;

/// One part of a bar: the class that colours it, and how many.
pub(crate) type Part = (&'static str, i64);

/// A bar whose parts add up to the whole.
#[component]
pub(crate) fn StackedBar(
    /// The parts, from the beginning of the line.
    parts: Vec<Part>,
) -> impl IntoView {
    let total = parts.iter().map(|(_, count)| *count).sum::<i64>().max(1) as f64;
    let mut from = 0.0;
    let segments = parts
        .into_iter()
        .map(|(class, count)| {
            let (x, width) = (from, count as f64 * 100.0 / total);
            from += width;
            view! {
                <rect class=class x=percent(x) y="0" width=percent(width) height="100%"></rect>
            }
        })
        .collect_view();
    view! {
        <svg class="mark mark-bar" width="100%" height="10" aria-hidden="true" focusable="false">
            {segments}
        </svg>
    }
}

/// A value and how far off it may be, on an axis that others share.
#[component]
pub(crate) fn IntervalMark(
    /// The value.
    value: f64,
    /// The lower end of the interval.
    low: f64,
    /// The upper end of the interval.
    high: f64,
    /// Where the axis begins and ends.
    axis: (f64, f64),
) -> impl IntoView {
    let at = |value: f64| {
        let (from, to) = axis;
        percent(((value.clamp(from, to) - from) * 100.0 / (to - from)).clamp(0.0, 100.0))
    };
    let zero = (axis.0 < 0.0).then(|| {
        view! { <line class="mark-zero" x1=at(0.0) x2=at(0.0) y1="0" y2="100%"></line> }
    });
    view! {
        <svg class="mark mark-interval" width="100%" height="16" aria-hidden="true" focusable="false">
            <line class="mark-axis" x1="0" x2="100%" y1="8" y2="8"></line>
            {zero}
            <line class="mark-range" x1=at(low) x2=at(high) y1="8" y2="8"></line>
            <circle class="mark-value" cx=at(value) cy="8" r="4"></circle>
        </svg>
    }
}

fn percent(value: f64) -> String {
    format!("{}%", fixed(value, 2))
}
