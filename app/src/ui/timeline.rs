//! What happened to something, in the order in which it happened, or the other way round.
//!
//! Every entry has a number and with it an address of its own (`#entry-3`): entries are only ever
//! added behind the last one.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

use crate::ui::badge::Tone;
use crate::ui::dates::When;
use crate::ui::icon::Icon;

/// One thing that happened.
#[derive(Clone)]
pub(crate) struct Happening {
    /// The shape.
    pub(crate) icon: &'static str,
    /// What the colour says.
    pub(crate) tone: Tone,
    /// The word of its kind, for those who want to see only that: [`Timeline`]'s `kinds`.
    pub(crate) kind: &'static str,
    /// What happened.
    pub(crate) title: String,
    /// Whom it was told or given to.
    pub(crate) towards: Option<String>,
    /// Who did it; none when it was the system.
    pub(crate) by: Option<String>,
    /// When.
    pub(crate) at: DateTime<Utc>,
    /// What a person wrote.
    pub(crate) text: Option<String>,
    /// Whether that is for colleagues only.
    pub(crate) internal: bool,
    /// The page of what it is about.
    pub(crate) href: Option<String>,
}

/// A part of a story that is too long for one page, in the order in which it is given.
#[component]
pub(crate) fn Happenings(
    /// What happened.
    happenings: Vec<Happening>,
    /// The page's own instant.
    as_of: DateTime<Utc>,
) -> impl IntoView {
    let entries = happenings.into_iter().map(|it| entry(None, it, as_of)).collect_view();
    view! { <ol class="timeline">{entries}</ol> }
}

/// The story of one thing.
#[component]
pub(crate) fn Timeline(
    /// What happened, oldest first.
    happenings: Vec<Happening>,
    /// The kinds that one may want to see alone: word and name.
    kinds: Vec<(&'static str, &'static str)>,
    /// The page's own instant.
    as_of: DateTime<Utc>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let only = RwSignal::new(None::<&'static str>);
    let newest_first = RwSignal::new(false);
    let has = |kind: &str| happenings.iter().any(|happening| happening.kind == kind);
    let mut choices = vec![(None, text!(locale, kit.timeline_all))];
    choices.extend(
        kinds.into_iter().filter(|(kind, _)| has(kind)).map(|(kind, name)| (Some(kind), name)),
    );
    // With one kind there is nothing to choose, with one entry no order.
    let choosy = choices.len() > 2;
    let long = happenings.len() > 1;
    let buttons = choices.into_iter().map(|(kind, name)| {
        view! {
            <button
                r#type="button"
                class="chip chip-choice"
                aria-pressed=move || if only.get() == kind { "true" } else { "false" }
                on:click=move |_| only.set(kind)
            >
                {name}
            </button>
        }
    });
    let buttons = choosy.then(|| {
        view! {
            <div class="chips" role="group" aria-label=text!(locale, kit.timeline_show)>
                {buttons.collect_view()}
            </div>
        }
    });
    let happenings = StoredValue::new(happenings);
    let entries = move || {
        let only = only.get();
        let mut shown: Vec<AnyView> = happenings.with_value(|all| {
            let numbered = all.iter().enumerate();
            let wanted = numbered.filter(|(_, it)| only.is_none_or(|kind| kind == it.kind));
            wanted.map(|(at, it)| entry(Some(at + 1), it.clone(), as_of)).collect()
        });
        if newest_first.get() {
            shown.reverse();
        }
        shown
    };
    view! {
        <div class="timeline-bar" hidden=!long>
            {buttons}
            <button
                r#type="button"
                class="button button-quiet timeline-order"
                aria-pressed=move || if newest_first.get() { "true" } else { "false" }
                on:click=move |_| newest_first.update(|newest| *newest = !*newest)
            >
                <Icon name="arrow-up-down"/>
                {text!(locale, kit.timeline_newest)}
            </button>
        </div>
        <ol class="timeline">{entries}</ol>
    }
}

/// One entry; with a number it has an address of its own.
fn entry(number: Option<usize>, it: Happening, as_of: DateTime<Utc>) -> AnyView {
    let locale = crate::texts::current();
    let id = number.map(|number| format!("entry-{number}"));
    let when = move || view! { <When at=it.at as_of=as_of/> };
    let when = match &id {
        Some(id) => view! {
            <a class="entry-link" href=format!("#{id}") rel="external">{when()}</a>
        }
        .into_any(),
        None => when().into_any(),
    };
    let title = match it.href {
        Some(href) => view! { <a href=href>{it.title}</a> }.into_any(),
        None => it.title.into_any(),
    };
    let who = match it.by {
        Some(by) => view! { <bdi>{by}</bdi> }.into_any(),
        None => text!(locale, kit.by_system).into_any(),
    };
    let towards = it.towards.map(|to| {
        view! {
            <span class="entry-towards">
                <Icon name="arrow-right"/>
                <span class="visually-hidden">{text!(locale, kit.told)}" "</span>
                <bdi>{to}</bdi>
            </span>
        }
    });
    let class = format!("entry {}{}", tone(it.tone), if it.internal { " entry-note" } else { "" });
    view! {
        <li class=class id=id>
            <span class="entry-icon">
                <Icon name=it.icon/>
            </span>
            <div class="entry-body">
                <p class="entry-head">
                    <span class="entry-title">{title}</span>
                    {towards}
                </p>
                <p class="entry-meta">
                    {who} " · " {when}
                </p>
                {it.text.map(|text| view! { <p class="entry-text" dir="auto">{text}</p> })}
            </div>
        </li>
    }
    .into_any()
}

fn tone(tone: Tone) -> &'static str {
    match tone {
        Tone::Info => "entry-info",
        Tone::Brand => "entry-brand",
        Tone::Ok => "entry-ok",
        Tone::Warn => "entry-warn",
        Tone::Bad => "entry-bad",
        Tone::Mute => "entry-mute",
    }
}
