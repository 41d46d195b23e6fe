//! The reference for goal G5: what a careful hand would write for one survey page.
//!
//! The same query on the same pool size, no framework for pages, no session, no policy: a prebuilt
//! page with the token spliced in. `cargo xtask bench` runs it beside `px360 serve`.
#![expect(clippy::disallowed_methods, reason = "a yardstick outside the house")]

use std::env;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use http::StatusCode;
use http::header::CACHE_CONTROL;
use sqlx::postgres::PgPoolOptions;
use sqlx::types::Uuid;
use sqlx::{PgPool, Row as _};

/// The statement of `survey_shown`, which `surveys::store::find_open` calls, without its wall.
const QUERY: &str = "
    select survey.id, survey.survey_version_id, survey.status, survey.language, survey.expires_at,
           survey.callback,
           exists (select from actions as action
                   where action.survey_id = survey.id and action.kind = 'low_score')
               or exists (select from action_log as entry
                          where entry.survey_id = survey.id and entry.kind = 'repeated') as low_score,
           hospital.name_ar, hospital.name_en, department.name_ar, department.name_en,
           physician.name_ar, physician.name_en, patient.birth_date,
           coalesce((select jsonb_object_agg(answer.question_key,
                         answer_value(number, yes_no, words, choices))
                     from answers as answer where answer.survey_id = survey.id),
                    '{}'::jsonb) as answers,
           stage.completed_at, survey.mode, survey.patient_id is null as anonymous,
           journey.journey_type, told.code, department.code
    from surveys as survey
    left join stages as stage on stage.id = survey.stage_id
    left join stage_templates as told on told.id = stage.stage_template_id
    left join journeys as journey on journey.id = stage.journey_id
    join hospitals as hospital on hospital.id = survey.hospital_id
    left join departments as department on department.id = survey.department_id
    left join physicians as physician on physician.id = survey.physician_id
    left join patients as patient on patient.id = survey.patient_id
    where survey.id = $1";

/// Where the token stands in the prebuilt page.
const PLACE: &str = "__TOKEN__";

#[derive(Clone)]
struct Reference {
    pool: PgPool,
    page: Arc<str>,
    survey: Uuid,
}

#[tokio::main]
async fn main() -> Result<()> {
    let variable = |name: &str| env::var(name).with_context(|| format!("{name} is needed"));
    let pool = PgPoolOptions::new().max_connections(20).connect(&variable("DATABASE_URL")?).await?;
    let page = std::fs::read_to_string(variable("REFERENCE_PAGE")?)?;
    let token = variable("REFERENCE_TOKEN")?;
    let reference = Reference {
        pool,
        page: page.replace(&token, PLACE).into(),
        survey: variable("REFERENCE_SURVEY")?.parse()?,
    };
    let router = Router::new().route("/s/{token}", get(survey)).with_state(reference);
    let listener = tokio::net::TcpListener::bind(variable("PX360_ADDR")?).await?;
    axum::serve(listener, router).await?;
    Ok(())
}

async fn survey(State(at): State<Reference>, Path(token): Path<String>) -> impl IntoResponse {
    let row = sqlx::query(QUERY).bind(at.survey).fetch_one(&at.pool).await;
    match row.and_then(|row| row.try_get::<String, _>("status")) {
        Ok(_) => {
            ([(CACHE_CONTROL, "no-store")], Html(at.page.replace(PLACE, &token))).into_response()
        }
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
