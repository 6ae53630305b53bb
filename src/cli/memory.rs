//! How much memory an evaluation may take.

use std::fs;

/// What is taken where the machine does not tell what is free.
const UNKNOWN: usize = 4 << 30;

/// Three quarters of the memory that is free, in bytes.
#[must_use]
pub fn usual() -> usize {
    let free = fs::read_to_string("/proc/meminfo").ok().and_then(|text| free(&text));
    free.map_or(UNKNOWN, |free| free / 4 * 3)
}

fn free(text: &str) -> Option<usize> {
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kilobytes: usize = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kilobytes.checked_mul(1 << 10)
}

/// A size such as `500MB`, `8GB` or a number of bytes.
///
/// # Errors
/// It is not such a size.
pub fn size(text: &str) -> Result<usize, String> {
    let wrong = || "expected a size such as 500MB or 8GB".to_owned();
    let text = text.trim().to_ascii_uppercase();
    let number_end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at(number_end);
    let factor = match unit.trim().trim_end_matches('B').trim_end_matches('I') {
        "" => 1.0,
        "K" => 1024.0,
        "M" => 1024.0 * 1024.0,
        "G" => 1024.0 * 1024.0 * 1024.0,
        "T" => 1024.0 * 1024.0 * 1024.0 * 1024.0,
        _ => return Err(wrong()),
    };
    let number: f64 = number.parse().map_err(|_| wrong())?;
    Ok((number * factor) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("8GB"), Ok(8 << 30));
        assert_eq!(size("1.5 MiB"), Ok(3 << 19));
        assert_eq!(size("700"), Ok(700));
        assert!(size("lots").is_err() && size("8 XB").is_err());
        assert_eq!(free("MemTotal: 8 kB\nMemAvailable:   2048 kB\n"), Some(2 << 20));
    }
}
