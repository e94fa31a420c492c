//! The process of the tool.

fn main() -> std::process::ExitCode {
    qingyang_cli::main()
}
