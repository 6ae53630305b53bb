//! When all turns that are left are like the last one, so that they need not be gone through.

/// A visit may come out so much larger or smaller each time by rounding alone.
const ROUNDING: f64 = f64::EPSILON;
/// What still fades may change this share of what has been counted, over all turns that are left.
const FADING: f64 = 1e-18;

/// Tells whether expected numbers of a turn, carried forward, stay what they are.
///
/// With `next = L now`, `L` linear without negative entries, and `total` the sum of all turns so far,
/// let `|next - now| <= a now + b total` everywhere. `L` keeps that so for all turns that follow: of
/// `k` further turns each differs from `next` by at most `k (a now + b total)`. So with `b` small
/// against the square of the turns that are left, counting `next` for all of them is as exact as going
/// through them.
#[derive(Clone, Copy, Debug)]
pub struct Steady {
    fading: f64,
}

impl Steady {
    /// For so many turns that are left.
    #[must_use]
    pub fn new(left: u32) -> Self {
        let left = f64::from(left).max(1.0);
        Self { fading: FADING / (left * left) }
    }

    /// Whether one number stays what it is: that of a turn, of the next, and the sum so far.
    #[must_use]
    #[inline]
    pub fn holds(self, now: f64, next: f64, total: f64) -> bool {
        (next - now).abs() <= ROUNDING * now + self.fading * total
    }

    /// Whether all numbers stay what they are; what a list lacks is 0.
    #[must_use]
    pub fn all(self, now: &[f64], next: &[f64], total: &[f64]) -> bool {
        let now = now.iter().copied().chain(std::iter::repeat(0.0));
        next.iter().zip(now).zip(total).all(|((next, now), total)| self.holds(now, *next, *total))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Half of what is open is settled each turn: after n turns 2 - 2^-n were open, the rest settled.
    #[test]
    fn what_fades_is_gone_through_and_the_rest_is_counted_at_once() {
        let turns = 1_000_000_u32;
        let (mut now, mut total) = ([1.0, 0.0], [0.0, 0.0]);
        let mut gone = 0;
        for turn in 0..turns {
            total.iter_mut().zip(now).for_each(|(total, now)| *total += now);
            let next = [now[0] / 2.0, now[1] + now[0] / 2.0];
            let left = turns - turn - 1;
            if Steady::new(left).all(&now, &next, &total) {
                total.iter_mut().zip(next).for_each(|(all, next)| *all += next * f64::from(left));
                break;
            }
            now = next;
            gone = turn;
        }
        assert!(gone < 120, "{gone}");
        assert!((total[0] - 2.0).abs() < 1e-15 && (total[1] - 999_998.0).abs() < 1e-9, "{total:?}");
    }

    /// What still grows by a little each turn is not steady, however little it is.
    #[test]
    fn what_grows_for_ever_is_not_steady() {
        let steady = Steady::new(1_000_000);
        assert!(!steady.all(&[1.0, 1e-30], &[1.0, 2e-30], &[50.0, 3e-30]));
        assert!(steady.all(&[1.0, 1e-30], &[1.0, 1e-30], &[50.0, 3e-30]));
    }
}
