//! Keys that do something, by where they are on the keyboard.
//!
//! `KeyboardEvent.code` and not `key`: with an Arabic layout the same key carries another letter. A
//! page marks what a key presses with `data-shortcut`, so that a shortcut can never do what the
//! mouse cannot, and the cheat sheet cannot name what is not there.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::ui::preferences::{Keys, Preference};

/// What a key press asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wish {
    /// Open the command palette.
    Palette,
    /// Open the list of shortcuts.
    CheatSheet,
    /// The next letter says where to go.
    GoTo,
    /// The same page in the other language.
    OtherLanguage,
    /// Press what is marked with this code.
    Press,
}

/// Whether single letters do anything: they can be switched off (WCAG 2.1.4).
pub(crate) fn are_on() -> bool {
    Keys::current() == Keys::On
}

/// What this key press asks for, outside of fields.
pub(crate) fn wish(ev: &KeyboardEvent) -> Option<Wish> {
    let (code, command) = (ev.code(), ev.ctrl_key() || ev.meta_key());
    match (code.as_str(), command, ev.alt_key(), ev.shift_key()) {
        ("KeyK", true, false, false) => return Some(Wish::Palette),
        ("KeyL", false, true, false) => return Some(Wish::OtherLanguage),
        _ => {}
    }
    if command || ev.alt_key() || ev.is_composing() || is_typing(ev) || !are_on() {
        return None;
    }
    match (code.as_str(), ev.shift_key()) {
        ("Slash", true) => Some(Wish::CheatSheet),
        ("Slash", false) => Some(Wish::Palette),
        ("KeyG", false) => Some(Wish::GoTo),
        (_, false) if code.starts_with("Key") || code.starts_with("Bracket") => Some(Wish::Press),
        _ => None,
    }
}

/// Presses, opens or enters what is marked with this code; whether there was anything.
pub(crate) fn press(code: &str) -> bool {
    // A dialog holds the keyboard: what lies under it must not move.
    let root = document().query_selector("dialog[open]").ok().flatten();
    let selector = format!("[data-shortcut='{code}']");
    let found = match root {
        Some(dialog) => dialog.query_selector(&selector),
        None => document().query_selector(&selector),
    };
    let Some(found) = found.ok().flatten() else { return false };
    let found: web_sys::HtmlElement = found.unchecked_into();
    let _ = found.focus();
    if !matches!(found.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT") {
        found.click();
    }
    true
}

/// Whether the key goes into a field that has its own use for it.
pub(crate) fn is_typing(ev: &KeyboardEvent) -> bool {
    let target = ev.target().and_then(|target| target.dyn_into::<web_sys::HtmlElement>().ok());
    let Some(target) = target else { return false };
    if target.is_content_editable() {
        return true;
    }
    match target.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => {
            let kind = target.get_attribute("type").unwrap_or_default();
            !matches!(kind.as_str(), "checkbox" | "radio" | "button" | "submit" | "file")
        }
        _ => false,
    }
}
