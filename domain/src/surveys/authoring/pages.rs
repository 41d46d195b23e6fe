//! The order of questions, and where pages begin.

use super::super::{Question, SurveyContent};

impl SurveyContent {
    /// Whether this question is the first of its page.
    pub fn begins_page(&self, index: usize) -> bool {
        let page = |index: usize| self.questions.get(index).map(|question| question.page);
        index == 0 || index.checked_sub(1).and_then(page) != page(index)
    }

    /// Has a page begin with this question, or no longer. The first question begins the first page.
    pub fn set_begins_page(&mut self, index: usize, begins: bool) {
        let mut breaks = self.breaks();
        if let Some(at) = breaks.get_mut(index) {
            *at = begins;
        }
        self.number_pages(&breaks);
    }

    /// Puts a question at a place, on the page that is there, or at the end on a page of its own.
    pub fn insert_question(&mut self, index: usize, question: Question) {
        let mut breaks = self.breaks();
        let index = index.min(self.questions.len());
        let at_end = index == self.questions.len();
        self.questions.insert(index, question);
        breaks.insert(index, at_end);
        self.number_pages(&breaks);
    }

    /// Takes a question out. Its page closes up.
    pub fn remove_question(&mut self, index: usize) -> Option<Question> {
        if index >= self.questions.len() {
            return None;
        }
        let mut breaks = self.breaks();
        let began = breaks.remove(index);
        // The page goes on with the next one.
        if let Some(next) = breaks.get_mut(index) {
            *next |= began;
        }
        let removed = self.questions.remove(index);
        self.number_pages(&breaks);
        Some(removed)
    }

    /// Moves a question to another place, onto the page that it comes to; one that has a page for itself keeps it.
    /// Nothing, for places that there are not.
    pub fn move_question(&mut self, from: usize, to: usize) {
        if from == to || to >= self.questions.len() {
            return;
        }
        let mut breaks = self.breaks();
        let begins = |at: usize| breaks.get(at).copied().unwrap_or(true);
        let alone = begins(from) && begins(from + 1);
        let Some(question) = self.remove_question(from) else { return };
        breaks = self.breaks();
        self.questions.insert(to, question);
        if alone {
            breaks.insert(to, true);
            if let Some(next) = breaks.get_mut(to + 1) {
                *next = true;
            }
        } else if to < from {
            // In the place of the one that was there.
            let was = breaks.get(to).copied().unwrap_or_default();
            breaks.insert(to, was);
            if let Some(next) = breaks.get_mut(to + 1) {
                *next = false;
            }
        } else {
            breaks.insert(to, false);
        }
        self.number_pages(&breaks);
    }

    fn breaks(&self) -> Vec<bool> {
        (0..self.questions.len()).map(|index| self.begins_page(index)).collect()
    }

    fn number_pages(&mut self, breaks: &[bool]) {
        let mut page = 0_u8;
        for (question, begins) in self.questions.iter_mut().zip(breaks) {
            if *begins || page == 0 {
                page = page.saturating_add(1);
            }
            question.page = page;
        }
    }
}
