namespace Billing.Isolation.Tests.Routes;

/// <summary>One thing that can be asked of the app: a page's handler, or an endpoint.</summary>
/// <param name="Route">As it is declared: <c>/runs/{id:long}</c>.</param>
/// <param name="Method">Of HTTP.</param>
/// <param name="Name">Of a page's handler; null for the one without a name, and for endpoints.</param>
/// <param name="Demands">Every permission it needs.</param>
/// <param name="IsOpen">It is for everybody.</param>
/// <param name="IsForPeople">It is for whoever is signed in: their own account.</param>
/// <param name="Parameters">What the address has places for, by the names of <see cref="KnownValues"/>.</param>
/// <param name="Inputs">What the handler takes besides, from the query or the form.</param>
/// <param name="Example">The example of an API operation: what is sent.</param>
sealed record Handler(
    string Route, string Method, string? Name, IReadOnlyList<string> Demands, bool IsOpen, bool IsForPeople, IReadOnlyList<(string Text, string Key)> Parameters, IReadOnlyList<string> Inputs,
    Api.Answers.ApiExample? Example)
{
    public bool IsApi => Route.StartsWith("/api/", StringComparison.Ordinal);

    public bool IsRead => Method is "GET" or "HEAD";

    public override string ToString() => $"{Method} {Route}{(Name is null ? "" : " " + Name)}";

    /// <summary>The address with values in its places.</summary>
    public string PathWith(IReadOnlyDictionary<string, string> values)
    {
        var path = Parameters.Aggregate(Route, (route, parameter) => route.Replace(parameter.Text, Uri.EscapeDataString(values.GetValueOrDefault($"{Route} {parameter.Key}") ?? values[parameter.Key]), StringComparison.Ordinal));
        return Name is null ? path : path + "?handler=" + Name;
    }
}
