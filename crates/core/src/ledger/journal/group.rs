//! The journal apart for each crew, place, month or state.

use super::super::group::{Groups, name, state_name, told};
use super::super::{By, Group, Holdings, Scope};
use super::Journal;
use super::row::Row;
use std::collections::BTreeMap;

impl Journal {
    /// What [`super::super::grouped`] says of the tasks.
    pub fn grouped(
        &self,
        scope: &Scope,
        by: By,
        holdings: Option<&Holdings>,
        verification: bool,
    ) -> Vec<Group> {
        // First by what needs no words: most rows have the key of another.
        let mut alike: BTreeMap<i64, Vec<&Row>> = BTreeMap::new();
        for row in &self.rows {
            let day = row.said.day;
            let code = match by {
                By::Crew => row.crew.into(),
                By::Month => i64::from(day.year()) * 16 + i64::from(day.month()),
                By::State => row.state as i64,
                By::Street | By::Community | By::Grid => row.said.place.into(),
            };
            alike.entry(code).or_default().push(row);
        }
        let mut groups: Groups<Vec<&Row>> = BTreeMap::new();
        for rows in alike.into_values() {
            let key = rows.first().and_then(|row| self.key(row, scope, by));
            groups.entry((key.is_none(), key)).or_default().extend(rows);
        }
        let mut asking = self.asking(scope);
        let mut added_up = |scope: &Scope, rows: Vec<&Row>, holdings: Option<&Holdings>| {
            let rows = &mut rows.into_iter();
            self.added_up(scope, rows, holdings, verification, &mut asking)
        };
        told(&self.catalog, scope, by, groups, holdings, &mut added_up)
    }

    fn key(&self, row: &Row, scope: &Scope, by: By) -> Option<String> {
        let place = || self.place(row.said.place);
        match by {
            By::Crew => {
                let said = self.words.crews.get(row.crew)?;
                let crewed = said.crew(&self.catalog, &scope.members);
                crewed.one().map(ToString::to_string)
            }
            By::Month => Some(name(row.said.day)),
            By::State => state_name(row.state),
            By::Street => place()?.street.clone(),
            By::Community => place()?.community.clone(),
            By::Grid => place()?.grid.clone(),
        }
    }
}
