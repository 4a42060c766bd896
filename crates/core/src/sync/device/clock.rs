//! How far the server's clock is from the device's.

/// How exact an offset from an earlier start is taken to be, in milliseconds.
const KEPT_DOUBT_MS: i64 = 1_000;

/// The distance between two clocks, as far as answers tell it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Offset {
    /// Milliseconds to add to the device's clock to get the server's.
    pub(super) ms: Option<i64>,
    /// How far the truth can be from that.
    doubt: i64,
}

impl Offset {
    /// What was measured before this start.
    pub(super) fn kept(ms: Option<i64>) -> Offset {
        let doubt = KEPT_DOUBT_MS;
        Offset { ms, doubt }
    }

    /// Takes a measurement: asked at `sent`, answered at `came` (device's clock), when the
    /// server's clock said `server` (all in milliseconds since 1970).
    ///
    /// The server looked at its clock somewhere between the two, so the truth lies within
    /// half of the round trip around the middle. A quicker answer tells more than a slower
    /// one, which counts only where the two cannot both be true: a clock was set.
    pub(super) fn measure(&mut self, sent: i64, came: i64, server: i64) {
        let Some(trip) = came.checked_sub(sent).filter(|trip| *trip >= 0) else {
            // The device's clock was set back meanwhile.
            return;
        };
        // Rounded up, so that the truth is never outside.
        let doubt = trip / 2 + trip % 2;
        let ms = server.saturating_sub(sent.saturating_add(trip / 2));
        let better = match self.ms {
            None => true,
            Some(known) => {
                let apart = ms.abs_diff(known);
                doubt <= self.doubt || apart > doubt.saturating_add(self.doubt).unsigned_abs()
            }
        };
        if better {
            (self.ms, self.doubt) = (Some(ms), doubt);
        }
    }
}
