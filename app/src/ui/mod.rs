//! The kit that every page is built from. Knows no module of PX360: only words, numbers and shapes.
#![cfg_attr(
    not(debug_assertions),
    allow(
        dead_code,
        unused_imports,
        reason = "the gallery, which shows every piece, is not released"
    )
)]

pub(crate) mod badge;
pub(crate) mod banners;
pub(crate) mod button;
pub(crate) mod card;
#[cfg(feature = "ssr")]
pub(crate) mod chart_option;
pub(crate) mod combobox;
pub(crate) mod copy;
pub(crate) mod dates;
pub(crate) mod dialog;
pub(crate) mod duration;
pub(crate) mod empty;
pub(crate) mod error_summary;
pub(crate) mod facts;
pub(crate) mod failures;
pub(crate) mod fields;
pub(crate) mod files;
pub(crate) mod filters;
pub(crate) mod heading;
pub(crate) mod icon;
pub(crate) mod kpi_tile;
pub(crate) mod leave;
pub(crate) mod marks;
pub(crate) mod menu;
pub(crate) mod menu_button;
pub(crate) mod numbers;
pub(crate) mod palette;
pub(crate) mod preferences;
pub(crate) mod problem;
pub(crate) mod progress;
pub(crate) mod qr;
pub(crate) mod reorder;
pub(crate) mod shortcuts;
pub(crate) mod table;
pub(crate) mod tabs;
pub(crate) mod timeline;
pub(crate) mod toast;
pub(crate) mod tree;
pub(crate) mod unsaved;
pub(crate) mod view_tabs;
