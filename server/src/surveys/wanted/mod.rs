//! Surveys follow their journeys: asked for by what was done, taken back with what was undone.

mod reconcile;
mod store;

pub use reconcile::{SurveyPlan, WantedSurvey, carry_out_in, plan_in};
