//! Completed surveys as a file.

use std::sync::Arc;

use px360_domain::access::Permission;
use px360_domain::ids::{SurveyId, SurveyTemplateId};
use px360_domain::surveys::SurveyContent;
use px360_domain::surveys::results::ResultFilter;
use px360_domain::{FileFormat, Locale};
use serde_json::json;

use super::{Eyes, Shown, Slice, row, store};
use crate::audit::Entry;
use crate::ctx::{Ctx, Granted};
use crate::error::Result;
use crate::files::{Batch, Pieces, Shape, written};

/// How many are read at once. Between two of these no connection is held, however slowly somebody reads.
const ROWS_AT_ONCE: i64 = 500;

struct Export {
    ctx: Ctx,
    granted: Granted,
    slice: Slice,
    content: Arc<SurveyContent>,
    locale: Locale,
    eyes: Eyes,
    after: Option<SurveyId>,
}

/// Every completed survey of a template in a period, within the caller's reach. That it was taken is an entry of the
/// audit log, written first: what is streamed can no longer be refused.
///
/// # Errors
/// As for the results on the page.
pub async fn export_responses(
    ctx: &Ctx,
    id: SurveyTemplateId,
    filter: ResultFilter,
    language: Option<Locale>,
    format: FileFormat,
) -> Result<Pieces> {
    let granted = ctx.require(Permission::SurveyRead)?;
    let slice = Slice::of(ctx, id, filter.clone())?;
    let read = ctx.read(&granted);
    let content = Arc::new(Shown::of(read, ctx.now(), &slice).await?.content);
    let mut tx = ctx.begin(granted.clone()).await?;
    let entry =
        Entry::done("surveys.exported", "survey_template", id).with(json!({ "filter": filter }));
    tx.record(entry.in_hospital(granted.reach().sole_hospital()));
    tx.commit().await?;
    let locale = language.unwrap_or_else(|| ctx.language());
    let eyes = Eyes::of(ctx);
    let header = row::header(locale, &content);
    let ctx = ctx.clone();
    let export = Export { ctx, granted, slice, content, locale, eyes, after: None };
    Ok(written(Shape { format, locale }, header, export, Export::next))
}

impl Export {
    /// The next rows, and where the export stands behind them; nowhere when they were the last ones.
    async fn next(mut self) -> Result<(Batch, Option<Self>)> {
        let read = self.ctx.read(&self.granted);
        let responses = store::responses(read, &self.slice, self.after, ROWS_AT_ONCE).await?;
        let batch = responses
            .iter()
            .map(|one| row::row(one, &self.content, self.locale, &self.eyes))
            .collect();
        let is_last = i64::try_from(responses.len()).is_ok_and(|count| count < ROWS_AT_ONCE);
        self.after = responses.last().map(|one| one.id);
        Ok((batch, (!is_last).then_some(self)))
    }
}
