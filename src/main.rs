//! The `escalade` command; everything it does is in [`escalade::cli`].

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    escalade::cli::main()
}
