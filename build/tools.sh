# What ./billing and ./test share: the tools they need, and one build. Sourced, with $root set to the folder they are in.
# Everything here speaks on stderr: stdout belongs to the program.
# shellcheck shell=bash

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }
fail() { say "$@"; exit 2; }

artifacts=$root/artifacts
# The build must not ask for more of a machine than Billing does, nor leave processes that keep a caller's pipe open.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0

# --- Tools ------------------------------------------------------------------------------------------------------------------------

any() { local program; for program in "$@"; do command -v "$program" >/dev/null 2>&1 && return; done; return 1; }
# Whether a pattern names any file.
file() { compgen -G "$1" >/dev/null 2>&1; }

find_dotnet() {
    local folder
    for folder in "${DOTNET_ROOT:-}" "${HOME:-}/.dotnet" /usr/lib/dotnet /usr/share/dotnet /opt/dotnet; do
        [[ -x $folder/dotnet ]] && ! any dotnet && PATH=$PATH:$folder
    done
    any dotnet && (cd "$(dirname -- "$(readlink -f -- "$(command -v dotnet)")")" && file 'sdk/10.*')
}

has_postgres() {
    local version
    [[ -n ${BILLING_POSTGRES_BIN:-} ]] && return
    for version in /usr/lib/postgresql/*/bin/postgres; do
        version=${version#/usr/lib/postgresql/} version=${version%%/*}
        [[ $version =~ ^[0-9]+$ ]] && ((version >= 15)) && return
    done
    any postgres && [[ $(postgres --version) =~ \)\ ([0-9]+) ]] && ((BASH_REMATCH[1] >= 15))
}

# Where packages of npm are; ./test adds its own.
npm_folders=(Host/Web/assets)

# Fills $missing with the Debian packages of what is not there.
look_for_tools() {
    missing=()
    has_postgres || missing+=(postgresql)
    [[ -n ${BILLING_CHROMIUM:-} ]] || any chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable ||
        missing+=(chromium-headless-shell)
    file '/usr/share/fonts/*/dejavu*/DejaVuSans.ttf' || file '/usr/share/fonts/dejavu*/DejaVuSans.ttf' || missing+=(fonts-dejavu-core)
    any qpdf || missing+=(qpdf)
    any pdfinfo || missing+=(poppler-utils)
    any rclone || missing+=(rclone)
    any curl || missing+=(curl)
    any bwrap || missing+=(bubblewrap)
    any node nodejs || missing+=(nodejs)
    # Debian's npm is 450 packages: asked for only while packages are not those of their lock file.
    local folder
    for folder in "${npm_folders[@]}"; do
        any npm || [[ $root/$folder/node_modules/.installed-from -nt $root/$folder/package-lock.json ]] || { missing+=(npm); break; }
    done
}

need_tools() {
    find_dotnet || fail "the .NET 10 SDK is missing: install the package dotnet-sdk-10.0, or see https://dot.net/download"
    look_for_tools
    ((${#missing[@]} == 0)) && return

    local as_root=()
    ((EUID == 0)) || as_root=(sudo -n)
    if ! any apt-get || { ((EUID != 0)) && ! sudo -n true 2>/dev/null; }; then
        fail "please install first: apt-get install ${missing[*]}"
    fi
    say "installing ${missing[*]}"
    install_packages "${as_root[@]}"
    look_for_tools
    [[ ${missing[*]} != *postgresql* ]] || fail "this system's packages bring no PostgreSQL 15 or newer: install one and set BILLING_POSTGRES_BIN"
    ((${#missing[@]} == 0)) || fail "please install first: ${missing[*]}"
}

install_packages() {
    local log apt
    apt=("$@" env DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1 apt-get -y -q -o DPkg::Lock::Timeout=300)
    log=$(mktemp)
    # Billing makes its own database cluster; Debian's would only take memory. Other installations keep their habit.
    local habit=/etc/postgresql-common/createcluster.d/billing.conf
    "$@" sh -c "mkdir -p '${habit%/*}' && echo 'create_main_cluster = false' > '$habit'"
    # The package lists may be absent or old: fetched only when the first attempt says so.
    "${apt[@]}" install --no-install-recommends "${missing[@]}" >"$log" 2>&1 </dev/null ||
        { "${apt[@]}" update && "${apt[@]}" install --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null ||
        { grep -E '^(E|W):' "$log" >&2 || tail -n 5 "$log" >&2; say "apt-get could not install ${missing[*]}"; }
    "$@" rm -f "$habit"
    rm -f "$log"
}

# --- Build ------------------------------------------------------------------------------------------------------------------------

# What the product is made of; a folder that does not exist yet counts when it appears.
product_sources=(Host Modules Plugins mappings templates build global.json .editorconfig BannedSymbols.txt
    Directory.Build.props Directory.Build.targets Directory.Packages.props)

# Names, sizes and times of all sources, so that a removed file counts as a change too; quicker than asking MSBuild, which takes seconds.
source_state() {
    (
        cd "$root"
        ls -d "$(dirname -- "$(readlink -f -- "$(command -v dotnet)")")"/sdk/*
        find "$@" -type d \( -name bin -o -name obj -o -name node_modules -o -name TestResults \) -prune \
            -o -type f -printf '%p %s %T@\n' 2>/dev/null | LC_ALL=C sort || true
    ) | sha256sum
}

# is_built NAME STATE PROGRAM: whether the last build of that name succeeded from this state of the sources.
is_built() { [[ -f $3 && -f $artifacts/$1.built && $(<"$artifacts/$1.built") == "$2" ]]; }

# build NAME PROJECT PROGRAM SOURCES...: builds PROJECT in Release, unless it is built from the sources as they are.
build() {
    local name=$1 project=$2 program=$3 state
    shift 3
    state=$(source_state "$@")
    is_built "$name" "$state" "$program" && return

    mkdir -p "$artifacts" 2>/dev/null && [[ -w $artifacts ]] ||
        fail "Billing is not built yet and $root cannot be written by $(id -un): build it once as its owner, or copy it"
    # The SDK wants a home for its packages.
    [[ -n ${HOME:-} && -w ${HOME:-} ]] || local -x HOME=$artifacts/home DOTNET_CLI_HOME=$artifacts/home
    mkdir -p "$HOME"

    # One build at a time; the others wait, and then find it done. The lock is not for the build's children, which may linger.
    exec {lock}>"$artifacts/build.lock"
    flock -n "$lock" || { say "waiting for another build"; flock "$lock"; }
    if ! is_built "$name" "$state" "$program"; then
        say "building (once; this takes a minute or two)"
        rm -f "$artifacts/$name.built"
        # Into a file: a compiler server that outlives the build would keep a pipe open.
        if ! dotnet build "$root/$project" -c Release --nologo -v quiet -consoleLoggerParameters:'ErrorsOnly;NoSummary' \
            >"$artifacts/build.log" 2>&1 </dev/null {lock}>&-; then
            { grep -E 'error [A-Z]+[0-9]+|error :' "$artifacts/build.log" || cat "$artifacts/build.log"; } | sort -u >&2
            say "the build failed"
            exit 1
        fi
        printf '%s\n' "$state" >"$artifacts/$name.built"
    fi
    exec {lock}>&-
}
