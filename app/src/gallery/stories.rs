//! Timelines, facts and views.

use chrono::{DateTime, TimeDelta};
use leptos::prelude::*;

use crate::ui::badge::Tone;
use crate::ui::card::Card;
use crate::ui::facts::{Fact, Facts};
use crate::ui::numbers::Code;
use crate::ui::timeline::{Happening, Timeline};
use crate::ui::view_tabs::{ViewTab, ViewTabs};

/// 2026-11-23, 09:00 in Riyadh: the gallery's clock stands.
const MORNING: i64 = 1_795_413_600;

pub(super) fn section() -> AnyView {
    let locale = crate::texts::current();
    let at = DateTime::from_timestamp(MORNING, 0).unwrap_or_default();
    let kinds =
        vec![("notes", text!(locale, gallery.notes)), ("steps", text!(locale, gallery.steps))];
    let tabs = [
        (text!(locale, gallery.open_actions), true, false, 0, false),
        (text!(locale, gallery.late), false, false, 12, true),
        (text!(locale, gallery.view_mine), false, true, 3, false),
        (text!(locale, gallery.emergency), false, false, 0, false),
    ];
    let tabs = tabs.map(|(label, current, changed, late, about_late)| ViewTab {
        label: label.to_owned(),
        href: format!("/{locale}/gallery"),
        current,
        changed,
        count: Some(17),
        late,
        about_late,
        shared: changed,
    });
    let pieces = view! {
        <ViewTabs label=text!(locale, gallery.views) tabs=tabs.to_vec()/>
        <Card title=text!(locale, gallery.story) id="g-story">
            <Timeline
                happenings=happenings(locale, at)
                kinds=kinds
                as_of=at + TimeDelta::hours(5)
            />
        </Card>
        <Card title=text!(locale, gallery.facts) id="g-facts">
            <Facts>
                <Fact name=text!(locale, gallery.physician)>
                    <bdi>{text!(locale, gallery.doctor)}</bdi>
                </Fact>
                <Fact name=text!(locale, gallery.phone)>
                    <Code text="+966500001234"/>
                </Fact>
            </Facts>
        </Card>
    };
    super::section("g-stories", text!(locale, gallery.stories), pieces.into_any())
}

fn happenings(locale: px360_domain::Locale, at: DateTime<chrono::Utc>) -> Vec<Happening> {
    let opened = Happening {
        icon: "flag",
        tone: Tone::Mute,
        kind: "steps",
        title: text!(locale, gallery.story_opened).to_owned(),
        towards: Some(text!(locale, gallery.person).to_owned()),
        by: None,
        at,
        text: None,
        internal: false,
        href: None,
    };
    vec![
        opened.clone(),
        Happening {
            icon: "lock",
            tone: Tone::Warn,
            kind: "notes",
            title: text!(locale, gallery.notes).to_owned(),
            towards: None,
            by: Some(text!(locale, gallery.person).to_owned()),
            at: at + TimeDelta::hours(1),
            text: Some(text!(locale, gallery.story_note).to_owned()),
            internal: true,
            href: None,
        },
        Happening {
            icon: "chevrons-up",
            tone: Tone::Bad,
            title: text!(locale, gallery.story_late).to_owned(),
            at: at + TimeDelta::hours(4),
            ..opened
        },
    ]
}
