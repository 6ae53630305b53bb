//! How much memory an evaluation may take.

use std::fs;

/// What is taken where the machine does not tell what is free.
const UNKNOWN: usize = 4 << 30;

/// Three quarters of the memory that is free, in bytes: to the machine, to the groups of processes that
/// this one is in (as those of a container), and to this process (`ulimit -v`, `ulimit -d`).
#[must_use]
pub fn usual() -> usize {
    let files = |path: &str| fs::read_to_string(path).ok();
    free(&files).map_or(UNKNOWN, |free| free / 4 * 3)
}

/// The text of a file of the system, by its path.
type Files<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The least of what is free; `None` where nothing is known.
fn free(files: Files<'_>) -> Option<usize> {
    let machine = files("/proc/meminfo").and_then(|text| kilobytes(&text, "MemAvailable:"));
    let groups = files("/proc/self/cgroup").and_then(|text| of_groups(&text, files));
    machine.into_iter().chain(groups).chain(of_process(files)).min()
}

/// What the limits of a process leave it. Address space that is set aside and not used yet is free.
fn of_process(files: Files<'_>) -> Option<usize> {
    let limits = files("/proc/self/limits")?;
    let used = files("/proc/self/status").and_then(|text| kilobytes(&text, "VmRSS:")).unwrap_or(0);
    let limit = |name: &str| -> Option<usize> {
        let line = limits.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse().ok()
    };
    let least = [limit("Max address space"), limit("Max data size")].into_iter().flatten().min()?;
    Some(least.saturating_sub(used))
}

/// The least that the control groups listed in `/proc/self/cgroup` leave. In a container the path may be
/// that on the machine, of which only the last part is mounted: then the group at the root counts.
fn of_groups(listed: &str, files: Files<'_>) -> Option<usize> {
    let group = |line: &str| {
        let mut parts = line.splitn(3, ':');
        let (_, controllers, path) = (parts.next()?, parts.next()?, parts.next()?);
        let memory = controllers.split(',').any(|controller| controller == "memory");
        let (root, names) = match (controllers, memory) {
            ("", _) => ("/sys/fs/cgroup", VERSION_2),
            (_, true) => ("/sys/fs/cgroup/memory", VERSION_1),
            (_, false) => return None,
        };
        let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
        ends.filter_map(|end| of_group(&format!("{root}{}", &path[..end]), &names, files)).min()
    };
    listed.lines().filter_map(group).min()
}

/// The names of a group's files: limits, what is used, and of `memory.stat` what can be given back.
struct Names {
    limits: &'static [&'static str],
    used: &'static str,
    cached: &'static str,
}

const VERSION_1: Names = Names {
    limits: &["memory.limit_in_bytes"],
    used: "memory.usage_in_bytes",
    cached: "total_inactive_file ",
};
const VERSION_2: Names = Names {
    limits: &["memory.max", "memory.high"],
    used: "memory.current",
    cached: "inactive_file ",
};

/// What one control group leaves, if it has a limit.
fn of_group(folder: &str, names: &Names, files: Files<'_>) -> Option<usize> {
    let read = |name: &str| files(&format!("{folder}/{name}"));
    let number = |name: &str| read(name)?.trim().parse::<usize>().ok();
    let limit = names.limits.iter().filter_map(|name| number(name)).min()?;
    let cached = read("memory.stat").and_then(|text| {
        let line = text.lines().find_map(|line| line.strip_prefix(names.cached))?;
        line.trim().parse().ok()
    });
    let used = number(names.used).unwrap_or(0).saturating_sub(cached.unwrap_or(0));
    Some(limit.saturating_sub(used))
}

/// A number of kilobytes behind a name at the beginning of a line, in bytes.
fn kilobytes(text: &str, name: &str) -> Option<usize> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
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
    }

    /// What is free on a system with these files.
    fn free_with(listed: &[(&str, &str)]) -> Option<usize> {
        free(&|path| {
            let found = listed.iter().find(|file| file.0 == path);
            found.map(|file| file.1.to_owned())
        })
    }

    const MACHINE: (&str, &str) = ("/proc/meminfo", "MemTotal: 8 kB\nMemAvailable:   2048 kB\n");

    #[test]
    fn the_machine_tells_what_is_free() {
        assert_eq!(free_with(&[]), None);
        assert_eq!(free_with(&[MACHINE]), Some(2 << 20));
    }

    #[test]
    fn a_container_has_less() {
        let root = [
            MACHINE,
            ("/proc/self/cgroup", "0::/\n"),
            ("/sys/fs/cgroup/memory.max", "1048576\n"),
            ("/sys/fs/cgroup/memory.current", "500000\n"),
            ("/sys/fs/cgroup/memory.stat", "anon 1\ninactive_file 100000\n"),
        ];
        assert_eq!(free_with(&root), Some(1_048_576 - 400_000));
        // A limit of a group above holds, too; `max` is none.
        let nested = [
            MACHINE,
            ("/proc/self/cgroup", "0::/user/job\n"),
            ("/sys/fs/cgroup/user/memory.high", "700000\n"),
            ("/sys/fs/cgroup/user/job/memory.max", "max\n"),
        ];
        assert_eq!(free_with(&nested), Some(700_000));
        // The first version: of a path on the machine only the root is mounted.
        let first = [
            MACHINE,
            ("/proc/self/cgroup", "11:cpu,cpuacct:/docker/8a\n4:memory:/docker/8a\n"),
            ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "900000\n"),
            ("/sys/fs/cgroup/memory/memory.usage_in_bytes", "300000\n"),
        ];
        assert_eq!(free_with(&first), Some(600_000));
        let unlimited = [
            MACHINE,
            ("/proc/self/cgroup", "4:memory:/\n"),
            ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n"),
        ];
        assert_eq!(free_with(&unlimited), Some(2 << 20));
    }

    #[test]
    fn a_process_may_be_limited() {
        let limits = "Limit  Soft Limit  Hard Limit  Units\n\
                      Max data size    unlimited   unlimited   bytes\n\
                      Max address space  1500000   unlimited   bytes\n";
        let limited =
            [MACHINE, ("/proc/self/limits", limits), ("/proc/self/status", "VmRSS: 100 kB\n")];
        assert_eq!(free_with(&limited), Some(1_500_000 - 102_400));
    }
}
