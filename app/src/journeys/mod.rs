//! Journeys: who is where now, what happened in a visit, and what should.

mod address;
mod bench_page;
mod bench_result;
mod bench_samples;
mod board_address;
mod board_column;
mod board_page;
mod events;
mod facts;
mod filter_form;
mod journey_page;
mod list_page;
mod live;
mod sections;
mod server_fns;
mod stage_line;
mod template;
mod words;

pub(crate) use bench_page::TestBenchPage;
pub(crate) use board_page::BoardPage;
pub(crate) use journey_page::JourneyPage;
pub(crate) use list_page::JourneysPage;
pub(crate) use sections::{Section, Sections, first_section};
pub(crate) use template::{TemplatePage, TemplatesPage, change_badge, version_line};
pub(crate) use words::{journey_type as type_word, name, survey_badge, survey_status};
