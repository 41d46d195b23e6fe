//! All views of a list: which stand beside it, which opens it, and what they are called.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::ids::SavedViewId;
use px360_domain::saved_views::{Audience, Look, MarkView, SavedView};

use super::form::{Form, ViewForm, audience_word};
use super::server_fns::{saved_views_mark, saved_views_remove, saved_views_restore};
use crate::UiError;
use crate::loaded::Loaded;
use crate::ui::button::{IconButton, InlineError};
use crate::ui::dialog::Dialog;
use crate::ui::failures::sentence;
use crate::ui::icon::Icon;
use crate::ui::numbers::isolated_words;
use crate::ui::toast::Toasts;

/// What every line of the dialog needs.
#[derive(Clone, Copy)]
struct Deeds {
    changed: Callback<Option<(SavedViewId, Look)>>,
    open: RwSignal<bool>,
    editing: RwSignal<bool>,
    form: StoredValue<Form>,
    error: RwSignal<Option<UiError>>,
    toasts: Option<Toasts>,
    locale: Locale,
}

impl Deeds {
    /// Each press counts, however quickly one follows the other; and refused or not, what is shown
    /// afterwards is what holds.
    fn mark(self, id: SavedViewId, cmd: MarkView) {
        leptos::task::spawn_local(async move {
            let error = saved_views_mark(id, cmd).await.err();
            let _gone = self.error.try_set(error);
            self.changed.try_run(None);
        });
    }

    /// Removes a view; whoever did not mean it brings it back. The dialog closes, because the way
    /// back appears behind it.
    fn remove(self, id: SavedViewId) {
        leptos::task::spawn_local(async move {
            match saved_views_remove(id).await {
                Ok(()) => {
                    let _gone = self.open.try_set(false);
                    if let Some(toasts) = self.toasts {
                        let said = text!(self.locale, kit.view_removed);
                        toasts.say_with_undo(said, move || self.restore(id));
                    }
                }
                Err(error) => {
                    let _gone = self.error.try_set(Some(error));
                }
            }
            self.changed.try_run(None);
        });
    }

    /// Also when the page is gone by now.
    fn restore(self, id: SavedViewId) {
        leptos::task::spawn_local(async move {
            let refused = saved_views_restore(id).await.err();
            if let (Some(toasts), Some(error)) = (self.toasts, refused) {
                toasts.say(&sentence(self.locale, &error));
            }
            self.changed.try_run(None);
        });
    }
}

/// A button, and the dialog behind it.
#[component]
pub(crate) fn ArrangeViews(
    /// The views.
    views: Loaded<Vec<SavedView>>,
    /// Loads them again.
    changed: Callback<Option<(SavedViewId, Look)>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let open = RwSignal::new(false);
    let nothing = px360_domain::saved_views::ActionLook::default();
    let deeds = Deeds {
        changed,
        open,
        editing: RwSignal::new(false),
        form: StoredValue::new(Form::of(Look::Actions(nothing))),
        error: RwSignal::new(None),
        toasts: use_context::<Toasts>(),
        locale,
    };
    let list = move || {
        let views = views.get().and_then(Result::ok).unwrap_or_default();
        if views.is_empty() {
            return view! { <p class="hint">{text!(locale, kit.views_none)}</p> }.into_any();
        }
        let lines = views.into_iter().map(|view| line(view, deeds)).collect_view();
        view! { <ul class="view-lines">{lines}</ul> }.into_any()
    };
    view! {
        <button r#type="button" class="button button-quiet" on:click=move |_| open.set(true)>
            <Icon name="bookmark"/>
            <span>{text!(locale, kit.views)}</span>
        </button>
        <Dialog id="views" title=text!(locale, kit.views) open=open>
            {list}
            <InlineError error=deeds.error/>
        </Dialog>
        <ViewForm
            id="change-view"
            open=deeds.editing
            form=deeds.form
            done=Callback::new(move |_| { changed.try_run(None); })
        />
    }
}

fn line(saved: SavedView, deeds: Deeds) -> AnyView {
    let locale = crate::texts::current();
    let SavedView { id, shown, opens_first, .. } = saved;
    let show = MarkView { shown: Some(!shown), ..MarkView::default() };
    let first = MarkView { opens_first: Some(!opens_first), ..MarkView::default() };
    let who = match (saved.audience, saved.mine) {
        (Audience::Personal, _) => audience_word(locale, Audience::Personal).to_owned(),
        (audience, true) => audience_word(locale, audience).to_owned(),
        (_, false) => text!(locale, kit.view_by, name = isolated_words(saved.by.pick(locale))),
    };
    let name = isolated_words(&saved.name);
    let shown_label = text!(locale, kit.view_shown_of, name = name.clone());
    let first_label = text!(locale, kit.view_first, name = name.clone());
    let edit = saved.may_change.then(|| {
        let saved = saved.clone();
        let press = Callback::new(move |()| {
            deeds.form.set_value(Form::change(saved.clone()));
            deeds.editing.set(true);
        });
        let remove = Callback::new(move |()| deeds.remove(id));
        view! {
            <IconButton label=text!(locale, kit.view_edit, name = name.clone()) icon="pencil" press=press/>
            <IconButton label=text!(locale, kit.view_remove, name = name) icon="trash-2" press=remove/>
        }
    });
    view! {
        <li class="view-line">
            <p class="view-line-name">
                <bdi dir="auto">{saved.name}</bdi>
                <span class="hint">{who}</span>
            </p>
            <label class="check">
                <input
                    r#type="checkbox"
                    aria-label=shown_label
                    prop:checked=shown
                    on:change=move |_| deeds.mark(id, show)
                />
                <span>{text!(locale, kit.view_shown)}</span>
            </label>
            <button
                r#type="button"
                class="button button-quiet button-icon view-first"
                aria-label=first_label
                aria-pressed=if opens_first { "true" } else { "false" }
                on:click=move |_| deeds.mark(id, first)
            >
                <Icon name="star"/>
            </button>
            {edit}
        </li>
    }
    .into_any()
}
