//! Everything that one was told.

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use px360_domain::notifications::{Inbox, InboxFilter};
use px360_domain::{Locale, paths};

use super::bell::InboxResource;
use super::line::{Reading, line};
use super::server_fns::notifications_inbox;
use crate::loaded::load;
use crate::ui::button::{Button, InlineError};
use crate::ui::card::Skeleton;
use crate::ui::empty::EmptyState;
use crate::ui::heading::PageHeading;
use crate::ui::problem::ProblemCard;
use crate::ui::table::Pager;
use crate::ui::view_tabs::{ViewTab, ViewTabs};

/// `1`: only what is not read.
const UNREAD: &str = "unread";
/// Where the page begins.
const CURSOR: &str = "cursor";

/// The messages, newest first.
#[component]
pub(crate) fn InboxPage() -> impl IntoView {
    let locale = crate::texts::current();
    let query = use_query_map();
    let filter = Memo::new(move |_| from_query(&query.read()));
    let inbox = load(move || filter.get(), notifications_inbox);
    let retry = Callback::new(move |()| inbox.refetch());
    // What is read anywhere is read here too, and what is new is new here.
    let bell = use_context::<InboxResource>();
    Effect::new(move |before: Option<()>| {
        if let Some(InboxResource(bell)) = bell {
            bell.track();
        }
        if before.is_some() {
            inbox.refetch();
        }
    });
    let reading = Reading::new();
    let body = move || {
        inbox.get().map(|inbox| match inbox {
            Ok(inbox) => whole(locale, inbox, &filter.get(), reading),
            Err(error) => view! { <ProblemCard error=error retry=retry/> }.into_any(),
        })
    };
    view! {
        <header class="page-head">
            <PageHeading title=text!(locale, common.notifications)/>
            <Button
                label=text!(locale, common.read_all)
                icon="check"
                pending=reading.pending()
                press=Callback::new(move |()| reading.mark_all())
            />
        </header>
        <InlineError error=reading.error()/>
        <Transition fallback=|| view! { <Skeleton lines=8/> }>{body}</Transition>
    }
}

fn whole(locale: Locale, inbox: Inbox, filter: &InboxFilter, reading: Reading) -> AnyView {
    let tab = |label: &'static str, unread: bool, count: Option<i64>| ViewTab {
        label: label.to_owned(),
        href: href(locale, &InboxFilter { unread, ..InboxFilter::default() }),
        current: filter.unread == unread,
        changed: false,
        count,
        late: 0,
        about_late: false,
        shared: false,
    };
    let tabs = vec![
        tab(text!(locale, common.told_all), false, None),
        tab(text!(locale, common.unread_tab), true, Some(inbox.unread)),
    ];
    let to = |cursor: Option<String>| href(locale, &InboxFilter { cursor, ..filter.clone() });
    let first = filter.cursor.is_some().then(|| to(None));
    let next = inbox.next_cursor.map(|cursor| to(Some(cursor)));
    let as_of = inbox.as_of;
    reading.show(as_of);
    let lines = if inbox.items.is_empty() {
        let title = if filter.unread {
            text!(locale, common.told_nothing_unread)
        } else {
            text!(locale, common.told_nothing)
        };
        let hint = text!(locale, common.told_nothing_hint);
        view! { <EmptyState icon="inbox" title=title hint=hint/> }.into_any()
    } else {
        let lines = inbox.items.into_iter().map(|notice| line(notice, as_of, reading));
        view! { <ul class="notices notices-page">{lines.collect_view()}</ul> }.into_any()
    };
    view! {
        <ViewTabs label=text!(locale, common.notifications) tabs=tabs/>
        {lines}
        <Pager first=first next=next/>
    }
    .into_any()
}

fn from_query(query: &ParamsMap) -> InboxFilter {
    InboxFilter {
        unread: query.get_str(UNREAD) == Some("1"),
        cursor: query.get(CURSOR).filter(|cursor| !cursor.is_empty()),
        limit: None,
    }
}

fn href(locale: Locale, filter: &InboxFilter) -> String {
    let mut query = ParamsMap::new();
    if filter.unread {
        query.insert(UNREAD, "1".to_owned());
    }
    if let Some(cursor) = &filter.cursor {
        query.insert(CURSOR, cursor.clone());
    }
    format!("{}{}", paths::notifications(locale), query.to_query_string())
}
