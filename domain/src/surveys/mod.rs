//! Surveys: what is asked, which answers are allowed, and what they are worth.
//!
//! Rendering is in `px360-app`'s public pages, storing in `px360-server`. `journeys` causes
//! surveys; a low score causes an action.

mod action_rules;
pub mod authoring;
mod check;
mod contract;
mod files;
mod instances;
pub mod logic;
mod measure;
mod model;
mod pictures;
pub mod piping;
pub mod posters;
mod privacy;
mod questions;
mod quotas;
pub mod results;
#[cfg(test)]
mod samples;
mod scoring;
pub mod statistics;

pub use action_rules::{ActionRule, REPEAT_DAYS_MAX};
pub use check::{
    QUESTIONS_MAX, SurveyFinding, SurveyFindingCode, blocks, check, completeness, is_key,
};
#[cfg(feature = "openapi")]
pub(crate) use contract::Bare;
pub use contract::*;
pub use files::{SURVEY_FILE_BYTES_MAX, SurveyFile, SurveyFileFormat};
pub use instances::*;
pub use measure::{Domain, Measure, MeasureAttribution};
pub use model::*;
pub use pictures::{KeptSurveyPicture, SURVEY_PICTURE_BYTES_MAX};
pub use privacy::PRIVACY_NOTICE;
pub use questions::{check_complete, check_page};
pub use quotas::{QUOTA_SIZE_MAX, QUOTAS_MAX, QuotaCounts, SurveyQuota, WhenFull};
pub use scoring::{BASIS_POINTS, ItemScore, Outcome, TriggeredRule, WantedAction, outcome};
