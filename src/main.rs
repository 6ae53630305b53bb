//! The `escalade` command; everything it does is in [`escalade::cli`].

fn main() -> std::process::ExitCode {
    escalade::cli::main()
}
