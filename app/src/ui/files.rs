//! A list to take along.

use leptos::prelude::*;
use px360_domain::{FileFormat, Locale};

use crate::ui::icon::Icon;
use crate::ui::menu::Menu;

/// A menu of the shapes that a list comes in. The browser fetches them by itself: they are files, and none
/// of our pages.
#[component]
pub(crate) fn Files(
    /// The address of each.
    href: impl Fn(FileFormat) -> String,
) -> impl IntoView {
    let locale = crate::texts::current();
    let summary = view! {
        <Icon name="download"/>
        {text!(locale, common.file)}
    };
    let links = FileFormat::ALL.iter().map(|format| {
        let name = match format {
            FileFormat::Csv => text!(locale, common.file_csv),
            FileFormat::Xlsx => text!(locale, common.file_xlsx),
        };
        view! {
            <a class="menu-item" href=href(*format) rel="external" download="">
                {name}
            </a>
        }
    });
    let links = links.collect_view();
    view! {
        <Menu summary=summary.into_any() class="files">
            {links}
        </Menu>
    }
}

/// How long a file is: whole kilobytes, and megabytes with one decimal.
pub(crate) fn file_size(locale: Locale, bytes: u64) -> String {
    let tenths = (bytes * 10).div_ceil(1 << 20);
    match (bytes, tenths % 10) {
        (0..1_048_576, _) => {
            text!(locale, common.kilobytes, size = bytes.div_ceil(1_024)).to_string()
        }
        (_, 0) => text!(locale, common.megabytes, size = tenths / 10).to_string(),
        (_, tenth) => {
            let size = format!("{}.{tenth}", tenths / 10);
            text!(locale, common.megabytes, size = size).to_string()
        }
    }
}
