//! What narrows a list of records: a field for words in sight, the rest behind a button.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use leptos_router::params::ParamsMap;
use px360_domain::Locale;
use px360_domain::accounts::HospitalName;
use px360_domain::records::{Form, RecordKind};

use super::address::{Address, HOSPITAL, SEARCH, narrowing};
use super::inputs::search_of;
use super::words;
use crate::ui::combobox::{Combobox, Pick};
use crate::ui::fields::{Choice, FieldSpec, Select};
use crate::ui::filters::{Chip, Chips, hidden, sent_by};
use crate::ui::icon::Icon;
use crate::ui::menu::Menu;

/// Words, filters, and a chip for each that holds.
#[component]
pub(super) fn Filters(
    /// What holds.
    address: Address,
    /// The hospitals that the person may look at.
    hospitals: Vec<HospitalName>,
    /// What the records are called that the filters name, as far as the list says so.
    names: Vec<(&'static str, String)>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let kind = address.kind;
    let summary = view! {
        <Icon name="funnel"/>
        <span>{text!(locale, records.filter)}</span>
    }
    .into_any();
    let known = Known { hospitals, names };
    let chips = chips(locale, &address, &known);
    let fields: Vec<&'static str> = narrowing(kind).collect();
    let kept = address.kept(&fields);
    let selects = fields.iter().map(|name| select(locale, &address, name, &known)).collect_view();
    let menu = (!fields.is_empty()).then(|| {
        view! {
            <Menu summary=summary class="filter" shortcut="KeyF">
                <Narrow kind=kind kept=kept class="filter-form">
                    {selects}
                    <button r#type="submit" class="button button-primary button-wide">
                        {text!(locale, records.apply_filter)}
                    </button>
                </Narrow>
            </Menu>
        }
    });
    view! {
        <div class="filter-bar">
            <Words address=address/>
            {menu}
            <Chips
                label=text!(locale, records.filters_active)
                chips=chips
                clear=text!(locale, records.clear_filters)
                clear_href=kind.page(locale)
            />
        </div>
    }
}

/// The field for words.
#[component]
fn Words(
    /// What holds.
    address: Address,
) -> impl IntoView {
    let locale = crate::texts::current();
    let kept = address.kept(&[SEARCH]);
    let hint = text!(locale, records.search_hint);
    view! {
        <Narrow kind=address.kind kept=kept class="record-search">
            <label class="visually-hidden" for=SEARCH>{text!(locale, records.search)}</label>
            <input
                r#type="search"
                id=SEARCH
                name=SEARCH
                dir="auto"
                class="input"
                placeholder=hint
                title=hint
                maxlength="200"
                value=address.search
            />
            <button r#type="submit" class="button">
                <Icon name="search"/>
                <span>{text!(locale, records.search_go)}</span>
            </button>
        </Narrow>
    }
}

/// A form that leads to the same list, narrowed by its fields; also without scripts.
#[component]
fn Narrow(
    /// Whose list.
    kind: RecordKind,
    /// What it does not ask for and must not lose.
    kept: ParamsMap,
    /// Its class.
    class: &'static str,
    /// Its fields.
    children: Children,
) -> impl IntoView {
    let locale = crate::texts::current();
    let navigate = use_navigate();
    let submit = move |ev| {
        if let Some(query) = sent_by(&ev) {
            let to = Address::from_query(kind, &query).href(locale);
            navigate(&to, NavigateOptions::default());
        }
    };
    view! {
        <form class=class method="get" action=kind.page(locale) on:submit=submit>
            {hidden(kept)}
            {children()}
        </form>
    }
}

/// What is known of other records.
struct Known {
    hospitals: Vec<HospitalName>,
    names: Vec<(&'static str, String)>,
}

impl Known {
    fn name(&self, field: &str) -> Option<&str> {
        self.names.iter().find(|(name, _)| *name == field).map(|(_, said)| said.as_str())
    }
}

/// The other kind of record that a field names, where it is looked for among many.
fn looked_for(kind: RecordKind, name: &str) -> Option<RecordKind> {
    match kind.field(name)?.form {
        Form::Ref(other) if name != HOSPITAL => Some(other),
        _ => None,
    }
}

/// A field that finds the record which the list is narrowed to.
fn reference(
    locale: Locale,
    address: &Address,
    (name, other): (&'static str, RecordKind),
    known: &Known,
) -> AnyView {
    let picked = address.filter(name).map(|id| Pick {
        value: id.to_owned(),
        label: known.name(name).unwrap_or(text!(locale, records.chosen)).to_owned(),
        detail: None,
        why_not: None,
    });
    let value = RwSignal::new(picked);
    let field = FieldSpec::new(name, words::label_of(locale, address.kind, name))
        .hint(text!(locale, records.ref_hint))
        .optional();
    view! { <Combobox field=field value=value search=search_of(locale, other)/> }.into_any()
}

fn select(locale: Locale, address: &Address, name: &'static str, known: &Known) -> AnyView {
    if let Some(other) = looked_for(address.kind, name) {
        return reference(locale, address, (name, other), known);
    }
    let choices = values(locale, address.kind, name, &known.hospitals);
    let value = RwSignal::new(address.filter(name).unwrap_or_default().to_owned());
    let any = Some(text!(locale, records.any).to_owned());
    view! {
        <Select
            field=FieldSpec::new(name, words::label_of(locale, address.kind, name))
            value=value
            choices=choices
            empty=any
        />
    }
    .into_any()
}

fn values(locale: Locale, kind: RecordKind, name: &str, hospitals: &[HospitalName]) -> Vec<Choice> {
    if name == HOSPITAL {
        let named = hospitals.iter();
        return named
            .map(|hospital| Choice::new(hospital.id.to_string(), hospital.name.pick(locale)))
            .collect();
    }
    match kind.field(name).map(|field| field.form) {
        Some(Form::Choice(known)) => {
            known.iter().map(|word| Choice::new(*word, words::choice(locale, word))).collect()
        }
        _ => [true, false]
            .map(|flag| Choice::new(flag.to_string(), words::yes_or_no(locale, flag)))
            .into(),
    }
}

fn chips(locale: Locale, address: &Address, known: &Known) -> Vec<Chip> {
    let chip = |label: String, without: Address| {
        let remove = text!(locale, records.remove_filter, name = label.clone());
        Chip { label, remove, href: without.href(locale) }
    };
    let words = address.search.iter().map(|words| {
        let label = text!(locale, records.chip_search, words = words.clone());
        chip(label, Address { search: None, ..address.first() })
    });
    let filters = address.filters.iter().map(|(name, value)| {
        let said = if looked_for(address.kind, name).is_some() {
            known.name(name).unwrap_or(text!(locale, records.chosen)).to_owned()
        } else {
            let choices = values(locale, address.kind, name, &known.hospitals);
            let said = choices.into_iter().find(|choice| choice.value == *value);
            said.map_or_else(|| value.clone(), |choice| choice.label)
        };
        let label = format!("{}: {said}", words::label_of(locale, address.kind, name));
        chip(label, address.without(name))
    });
    words.chain(filters).collect()
}
