# The versions of every tool that the build brings with it, in one place.
# A tool is set up again when its number here changes.

# The oldest compiler that builds the workspace (also `rust-version` in Cargo.toml).
RUST_MIN=1.95
NODE_MIN=20
PYTHON_MIN=3.11

# 0.22 of Trunk asks for a newer compiler.
TRUNK_VERSION=0.21.14
# Must equal the wasm-bindgen in Cargo.lock and the number under [tools] in Trunk.toml.
WASM_BINDGEN_VERSION=0.2.130
# Comes with the npm package `binaryen` of package-lock.json; Trunk.toml says version_132.
WASM_OPT_VERSION=132
# Reads what the crate wasm_split_helpers of Cargo.lock leaves in the program.
WASM_SPLIT_VERSION=0.2.4
CARGO_DENY_VERSION=0.20.2
