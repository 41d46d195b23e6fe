//! Files: dropped, chosen, or photographed on a phone.

use leptos::prelude::*;
use leptos::{ev, html};
use send_wrapper::SendWrapper;

use super::FieldSpec;
use crate::ui::files::file_size;
use crate::ui::icon::Icon;

/// A chosen file, as far as the page knows it.
#[derive(Clone, PartialEq, Eq)]
struct Chosen {
    name: String,
    bytes: u64,
    too_large: bool,
}

/// A labelled place for files. The file itself stays in the `<input>`, which a form then sends.
#[component]
pub(crate) fn FileDrop(
    /// What it says about itself.
    field: FieldSpec,
    /// What may be chosen, as the browser's own `accept`: `image/*,application/pdf`.
    accept: &'static str,
    /// The largest file, in megabytes.
    megabytes_max: u32,
    /// Whether it is one file, which cannot be photographed.
    #[prop(optional)]
    only_one: bool,
) -> impl IntoView {
    let locale = crate::texts::current();
    let input = NodeRef::<html::Input>::new();
    let chosen = RwSignal::new(Vec::<Chosen>::new());
    let over = RwSignal::new(false);
    let look = move || chosen.set(files_of(input, megabytes_max));
    let take = Callback::new(move |files: SendWrapper<web_sys::FileList>| {
        take(input, &files, only_one);
        look();
    });
    let drop = move |ev: ev::DragEvent| {
        ev.prevent_default();
        over.set(false);
        let files = ev.data_transfer().and_then(|dropped| dropped.files());
        if let Some(files) = files {
            take.run(SendWrapper::new(files));
        }
    };
    let clear = move |_| {
        if let Some(input) = input.get_untracked() {
            input.set_value("");
            let _ = input.focus();
        }
        chosen.set(Vec::new());
    };
    let list = move || {
        let files = chosen.get();
        (!files.is_empty()).then(|| {
            let items =
                files.into_iter().map(|file| view! { <FileLine file=file/> }).collect_view();
            view! {
                <ul class="files" aria-label=text!(locale, kit.files_chosen)>{items}</ul>
                <button r#type="button" class="button button-quiet" on:click=clear>
                    <Icon name="x"/>
                    {text!(locale, kit.files_clear)}
                </button>
            }
        })
    };
    let locked = field.is_locked();
    let control = view! {
        <div
            class="drop"
            class:drop-over=move || over.get()
            on:dragover=move |ev| {
                ev.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=drop
        >
            <Icon name="upload"/>
            <input
                r#type="file"
                id=field.id
                name=field.id
                multiple=!only_one
                required=only_one
                accept=accept
                node_ref=input
                disabled=locked
                aria-invalid=field.invalid()
                aria-describedby=field.described_by()
                on:change=move |_| look()
            />
            <p class="hint drop-hint" aria-hidden="true">{text!(locale, kit.files_drop)}</p>
            <Camera locked=locked || only_one take=take/>
        </div>
        <div role="status">{list}</div>
    };
    field.around(control.into_any())
}

/// Takes a picture on the spot, where there is a camera to hand.
#[component]
fn Camera(
    /// Whether files may not be chosen now.
    locked: bool,
    /// Has the picture.
    take: Callback<SendWrapper<web_sys::FileList>>,
) -> impl IntoView {
    let locale = crate::texts::current();
    let photographed = move |ev: ev::Targeted<ev::Event, web_sys::HtmlInputElement>| {
        if let Some(files) = ev.target().files() {
            take.run(SendWrapper::new(files));
        }
        // The same picture may be taken once more.
        ev.target().set_value("");
    };
    view! {
        <label class="button drop-camera" hidden=locked>
            <Icon name="camera"/>
            <span>{text!(locale, kit.files_photograph)}</span>
            <input
                r#type="file"
                class="visually-hidden"
                accept="image/*"
                capture="environment"
                on:change:target=photographed
            />
        </label>
    }
}

#[component]
fn FileLine(
    /// The file.
    file: Chosen,
) -> impl IntoView {
    let locale = crate::texts::current();
    view! {
        <li class="file" class:file-bad=file.too_large>
            <Icon name=if file.too_large { "octagon-alert" } else { "file-text" }/>
            <bdi>{file.name}</bdi>
            <span class="hint">{file_size(locale, file.bytes)}</span>
            {file.too_large.then(|| text!(locale, kit.file_too_large))}
        </li>
    }
}

/// Puts files beside those that are chosen already, or in their place.
fn take(input: NodeRef<html::Input>, files: &web_sys::FileList, only_one: bool) {
    let (Some(input), Ok(all)) = (input.get_untracked(), web_sys::DataTransfer::new()) else {
        return;
    };
    let before = input.files().filter(|_| !only_one);
    for list in [before.as_ref(), Some(files)].into_iter().flatten() {
        for file in (0..list.length()).filter_map(|at| list.get(at)) {
            let _ = all.items().add_with_file(&file);
        }
    }
    input.set_files(all.files().as_ref());
}

fn files_of(input: NodeRef<html::Input>, megabytes_max: u32) -> Vec<Chosen> {
    let Some(files) = input.get_untracked().and_then(|input| input.files()) else {
        return Vec::new();
    };
    (0..files.length())
        .filter_map(|at| files.get(at))
        .map(|file| {
            let bytes = whole(file.size());
            let too_large = bytes > u64::from(megabytes_max) * 1_000_000;
            Chosen { name: file.name(), bytes, too_large }
        })
        .collect()
}

/// Sizes are far from where a float ends.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a size of a file")]
fn whole(bytes: f64) -> u64 {
    bytes.ceil() as u64
}
