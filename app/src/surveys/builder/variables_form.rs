//! What rules of a survey count with.

use leptos::prelude::*;
use px360_domain::Locale;
use px360_domain::surveys::logic::{Value, Variable};
use px360_domain::surveys::{SurveyContent, is_key};

use super::draft::Draft;
use super::fields::number;
use super::list_line::list_line;
use crate::ui::button::Button;
use crate::ui::fields::{FieldSpec, NumberInput, TextInput};
use crate::ui::numbers::isolated_words;

/// The variables, and a line for one more.
#[component]
pub(super) fn Variables(
    /// The draft.
    draft: Draft,
) -> impl IntoView {
    let locale = crate::texts::current();
    let lines = move || {
        let body = draft.body.read();
        let variables = body.variables.iter().enumerate();
        variables.map(|(at, one)| line(locale, draft, at, one)).collect_view()
    };
    let (key, initial) = (RwSignal::new(String::new()), RwSignal::new("0".to_owned()));
    let fault = RwSignal::new(false);
    let add = Callback::new(move |()| {
        let wanted = key.read_untracked().trim().to_lowercase();
        let good = draft.body.with_untracked(|body| can_be_called(body, &wanted));
        fault.set(!good);
        if good {
            let initial = Value::Number(number(&initial.read_untracked()).unwrap_or(0));
            draft.body.update(|body| body.variables.push(Variable { key: wanted, initial }));
            key.set(String::new());
        }
    });
    let said = move || fault.get().then(|| text!(locale, surveys.variable_fault).to_owned());
    view! {
        <fieldset class="fieldset">
            <legend>{text!(locale, surveys.variables)}</legend>
            <p class="hint">{text!(locale, surveys.variables_hint)}</p>
            <ul class="rules">{lines}</ul>
            <div class="field-pair">
                <TextInput
                    field=FieldSpec::new("variable-key", text!(locale, surveys.variable_key))
                        .fault(Signal::derive(said))
                    value=key
                />
                <NumberInput
                    field=FieldSpec::new("variable-initial", text!(locale, surveys.variable_initial))
                    value=initial
                />
            </div>
            <Button label=text!(locale, surveys.add_variable) icon="plus" press=add/>
        </fieldset>
    }
}

/// A key, and none that there is already.
fn can_be_called(body: &SurveyContent, key: &str) -> bool {
    is_key(key) && body.variables.iter().all(|known| known.key != key)
}

fn line(locale: Locale, draft: Draft, at: usize, one: &Variable) -> AnyView {
    let (name, initial) = (isolated_words(&one.key), isolated_words(&one.initial.to_string()));
    let said = text!(locale, surveys.variable_line, name = name, initial = initial).to_string();
    list_line(draft, said, text!(locale, surveys.remove_variable), |body| &mut body.variables, at)
}
