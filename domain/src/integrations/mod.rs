//! Event intake: the message that a source sends, and what we answer.
//!
//! Three formats become one message: our own JSON ([`json`]), HL7 v2 ([`hl7`]) and FHIR ([`fhir`]). Reading
//! is pure and finds every fault at once. Storing and applying are in `px360-server`.

mod bench;
mod contract;
pub mod fhir;
pub mod hl7;
pub mod json;
mod log;
mod mapping;
mod reading;
mod source;

pub use bench::*;
pub use contract::*;
pub use json::{is_about_a_person, sex};
pub use log::*;
pub use mapping::*;
pub use source::*;
