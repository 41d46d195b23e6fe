//! The drawing of the weekly trend: the score as a line, its 95 % interval as a band around it, and
//! the number of answers as bars at the foot.

use charming::Chart;
use charming::component::{Axis, Grid};
use charming::datatype::CompositeValue;
use charming::element::{
    AreaStyle, AxisType, ItemStyle, LineStyle, LineStyleType, Symbol, Tooltip, Trigger,
};
use charming::series::{Bar, Line};
use px360_domain::Locale;
use px360_domain::analytics::TrendPoint;

use crate::ui::chart_option::{Tips, finish, token};
use crate::ui::dates::{date, day_and_month};
use crate::ui::numbers::{grouped, isolated, rounded};

/// Bars of answers take the lowest sixth of the picture.
const N_HEADROOM: f64 = 6.0;
/// The axis ends on multiples of this.
const STEP: f64 = 20.0;

/// What `px-chart` draws of these weeks: JSON that is safe inside a `<script>`.
pub(super) fn option(points: &[TrendPoint], locale: Locale) -> String {
    let weeks: Vec<String> =
        points.iter().map(|point| axis_label(locale, day_and_month(locale, point.week))).collect();
    let nps = text!(locale, analytics.nps);
    let band = text!(locale, analytics.interval_95);
    let answers = text!(locale, analytics.answers);
    let (from, to) = ends(points);
    let n_max = points.iter().map(|point| point.nps.n).max().unwrap_or(0).max(1) as f64;
    let chart = Chart::new()
        .grid(Grid::new().left(8).right(16).top(12).bottom(8).contain_label(true))
        .tooltip(Tooltip::new().trigger(Trigger::Axis))
        .x_axis(Axis::new().type_(AxisType::Category).data(weeks))
        .y_axis(Axis::new().type_(AxisType::Value).min(from).max(to).interval(STEP))
        .y_axis(Axis::new().type_(AxisType::Value).show(false).max(n_max * N_HEADROOM))
        .series(count_bars(answers, points))
        .series(band_line("", 0.0, points.iter().map(low)))
        .series(band_line(band, 0.18, points.iter().map(width)))
        .series(score_line(nps, points));
    finish(&chart, locale, points.iter().map(|point| tips(locale, point)).collect())
}

/// The drawing runs from left to right, so Arabic words beside a number need marks of their own:
/// U+2067 begins text from right to left, U+2069 ends it.
fn axis_label(locale: Locale, words: String) -> String {
    match locale {
        Locale::Ar => format!("\u{2067}{words}\u{2069}"),
        Locale::En => words,
    }
}

fn count_bars(name: &str, points: &[TrendPoint]) -> Bar {
    Bar::new()
        .name(name)
        .y_axis_index(1)
        .bar_width("60%")
        .item_style(ItemStyle::new().color(token("chart-quiet")).border_radius(2))
        .data(points.iter().map(|point| point.nps.n).collect())
}

/// One edge of the band: a line without ink. The upper one is stacked on the lower one, and what
/// lies between them is filled.
fn band_line(name: &str, opacity: f64, values: impl Iterator<Item = Option<f64>>) -> Line {
    Line::new()
        .name(name)
        .stack("band")
        .symbol(Symbol::None)
        .silent(true)
        .line_style(LineStyle::new().opacity(0).type_(LineStyleType::Solid))
        .item_style(ItemStyle::new().color(token("chart-1")))
        .area_style(AreaStyle::new().color(token("chart-1")).opacity(opacity))
        .data(values.map(|value| value.map(one_decimal)).collect())
}

fn score_line(name: &str, points: &[TrendPoint]) -> Line {
    Line::new()
        .name(name)
        .symbol(Symbol::Circle)
        .symbol_size(7)
        .line_style(LineStyle::new().width(2.5))
        .item_style(ItemStyle::new().color(token("chart-1")))
        .data(points.iter().map(|point| point.nps.value.map(one_decimal)).collect())
}

fn low(point: &TrendPoint) -> Option<f64> {
    Some((point.nps.value? - point.nps.margin?).max(-100.0))
}

fn high(point: &TrendPoint) -> Option<f64> {
    Some((point.nps.value? + point.nps.margin?).min(100.0))
}

fn width(point: &TrendPoint) -> Option<f64> {
    Some(high(point)? - low(point)?)
}

fn one_decimal(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// Where the axis begins and ends, so that every band fits and zero is in sight.
fn ends(points: &[TrendPoint]) -> (CompositeValue, CompositeValue) {
    let lowest = points.iter().filter_map(low).fold(0.0, f64::min);
    let highest = points.iter().filter_map(high).fold(0.0, f64::max);
    let from = (lowest / STEP).floor() * STEP;
    let to = ((highest / STEP).ceil() * STEP).max(from + STEP);
    (from.into(), to.into())
}

fn tips(locale: Locale, point: &TrendPoint) -> Tips {
    let score = match (point.nps.value, point.nps.margin) {
        (Some(value), Some(margin)) => {
            let score = isolated(&format!("{} ±{}", rounded(value), rounded(margin)));
            text!(locale, analytics.tip_nps, value = score)
        }
        _ => text!(locale, analytics.no_answers).to_owned(),
    };
    vec![
        text!(locale, analytics.tip_week, date = date(locale, point.week)),
        score,
        text!(locale, analytics.tip_n, n = grouped(point.nps.n)),
    ]
}
