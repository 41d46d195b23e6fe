//! From a chart to what `public/px-chart.js` draws: our colours, mirrored in Arabic, safe in HTML.
//!
//! `ECharts` cannot draw right to left: inside `dir="rtl"` its labels land on top of the bars. So the
//! picture is always drawn left to right, of options that were mirrored here.

use charming::Chart;
use px360_domain::Locale;
use serde_json::{Map, Value, json};

/// The lines that are shown for one point of the axis, ready to read.
pub(crate) type Tips = Vec<String>;

/// A colour by its name in `style/tokens.css`; the script looks it up, so that it follows the theme.
pub(crate) fn token(name: &str) -> String {
    format!("var(--{name})")
}

/// The JSON of the chart, themed, mirrored where the language asks for it, safe in a `<script>`.
pub(crate) fn finish(chart: &Chart, locale: Locale, tips: Vec<Tips>) -> String {
    let mut option = serde_json::to_value(chart).unwrap_or_else(|_| json!({}));
    theme(&mut option);
    if locale == Locale::Ar {
        mirror(&mut option);
    }
    option["px"] = json!({ "dir": locale.dir(), "tips": tips });
    // The only character that could end the script or open a comment in it.
    option.to_string().replace('<', "\\u003c")
}

/// Our type and lines, wherever the chart did not say otherwise.
fn theme(option: &mut Value) {
    let ink = json!({ "color": token("fg-muted"), "fontFamily": "inherit", "fontSize": 13 });
    option["textStyle"] = ink;
    option["backgroundColor"] = json!("transparent");
    for name in ["xAxis", "yAxis"] {
        for axis in each(option, name) {
            merge(axis, "axisLabel", &json!({ "color": token("fg-muted"), "hideOverlap": true }));
            merge(axis, "axisLine", &json!({ "lineStyle": { "color": token("line-strong") } }));
            merge(axis, "axisTick", &json!({ "show": false }));
            merge(axis, "splitLine", &json!({ "lineStyle": { "color": token("line") } }));
        }
    }
    let tooltip = json!({
        "confine": true,
        "backgroundColor": token("bg-raised"),
        "borderColor": token("line-strong"),
        "textStyle": { "color": token("fg") },
        "axisPointer": { "lineStyle": { "color": token("line-control") } },
    });
    if let (Some(own), Value::Object(ours)) = (option["tooltip"].as_object_mut(), tooltip) {
        for (key, value) in ours {
            own.entry(key).or_insert(value);
        }
    }
    for series in each(option, "series") {
        // Bands lie on both sides of zero; by default only values of one sign are stacked.
        if series.contains_key("stack") {
            series.entry("stackStrategy").or_insert(json!("all"));
        }
    }
}

/// The same picture for readers who begin on the right. Titles and legends are HTML beside it.
fn mirror(option: &mut Value) {
    for axis in each(option, "xAxis") {
        let inverse = axis.get("inverse").and_then(Value::as_bool).unwrap_or(false);
        axis.insert("inverse".to_owned(), json!(!inverse));
    }
    for axis in each(option, "yAxis") {
        let side = if axis.get("position") == Some(&json!("right")) { "left" } else { "right" };
        axis.insert("position".to_owned(), json!(side));
    }
    for part in ["grid", "dataZoom", "visualMap"] {
        for part in each(option, part) {
            swap_sides(part);
        }
    }
    for series in each(option, "series") {
        if let Some(label) = series.get_mut("label").and_then(Value::as_object_mut) {
            let side = match label.get("position").and_then(Value::as_str) {
                Some("left") => "right",
                Some("right") => "left",
                _ => continue,
            };
            label.insert("position".to_owned(), json!(side));
        }
    }
}

fn swap_sides(part: &mut Map<String, Value>) {
    let (left, right) = (part.remove("left"), part.remove("right"));
    if let Some(left) = left {
        part.insert("right".to_owned(), left);
    }
    if let Some(right) = right {
        part.insert("left".to_owned(), right);
    }
}

/// The parts of this name, whether there is one or a list of them.
fn each<'a>(
    option: &'a mut Value,
    name: &str,
) -> Box<dyn Iterator<Item = &'a mut Map<String, Value>> + 'a> {
    match option.get_mut(name) {
        Some(Value::Array(parts)) => Box::new(parts.iter_mut().filter_map(Value::as_object_mut)),
        Some(Value::Object(part)) => Box::new(std::iter::once(part)),
        _ => Box::new(std::iter::empty()),
    }
}

fn merge(part: &mut Map<String, Value>, key: &str, defaults: &Value) {
    let own = part.entry(key).or_insert_with(|| json!({}));
    match (own, defaults) {
        (Value::Object(own), Value::Object(defaults)) => {
            for (key, value) in defaults {
                own.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        (own, defaults) => *own = defaults.clone(),
    }
}
