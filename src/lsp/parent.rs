//! The process that has started the server: without it nobody wants answers any more.

/// Whether a process has ended. Where that cannot be told it has not.
#[must_use]
pub fn is_gone(process: u32) -> bool {
    #[cfg(target_os = "linux")]
    return match std::fs::read_to_string(format!("/proc/{process}/stat")) {
        // Behind the name, which stands in parentheses, comes the state; Z and X are those of the dead.
        Ok(stat) => {
            let behind = stat.rsplit_once(')').map_or("", |(_, behind)| behind);
            behind.trim_start().starts_with(['Z', 'X'])
        }
        Err(error) => error.kind() == std::io::ErrorKind::NotFound && is_listed(),
    };
    #[cfg(not(target_os = "linux"))]
    {
        let _ = process;
        false
    }
}

/// Whether processes are listed at all.
#[cfg(target_os = "linux")]
fn is_listed() -> bool {
    std::path::Path::new("/proc/self/stat").exists()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::is_gone;
    use std::process::{Command, Stdio};

    #[test]
    fn the_dead_are_gone() {
        assert!(!is_gone(std::process::id()));
        let child = Command::new("cat").stdin(Stdio::piped()).stdout(Stdio::null()).spawn();
        let Ok(mut child) = child else { return };
        assert!(!is_gone(child.id()));
        let _ = child.kill();
        let _ = child.wait();
        assert!(is_gone(child.id()));
    }
}
