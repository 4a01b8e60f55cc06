namespace Billing.Host;

/// <summary>What was asked for can't be done as asked: printed as one line, exit code 2, no stack trace.</summary>
internal sealed class UsageException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
