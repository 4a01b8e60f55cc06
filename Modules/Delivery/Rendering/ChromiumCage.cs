namespace Billing.Delivery.Rendering;

/// <summary>One way to start the browser with as few rights as this machine allows.</summary>
/// <remarks>A template is written by a tenant, so the browser is treated as hostile: it is never root when that can be avoided, it sees no
/// network and none of the host's files when bubblewrap works here, and its own sandbox stays on when the kernel lets it. In a container any
/// of these may be forbidden; the printer then takes the next way down, and says which one it took.</remarks>
sealed record ChromiumCage(bool DropsRoot, bool UsesBubblewrap, bool HasSandbox)
{
    // The user and group "nobody" of every Linux; owner of nothing.
    const string Nobody = "65534";

    // DevTools messages travel on the descriptors 3 and 4, which .NET cannot hand to a child: its own three are moved there.
    // A pipe and not a port, because any local user could connect to a port, and because the browser ends when the pipe does.
    const string MovePipes = "exec \"$@\" 3<&0 4>&1 0</dev/null 1>&2";

    static readonly string[] Flags =
    [
        "--headless", "--remote-debugging-pipe", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check",
        "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-extensions",
        "--disable-sync", "--disable-breakpad", "--disable-dev-shm-usage", "--hide-scrollbars", "--mute-audio",
        // The same lines break at the same places whatever the machine's screen settings are.
        "--font-render-hinting=none", "--force-color-profile=srgb", "--lang=en-GB",
        // Second lines of defence: the page itself has scripts off and refuses every request.
        "--host-resolver-rules=MAP * ~NOTFOUND", "--blink-settings=scriptEnabled=false",
        // A sandboxed frame stays in the page's process, where the page's refusal of requests covers it.
        "--disable-features=IsolateSandboxedIframes,Translate,MediaRouter,OptimizationHints",
    ];

    public static IEnumerable<ChromiumCage> From(PdfPrinterSettings settings)
    {
        var root = Environment.IsPrivilegedProcess;
        var bubblewrap = settings.UsesBubblewrap && ChromiumProgram.Resolve("bwrap") is not null;
        foreach (var dropsRoot in root ? new[] { true, false } : [false])
            foreach (var wrapped in bubblewrap ? new[] { true, false } : [false])
                foreach (var sandboxed in root && !dropsRoot ? new[] { false } : [true, false])
                    yield return new ChromiumCage(dropsRoot, wrapped, sandboxed);
    }

    /// <summary>Whether the browser needs a folder made for it; inside bubblewrap it has a private one in memory.</summary>
    public bool NeedsProfileFolder => !UsesBubblewrap;

    public static string Home(string? profile) => profile ?? "/tmp";

    public IReadOnlyList<string> CommandLine(string browser, string? profile)
    {
        List<string> command = [];
        // A session of its own: Ctrl-C in the host's terminal is the host's to answer, and it lets prints finish or cancels them.
        Add("setsid");
        if (profile is not null && DropsRoot) Add("/bin/sh", "-c", $"chown {Nobody}:{Nobody} \"$1\" && shift && exec \"$@\"", "sh", profile);
        if (DropsRoot) Add("setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups");
        if (UsesBubblewrap) Bubblewrap(browser);
        else Add("setpriv", "--pdeathsig=KILL");
        Add("/bin/sh", "-c", MovePipes, "sh", browser);
        Add(Flags);
        Add($"--user-data-dir={Path.Combine(Home(profile), "profile")}");
        if (!HasSandbox) Add("--no-sandbox");
        return command;

        void Add(params string[] words) => command.AddRange(words);

        void Bubblewrap(string program)
        {
            Add("bwrap", "--die-with-parent", "--unshare-net", "--unshare-pid", "--unshare-ipc", "--unshare-uts");
            // Programs, libraries and fonts; nothing else of the host's files exists for the browser.
            foreach (var folder in new[] { "/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/fonts", "/etc/ld.so.cache", "/var/cache/fontconfig" })
                Add("--ro-bind-try", folder, folder);
            var home = Path.GetDirectoryName(program)!;
            if (!home.StartsWith("/usr/", StringComparison.Ordinal)) Add("--ro-bind", home, home);
            Add("--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp");
        }
    }

    public override string ToString() => string.Join(", ",
        UsesBubblewrap ? "no network and no files (bubblewrap)" : "network and files refused by the page only",
        Environment.IsPrivilegedProcess && !DropsRoot ? "as root" : "without root's rights",
        HasSandbox ? "browser sandbox on" : "browser sandbox off");
}
