//! Buttons, menus and tabs.

use leptos::prelude::*;

use crate::ui::button::{Button, ButtonLook, IconButton};
use crate::ui::copy::RefNo;
use crate::ui::menu_button::{Command, MenuButton};
use crate::ui::tabs::{Tab, Tabs};
use crate::ui::toast::Toasts;

pub(super) fn section() -> AnyView {
    let locale = crate::texts::current();
    let pressed = RwSignal::new(0_u32);
    let press = Callback::new(move |()| pressed.update(|count| *count += 1));
    let held = Signal::stored(Some(text!(locale, gallery.why_not).to_owned()));
    let toasts = use_context::<Toasts>();
    let say = Callback::new(move |()| {
        if let Some(toasts) = toasts {
            toasts.say(text!(locale, gallery.saved));
        }
    });
    let say_with_undo = Callback::new(move |()| {
        if let Some(toasts) = toasts {
            pressed.update(|count| *count += 1);
            let undo = move || pressed.update(|count| *count -= 1);
            toasts.say_with_undo(text!(locale, gallery.archived), undo);
        }
    });
    let command = |label: &str, icon, keys, why_not: Option<&str>| Command {
        label: label.to_owned(),
        icon,
        keys,
        why_not: why_not.map(str::to_owned),
        run: press,
    };
    let commands = vec![
        command(text!(locale, gallery.assign), "user", Some("A"), None),
        command(text!(locale, gallery.snooze), "alarm-clock", Some("Z"), None),
        command(text!(locale, gallery.delete), "x", None, Some(text!(locale, gallery.why_not))),
    ];
    let chosen = RwSignal::new("notes");
    let panel = |words: &'static str| move || view! { <p>{words}</p> };
    let tabs = vec![
        Tab::new("notes", text!(locale, gallery.notes), panel(text!(locale, gallery.notes_text))),
        Tab::new("calls", text!(locale, gallery.calls), panel(text!(locale, gallery.calls_text))),
        Tab::new("files", text!(locale, gallery.files), panel(text!(locale, gallery.files_text))),
    ];
    let pieces = view! {
        <div class="gallery-row" id="buttons">
            <Button label=text!(locale, gallery.save) look=ButtonLook::Primary press=press/>
            <Button label=text!(locale, gallery.edit) icon="pencil" press=press/>
            <Button label=text!(locale, gallery.cancel) look=ButtonLook::Quiet press=press/>
            <Button label=text!(locale, gallery.delete) look=ButtonLook::Danger press=press/>
            <Button label=text!(locale, gallery.save) pending=Signal::stored(true) press=press/>
            <Button label=text!(locale, gallery.publish) why_not=held press=press/>
            <IconButton label=text!(locale, gallery.edit) icon="pencil" press=press/>
        </div>
        <p class="hint">
            {text!(locale, gallery.pressed)} " "
            <output class="num" id="pressed">{pressed}</output>
        </p>
        <div class="gallery-row">
            <MenuButton label=text!(locale, kit.more) icon="ellipsis" commands=commands/>
            <Button label=text!(locale, gallery.say) press=say/>
            <Button label=text!(locale, gallery.say_with_undo) press=say_with_undo/>
            <RefNo text="ACT-26-00417"/>
        </div>
        <Tabs label=text!(locale, gallery.record) tabs=tabs chosen=chosen/>
    };
    super::section("g-actions", text!(locale, gallery.actions), pieces.into_any())
}
