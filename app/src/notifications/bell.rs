//! The bell: the latest messages from anywhere.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use px360_domain::notifications::{Inbox, InboxFilter};
use px360_domain::paths;

use super::line::{Reading, line};
use super::server_fns::notifications_inbox;
use crate::loaded::{Loaded, load};
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::failures::sentence;
use crate::ui::icon::Icon;
use crate::ui::menu::Menu;
use crate::ui::numbers::{Num, grouped};

/// Messages behind the bell; the others have a page.
const LATEST: u16 = 8;
/// How often the bell asks. News is a matter of minutes here, and the mail is out already.
const ASKS_EVERY: Duration = Duration::from_secs(60);

/// How often it asks at most without a sign of anybody there.
const ASKS_ALONE_MAX: u32 = 5;

/// The latest messages, loaded once for the whole visit and again every minute.
#[derive(Clone, Copy)]
pub(crate) struct InboxResource(pub(crate) Loaded<Inbox>);

impl InboxResource {
    /// For the frame.
    pub(crate) fn provide() -> Self {
        let latest = || InboxFilter { limit: Some(LATEST), ..InboxFilter::default() };
        let inbox = Self(load(|| (), move |()| notifications_inbox(latest())));
        let quiet = StoredValue::new(0_u32);
        Effect::new(move || {
            let asking = set_interval_with_handle(move || inbox.ask_again(quiet), ASKS_EVERY);
            let keys = window_event_listener(ev::keydown, move |_| quiet.set_value(0));
            let touches = window_event_listener(ev::pointerdown, move |_| quiet.set_value(0));
            on_cleanup(move || {
                if let Ok(asking) = asking {
                    asking.clear();
                }
                keys.remove();
                touches.remove();
            });
        });
        provide_context(inbox);
        inbox
    }

    /// Not while nobody looks, and not under somebody's eyes. And not for somebody who has gone:
    /// asking would keep their session awake, and the patients on their screen with it.
    fn ask_again(self, quiet: StoredValue<u32>) {
        let asked = quiet.try_update_value(|asked| std::mem::replace(asked, *asked + 1));
        if asked.is_none_or(|asked| asked >= ASKS_ALONE_MAX) {
            return;
        }
        let read_now = document().query_selector(".bell[open]").is_ok_and(|open| open.is_some());
        if !document().hidden() && !read_now {
            self.0.refetch();
        }
    }

    /// Of a bell in whose boundary somebody waited for the messages.
    fn unread(self) -> i64 {
        self.0.get().and_then(Result::ok).map_or(0, |inbox| inbox.unread)
    }
}

/// How many messages wait, in the corner of a picture.
pub(crate) fn unread_badge(inbox: InboxResource) -> impl IntoView {
    let locale = crate::texts::current();
    move || {
        let unread = inbox.unread();
        (unread > 0).then(|| {
            let shown = if unread > 99 { "99+".to_owned() } else { grouped(unread) };
            view! {
                <span class="unread" aria-hidden="true"><Num text=shown/></span>
                <span class="visually-hidden">
                    {text!(locale, common.unread_count, count = unread).to_string()}
                </span>
            }
        })
    }
}

/// The bell and what is behind it.
#[component]
pub(crate) fn Bell(
    /// The latest messages.
    inbox: InboxResource,
) -> impl IntoView {
    let locale = crate::texts::current();
    let reading = Reading::new();
    let summary = view! {
        <span class="bell-picture">
            <Icon name="bell"/>
            {unread_badge(inbox)}
        </span>
        <span class="visually-hidden">{text!(locale, common.notifications)}</span>
    }
    .into_any();
    let list = move || {
        inbox.0.get().map(|inbox| match inbox {
            Ok(inbox) if inbox.items.is_empty() => {
                view! { <p class="notices-none hint">{text!(locale, common.told_nothing)}</p> }
                    .into_any()
            }
            Ok(inbox) => {
                let as_of = inbox.as_of;
                reading.show(as_of);
                let lines = inbox.items.into_iter().map(|notice| line(notice, as_of, reading));
                view! { <ul class="notices">{lines.collect_view()}</ul> }.into_any()
            }
            Err(error) => {
                view! { <p class="notices-none fault">{sentence(locale, &error)}</p> }.into_any()
            }
        })
    };
    view! {
        <Menu summary=summary class="bell">
            <div class="notices-head">
                <h2>{text!(locale, common.notifications)}</h2>
                <Button
                    label=text!(locale, common.read_all)
                    look=ButtonLook::Quiet
                    pending=reading.pending()
                    press=Callback::new(move |()| reading.mark_all())
                />
            </div>
            <InlineError error=reading.error()/>
            {list}
            <a class="notices-more" href=paths::notifications(locale)>
                {text!(locale, common.told_all)}
            </a>
        </Menu>
    }
}
