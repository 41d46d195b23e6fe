//! How two versions of something that people write differ.

closed_enum! {
    /// What became of a part of it.
    pub enum ChangeKind {
        /// It was not there before.
        Added => "added",
        /// It is not there any more.
        Removed => "removed",
        /// It stands elsewhere among those that stay.
        Moved => "moved",
        /// It says something else.
        Changed => "changed",
    }
}

/// Those that have to move so that the order of before becomes that of after: all but the longest run that kept its
/// order. What came or went moves nobody.
pub(crate) fn moved<'a, T: PartialEq>(before: &[T], after: &'a [T]) -> Vec<&'a T> {
    let kept: Vec<(&T, usize)> = after
        .iter()
        .filter_map(|one| Some((one, before.iter().position(|old| old == one)?)))
        .collect();
    // The longest increasing run that ends at each, and which one it came from.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::with_capacity(kept.len());
    for (index, (_, at)) in kept.iter().enumerate() {
        let best = (0..index)
            .filter(|earlier| kept.get(*earlier).is_some_and(|(_, before)| before < at))
            .max_by_key(|earlier| runs.get(*earlier).map_or(0, |(length, _)| *length));
        let length = best.and_then(|best| runs.get(best)).map_or(0, |(length, _)| *length);
        runs.push((length + 1, best));
    }
    let mut stays = Vec::new();
    let mut at = (0..runs.len()).max_by_key(|index| runs.get(*index).map_or(0, |run| run.0));
    while let Some(index) = at {
        stays.push(index);
        at = runs.get(index).and_then(|(_, from)| *from);
    }
    let moved = kept.iter().enumerate().filter(|(index, _)| !stays.contains(index));
    moved.map(|(_, (one, _))| *one).collect()
}
