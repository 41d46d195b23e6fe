//! What was written into a page before it was awake.
//!
//! On a slow phone a form can be read and written into while its program is still on the way. Waking up
//! gives every control the value that the server knew; this hands back what the person wrote meanwhile.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, EventInit, HtmlInputElement, HtmlOptionElement, HtmlSelectElement,
    HtmlTextAreaElement,
};

/// A control and what stands in it.
enum Typed {
    Line(HtmlInputElement, String),
    Tick(HtmlInputElement, bool),
    File(HtmlInputElement),
    Text(HtmlTextAreaElement, String),
    Choice(HtmlSelectElement, String),
}

/// Everything that somebody changed since the page came.
pub struct TypedMeanwhile(Vec<Typed>);

impl TypedMeanwhile {
    /// Reads the page: to be called before it wakes up.
    pub fn read() -> Self {
        let Ok(controls) = document().query_selector_all("input, textarea, select") else {
            return Self(Vec::new());
        };
        let controls = (0..controls.length()).filter_map(|at| controls.item(at));
        Self(controls.filter_map(|control| typed(&control.unchecked_into())).collect())
    }

    /// Writes it into the page again, as if it were typed now: to be called when the page is awake.
    pub fn put_back(self) {
        for typed in self.0 {
            let control: Element = match typed {
                Typed::Line(input, value) => {
                    input.set_value(&value);
                    input.into()
                }
                Typed::Tick(input, checked) => {
                    input.set_checked(checked);
                    input.into()
                }
                Typed::File(input) => input.into(),
                Typed::Text(area, value) => {
                    area.set_value(&value);
                    area.into()
                }
                Typed::Choice(select, value) => {
                    select.set_value(&value);
                    select.into()
                }
            };
            say(&control, "input");
            say(&control, "change");
        }
    }
}

fn typed(control: &Element) -> Option<Typed> {
    if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
        let input = input.clone();
        return match input.type_().as_str() {
            // Of a group of radios, the one that was chosen: the others follow.
            "radio" => (input.checked() && !input.default_checked())
                .then(|| Typed::Tick(input.clone(), true)),
            "checkbox" => (input.checked() != input.default_checked())
                .then(|| Typed::Tick(input.clone(), input.checked())),
            "file" => (!input.value().is_empty()).then_some(Typed::File(input)),
            _ => (input.value() != input.default_value())
                .then(|| Typed::Line(input.clone(), input.value())),
        };
    }
    if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
        return (area.default_value().is_ok_and(|first| area.value() != first))
            .then(|| Typed::Text(area.clone(), area.value()));
    }
    let select = control.dyn_ref::<HtmlSelectElement>()?;
    let options = (0..select.length()).filter_map(|at| select.options().item(at));
    let is_other = options
        .map(JsValue::from)
        .filter_map(|option| option.dyn_into::<HtmlOptionElement>().ok())
        .any(|option| option.selected() && !option.default_selected());
    // Where no option is marked, the first one stands there unless somebody chose.
    let is_chosen = is_other && (select.selected_index() > 0 || has_mark(select));
    is_chosen.then(|| Typed::Choice(select.clone(), select.value()))
}

fn has_mark(select: &HtmlSelectElement) -> bool {
    matches!(select.query_selector("option[selected]"), Ok(Some(_)))
}

fn say(control: &Element, what: &str) {
    let init = EventInit::new();
    init.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict(what, &init) {
        let _ = control.dispatch_event(&event);
    }
}
