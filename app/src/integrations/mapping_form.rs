//! What a code stands for: something of ours, or nothing.

use leptos::prelude::*;
use px360_domain::ids::HospitalId;
use px360_domain::integrations::{CODE_CHARS_MAX, CodeKind, MappingSet, SetMapping, WaitingCode};
use px360_domain::{Failure, Locale};
use uuid::Uuid;

use super::faults::unsaid;
use super::server_fns::{integrations_set_mapping, integrations_targets};
use super::words;
use crate::UiError;
use crate::request::Request;
use crate::ui::button::{Button, ButtonLook, InlineError};
use crate::ui::combobox::{Combobox, Pick, Search};
use crate::ui::dialog::DialogFoot;
use crate::ui::failures;
use crate::ui::fields::{Choice, FieldSpec, RadioGroup, TextInput};
use crate::ui::numbers::{Code, grouped};
use crate::ui::toast::Toasts;

/// The answer of the form that says that the code stands for something.
const STANDS: &str = "stands";
/// The answer that says that nothing is meant by it.
const LEFT_OUT: &str = "left_out";
/// The fields that say themselves what is wrong with them.
const SHOWN: [&str; 2] = ["target_id", "event_code"];

/// What is written in the form.
#[derive(Clone, Copy)]
struct Fields {
    answer: RwSignal<String>,
    target: RwSignal<Option<Pick>>,
    event_code: RwSignal<String>,
}

impl Fields {
    /// Nothing yet; most codes stand for something.
    fn new() -> Self {
        Self {
            answer: RwSignal::new(STANDS.to_owned()),
            target: RwSignal::new(None),
            event_code: RwSignal::new(String::new()),
        }
    }

    fn is_left_out(self) -> bool {
        *self.answer.read() == LEFT_OUT
    }

    /// What the form says about this code.
    fn read(self, waiting: &WaitingCode) -> Result<SetMapping, Failure> {
        let left_out = untrack(|| self.is_left_out());
        let picked = self.target.get_untracked();
        let target_id: Option<Uuid> = picked.and_then(|pick| pick.value.parse().ok());
        let event_code = self.event_code.get_untracked().trim().to_owned();
        let by_event = waiting.kind == CodeKind::Event;
        let target_id = target_id.filter(|_| !left_out && !by_event);
        let event_code = Some(event_code).filter(|code| !left_out && by_event && !code.is_empty());
        if !left_out && target_id.is_none() && event_code.is_none() {
            let field = if by_event { "event_code" } else { "target_id" };
            return Err(Failure::invalid(field, "required"));
        }
        Ok(SetMapping {
            source_id: waiting.source_id,
            hospital_id: waiting.hospital_id,
            kind: waiting.kind,
            code: waiting.code.clone(),
            target_id,
            event_code,
            left_out,
        })
    }
}

/// The form about one code.
#[component]
pub(super) fn MappingForm(
    /// The code.
    waiting: WaitingCode,
    /// Whether the dialog around it is open.
    open: RwSignal<bool>,
    /// Runs when it is kept.
    done: Callback<()>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let fields = Fields::new();
    let (request, missing) = (Request::new(), RwSignal::new(None::<UiError>));
    let toasts = use_context::<Toasts>();
    let error = Signal::derive(move || missing.get().or_else(|| request.error()));
    let about = about(locale, &waiting);
    let what = what(locale, &waiting, fields, error);
    let save = Callback::new(move |()| {
        let cmd = match fields.read(&waiting) {
            Ok(cmd) => cmd,
            Err(failure) => return missing.set(Some(failure.into())),
        };
        missing.set(None);
        request.send(integrations_set_mapping(cmd), move |set: MappingSet| {
            let count = i64::try_from(set.released).unwrap_or(i64::MAX);
            let shown = grouped(count);
            let said = text!(locale, integrations.mapped, count = count, shown = shown);
            if let Some(toasts) = toasts {
                toasts.say(&said.to_string());
            }
            let _gone = open.try_set(false);
            done.try_run(());
        });
    });
    view! {
        <form
            class="dialog-form"
            on:submit=move |ev| {
                ev.prevent_default();
                save.run(());
            }
        >
            {about}
            <RadioGroup
                field=FieldSpec::new("answer", text!(locale, integrations.map_question))
                value=fields.answer
                choices=answers(locale)
            />
            <div hidden=move || fields.is_left_out()>{what}</div>
            <InlineError error=Signal::derive(move || unsaid(locale, error.get(), &SHOWN))/>
            <button r#type="submit" hidden></button>
            <DialogFoot open=open>
                <Button
                    label=text!(locale, integrations.map_save)
                    look=ButtonLook::Primary
                    pending=request.pending()
                    press=save
                />
            </DialogFoot>
        </form>
    }
}

/// Which code, and whose.
fn about(locale: Locale, waiting: &WaitingCode) -> AnyView {
    let (code, source) = (waiting.code.clone(), waiting.source.clone());
    view! {
        <p class="waiting-what">
            <span class="hint">{words::kind(locale, waiting.kind)}</span>
            <Code text=code/>
            <bdi dir="auto">{source}</bdi>
        </p>
    }
    .into_any()
}

fn answers(locale: Locale) -> Vec<Choice> {
    vec![
        Choice::new(STANDS, text!(locale, integrations.map_stands)),
        Choice::new(LEFT_OUT, text!(locale, integrations.map_left_out))
            .hint(text!(locale, integrations.map_left_out_hint)),
    ]
}

/// The field for what it stands for: one of ours, or a code that templates know.
fn what(
    locale: Locale,
    waiting: &WaitingCode,
    fields: Fields,
    error: Signal<Option<UiError>>,
) -> AnyView {
    let fault = move |name: &'static str| {
        Signal::derive(move || failures::of_field(locale, error.read().as_ref()?, name))
    };
    let label = match waiting.kind {
        CodeKind::Event => {
            let field = FieldSpec::new("event_code", text!(locale, integrations.event_code))
                .hint(text!(locale, integrations.map_event_hint))
                .fault(fault("event_code"));
            return view! {
                <TextInput
                    field=field
                    value=fields.event_code
                    autocomplete="off"
                    chars_max=CODE_CHARS_MAX
                />
            }
            .into_any();
        }
        kind => words::kind(locale, kind),
    };
    let field = FieldSpec::new("target_id", label)
        .hint(text!(locale, integrations.map_target_hint))
        .fault(fault("target_id"));
    let search = targets(locale, waiting.hospital_id, waiting.kind);
    view! { <Combobox field=field value=fields.target search=search/> }.into_any()
}

/// Finds what a code of this kind may stand for.
fn targets(locale: Locale, hospital_id: HospitalId, kind: CodeKind) -> Search {
    Search::new(move |search| async move {
        let found = integrations_targets(hospital_id, kind, search).await?;
        let picks = found.into_iter().map(|target| Pick {
            value: target.id.to_string(),
            label: target.name.pick(locale).to_owned(),
            detail: Some(target.code),
            why_not: None,
        });
        Ok(picks.collect())
    })
}
