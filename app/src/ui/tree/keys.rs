//! A tree under the keyboard.

use leptos::ev;
use leptos::prelude::*;
use px360_domain::Locale;
use uuid::Uuid;
use wasm_bindgen::JsCast as _;

use super::Standing;
use super::shape::TreeRow;

/// Arrows walk, Home and End go to the ends, Space takes up, Enter puts down or opens, Escape lets go. In
/// Arabic the arrows along the line mean the other direction.
pub(super) fn on_key(standing: Standing, ev: &ev::KeyboardEvent) {
    let on_button =
        ev.target().is_some_and(|it| it.dyn_into::<web_sys::HtmlButtonElement>().is_ok());
    if ev.ctrl_key() || ev.meta_key() || ev.alt_key() || on_button {
        return;
    }
    let Some(current) = standing.memory.current.get_untracked() else { return };
    let rows = untrack(|| standing.rows());
    let Some(at) = rows.iter().position(|row| row.id == current) else { return };
    let rtl = standing.locale == Locale::Ar;
    let forth = if rtl { "ArrowLeft" } else { "ArrowRight" };
    let back = if rtl { "ArrowRight" } else { "ArrowLeft" };
    match ev.code().as_str() {
        "ArrowDown" => go(standing, rows.get(at + 1)),
        "ArrowUp" => go(standing, at.checked_sub(1).and_then(|at| rows.get(at))),
        "Home" => go(standing, rows.first()),
        "End" => go(standing, rows.last()),
        code if code == forth => deeper(standing, &rows, at),
        code if code == back => higher(standing, &rows, at),
        "Space" => standing.take_up(current),
        "Enter" | "NumpadEnter" if standing.held.get_untracked().is_some() => {
            standing.put_below(current);
        }
        "Enter" | "NumpadEnter" => open(current),
        "Escape" if standing.held.get_untracked().is_some() => standing.let_go(),
        _ => return,
    }
    ev.prevent_default();
    ev.stop_propagation();
}

fn go(standing: Standing, row: Option<&TreeRow>) {
    if let Some(row) = row {
        standing.go_to(row.id);
    }
}

/// Opens a branch; from an open one, goes to the first line in it.
fn deeper(standing: Standing, rows: &[TreeRow], at: usize) {
    let Some(row) = rows.get(at).filter(|row| row.branches) else { return };
    if standing.memory.shut.with_untracked(|shut| shut.contains(&row.id)) {
        standing.fold(row.id, false);
    } else {
        go(standing, rows.get(at + 1).filter(|next| next.level > row.level));
    }
}

/// Shuts a branch; from a shut one, goes to what it stands below.
fn higher(standing: Standing, rows: &[TreeRow], at: usize) {
    let Some(row) = rows.get(at) else { return };
    if row.branches && !standing.memory.shut.with_untracked(|shut| shut.contains(&row.id)) {
        standing.fold(row.id, true);
        return;
    }
    let before = rows.get(..at).unwrap_or_default();
    go(standing, before.iter().rfind(|above| above.level < row.level));
}

/// Goes to the page of a line.
fn open(id: Uuid) {
    let link = document().get_element_by_id(&super::line_id(id));
    let link = link.and_then(|line| line.query_selector("a").ok().flatten());
    if let Some(link) = link {
        link.unchecked_into::<web_sys::HtmlElement>().click();
    }
}
