//! What the steps of a run cost: processor seconds, and the time that passed. Only the former have a budget, which counts them as a
//! known machine would have needed them ([`crate::pace`]).

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};

use crate::output::Printer;
use crate::pace::Pace;

/// What one step took.
#[derive(Debug, Clone)]
struct Cost {
    step: String,
    processor: Duration,
    /// The same on the known machine.
    known: Duration,
    passed: Duration,
}

/// What the steps took so far, in their order.
#[derive(Debug)]
pub struct Costs {
    steps: Vec<Cost>,
    /// How fast the machine was after the last of them.
    pace: Pace,
}

impl Costs {
    /// Of nothing yet.
    pub fn new() -> Self {
        Self {
            steps: Vec::new(),
            pace: Pace::now(),
        }
    }

    /// Does a step, and notes and prints what it cost if it ends well.
    ///
    /// # Errors
    /// As the step.
    pub fn step(&mut self, name: &str, step: impl FnOnce() -> Result<()>) -> Result<()> {
        let cost = self.measure(name, step)?;
        Printer::new().good(&format!(
            "{name}: {:.0} s, {:.0} s of processor time",
            cost.passed.as_secs_f32(),
            cost.processor.as_secs_f32()
        ));
        Ok(())
    }

    /// Does a step, and notes what it cost if it ends well.
    fn measure(&mut self, name: &str, step: impl FnOnce() -> Result<()>) -> Result<Cost> {
        let (start, before) = (Instant::now(), processor_time());
        step()?;
        let (processor, passed) = (processor_time().saturating_sub(before), start.elapsed());
        let pace = std::mem::replace(&mut self.pace, Pace::now());
        let cost = Cost {
            step: name.to_owned(),
            processor,
            known: pace.and(self.pace).on_known(processor),
            passed,
        };
        self.steps.push(cost.clone());
        Ok(cost)
    }

    /// All that was measured in one way.
    fn in_all(&self, what: impl Fn(&Cost) -> Duration) -> Duration {
        self.steps.iter().map(what).sum()
    }

    /// Prints a line for each step, the dearest first, and the sum.
    pub fn print(&self, title: &str) {
        let printer = Printer::new();
        printer.step(title);
        for line in self.lines() {
            printer.say(&line);
        }
    }

    /// Fails over a budget of processor time of the known machine.
    ///
    /// # Errors
    /// When more was used; the message says by how much and names the dearest step.
    pub fn within(&self, budget: Duration) -> Result<()> {
        let used = self.in_all(|cost| cost.known);
        let dearest = self.steps.iter().max_by_key(|cost| cost.known);
        ensure!(
            used <= budget,
            "what was done takes {:.0} s of the known machine's processor time, the budget is {:.0} s; the most, {:.0} s, by: {}",
            used.as_secs_f32(),
            budget.as_secs_f32(),
            dearest.map_or(0.0, |cost| cost.known.as_secs_f32()),
            dearest.map_or("no step", |cost| &cost.step)
        );
        Ok(())
    }

    fn lines(&self) -> Vec<String> {
        let mut costs = self.steps.clone();
        costs.sort_by_key(|cost| std::cmp::Reverse(cost.processor));
        costs.push(Cost {
            step: "in all".to_owned(),
            processor: self.in_all(|cost| cost.processor),
            known: self.in_all(|cost| cost.known),
            passed: self.in_all(|cost| cost.passed),
        });
        let width = costs.iter().map(|cost| cost.step.len()).max().unwrap_or(0);
        let head = format!(
            "{:width$}  {:>11}  {:>7}  {:>8}",
            "step", "processor s", "known s", "passed s"
        );
        let line = |cost: &Cost| {
            let [processor, known, passed] = [cost.processor, cost.known, cost.passed].map(|took| took.as_secs_f32());
            format!("{:width$}  {processor:>11.1}  {known:>7.1}  {passed:>8.1}", cost.step)
        };
        std::iter::once(head).chain(costs.iter().map(line)).collect()
    }
}

/// Processor time of some work of this process.
pub fn processor_time_of(work: impl FnOnce()) -> Duration {
    let before = processor_time();
    work();
    processor_time().saturating_sub(before)
}

/// Processor time of this process and of those that it started and that have ended.
#[cfg(unix)]
fn processor_time() -> Duration {
    use nix::sys::resource::{UsageWho, getrusage};
    let of = |who| {
        let usage = getrusage(who).ok()?;
        let [user, system] = [usage.user_time(), usage.system_time()].map(|time| {
            let microseconds = time.tv_sec() * 1_000_000 + time.tv_usec();
            Duration::from_micros(u64::try_from(microseconds).unwrap_or(0))
        });
        Some(user + system)
    };
    [UsageWho::RUSAGE_SELF, UsageWho::RUSAGE_CHILDREN]
        .into_iter()
        .filter_map(of)
        .sum()
}

/// Not known here, so no budget is kept.
#[cfg(not(unix))]
fn processor_time() -> Duration {
    Duration::ZERO
}

#[cfg(test)]
mod tests {
    use super::*;

    /// On a machine of half the pace.
    fn costs(all: &[(&str, u64, u64)]) -> Costs {
        let cost = |&(step, processor, passed): &(&str, u64, u64)| Cost {
            step: step.to_owned(),
            processor: Duration::from_secs(processor),
            known: Duration::from_secs(processor) / 2,
            passed: Duration::from_secs(passed),
        };
        Costs {
            steps: all.iter().map(cost).collect(),
            pace: Pace::KNOWN,
        }
    }

    #[test]
    fn the_dearest_step_comes_first_and_the_sum_last() {
        assert_eq!(
            costs(&[("lints", 5, 9), ("tests", 90, 60)]).lines(),
            [
                "step    processor s  known s  passed s",
                "tests          90.0     45.0      60.0",
                "lints           5.0      2.5       9.0",
                "in all         95.0     47.5      69.0",
            ]
        );
    }

    #[test]
    fn a_budget_is_kept_to_the_second_and_the_dearest_step_named() {
        let costs = costs(&[("lints", 4, 9), ("tests", 90, 60)]);
        assert!(costs.within(Duration::from_secs(47)).is_ok());
        let error = costs.within(Duration::from_secs(46)).expect_err("over");
        let text = error.to_string();
        assert!(
            text.contains("takes 47 s of the known machine's processor time") && text.ends_with("45 s, by: tests"),
            "{text}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn what_a_started_program_used_is_counted() {
        let mut costs = Costs::new();
        let spin = "i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done";
        let step = || crate::process::succeed(std::process::Command::new("sh").args(["-c", spin]));
        costs.measure("spinning", step).expect("it ends well");
        let used = costs.in_all(|cost| cost.processor);
        assert!(used > Duration::from_millis(5), "{used:?}");
        costs.measure("failing", || anyhow::bail!("no")).expect_err("it fails");
        assert_eq!(costs.lines().len(), 3);
    }
}
