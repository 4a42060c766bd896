//! What a tap means, of all that lies under a finger.

use crate::ids::{AssetUid, TaskUid};

/// What a tap is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Touched {
    /// Work at a drawn place.
    Task(TaskUid),
    /// An asset.
    Asset(AssetUid),
    /// Bare ground.
    Ground,
}

/// What a tap is taken for, where `open` is the nearest open work at a drawn place,
/// `assets` are those within reach, best first, each with whether it is a point, and
/// `done` looks for the nearest finished work at a drawn place.
///
/// Open work comes first: it is why someone came. Finished work is met only where no
/// asset that is a point lies under the finger: years of patches must not stand before
/// the manhole between them.
pub fn touched(
    open: Option<TaskUid>,
    assets: &[(AssetUid, bool)],
    done: impl FnOnce() -> Option<TaskUid>,
) -> Touched {
    let asset = assets.first().map(|(uid, _)| Touched::Asset(*uid));
    let has_point = assets.iter().any(|(_, is_point)| *is_point);
    let done = move || if has_point { None } else { done() };
    open.or_else(done)
        .map(Touched::Task)
        .or(asset)
        .unwrap_or(Touched::Ground)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const OPEN: TaskUid = TaskUid(Uuid::from_u128(1));
    const DONE: TaskUid = TaskUid(Uuid::from_u128(2));
    const MANHOLE: (AssetUid, bool) = (AssetUid(Uuid::from_u128(3)), true);
    const PIPE: (AssetUid, bool) = (AssetUid(Uuid::from_u128(4)), false);

    #[test]
    fn open_work_comes_first() {
        let found = touched(Some(OPEN), &[MANHOLE], || Some(DONE));
        assert_eq!(found, Touched::Task(OPEN));
    }

    #[test]
    fn finished_work_stands_before_a_pipe_but_not_before_a_manhole() {
        let under = |assets: &[_]| touched(None, assets, || Some(DONE));
        assert_eq!(under(&[PIPE]), Touched::Task(DONE));
        assert_eq!(under(&[]), Touched::Task(DONE));
        assert_eq!(under(&[MANHOLE, PIPE]), Touched::Asset(MANHOLE.0));
        assert_eq!(under(&[PIPE, MANHOLE]), Touched::Asset(PIPE.0));
    }

    #[test]
    fn without_work_the_best_asset_is_met_or_the_ground() {
        let under = |assets: &[_]| touched(None, assets, || None);
        assert_eq!(under(&[PIPE]), Touched::Asset(PIPE.0));
        assert_eq!(under(&[]), Touched::Ground);
    }
}
