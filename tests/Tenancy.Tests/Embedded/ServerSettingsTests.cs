using Billing.Tenancy.Data.Embedded;

namespace Billing.Tenancy.Tests.Embedded;

public class ServerSettingsTests
{
    const long Gigabyte = 1024L * 1024 * 1024;

    [Theory]
    [InlineData(Gigabyte / 4, "64MB")]
    [InlineData(4 * Gigabyte, "512MB")]
    [InlineData(256 * Gigabyte, "2048MB")]
    public void Memory_follows_the_machine_within_bounds(long memory, string sharedBuffers) =>
        ServerSettings.Configuration("/run/x", memory, sharedMemoryIsScarce: false).ShouldContain($"shared_buffers = '{sharedBuffers}'\n");

    [Fact]
    public void A_container_with_little_shared_memory_uses_files_instead() =>
        ServerSettings.Configuration("/run/x", Gigabyte, sharedMemoryIsScarce: true).ShouldContain("dynamic_shared_memory_type = mmap\n");
}
