//! Which lines of a tree are in sight, and where one may stand.

use px360_domain::search::fold;
use uuid::Uuid;

/// A thing in a tree.
#[derive(Clone, PartialEq)]
pub(crate) struct TreeItem {
    /// Which.
    pub(crate) id: Uuid,
    /// What it stands below; nothing, or something that is not in the tree, makes it one of the first level.
    pub(crate) below: Option<Uuid>,
    /// What it is called.
    pub(crate) label: String,
    /// More about it, such as its code.
    pub(crate) note: String,
    /// Its page.
    pub(crate) href: String,
    /// Whether it may be moved.
    pub(crate) movable: bool,
    /// Why it counts less than the others, such as that it is closed.
    pub(crate) muted: Option<String>,
}

/// A line that is in sight.
#[derive(Clone, PartialEq)]
pub(super) struct TreeRow {
    pub(super) id: Uuid,
    /// From 1.
    pub(super) level: usize,
    /// Whether there is anything below it.
    pub(super) branches: bool,
    /// The how-manieth of its level it is, and of how many.
    pub(super) place: (usize, usize),
}

impl TreeRow {
    /// What makes it another line.
    pub(super) fn key(&self) -> (Uuid, usize, bool, (usize, usize)) {
        (self.id, self.level, self.branches, self.place)
    }
}

/// All of a tree.
pub(super) struct Shape {
    items: Vec<TreeItem>,
    /// Each item's place, ordered by what it stands below.
    below: Vec<(Option<Uuid>, usize)>,
}

impl Shape {
    pub(super) fn new(items: Vec<TreeItem>) -> Self {
        let parent = |item: &TreeItem| item.below.filter(|id| items.iter().any(|it| it.id == *id));
        let mut below: Vec<_> =
            items.iter().enumerate().map(|(at, item)| (parent(item), at)).collect();
        below.sort_unstable();
        Self { items, below }
    }

    pub(super) fn item(&self, id: Uuid) -> Option<&TreeItem> {
        self.items.iter().find(|item| item.id == id)
    }

    fn children(&self, id: Option<Uuid>) -> &[(Option<Uuid>, usize)] {
        let from = self.below.partition_point(|(parent, _)| *parent < id);
        let to = self.below.partition_point(|(parent, _)| *parent <= id);
        self.below.get(from..to).unwrap_or_default()
    }

    /// The item and everything that it stands below, from below.
    fn line_up(&self, id: Uuid) -> Vec<Uuid> {
        let mut line = vec![id];
        let mut at = self.item(id).and_then(|item| item.below);
        while let Some(item) = at.and_then(|id| self.item(id)).filter(|it| !line.contains(&it.id)) {
            line.push(item.id);
            at = item.below;
        }
        line
    }

    /// Whether the one may stand below the other: in the same tree, not below itself, and not where it is.
    pub(super) fn takes(&self, held: Uuid, target: Uuid) -> bool {
        let (own, new) = (self.line_up(held), self.line_up(target));
        let stands_there = self.item(held).and_then(|item| item.below) == Some(target);
        !stands_there && own.last() == new.last() && !new.contains(&held)
    }

    /// The lines in sight. Where words are looked for, what they find, with the way to it.
    pub(super) fn rows(&self, shut: &[Uuid], words: &str) -> Vec<TreeRow> {
        let words = fold(words);
        let found = (!words.is_empty()).then(|| self.found(&words));
        let mut rows = Vec::new();
        self.walk(None, 1, shut, found.as_deref(), &mut rows);
        rows
    }

    fn found(&self, words: &str) -> Vec<Uuid> {
        let hit = |item: &&TreeItem| {
            let text = fold(&format!("{} {}", item.label, item.note));
            words.split(' ').all(|word| text.contains(word))
        };
        self.items.iter().filter(hit).flat_map(|item| self.line_up(item.id)).collect()
    }

    fn walk(
        &self,
        below: Option<Uuid>,
        level: usize,
        shut: &[Uuid],
        found: Option<&[Uuid]>,
        rows: &mut Vec<TreeRow>,
    ) {
        let shown = |id: &Uuid| found.is_none_or(|found| found.contains(id));
        let ids = self.children(below).iter().filter_map(|(_, at)| self.items.get(*at));
        let ids: Vec<Uuid> = ids.map(|item| item.id).filter(shown).collect();
        for (place, id) in ids.iter().enumerate() {
            let branches = !self.children(Some(*id)).is_empty();
            rows.push(TreeRow { id: *id, level, branches, place: (place + 1, ids.len()) });
            // What is looked for is in sight, whatever was shut.
            if found.is_some() || !shut.contains(id) {
                self.walk(Some(*id), level + 1, shut, found, rows);
            }
        }
    }
}
