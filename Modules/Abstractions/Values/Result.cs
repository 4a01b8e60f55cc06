using System.Diagnostics.CodeAnalysis;

namespace Billing.Abstractions.Values;

/// <summary>Either a value or the <see cref="Failure"/> that stands in its place; never both, never neither.</summary>
/// <typeparam name="T">What success carries.</typeparam>
public readonly struct Result<T>
{
    private readonly T? value;
    private readonly Failure? failure;

    private Result(T? value, Failure? failure)
    {
        this.value = value;
        this.failure = failure;
    }

    /// <summary>True when there is a value.</summary>
    public bool IsSuccess => failure is null;

    /// <summary>Takes the two outcomes apart; exactly one of the two is set.</summary>
    /// <returns>True when there is a value.</returns>
    public bool TryGet([MaybeNullWhen(false)] out T result, [NotNullWhen(false)] out Failure? reason)
    {
        result = value;
        reason = failure;
        return reason is null;
    }

    /// <summary>The value, where a failure could only be a bug.</summary>
    /// <exception cref="InvalidOperationException">There is a failure; its code and message are in the exception's.</exception>
    public T ValueOrThrow() => failure is null ? value! : throw new InvalidOperationException(failure.ToString());

    internal static Result<T> Success(T value) => new(value, null);

    /// <summary>A value is a success.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A failure is a failure of any result.</summary>
    public static implicit operator Result<T>(Failure failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        return new(default, failure);
    }
}

/// <summary>Makes results where the compiler can't: no value of an interface type converts by itself.</summary>
public static class Result
{
    /// <summary>A success.</summary>
    public static Result<T> Of<T>(T value) => Result<T>.Success(value);
}
