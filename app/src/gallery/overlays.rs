//! Dialogs and sheets.

use leptos::prelude::*;

use crate::ui::button::{Button, ButtonLook};
use crate::ui::dialog::{ConfirmDialog, Dialog};

pub(super) fn section() -> AnyView {
    let locale = crate::texts::current();
    let (dialog, sheet, confirm) =
        (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let opens = |open: RwSignal<bool>| Callback::new(move |()| open.set(true));
    let pieces = view! {
        <div class="gallery-row">
            <Button label=text!(locale, gallery.open_dialog) press=opens(dialog)/>
            <Button label=text!(locale, gallery.open_sheet) press=opens(sheet)/>
            <Button
                label=text!(locale, gallery.open_confirm)
                look=ButtonLook::Danger
                press=opens(confirm)
            />
        </div>
        <Dialog id="g-dialog" title=text!(locale, gallery.dialog_title) open=dialog>
            <p>{text!(locale, gallery.dialog_text)}</p>
        </Dialog>
        <Dialog id="g-sheet" title=text!(locale, gallery.dialog_title) open=sheet sheet=true>
            <p>{text!(locale, gallery.dialog_text)}</p>
        </Dialog>
        <ConfirmDialog
            id="g-confirm"
            title=text!(locale, gallery.confirm_title)
            consequence=text!(locale, gallery.confirm_text)
            deed=text!(locale, gallery.delete)
            word="RYD"
            open=confirm
            confirm=Callback::new(move |()| confirm.set(false))
        />
    };
    super::section("g-overlays", text!(locale, gallery.overlays), pieces.into_any())
}
