//! How the demo group's patients answer.

use chrono::{NaiveDate, TimeDelta};
use px360_domain::Locale;
use px360_domain::access::Permission;
use px360_domain::surveys::{Answer, Answers, Question, QuestionKind, SubmitSurvey, SurveyContent};

use super::history::{Past, at};
use super::store;
use crate::ctx::{Actor, Ctx, RequestMeta};
use crate::error::Result;
use crate::surveys;
/// How somebody was treated.
struct Mood {
    /// 0 to 10.
    nps: u32,
    /// 1 to 5.
    fifth: u32,
    upset: bool,
    pleased: bool,
}

impl Past<'_> {
    /// About a third of those who were asked today answer.
    pub(super) async fn answer(&self, day: NaiveDate, back: u64) -> Result<()> {
        let ctx = self.deps.system("seed-demo");
        let granted = ctx.require(Permission::SystemSetUp)?;
        for survey in store::sent_surveys(ctx.read(&granted), at(day, 0)).await? {
            if self.chance.below(100) >= 34 {
                continue;
            }
            self.clock.advance(TimeDelta::seconds(20));
            let invited =
                Ctx::new(self.deps.clone(), Actor::Invited { survey }, RequestMeta::default());
            let content = surveys::look(&invited).await?.content;
            surveys::submit(&invited, self.answers(&content, &self.mood(back))).await?;
            if self.chance.below(100) < 30 {
                surveys::answer_callback(&invited, self.chance.below(100) < 60).await?;
            }
        }
        Ok(())
    }

    /// Care gets slowly better; one visit in six is a bad one.
    fn mood(&self, back: u64) -> Mood {
        let luck =
            self.chance.below(100) + u32::try_from(90_u64.saturating_sub(back)).unwrap_or(0) / 8;
        let (nps, fifth) = match luck {
            0..=5 => (self.chance.below(3), 1 + self.chance.below(2)),
            6..=18 => (3 + self.chance.below(4), 2 + self.chance.below(2)),
            19..=44 => (7 + self.chance.below(2), 3 + self.chance.below(2)),
            _ => (9 + self.chance.below(2), 4 + self.chance.below(2)),
        };
        Mood { nps, fifth, upset: luck < 19, pleased: luck > 44 }
    }

    /// Every question of a survey in this mood; of those in words only some.
    fn answers(&self, content: &SurveyContent, mood: &Mood) -> SubmitSurvey {
        let arabic = self.chance.below(100) < 85;
        let mut answers = Answers::new();
        for question in &content.questions {
            for key in question.answer_keys() {
                let answer = self.answer_to(question, mood, arabic);
                answers.extend(answer.map(|answer| (key, answer)));
            }
        }
        SubmitSurvey { language: Some(if arabic { Locale::Ar } else { Locale::En }), answers }
    }

    fn answer_to(&self, question: &Question, mood: &Mood, arabic: bool) -> Option<Answer> {
        match &question.kind {
            QuestionKind::Nps { .. } => u8::try_from(mood.nps).ok().map(Answer::Number),
            QuestionKind::YesNo => Some(Answer::YesNo(!mood.upset)),
            QuestionKind::Consent => Some(Answer::YesNo(true)),
            QuestionKind::Single { choices } => {
                let best = question.measure.best_choices.first().filter(|_| mood.pleased);
                Some(Answer::Words(best.unwrap_or(&self.pick(choices).key).clone()))
            }
            QuestionKind::Multiple { choices, .. } => {
                Some(Answer::Choices(vec![self.pick(choices).key.clone()]))
            }
            QuestionKind::Text { .. } if mood.upset || self.chance.below(100) < 40 => {
                let comments = &self.data.comments;
                let words = if mood.upset {
                    &comments.bad
                } else if mood.pleased {
                    &comments.good
                } else {
                    &comments.fair
                };
                let (ar, en) = self.pick(words);
                Some(Answer::Words(if arabic { ar } else { en }.clone()))
            }
            kind => {
                let (low, high) = kind.range()?;
                let fifth = (mood.fifth + self.chance.below(2)).clamp(1, 5);
                let span = u32::from(high - low);
                let value = u32::from(low) + (fifth - 1) * span / 4;
                u8::try_from(value).ok().map(Answer::Number)
            }
        }
    }
}
