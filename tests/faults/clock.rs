//! Time that runs faster, so that waits of minutes are over in a second and still really happen.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use terraform_provider_twilio::twilio::{Clock, Sleep, SystemClock};

/// How much faster. The 15 seconds for which the client waits for Twilio to show what was written are 75 ms here, which is
/// still long beside the few milliseconds that a response takes.
pub const SPEED: u32 = 200;

/// A clock whose waits take a [`SPEED`]th. The time of day is the real one, because the simulator's is.
#[derive(Debug)]
pub struct ScaledClock {
    real: SystemClock,
    chance: Mutex<fastrand::Rng>,
}

impl ScaledClock {
    /// One whose chance follows from a seed.
    pub fn new(seed: u64) -> Self {
        Self {
            real: SystemClock::new(),
            chance: Mutex::new(fastrand::Rng::with_seed(seed)),
        }
    }
}

impl Clock for ScaledClock {
    fn elapsed(&self) -> Duration {
        self.real.elapsed() * SPEED
    }

    fn now(&self) -> Timestamp {
        self.real.now()
    }

    fn sleep(&self, duration: Duration) -> Sleep<'_> {
        self.real.sleep(duration / SPEED)
    }

    fn random(&self) -> f64 {
        self.chance.lock().unwrap_or_else(PoisonError::into_inner).f64()
    }
}
