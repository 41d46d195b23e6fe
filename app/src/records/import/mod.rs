//! Files of records: handed in, understood, tried, and kept.

mod faults;
mod guess;
mod import_page;
mod mapping;
mod outcome;
mod upload_page;
mod words;

pub(crate) use import_page::ImportPage;
pub(crate) use upload_page::UploadPage;
#[cfg(feature = "ssr")]
pub(crate) use words::said;
