using System.Globalization;
using System.Text;

namespace Billing.Tenancy.Data.Embedded;

/// <summary>The text of the server's configuration files, written anew at every start.</summary>
static class ServerSettings
{
    /// <summary>Local sockets with a password, and nobody else: other users of the machine get nothing.</summary>
    public const string Access = "# Written by Billing at every start.\nlocal all all scram-sha-256\n";

    /// <summary>
    /// What makes a commit survive a power cut. Given on the command line, where no file and no ALTER SYSTEM can override them.
    /// </summary>
    public static IEnumerable<string> Durability(bool isThrowAway)
    {
        var value = isThrowAway ? "off" : "on";
        return ["-c", $"fsync={value}", "-c", $"synchronous_commit={value}", "-c", $"full_page_writes={value}"];
    }

    public static string Configuration(string socketFolder, long memoryBytes, bool sharedMemoryIsScarce)
    {
        var megabytes = memoryBytes / (1024 * 1024);

        var text = new StringBuilder("""
            # Written by Billing at every start: changes here are lost. Put your own into local.conf beside this file.

            # Reached through a private socket only.
            listen_addresses = ''
            unix_socket_permissions = 0700
            password_encryption = 'scram-sha-256'
            max_connections = 200
            cluster_name = 'billing'
            # A host that was killed must not leave its statements running.
            client_connection_check_interval = '2s'

            # The same text, time and order on every machine.
            timezone = 'UTC'
            log_timezone = 'UTC'
            datestyle = 'ISO, YMD'
            lc_messages = 'C'
            lc_monetary = 'C'
            lc_numeric = 'C'
            lc_time = 'C'
            default_text_search_config = 'pg_catalog.simple'

            # Imports come in bursts: room between checkpoints. No standby reads this log.
            wal_level = 'replica'
            max_wal_senders = 0
            wal_compression = on
            min_wal_size = '128MB'
            max_wal_size = '2GB'
            checkpoint_timeout = '15min'

            # Many short statements over many partitions, on a disk without a moving head.
            jit = off
            random_page_cost = 1.1
            max_locks_per_transaction = 256
            work_mem = '16MB'

            # One file a day of the week, each begun anew.
            logging_collector = on
            log_directory = 'log'
            log_filename = 'postgresql-%a.log'
            log_file_mode = 0600
            log_truncate_on_rotation = on
            log_rotation_age = '1d'
            log_rotation_size = 0
            log_line_prefix = '%m [%p] %u@%d '
            log_checkpoints = off


            """);
        Add("unix_socket_directories", $"'{socketFolder}'");
        // One eighth: the host and Chromium live on the same machine, and the system's own cache serves the rest.
        Add("shared_buffers", $"'{Math.Clamp(megabytes / 8, 64, 2048)}MB'");
        Add("maintenance_work_mem", $"'{Math.Clamp(megabytes / 32, 64, 512)}MB'");
        Add("effective_cache_size", $"'{Math.Clamp(megabytes / 2, 256, 65536)}MB'");
        // Containers often have 64 MB of /dev/shm, too little for a parallel join.
        Add("dynamic_shared_memory_type", sharedMemoryIsScarce ? "mmap" : "posix");
        text.Append("\ninclude_if_exists = 'local.conf'\n");
        return text.ToString();

        void Add(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"{name} = {value}\n");
    }

    public static string ForThisMachine(string socketFolder) => Configuration(
        socketFolder,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        sharedMemoryIsScarce: !IsUsable("/dev/shm"));

    static bool IsUsable(string sharedMemory) =>
        Directory.Exists(sharedMemory)
        && File.GetUnixFileMode(sharedMemory).HasFlag(UnixFileMode.OtherWrite)
        && new DriveInfo(sharedMemory).TotalSize >= 256L * 1024 * 1024;
}
