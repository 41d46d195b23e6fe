//! A condition as people put it together: a list of parts, some of them in brackets.

use super::super::logic::Condition;

/// The parts of a condition, and whether all of them must hold.
pub fn parts_of(condition: Option<&Condition>) -> (bool, Vec<Condition>) {
    match condition {
        None => (true, Vec::new()),
        Some(one @ Condition::Is(_)) => (true, vec![one.clone()]),
        Some(Condition::All(parts)) => (true, parts.clone()),
        Some(Condition::Any(parts)) => (false, parts.clone()),
    }
}

/// The condition that these parts make.
pub fn condition_of(all: bool, mut parts: Vec<Condition>) -> Condition {
    if parts.len() == 1
        && let Some(only) = parts.pop()
    {
        return only;
    }
    if all { Condition::All(parts) } else { Condition::Any(parts) }
}

/// Takes a part into brackets with the one before it, or into the brackets that this one is. Within them the other word
/// joins: of parts that must all hold, one of these suffices.
pub fn bracket(all: bool, parts: &mut Vec<Condition>, at: usize) {
    if at == 0 || at >= parts.len() {
        return;
    }
    let this = parts.remove(at);
    let Some(before) = parts.get_mut(at - 1) else { return };
    let together = match (std::mem::replace(before, Condition::ALWAYS), all) {
        (Condition::Any(group), true) | (Condition::All(group), false) => group,
        (other, _) => vec![other],
    };
    let group = together.into_iter().chain([this]).collect();
    *before = if all { Condition::Any(group) } else { Condition::All(group) };
}

#[cfg(test)]
mod tests {
    use super::super::super::logic::LogicOperator;
    use super::super::super::samples::when;
    use super::*;

    fn is(key: &str) -> Condition {
        when(key, LogicOperator::IsAnswered, &[])
    }

    #[test]
    fn parts_are_taken_into_brackets_one_after_the_other() {
        let mut parts = vec![is("a"), is("b"), is("c"), is("d")];
        bracket(true, &mut parts, 1);
        assert_eq!(parts, [Condition::Any(vec![is("a"), is("b")]), is("c"), is("d")]);
        bracket(true, &mut parts, 1);
        assert_eq!(parts, [Condition::Any(vec![is("a"), is("b"), is("c")]), is("d")]);
        let mut parts = vec![is("a"), is("b"), is("c"), is("d")];
        bracket(false, &mut parts, 3);
        bracket(false, &mut parts, 1);
        let both = [Condition::All(vec![is("a"), is("b")]), Condition::All(vec![is("c"), is("d")])];
        assert_eq!(parts, both);
        for nowhere in [0, 2, 9] {
            bracket(false, &mut parts, nowhere);
            assert_eq!(parts, both);
        }
    }

    #[test]
    fn a_condition_that_is_opened_and_kept_is_as_it_was_however_deep() {
        let deep = Condition::All(vec![
            Condition::Any(vec![is("a"), Condition::All(vec![is("b"), is("c")])]),
            is("d"),
        ]);
        for condition in [deep, is("a"), Condition::Any(vec![is("a"), is("b")])] {
            let (all, parts) = parts_of(Some(&condition));
            assert_eq!(condition_of(all, parts), condition);
        }
        assert_eq!(parts_of(None), (true, Vec::new()));
    }
}
