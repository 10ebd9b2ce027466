//! How fast the machine is now. A processor second is not the same everywhere: a guest whose host is busy needs two or three for what
//! another does in one, so what a budget counts are the seconds that a known machine would have needed.

use std::time::Duration;

use serde_json::{Value as Json, json};

/// What [`work`] takes on each core of the machine that budgets are measured on, a guest with two cores, with all of them at work.
const KNOWN: Duration = Duration::from_millis(220);

/// How much a second of this machine is of one of the known machine: less than 1 on a slower one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace(f32);

impl Pace {
    /// Of a machine that is the known one.
    #[cfg(test)]
    pub const KNOWN: Self = Self(1.0);

    /// Measured now, by the same work on each core at once: what runs beside it slows it as it slows a build or a test.
    pub fn now() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let took = crate::costs::processor_time_of(|| {
            std::thread::scope(|threads| {
                for _ in 0..cores {
                    threads.spawn(work);
                }
            });
        });
        Self::of(took.div_f32(cores as f32))
    }

    /// Where the work took that long. Where no time can be told, nothing is known to be slow.
    fn of(took: Duration) -> Self {
        match took.is_zero() {
            true => Self(1.0),
            false => Self(KNOWN.as_secs_f32() / took.as_secs_f32()),
        }
    }

    /// Between two measurements.
    pub fn and(self, other: Self) -> Self {
        Self(f32::midpoint(self.0, other.0))
    }

    /// What the known machine would have needed.
    pub fn on_known(self, took: Duration) -> Duration {
        took.mul_f32(self.0)
    }
}

/// Writes and reads JSON again and again: small allocations, branches and copies, as compilers and tests have them.
fn work() {
    let rows: Vec<Json> = (0..400)
        .map(|row| json!({"sid": format!("XX{row:032x}"), "row": row, "of": [row, "a text that is copied"]}))
        .collect();
    let mut rows = Json::Array(rows);
    for _ in 0..100 {
        let text = rows.to_string();
        rows = serde_json::from_str(&text).expect("it was written as JSON");
    }
    std::hint::black_box(rows);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_of_half_the_pace_is_charged_half() {
        let half = Pace::of(KNOWN * 2);
        assert_eq!(half.on_known(Duration::from_secs(10)), Duration::from_secs(5));
        assert_eq!(
            half.and(Pace::KNOWN).on_known(Duration::from_secs(10)),
            Duration::from_millis(7_500)
        );
        assert_eq!(Pace::of(Duration::ZERO), Pace::KNOWN);
    }

    #[test]
    fn it_is_measured() {
        let pace = Pace::now();
        assert!(pace.0 > 0.0);
    }
}
