using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Primitives;

namespace Billing.Api;

/// <summary>
/// The API's endpoints. Each is compiled when it is mapped, a hundred of them take longer than the whole first page, and most who open a browser never ask for one:
/// so they are put together when the first request for the API comes.
/// </summary>
public sealed class ApiRoutes : EndpointDataSource, IDisposable
{
    private readonly Lock gate = new();
    private readonly CancellationTokenSource opened = new();
    private IEndpointRouteBuilder? routes;
    private Action<IEndpointRouteBuilder>? map;
    private volatile IReadOnlyList<Endpoint> endpoints = [];

    /// <summary>Every endpoint of the API once it is open; none before.</summary>
    public override IReadOnlyList<Endpoint> Endpoints => endpoints;

    /// <summary>Puts the endpoints together if nobody did yet. Routing finds them when this returns.</summary>
    public void Open()
    {
        lock (gate)
        {
            if (routes is null || map is null || endpoints.Count > 0) return;
            var group = new Group(routes);
            map(group);
            endpoints = [.. group.DataSources.SelectMany(source => source.Endpoints)];
            // Under the lock: who waits for it may go on only when routing knows.
            opened.Cancel();
        }
    }

    /// <inheritdoc/>
    public override IChangeToken GetChangeToken() => new CancellationChangeToken(opened.IsCancellationRequested ? CancellationToken.None : opened.Token);

    /// <inheritdoc/>
    public void Dispose() => opened.Dispose();

    internal void Be(IEndpointRouteBuilder builder, Action<IEndpointRouteBuilder> mapped)
    {
        (routes, map) = (builder, mapped);
        builder.DataSources.Add(this);
    }

    private sealed class Group(IEndpointRouteBuilder whole) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => whole.ServiceProvider;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => whole.CreateApplicationBuilder();
    }
}
