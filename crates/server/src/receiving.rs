//! Room for photos that come: so many at once, and of those so many of one account, so that
//! nobody keeps the others waiting.

use mendmap_core::log::ActorId;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Photos that come at once: each may hold [`crate::photos::PHOTO_BYTES`].
const ALL: usize = 32;

/// Photos that come at once from one account, on however many devices.
pub const PHOTOS_OF_ONE: usize = 8;

/// The places.
pub(crate) struct Receiving {
    places: Arc<Semaphore>,
    taken: Arc<Mutex<HashMap<ActorId, usize>>>,
}

/// One that is taken, as long as it is kept.
pub(crate) struct Taken {
    _place: OwnedSemaphorePermit,
    by: Option<ActorId>,
    taken: Arc<Mutex<HashMap<ActorId, usize>>>,
}

impl Receiving {
    pub(crate) fn new() -> Receiving {
        Receiving {
            places: Arc::new(Semaphore::new(ALL)),
            taken: Arc::default(),
        }
    }

    /// A place for an account, or for whoever is at the machine; none where all are taken, or
    /// the account has its share.
    pub(crate) fn take(&self, by: Option<&ActorId>) -> Option<Taken> {
        let place = self.places.clone().try_acquire_owned().ok()?;
        if let Some(by) = by {
            let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
            let of_it = taken.entry(by.clone()).or_default();
            if *of_it >= PHOTOS_OF_ONE {
                return None;
            }
            *of_it += 1;
        }
        Some(Taken {
            _place: place,
            by: by.cloned(),
            taken: self.taken.clone(),
        })
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        let Some(by) = &self.by else { return };
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_it) = taken.get_mut(by) {
            *of_it -= 1;
            if *of_it == 0 {
                taken.remove(by);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_has_its_share_and_all_have_theirs() {
        let room = Receiving::new();
        let names = ["a", "b", "c", "d", "e"].map(ActorId::from);
        let mut held: Vec<Taken> = Vec::new();
        for name in &names[..4] {
            held.extend((0..PHOTOS_OF_ONE).filter_map(|_| room.take(Some(name))));
        }
        assert_eq!(held.len(), ALL);
        assert!(room.take(Some(&names[4])).is_none() && room.take(None).is_none());
        held.pop();
        assert!(room.take(Some(&names[0])).is_none(), "it has its share");
        let free = room.take(Some(&names[4]));
        assert!(free.is_some() && room.take(Some(&names[3])).is_none());
        drop((free, held));
        assert!(room.taken.lock().unwrap().is_empty());
        let keeper: Vec<_> = (0..ALL).filter_map(|_| room.take(None)).collect();
        assert_eq!(
            keeper.len(),
            ALL,
            "whoever is at the machine is alone there"
        );
    }
}
