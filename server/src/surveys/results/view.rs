//! The results of one survey, whole.

use std::collections::BTreeMap;

use px360_domain::access::Permission;
use px360_domain::ids::SurveyTemplateId;
use px360_domain::surveys::results::{
    COMMENTS_MAX, QuotaStanding, ResultFilter, SurveyResults, answer_results,
};
use px360_domain::surveys::{Question, QuestionKind, SurveyContent};

use super::super::quotas;
use super::{Eyes, Shown, Slice, store};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::organizations::hospitals_within;

/// What came back of one survey in a period, within the caller's reach.
///
/// Answers of all versions count together, by the keys of their questions; the questions are those of the version that is asked for, or of the current one.
///
/// # Errors
/// `NotFound` out of reach, and for a number that no published version has; `Invalid` on `days` outside 1 to 730.
pub async fn survey_results(
    ctx: &Ctx,
    id: SurveyTemplateId,
    filter: ResultFilter,
) -> Result<SurveyResults> {
    let granted = ctx.require(Permission::SurveyRead)?;
    let slice = Slice::of(ctx, id, filter)?;
    let read = ctx.read(&granted);
    let Shown { row, versions, content } = Shown::of(read, ctx.now(), &slice).await?;
    let mut counts = store::counts(read, &slice, &Keys::of(&content)).await?;
    for (key, left) in store::left(read, &slice).await? {
        counts.entry(key).or_default().left_here = left;
    }
    for (key, seconds) in store::seconds(read, &slice).await? {
        counts.entry(key).or_default().seconds = Some(seconds);
    }
    let mut comments = store::comments(read, &slice, &Eyes::of(ctx)).await?;
    let more_comments = comments.len() > COMMENTS_MAX;
    comments.truncate(COMMENTS_MAX);
    let (mut funnel, seconds) = store::funnel(read, &slice).await?;
    funnel.suppressed = store::suppressed(read, &slice).await?;
    let counted: BTreeMap<String, i32> = quotas::standing(read, id).await?.into_iter().collect();
    let quotas = content.quotas.iter().map(|quota| QuotaStanding {
        name: quota.name.clone(),
        counted: counted.get(&quota.key).copied().unwrap_or_default().unsigned_abs(),
        at_most: quota.at_most,
    });
    let quotas = quotas.collect();
    // Of all visits together no name is known.
    let content = content.with_names(&|name, locale| name.unknown(locale).to_owned());
    Ok(SurveyResults {
        quotas,
        template_id: id,
        name: row.name,
        versions: versions.iter().map(|version| version.number).collect(),
        hospitals: hospitals_within(read).await?,
        days: slice.days,
        funnel,
        seconds,
        answers: answer_results(&content, &counts),
        comments,
        more_comments,
    })
}

/// Keys whose words are keys of choices, and keys of rankings, whose first choice counts.
pub(super) struct Keys {
    pub(super) single: Vec<String>,
    pub(super) ranked: Vec<String>,
}

impl Keys {
    fn of(content: &SurveyContent) -> Self {
        let keys = |is: fn(&QuestionKind) -> bool| -> Vec<String> {
            let those = content.questions.iter().filter(|question| is(&question.kind));
            those.flat_map(Question::answer_keys).collect()
        };
        Self {
            single: keys(|kind| matches!(kind, QuestionKind::Single { .. })),
            ranked: keys(|kind| matches!(kind, QuestionKind::Ranking { .. })),
        }
    }
}
