namespace Billing.Host.Web;

internal static class WebApp
{
    public static Task RunAsync(Installation installation, string url, CancellationToken cancellationToken) => Task.CompletedTask;
}
