//! The kit that every page is built from. Knows no module of PX360: only words, numbers and shapes.

pub(crate) mod button;
pub(crate) mod card;
#[cfg(feature = "ssr")]
pub(crate) mod chart_option;
pub(crate) mod dates;
pub(crate) mod duration;
pub(crate) mod failures;
pub(crate) mod heading;
pub(crate) mod icon;
pub(crate) mod leave;
pub(crate) mod marks;
pub(crate) mod menu;
pub(crate) mod numbers;
pub(crate) mod preferences;
pub(crate) mod problem;

pub(crate) mod text_area;
pub(crate) mod toast;
