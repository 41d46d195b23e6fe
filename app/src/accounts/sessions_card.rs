//! The browsers that are signed in.

use leptos::prelude::*;
use px360_domain::accounts::{SessionCard, SessionList};

use super::server_fns::{account_end_other_sessions, account_end_session};
use crate::loaded::Loaded;
use crate::request::Request;
use crate::ui::button::{Button, InlineError};
use crate::ui::card::Card;
use crate::ui::dates::date_time;
use crate::ui::facts::{Fact, Facts};
use crate::ui::numbers::{Code, isolated_words};
use crate::ui::toast::Toasts;

/// What every line needs.
#[derive(Clone, Copy)]
struct Deeds {
    request: Request,
    sessions: Loaded<SessionList>,
    toasts: Option<Toasts>,
}

impl Deeds {
    /// Says that it is done and shows what is left.
    fn done(self, sentence: &str) {
        if let Some(toasts) = self.toasts {
            toasts.say(sentence);
        }
        self.sessions.refetch();
    }
}

/// The list of one's sessions, each with a button that ends it.
#[component]
pub(super) fn SessionsCard(
    /// The sessions.
    sessions: Loaded<SessionList>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let deeds = Deeds { request: Request::new(), sessions, toasts: use_context::<Toasts>() };
    let end_others = Callback::new(move |()| {
        deeds.request.send(account_end_other_sessions(), move |()| {
            deeds.done(text!(locale, account.sessions_ended));
        });
    });
    let list = move || {
        let list = sessions.get().and_then(Result::ok)?;
        let others = list.items.iter().any(|session| !session.current);
        let all = others.then(|| {
            view! {
                <Button
                    label=text!(locale, account.sessions_end_others)
                    pending=deeds.request.pending()
                    press=end_others
                />
            }
        });
        let lines = list.items.into_iter().map(|session| line(session, deeds)).collect_view();
        Some(view! {
            <ul class="sessions">{lines}</ul>
            {all}
        })
    };
    view! {
        <Card title=text!(locale, account.sessions) id="sessions">
            <p class="hint">{text!(locale, account.sessions_text)}</p>
            {list}
            <InlineError error=Signal::derive(move || deeds.request.error())/>
        </Card>
    }
}

fn line(session: SessionCard, deeds: Deeds) -> AnyView {
    let locale = crate::texts::current();
    let SessionCard { id, begun_at, seen_at, ip, user_agent, current } = session;
    let browser = user_agent.unwrap_or_else(|| text!(locale, account.session_unknown).to_owned());
    let end = Callback::new(move |()| {
        deeds.request.send(account_end_session(id), move |()| {
            deeds.done(text!(locale, account.session_ended));
        });
    });
    let label = text!(locale, account.session_end_of, browser = isolated_words(&browser));
    let button = (!current).then(|| {
        view! {
            <button
                r#type="button"
                class="button"
                aria-label=label
                on:click=move |_| end.run(())
            >
                {text!(locale, account.session_end)}
            </button>
        }
    });
    let mark = current.then(|| {
        view! { <span class="badge badge-ok">{text!(locale, account.session_current)}</span> }
    });
    view! {
        <li class="session">
            <p class="session-head">
                <bdi>{browser}</bdi>
                " "
                {mark}
            </p>
            <Facts>
                {begun_at.map(|at| view! {
                    <Fact name=text!(locale, account.session_begun)>{date_time(locale, at)}</Fact>
                })}
                {seen_at.map(|at| view! {
                    <Fact name=text!(locale, account.session_seen)>{date_time(locale, at)}</Fact>
                })}
                {ip.map(|ip| view! {
                    <Fact name=text!(locale, account.session_ip)><Code text=ip/></Fact>
                })}
            </Facts>
            {button}
        </li>
    }
    .into_any()
}
