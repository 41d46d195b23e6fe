//! Windows over the page: the browser's own `<dialog>`, which keeps the keyboard inside and gives it
//! back to where it came from.

use leptos::prelude::*;
use leptos::{ev, html};

use crate::ui::button::{Button, ButtonLook};
use crate::ui::fields::{FieldSpec, TextInput};
use crate::ui::icon::Icon;
use crate::ui::numbers::isolated;

/// A dialog, or a sheet at the end of the line.
#[component]
pub(crate) fn Dialog(
    /// Its id; that of the heading is made of it.
    id: &'static str,
    /// What it is about.
    #[prop(into)]
    title: String,
    /// Whether it is open. Closing it by Escape or by a click beside it sets this too.
    open: RwSignal<bool>,
    /// As high as the page, at its side.
    #[prop(optional)]
    sheet: bool,
    /// What it holds; built anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let locale = crate::texts::current();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move || {
        let (Some(dialog), open) = (dialog.get(), open.get()) else { return };
        if open && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    let heading = format!("{id}-title");
    let beside = move |ev: ev::MouseEvent| {
        // The backdrop belongs to the dialog; whatever it holds lies in the frame.
        if ev.target() == ev.current_target() {
            open.set(false);
        }
    };
    view! {
        <dialog
            id=id
            class=if sheet { "dialog dialog-sheet" } else { "dialog" }
            aria-labelledby=heading.clone()
            node_ref=dialog
            // Escape, at once; the event of the closing itself comes later, and by then somebody
            // may have opened it again.
            on:cancel=move |_: web_sys::Event| open.set(false)
            on:close=move |_| {
                if dialog.get_untracked().is_some_and(|dialog| !dialog.open()) {
                    open.set(false);
                }
            }
            on:click=beside
        >
            <div class="dialog-frame">
                <header class="dialog-head">
                    <h2 id=heading.clone() tabindex="-1">{title}</h2>
                    <button
                        r#type="button"
                        class="button button-quiet button-icon"
                        aria-label=text!(locale, kit.close)
                        on:click=move |_| open.set(false)
                    >
                        <Icon name="x"/>
                    </button>
                </header>
                {move || open.get().then(|| children())}
            </div>
        </dialog>
    }
}

/// How a dialog is left: undone, or by what its buttons do.
#[component]
pub(crate) fn DialogFoot(
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// The buttons that do something.
    children: Children,
) -> impl IntoView {
    let locale = crate::texts::current();
    view! {
        <div class="dialog-foot">
            <Button
                label=text!(locale, kit.cancel)
                press=Callback::new(move |()| open.set(false))
            />
            {children()}
        </div>
    }
}

/// Asks before something that cannot be taken back.
#[component]
pub(crate) fn ConfirmDialog(
    /// Its id.
    id: &'static str,
    /// The question.
    #[prop(into)]
    title: String,
    /// What will happen, and what will not come back.
    #[prop(into)]
    consequence: Signal<String>,
    /// What the button says: the deed, not "yes".
    #[prop(into)]
    deed: String,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Whether it is being done.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// A word to type first, where a slip would be costly.
    #[prop(optional, into)]
    word: Option<String>,
    /// Does it.
    confirm: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let typed = RwSignal::new(String::new());
    let wanted = StoredValue::new(word);
    let why_not = Signal::derive(move || {
        let wanted = wanted.get_value()?;
        (typed.read().trim() != wanted)
            .then(|| text!(locale, kit.type_to_confirm, word = isolated(&wanted)))
    });
    let deed = StoredValue::new(deed);
    view! {
        <Dialog id=id title=title open=open>
            <p>{consequence}</p>
            {wanted.get_value().map(|word| view! {
                <TextInput
                    field=FieldSpec::new("confirm-word", text!(locale, kit.type_to_confirm, word = isolated(&word)))
                    value=typed
                />
            })}
            <DialogFoot open=open>
                <Button
                    label=deed.get_value()
                    look=ButtonLook::Danger
                    pending=pending
                    why_not=why_not
                    press=confirm
                />
            </DialogFoot>
        </Dialog>
    }
}
