//! One entry: a line, and behind it what changed.

use chrono::{DateTime, Utc};
use leptos::prelude::*;
use px360_domain::audit::{AuditChange, AuditFact, AuditLine, Outcome};
use px360_domain::{Locale, paths};

use super::address::Address;
use super::words;
use crate::ui::badge::{Badge, Tone};
use crate::ui::dates::When;
use crate::ui::facts::{Fact, Facts};
use crate::ui::icon::Icon;
use crate::ui::numbers::{Code, Num, grouped};

/// A line that opens by itself, also before the page is awake.
pub(super) fn entry(locale: Locale, mut line: AuditLine, as_of: DateTime<Utc>) -> AnyView {
    // In whose place it was done belongs to who did it.
    let absent = line.facts.iter().position(|fact| fact.path == "on_behalf_of");
    let absent = absent.and_then(|at| line.facts.remove(at).value);
    let head = head(locale, &line, absent, as_of);
    let changes = changes(locale, line.changes.clone());
    let facts = facts(locale, line.facts.clone());
    let says_nothing = line.changes.is_empty() && line.facts.is_empty();
    let (id, cut) = (format!("entry-{}", line.id), line.cut);
    let circumstances = circumstances(locale, line);
    view! {
        <li id=id>
            <details class="log-entry">
                <summary class="log-head">{head}</summary>
                <div class="log-body">
                    {changes}
                    {facts}
                    {says_nothing.then(|| view! {
                        <p class="hint">{text!(locale, audit.nothing_more)}</p>
                    })}
                    {cut.then(|| view! {
                        <p class="hint">{text!(locale, audit.cut)}</p>
                    })}
                    {circumstances}
                </div>
            </details>
        </li>
    }
    .into_any()
}

fn head(locale: Locale, line: &AuditLine, absent: Option<String>, as_of: DateTime<Utc>) -> AnyView {
    let (tone, icon) = match line.outcome {
        Outcome::Done => (Tone::Mute, "check"),
        Outcome::Refused => (Tone::Bad, "x"),
    };
    let hospital = line.hospital.as_ref().map(|name| {
        let name = name.pick(locale).to_owned();
        view! { <bdi class="log-place">{name}</bdi> }
    });
    let absent = absent.map(|absent| {
        view! { " " {text!(locale, audit.on_behalf_of)} " " <Code text=absent/> }
    });
    view! {
        <Icon name="chevron-down"/>
        <span class="log-what">{words::or_code(words::action(locale, &line.action), &line.action)}</span>
        <span class="log-which">
            {words::or_code(words::entity(locale, &line.entity), &line.entity)}
            {(!line.entity_id.is_empty()).then(|| view! { " " <Code text=line.entity_id.clone()/> })}
        </span>
        <span class="log-who">{words::actor(locale, &line.actor_kind, &line.actor)} {absent}</span>
        <span class="log-when"><When at=line.at as_of=as_of/></span>
        {hospital}
        <span class="log-outcome">
            <Badge tone=tone icon=icon label=words::outcome(locale, line.outcome)/>
        </span>
    }
    .into_any()
}

fn changes(locale: Locale, changes: Vec<AuditChange>) -> Option<AnyView> {
    if changes.is_empty() {
        return None;
    }
    let rows = changes
        .into_iter()
        .map(|AuditChange { path, from, to }| {
            view! {
                <tr>
                    <th scope="row"><Code text=path/></th>
                    <td>{side(locale, from, "diff-from")}</td>
                    <td>{side(locale, to, "diff-to")}</td>
                </tr>
            }
        })
        .collect_view();
    let table = view! {
        <div class="table-frame">
            <table class="table table-small diff">
                <caption class="visually-hidden">{text!(locale, audit.changes)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{text!(locale, audit.field)}</th>
                        <th scope="col">{text!(locale, audit.from)}</th>
                        <th scope="col">{text!(locale, audit.to)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    };
    Some(table.into_any())
}

/// A value before or after; what was empty is said in a word.
fn side(locale: Locale, value: Option<String>, class: &'static str) -> AnyView {
    match value {
        Some(value) => view! { <span class=class dir="auto">{value}</span> }.into_any(),
        None => view! { <span class="hint">{text!(locale, audit.none)}</span> }.into_any(),
    }
}

fn facts(locale: Locale, facts: Vec<AuditFact>) -> Option<AnyView> {
    if facts.is_empty() {
        return None;
    }
    let facts = facts
        .into_iter()
        .map(|AuditFact { path, value }| {
            let value = side(locale, value, "log-value");
            // A detail that is one bare value has no name for it.
            let name = match path.as_str() {
                "" => text!(locale, audit.value).into_any(),
                _ => view! { <Code text=path/> }.into_any(),
            };
            view! {
                <div class="fact">
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
        .collect_view();
    Some(view! { <div class="log-facts"><Facts>{facts}</Facts></div> }.into_any())
}

/// From where, and which link of the log it is.
fn circumstances(locale: Locale, line: AuditLine) -> AnyView {
    let code = |value: Option<String>| value.map(|text| view! { <Code text=text/> });
    let (ip, agent) = (code(line.ip), code(line.user_agent));
    let link = text!(
        locale,
        audit.link,
        lane = line.lane,
        position = crate::ui::numbers::isolated(&grouped(line.position))
    );
    let same = Address {
        entity: Some(line.entity.clone()),
        entity_id: Some(line.entity_id.clone()),
        ..Address::default()
    };
    let same = (!line.entity_id.is_empty()).then(|| {
        view! { <a class="button" href=same.href(locale)>{text!(locale, audit.same_thing)}</a> }
    });
    let there = (line.entity == "action").then(|| line.entity_id.parse().ok()).flatten();
    let there = there.map(|id| {
        let href = paths::action(locale, id);
        view! { <a class="button" href=href>{text!(locale, audit.open_action)}</a> }
    });
    view! {
        <div class="log-facts">
            <Facts>
                <Fact name=text!(locale, audit.number)><Num text=grouped(line.id)/></Fact>
                <Fact name=text!(locale, audit.chain)>{link}</Fact>
                <Fact name=text!(locale, audit.code)><Code text=line.action/></Fact>
                <Fact name=text!(locale, audit.request)><Code text=line.request_id/></Fact>
                {ip.map(|ip| view! {
                    <Fact name=text!(locale, audit.ip)>{ip}</Fact>
                })}
                {agent.map(|agent| view! {
                    <Fact name=text!(locale, audit.user_agent)>{agent}</Fact>
                })}
            </Facts>
        </div>
        <p class="log-ways">{same} {there}</p>
    }
    .into_any()
}
